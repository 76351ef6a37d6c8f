"""Whether a date may be added, cancelled, moved and counted; the sentence when it may not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from directory.models import Group, Meeting
from directory.models.meetings import LONGEST
from directory.queries.recurring import AHEAD, dates_to_be_made, overlaps
from directory.recurrence import find_zone
from directory.refusals import Refusal

PLANNED_AHEAD = timedelta(days=5 * 365 + 1)
LONGEST_MINUTES = 24 * 60
SHORTEST_MINUTES = 5
# At the door people are counted as they come, before the start.
COUNTED_BEFORE = timedelta(hours=1)

NO_REASON = Refusal(
    "no-reason",
    _("Say in a few words why, so that people know it is nothing to do with them."),
)
NO_ZONE = Refusal(
    "unknown-zone", _("We do not know this time zone. Choose one such as Europe/London.")
)


def why_not_add_meeting(
    group: Group, *, starts_at: datetime, duration_minutes: int, time_zone: str, now: datetime
) -> Refusal | None:
    """Say why a group cannot have this date. `starts_at` is aware."""
    return (
        why_not_zone(time_zone)
        or why_not_length(duration_minutes)
        or _why_not_at(starts_at, now)
        or _why_not_beside(group, starts_at, duration_minutes, now=now)
    )


def why_not_cancel(meeting: Meeting, *, reason: str, now: datetime) -> Refusal | None:
    """Say why one date cannot be called off. Everybody can read the reason."""
    if meeting.is_cancelled:
        return Refusal("already-cancelled", _("This date is already cancelled."))
    if meeting.ends_at <= now:
        return Refusal("over", _("This date is over, so it can no longer be cancelled."))
    if not reason.strip():
        return NO_REASON
    return None


def why_not_restore(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Say why a cancelled date cannot take place after all."""
    if not meeting.is_cancelled:
        return Refusal("not-cancelled", _("This date is going ahead already."))
    if meeting.starts_at <= now:
        return Refusal("over", _("This date is over, so it stays cancelled."))
    return _why_not_beside(
        meeting.group, meeting.starts_at, minutes_of(meeting), now=now, moved=meeting
    )


def why_not_edit(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Say why the theme of a date stays as it is."""
    if meeting.ends_at <= now:
        return Refusal("over", _("This date is over, so it can no longer be changed."))
    return None


def why_not_move(
    meeting: Meeting, *, starts_at: datetime, duration_minutes: int, now: datetime
) -> Refusal | None:
    """Say why one date cannot start then instead. `starts_at` is aware."""
    if meeting.is_cancelled:
        return Refusal(
            "already-cancelled", _("This date is cancelled. Add a new date in its place.")
        )
    if meeting.ends_at <= now:
        return Refusal("over", _("This date is over, so it can no longer be moved."))
    if starts_at == meeting.starts_at and duration_minutes == minutes_of(meeting):
        return Refusal("same-time", _("That is when this date already is. Choose another time."))
    return (
        why_not_length(duration_minutes)
        or _why_not_at(starts_at, now)
        or _why_not_beside(meeting.group, starts_at, duration_minutes, now=now, moved=meeting)
    )


def why_not_count(meeting: Meeting, *, came: int, first_time: int, now: datetime) -> Refusal | None:
    """Say why it cannot be written down how many came."""
    refusal = why_not_count_yet(meeting, now=now)
    if refusal:
        return refusal
    if first_time > came:
        return Refusal(
            "more-first-than-came",
            _("More people came for the first time than came at all. Please check both numbers."),
        )
    return None


def why_not_count_yet(meeting: Meeting, *, now: datetime) -> Refusal | None:
    """Say why nobody is counted at this date, whatever the numbers."""
    if meeting.is_cancelled:
        return Refusal("already-cancelled", _("This date was cancelled, so nobody is counted."))
    if meeting.starts_at - COUNTED_BEFORE > now:
        return Refusal("too-early", _("You can count from one hour before the start."))
    return None


def why_not_zone(time_zone: str) -> Refusal | None:
    """Say why this is not the name of a time zone."""
    try:
        find_zone(time_zone)
    except ValueError:
        return NO_ZONE
    return None


def why_not_this_version(row: Meeting, version: int | None) -> Refusal | None:
    """Say that somebody else changed the date while this person was looking at it."""
    if version is None or version == row.version:
        return None
    return Refusal(
        "changed-meanwhile",
        _("Somebody changed this date while you had it open. See what it is now, then go on."),
    )


def minutes_of(meeting: Meeting) -> int:
    """Return how long it lasts."""
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)


def why_not_length(minutes: int) -> Refusal | None:
    """Say why no meeting lasts so long."""
    if minutes <= 0:
        return Refusal("ends-before-start", _("The meeting has to end after it starts."))
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES:
        return Refusal(
            "length", _("A meeting lasts from five minutes to a whole day. Check the time it ends.")
        )
    return None


def _why_not_at(starts_at: datetime, now: datetime) -> Refusal | None:
    if starts_at <= now:
        return Refusal("in-the-past", _("That time has passed. Choose one that is still to come."))
    return too_far() if starts_at > now + PLANNED_AHEAD else None


def too_far() -> Refusal:
    """Refuse a time that nobody plans for."""
    return Refusal("too-far", _("That is more than five years away. Check the year."))


def _why_not_beside(
    group: Group,
    starts_at: datetime,
    minutes: int,
    *,
    now: datetime,
    moved: Meeting | None = None,
) -> Refusal | None:
    """Find another meeting at that time, made already or not: a group has one at a time."""
    ends_at = starts_at + timedelta(minutes=minutes)
    others = Meeting.everything.filter(
        group=group, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).going_ahead()
    if moved is not None:
        others = others.exclude(id=moved.id)
    elif others.filter(starts_at=starts_at, ends_at=ends_at).exists():
        return Refusal("already-there", _("This date is already there."))
    after = max(now + AHEAD, starts_at - LONGEST)
    if others.exists() or overlaps(
        starts_at, ends_at, dates_to_be_made(group, after=after, before=ends_at)
    ):
        return Refusal(
            "another-date", _("The group already meets at that time. Choose another time.")
        )
    return None
