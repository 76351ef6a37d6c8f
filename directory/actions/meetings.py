"""Single dates: added, cancelled, moved. Whom that concerns is told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from accounts.outbox import queue_for_all
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_group, lock_meeting
from directory.choices import MeetingStatus
from directory.emails import kinds
from directory.models import Group, Meeting
from directory.queries.roster import concerned
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.meetings import (
    minutes_of,
    why_not_add_meeting,
    why_not_cancel,
    why_not_move,
    why_not_this_version,
)


@transaction.atomic
def add_meeting(
    *,
    group: Group,
    by: Person | None,
    starts_at: datetime,
    duration_minutes: int,
    time_zone: str = "",
    theme: str = "",
    capacity: int | None = None,
) -> Meeting:
    """Add a single date. `starts_at` is aware; the zone is the group's unless named.

    Raises Refused.
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
    meeting = Meeting.everything.create(
        group=locked,
        original_start=starts_at,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=duration_minutes),
        time_zone=zone,
        theme=theme,
        capacity=capacity,
    )
    refresh_finder([locked])
    record(by=by, action="meeting.added", about=meeting, organisation=locked.organisation)
    return meeting


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, by: Person | None, reason: str, version: int | None = None
) -> Meeting:
    """Call one date off, and tell everybody who signed up.

    `version` is the one the person was looking at, None when they looked at none. Raises Refused.
    """
    locked = _lock(meeting)
    refuse_if(
        why_not_run(locked.group, by)
        or why_not_cancel(locked, reason=reason, now=timezone.now())
        or why_not_this_version(locked, version)
    )
    locked.status = MeetingStatus.CANCELLED
    locked.reason = reason.strip()
    locked.version += 1
    locked.save(update_fields=("status", "reason", "version", "updated_at"))
    _tell(locked, by=by, kind=kinds.MEETING_CANCELLED, action="meeting.cancelled")
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
) -> Meeting:
    """Give one date another start, and tell everybody who signed up.

    It stays the same date of its series: `original_start` never changes. It lasts as long as it
    did unless told otherwise. Raises Refused.
    """
    locked = _lock(meeting)
    minutes = minutes_of(locked) if duration_minutes is None else duration_minutes
    refuse_if(
        why_not_run(locked.group, by)
        or why_not_this_version(locked, version)
        or why_not_move(locked, starts_at=starts_at, duration_minutes=minutes, now=timezone.now())
    )
    locked.starts_at = starts_at
    locked.ends_at = starts_at + timedelta(minutes=minutes)
    locked.reason = reason.strip()
    locked.version += 1
    locked.save(update_fields=("starts_at", "ends_at", "reason", "version", "updated_at"))
    _tell(locked, by=by, kind=kinds.MEETING_MOVED, action="meeting.moved")
    return locked


def _lock(meeting: Meeting) -> Meeting:
    """Lock group and meeting, in this order, and read both again."""
    group = lock_group(meeting.group_id)
    locked = lock_meeting(meeting)
    locked.group = group
    return locked


def _tell(meeting: Meeting, *, by: Person | None, kind: str, action: str) -> None:
    """Owe everybody whom it concerns a mail about this version of the date; note it."""
    refresh_finder([meeting.group])
    people = concerned(meeting)
    if by is not None:
        people = people.exclude(id=by.id)
    told = queue_for_all(kind=kind, about=meeting, people=people, version=meeting.version)
    record(
        by=by,
        action=action,
        about=meeting,
        organisation=meeting.group.organisation,
        version=meeting.version,
        told=told,
    )
