"""Mails about changes of dates that wait, when the same dates are changed again."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.choices import MailState
from accounts.models import OutgoingMail
from accounts.outbox import send_soon
from accounts.references import reference
from directory.emails import kinds
from directory.models import ScheduleChange
from directory.queries.changes import ChangedDate, meetings_after, meetings_before
from directory.queries.told import untold_below

ABOUT_A_DATE = (kinds.MEETING_CANCELLED, kinds.MEETING_MOVED)
ABOUT_A_CHANGE = (kinds.SCHEDULE_CHANGED, kinds.DATES_ADDED)


def hold_back(change: ScheduleChange, dates: Iterable[ChangedDate]) -> None:
    """Let mails about earlier changes of these dates wait until this one stands.

    Sent before, they would leave out what is true again once this change is undone.
    """
    about = [f"change:{key}" for key in untold_below(change, now=change.made_at)]
    about += [f"meeting:{date.id}" for date in dates]
    waiting = OutgoingMail.objects.filter(
        kind__in=(*ABOUT_A_DATE, *ABOUT_A_CHANGE),
        about__in=about,
        state=MailState.WAITING,
        send_after__gt=change.made_at,
        send_after__lt=change.undo_until,
    )
    if waiting.update(send_after=change.undo_until):
        send_soon(not_before=change.undo_until)


def take_along(change: ScheduleChange) -> None:
    """Let mails that wait about what a date was before be about what it is since this change.

    For one of which nobody is told by itself: what people were to hear anyway they still hear.
    """
    after = {row.pk: row.version for row in meetings_after(change)}
    for row in meetings_before(change):
        if after.get(row.pk, row.version) != row.version:
            OutgoingMail.objects.filter(
                kind__in=ABOUT_A_DATE,
                about=reference(row),
                version=row.version,
                state=MailState.WAITING,
            ).update(version=after[row.pk])
