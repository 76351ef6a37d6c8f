"""Single dates: added, cancelled, moved, restored. Whom that concerns is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.changes import begin, finish, undo_change
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_date, lock_group, lock_meeting
from directory.actions.seats import seat_members
from directory.choices import ChangeKind, MeetingStatus
from directory.models import Group, Meeting, ScheduleChange
from directory.queries.changes import untold_cancellation
from directory.refusals import refuse_if
from directory.rules.cover import why_not_run_meeting
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.meetings import (
    minutes_of,
    why_not_add_meeting,
    why_not_cancel,
    why_not_edit,
    why_not_move,
    why_not_restore,
    why_not_this_version,
)


class Places(TypedDict, total=False):
    """How many places a date has of its own; None: as many as usual."""

    capacity: int | None
    online_capacity: int | None


@transaction.atomic
def add_meeting(
    *,
    group: Group,
    by: Person | None,
    starts_at: datetime,
    duration_minutes: int,
    time_zone: str = "",
    theme: str = "",
    tells: bool = True,
    **places: Unpack[Places],
) -> Meeting:
    """Add a single date. `starts_at` is aware; the zone is the group's unless named.

    Members have a place there, and are told of it in five minutes or at once; nobody is without
    `tells`. Raises Refused.
    """
    locked = lock_group(group)
    zone = time_zone or locked.time_zone
    refuse_if(
        why_not_run(locked, by)
        or why_not_plan(locked)
        or why_not_add_meeting(
            locked,
            starts_at=starts_at,
            duration_minutes=duration_minutes,
            time_zone=zone,
            now=timezone.now(),
        )
    )
    change = begin(group=locked, by=by, kind=ChangeKind.ADDED, meetings=[], tells=tells)
    meeting = Meeting.everything.create(
        group=locked,
        original_start=starts_at,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=duration_minutes),
        time_zone=zone,
        theme=theme,
        **places,
    )
    seat_members(meetings=[meeting])
    finish(change, made=[meeting])
    return meeting


@transaction.atomic
def cancel_meeting(
    *,
    meeting: Meeting,
    by: Person | None,
    reason: str,
    version: int | None = None,
    tells: bool = True,
) -> Meeting:
    """Call one date off; everybody whom it concerns is told, in five minutes or at once.

    `version` is the one the person was looking at, None when they looked at none. Without `tells`
    nobody is told. Raises Refused.
    """
    locked = lock_date(meeting)
    refuse_if(
        why_not_run_meeting(locked, by)
        or why_not_cancel(locked, reason=reason, now=timezone.now())
        or why_not_this_version(locked, version)
    )
    change = _begin(locked, ChangeKind.CANCELLED, by=by, reason=reason, tells=tells)
    locked.status = MeetingStatus.CANCELLED
    locked.reason = reason.strip()
    _save(locked, "status", "reason")
    finish(change)
    return locked


@transaction.atomic
def restore_meeting(
    *, meeting: Meeting, by: Person | None, version: int | None = None, tells: bool = True
) -> Meeting:
    """Let a cancelled date take place after all, and tell everybody.

    Where nobody was told yet that it was cancelled, that is undone and nobody is told anything.
    Raises Refused.
    """
    locked = lock_date(meeting)
    refuse_if(
        why_not_run(locked.group, by)
        or why_not_restore(locked, now=timezone.now())
        or why_not_this_version(locked, version)
    )
    untold = untold_cancellation(locked, now=timezone.now())
    if untold is not None:
        undo_change(change=untold, by=by)
        return lock_meeting(locked)
    change = _begin(locked, ChangeKind.RESTORED, by=by, tells=tells)
    locked.status = MeetingStatus.SCHEDULED
    locked.reason = ""
    _save(locked, "status", "reason")
    finish(change)
    return locked


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    by: Person | None,
    starts_at: datetime,
    reason: str = "",
    duration_minutes: int | None = None,
    version: int | None = None,
    tells: bool = True,
) -> Meeting:
    """Give one date another start; everybody whom it concerns is told, in five minutes or at once.

    It stays the same date of its series: `original_start` never changes. It lasts as long as it
    did unless told otherwise. Without `tells` nobody is told. Raises Refused.
    """
    locked = lock_date(meeting)
    minutes = minutes_of(locked) if duration_minutes is None else duration_minutes
    refuse_if(
        why_not_run(locked.group, by)
        or why_not_this_version(locked, version)
        or why_not_move(locked, starts_at=starts_at, duration_minutes=minutes, now=timezone.now())
    )
    change = _begin(locked, ChangeKind.MOVED, by=by, reason=reason, tells=tells)
    locked.starts_at = starts_at
    locked.ends_at = starts_at + timedelta(minutes=minutes)
    locked.reason = reason.strip()
    _save(locked, "starts_at", "ends_at", "reason")
    finish(change)
    return locked


@transaction.atomic
def edit_meeting(*, meeting: Meeting, by: Person | None, theme: str) -> Meeting:
    """Say what one date is about. Nobody is told of that alone. Raises Refused."""
    locked = lock_date(meeting)
    refuse_if(why_not_run(locked.group, by) or why_not_edit(locked, now=timezone.now()))
    locked.theme = theme.strip()
    # The version stays: mails that wait are right about when it is.
    locked.save(update_fields=("theme", "updated_at"))
    refresh_finder([locked.group])
    record(
        by=by,
        action="meeting.edited",
        about=locked,
        organisation=locked.group.organisation,
    )
    return locked


def _begin(
    meeting: Meeting, kind: str, *, by: Person | None, tells: bool, reason: str = ""
) -> ScheduleChange:
    return begin(
        group=meeting.group, by=by, kind=kind, reason=reason, meetings=[meeting], tells=tells
    )


def _save(meeting: Meeting, *names: str) -> None:
    meeting.version += 1
    meeting.save(update_fields=(*names, "version", "updated_at"))
