"""Mail: sent, asked for again when nobody does, and stopped."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from accounts.audit import record
from accounts.choices import MailPreference
from accounts.delivery import deliver
from accounts.models import Person
from directory.emails import render


def send_mail(*, mail_id: UUID) -> None:
    """Send one mail of the outbox, unless it was sent or is no longer owed. Raises NotYet.

    Not in a transaction: the attempt has to be on record before it is made.
    """
    deliver(mail_id=mail_id, render=render)


@transaction.atomic
def stop_mail(*, person: Person, by: Person | None) -> None:
    """Send this person no more mail than they ask for themselves."""
    still_gets_some = Person.objects.filter(pk=person.pk).exclude(
        mail_preference=MailPreference.NONE
    )
    if still_gets_some.update(mail_preference=MailPreference.NONE):
        record(by=by, action="mail.stopped", about=person)
