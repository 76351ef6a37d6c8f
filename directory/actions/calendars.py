from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_selected
from directory.actions.locks import lock_person
from directory.calendar_links import hash_of, new_token
from directory.emails import kinds
from directory.models import PrivateCalendar
from directory.queries.private_calendar import calendar_of, calendars_ending
from directory.refusals import refuse_if
from directory.rules.calendars import why_not_renew


@transaction.atomic
def renew_private_calendar(*, by: Person, seen: str | None = None) -> str:
    """Give a person's calendar an address, or a new one; the one before ends at once.

    Returns its token, which is kept nowhere: it can be shown now and never again. `seen` is the
    mark (`rules.calendars`) of what the person was looking at. Raises Refused.
    """
    person = lock_person(by)
    refuse_if(why_not_renew(calendar_of(person), seen))
    token, now = new_token(), timezone.now()
    PrivateCalendar.objects.update_or_create(
        person=person,
        defaults={
            "token_hash": hash_of(token),
            "created_at": now,
            "expires_at": now + timedelta(days=settings.PRIVATE_CALENDAR_DAYS),
        },
    )
    record(by=person, action="private_calendar.renewed", about=person)
    return token


@transaction.atomic
def delete_private_calendar(*, by: Person) -> None:
    """End a person's calendar: its address leads nowhere, and its title is forgotten."""
    person = lock_person(by)
    deleted, _of_what = PrivateCalendar.objects.filter(person=person).delete()
    if deleted:
        record(by=person, action="private_calendar.deleted", about=person)


@transaction.atomic
def tell_of_ending_calendars(now: datetime | None = None) -> int:
    """Owe a mail to everybody whose calendar's address ends within two weeks; returns how many.

    One a person and address, however often it is called.
    """
    ending = calendars_ending(now or timezone.now())
    return queue_selected(kind=kinds.CALENDAR_ENDS, owed=ending.values("about", "person_id"))
