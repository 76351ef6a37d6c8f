"""Mail: sent, and stopped."""

from __future__ import annotations

from django.db import transaction

from accounts.audit import record
from accounts.choices import MailPreference
from accounts.delivery import deliver_due
from accounts.models import Person
from accounts.outbox import send_soon
from directory.emails import one_batch, render


def send_due_mail() -> None:
    """Send what the outbox owes by now; where that takes long, let others have a turn first.

    Not in a transaction: each attempt has to be on record before it is made.
    """
    if deliver_due(render=render, batch=one_batch):
        send_soon()


@transaction.atomic
def stop_mail(*, person: Person, by: Person | None) -> None:
    """Send this person no more mail than they ask for themselves."""
    still_gets_some = Person.objects.filter(pk=person.pk).exclude(
        mail_preference=MailPreference.NONE
    )
    if still_gets_some.update(mail_preference=MailPreference.NONE):
        record(by=by, action="mail.stopped", about=person)
