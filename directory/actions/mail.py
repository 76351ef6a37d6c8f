"""Mail: sent, asked for again when nobody does, and stopped."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.choices import MailPreference
from accounts.delivery import deliver
from accounts.models import Person
from directory.actions.locks import lock_person
from directory.emails import render


def send_mail(*, mail_id: UUID) -> None:
    """Send one mail of the outbox, unless it was sent or is no longer owed. Raises NotYet.

    Not in a transaction: the attempt has to be on record before it is made.
    """
    deliver(mail_id=mail_id, render=render)


@transaction.atomic
def stop_mail(*, person: Person, by: Person | None) -> None:
    """Send this person no more mail than they ask for themselves."""
    locked = lock_person(person)
    if locked.mail_preference == MailPreference.NONE:
        return
    locked.mail_preference = MailPreference.NONE
    locked.save(update_fields=("mail_preference",))
    record(by=by, action="mail.stopped", about=locked)
