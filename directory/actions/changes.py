"""Changes of a group's dates: kept as they were before, told after a while, undone until then.

Whoever changes dates that people may know calls `begin`, changes and saves the rows, and calls
`finish`, all in one transaction and under the group's lock.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_for_all
from accounts.references import reference
from directory.actions.finder import refresh_finder
from directory.actions.locks import kind_when_busy, lock_group
from directory.actions.seats import follow_dates, lengthen_again
from directory.actions.undoing import drop_mails, put_back, remove_made, rows_as_left
from directory.actions.waiting_mails import hold_back, take_along
from directory.choices import ChangeKind
from directory.emails import kinds
from directory.models import Group, Meeting, ScheduleChange, Series
from directory.models.kept_rows import KeptRow, as_kept
from directory.queries.changes import (
    ChangedDate,
    about_change,
    concerned_by,
    dates_of,
    is_single,
    meetings_before,
    series_before,
)
from directory.queries.told import untold_below
from directory.refusals import refuse_if
from directory.rules.changes import tells_at, undo_until, why_not_undo, why_not_undo_as

KIND_OF_MAIL = {
    ChangeKind.CANCELLED.value: kinds.MEETING_CANCELLED,
    ChangeKind.MOVED.value: kinds.MEETING_MOVED,
}


@transaction.atomic
def begin(
    *,
    group: Group,
    by: Person | None,
    kind: str,
    meetings: Iterable[Meeting],
    series: Iterable[Series] = (),
    reason: str = "",
    tells: bool = True,
) -> ScheduleChange:
    """Lock these rows and keep them as they are, before the caller changes them.

    Name every date and series that may change; those that stay as they are are left out of what
    people are told. Without `tells` nobody is told: it was a typing mistake. Raises Refused when
    somebody else holds the rows for long.
    """
    lock_group(group)
    now = timezone.now()
    tells_then = tells_at([], now=now, tells=tells)
    return ScheduleChange.objects.create(
        group=group,
        kind=kind,
        reason=reason.strip(),
        by=by,
        made_at=now,
        tells_at=tells_then,
        undo_until=undo_until(tells_then, now=now),
        before={
            "series": _kept(Series.objects.all(), [it.pk for it in series]),
            "meetings": _kept(Meeting.everything.all(), [it.pk for it in meetings]),
        },
    )


@transaction.atomic
def finish(change: ScheduleChange, *, made: Iterable[Meeting | Series] = ()) -> ScheduleChange:
    """Owe people one mail each about what the rows are now, and say until when it can be undone.

    The caller has saved its changes. `made` are the dates and series that did not exist before.
    """
    new = list(made)
    refresh_finder([change.group_id])
    _note(change, new)
    dates = dates_of(change)
    starts = [start for date in dates for start in date.starts]
    change.tells_at = tells_at(starts, now=change.made_at, tells=change.tells_at is not None)
    change.undo_until = undo_until(change.tells_at, now=change.made_at)
    keys = [row.pk for row in meetings_before(change)]
    change.before["ends"] = follow_dates(meetings=keys, tells_at=change.undo_until)
    hold_back(change, dates)
    # What is untold by the clock of now was held back in time.
    change.before["upon"] = untold_below(change, now=timezone.now())
    if change.tells_at is None:
        take_along(change)
    change.before["told"] = told = _owe(change, dates)
    change.save(update_fields=("before", "tells_at", "undo_until"))
    _record(change, dates, told=told)
    return change


@transaction.atomic
def undo_change(*, change: ScheduleChange, by: Person | None) -> ScheduleChange:
    """Put the dates back as they were before anybody is told. Raises Refused.

    Versions rise, so that calendars which read the change read this as well. A date that the
    change had made goes, unless somebody took a single place at it: that one is cancelled.
    """
    group = lock_group(change.group_id)
    locked = ScheduleChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    now = timezone.now()
    refuse_if(why_not_undo_as(locked, group, by) or why_not_undo(locked, now=now))
    rows = rows_as_left(locked)
    dropped = drop_mails(locked)
    put_back(locked, rows, now=now)
    remove_made(locked)
    lengthen_again(locked.before.get("ends", {}), told_at=locked.undo_until)
    follow_dates(meetings=[row.pk for row in meetings_before(locked)])
    locked.undone_at = now
    locked.save(update_fields=("undone_at",))
    refresh_finder([group])
    record(
        by=by,
        action="change.undone",
        about=about_change(locked),
        organisation=group.organisation,
        kind=locked.kind,
        dropped=dropped,
    )
    return locked


def _kept(rows: Any, keys: list[Any]) -> list[KeptRow]:
    with kind_when_busy():
        locked = rows.filter(pk__in=keys).order_by("pk")
        return [as_kept(row) for row in locked.select_for_update(of=("self",), no_key=True)]


def _note(change: ScheduleChange, new: list[Meeting | Series]) -> None:
    """Write down what was made, and how the change left all rows."""
    meetings = [row.pk for row in new if isinstance(row, Meeting)]
    series = [row.pk for row in new if isinstance(row, Series)]
    then = [row.pk for row in meetings_before(change)], [row.pk for row in series_before(change)]
    change.before["made"] = {
        "meetings": [str(pk) for pk in meetings],
        "series": [str(pk) for pk in series],
    }
    change.before["after"] = {
        "meetings": _kept(Meeting.everything.all(), then[0] + meetings),
        "series": _kept(Series.objects.all(), then[1] + series),
    }


def _owe(change: ScheduleChange, dates: list[ChangedDate]) -> int:
    adds_series = _added_series(change)
    if change.tells_at is None or not (dates or adds_series):
        return 0
    people = concerned_by(change.group_id, [date.id for date in dates])
    if change.by_id is not None:
        people = people.exclude(id=change.by_id)
    if not is_single(change, dates):
        return queue_for_all(
            kind=kinds.DATES_ADDED if change.kind == ChangeKind.ADDED else kinds.SCHEDULE_CHANGED,
            about=about_change(change),
            people=people,
            send_after=change.tells_at,
        )
    meeting = Meeting.everything.get(pk=dates[0].id)
    return queue_for_all(
        kind=KIND_OF_MAIL[change.kind],
        about=meeting,
        people=people,
        version=meeting.version,
        send_after=change.tells_at,
    )


def _added_series(change: ScheduleChange) -> str:
    """Return the key of the series that was added, of which there may be no date yet."""
    made = change.before["made"]["series"] if change.kind == ChangeKind.ADDED else []
    return made[0] if made else ""


def _record(change: ScheduleChange, dates: list[ChangedDate], *, told: int) -> None:
    if series := _added_series(change):
        what, about = "series", f"series:{series}"
    elif len(dates) == 1:
        what, about = "meeting", f"meeting:{dates[0].id}"
    else:
        what, about = "dates", reference(change.group)
    record(
        by=change.by,
        action=f"{what}.{change.kind}",
        about=about,
        organisation=change.group.organisation,
        change=str(change.pk),
        dates=len(dates),
        told=told,
    )
