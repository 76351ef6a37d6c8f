"""When people learn of a change of dates, and until when it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Group, Meeting, ScheduleChange
from directory.queries.changes import UNDO_FOR, count_concerned, meetings_before
from directory.queries.told import count_untold
from directory.refusals import Refusal
from directory.rules.cover import why_not_run_meeting
from directory.rules.facilitating import why_not_run

# Who sets out soon has to know now.
AT_ONCE = timedelta(hours=3)

TOLD_ALREADY = Refusal(
    "told-already",
    _("People are being told already, so this cannot be undone. Change the date again instead."),
)
CHANGED_SINCE = Refusal(
    "changed-since",
    _("These dates were changed again since, so this cannot be undone. Undo the later change."),
)
TAKEN_SINCE = Refusal(
    "taken-since",
    _("The group has another date at that time by now, so this cannot be undone."),
)


@dataclass(frozen=True)
class Telling:
    """How many people are told of a change, and when; `is_silent` where nobody is to be.

    `untold` are those who have yet to hear of an earlier change of the same dates: their mail says
    how these are when it goes.
    """

    people: int
    is_at_once: bool
    is_silent: bool
    untold: int = 0


def telling_of(
    group: Group,
    meetings: Iterable[Meeting],
    *,
    by: Person | None,
    starts: Collection[datetime],
    now: datetime,
    tells: bool = True,
) -> Telling:
    """Return what to say before dates are changed; `starts` are their old and new starts."""
    dates = list(meetings)
    return Telling(
        people=count_concerned(group, dates, by=by),
        is_at_once=begins_soon(starts, now=now),
        is_silent=not tells,
        untold=count_untold(group, dates) if dates else 0,
    )


def begins_soon(starts: Iterable[datetime], *, now: datetime) -> bool:
    """Tell whether one of these dates begins so soon that people must know at once."""
    return any(start <= now + AT_ONCE for start in starts)


def tells_at(starts: Iterable[datetime], *, now: datetime, tells: bool = True) -> datetime | None:
    """Return when people are told of a change that affects dates with these starts.

    `starts` are old and new ones. None: nobody is told.
    """
    if not tells:
        return None
    return now if begins_soon(starts, now=now) else now + UNDO_FOR


def undo_until(tells: datetime | None, *, now: datetime) -> datetime:
    """Return until when a change made now can be undone: never once people are told."""
    return now + UNDO_FOR if tells is None else tells


def why_not_undo_as(change: ScheduleChange, group: Group, person: Person | None) -> Refusal | None:
    """Say why this person may not undo a change; who stood in may undo what they did themselves."""
    refusal = why_not_run(group, person)
    if refusal and person and change.by_id == person.pk:
        dates = meetings_before(change)
        return why_not_run_meeting(dates[0], person) if len(dates) == 1 else refusal
    return refusal


def why_not_undo(change: ScheduleChange, *, now: datetime) -> Refusal | None:
    """Say why a change of dates can no longer be undone."""
    if change.undone_at:
        return Refusal("undone-already", _("This was undone already."))
    if change.undo_until > now:
        return None
    if change.tells_at is None:
        return Refusal(
            "too-late", _("The time to undo this is over. Change the date again instead.")
        )
    return TOLD_ALREADY
