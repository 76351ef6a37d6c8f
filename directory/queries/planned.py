"""What a change of a group's recurring dates would do, before anybody does it.

Pages show it, and the actions do exactly this: both ask here. A date goes by its rule while it
takes place and starts when its series says; one that was moved or cancelled by hand stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Person
from directory.choices import ChangeKind, GroupStatus
from directory.models import Group, Meeting, Seat, Series
from directory.queries.changes import count_concerned
from directory.queries.pairing import Held, begin_of_period, pair
from directory.queries.recurring import (
    AHEAD,
    coming_dates,
    is_fixed,
    left_behind,
    left_out_before,
    overlaps,
    pairs_by_month,
    starts_by_rule,
    taken_by_hand,
)
from directory.recurrence import find_zone

# By such a change a date is cancelled because its time was given up, not for a reason of its own.
GIVEN_UP = (ChangeKind.REARRANGED, ChangeKind.SKIPPED)


@dataclass(frozen=True)
class Carried:
    """A date that takes a slot of the new rule; people keep their places at it."""

    meeting: Meeting
    slot: datetime
    starts_at: datetime
    ends_at: datetime
    time_zone: str

    @property
    def is_fixed(self) -> bool:
        """Whether it was moved or cancelled by hand, and stays where it is."""
        return is_fixed(self.meeting)

    @property
    def is_changed(self) -> bool:
        """Whether people see anything of it."""
        now, then = self.meeting, (self.starts_at, self.ends_at, self.time_zone)
        return (now.starts_at, now.ends_at, now.time_zone) != then


@dataclass(frozen=True)
class PlannedChange:
    """What becomes of each coming date that a change is about."""

    group: Group
    by: Person | None = None
    paired: list[Carried] = field(default_factory=list)
    cancelled: list[Meeting] = field(default_factory=list)
    # Of a draft: nobody knows of these dates.
    removed: list[Meeting] = field(default_factory=list)
    # Cancelled when their days or times were given up, and on again.
    restored: list[Meeting] = field(default_factory=list)
    # Moved or cancelled by hand.
    stays: list[Meeting] = field(default_factory=list)
    new: list[datetime] = field(default_factory=list)

    @property
    def kept(self) -> list[Meeting]:
        """Dates at which nothing changes."""
        return [it.meeting for it in self.paired if not it.is_fixed and not it.is_changed]

    @property
    def carried(self) -> list[Carried]:
        """Dates that begin or end at another time: `meeting.starts_at` is the old start."""
        return [it for it in self.paired if it.is_changed]

    @property
    def changed(self) -> list[Meeting]:
        """Dates that people are told about."""
        return [*(it.meeting for it in self.carried), *self.cancelled, *self.restored]

    @property
    def touched(self) -> list[Meeting]:
        """All rows that the change writes."""
        rows = [*(it.meeting for it in self.paired), *self.cancelled, *self.removed, *self.restored]
        return sorted(set(rows), key=lambda meeting: (meeting.starts_at, meeting.id))

    @property
    def is_nothing(self) -> bool:
        """Whether no date would be another."""
        return not (self.changed or self.removed or self.new)

    @cached_property
    def people(self) -> int:
        """How many people have to know, apart from who makes the change."""
        return 0 if self.is_nothing else count_concerned(self.group, self.changed, by=self.by)


def planned_change(
    *,
    series: Series,
    wanted: Series,
    from_start: datetime | None,
    by: Person | None = None,
    now: datetime | None = None,
    locks: bool = False,
) -> PlannedChange:
    """Say what becomes of the coming dates when `wanted`, of `new_times`, takes over.

    Raises ValueError for a rule or zone that cannot be read: ask `why_not_recur` before.
    """
    now = now or timezone.now()
    dates = coming_dates(series, from_start, now=now, locks=locks)
    paired, slots = _paired(series, wanted, dates, now)
    free = slots - {it.slot for it in paired}
    behind = [it for it in left_behind(series, now=now, locks=locks) if it.original_start in free]
    paired += [_carried(it, it.original_start, series, wanted) for it in behind]
    free -= {it.original_start for it in behind}
    kept = {it.meeting.id for it in paired}
    cancelled, removed = _leave_out(
        series.group, [it for it in dates if it.id not in kept and not is_fixed(it)]
    )
    return PlannedChange(
        group=series.group,
        by=by,
        paired=paired,
        cancelled=cancelled,
        removed=removed,
        stays=[it for it in dates if is_fixed(it)],
        restored=left_out_before(series.group, behind, *GIVEN_UP, now=now),
        new=_makeable(free, wanted, now),
    )


def planned_end(
    *,
    series: Series,
    from_start: datetime | None,
    by: Person | None = None,
    now: datetime | None = None,
    locks: bool = False,
) -> PlannedChange:
    """Say what becomes of the coming dates when the series ends there; None: now."""
    dates = coming_dates(series, from_start, now=now, locks=locks)
    cancelled, removed = _leave_out(series.group, [it for it in dates if not is_fixed(it)])
    stays = [it for it in dates if is_fixed(it)]
    return PlannedChange(
        group=series.group, by=by, cancelled=cancelled, removed=removed, stays=stays
    )


def planned_skip(
    *,
    series: Series,
    days: Iterable[date],
    by: Person | None = None,
    now: datetime | None = None,
    locks: bool = False,
) -> PlannedChange:
    """Say what becomes of the coming dates when these days are left out."""
    left_out = set(days)
    dates = coming_dates(series, now=now, locks=locks)
    there = [it for it in dates if left_out & {_local(it.starts_at, it), _slot_day(it, series)}]
    cancelled, removed = _leave_out(series.group, [it for it in there if not is_fixed(it)])
    stays = [it for it in there if is_fixed(it)]
    return PlannedChange(
        group=series.group, by=by, cancelled=cancelled, removed=removed, stays=stays
    )


def planned_unskip(
    *,
    series: Series,
    days: Iterable[date],
    by: Person | None = None,
    now: datetime | None = None,
    locks: bool = False,
) -> PlannedChange:
    """Say which dates come again when these days are left out no longer."""
    now = now or timezone.now()
    again = set(days) & set(series.skipped_on)
    dates = coming_dates(series, now=now, locks=locks)
    there = [it for it in dates if _slot_day(it, series) in again]
    restored = left_out_before(series.group, there, ChangeKind.SKIPPED, now=now)
    taken = {it.original_start for it in dates}
    slots = series.starts(after=now, before=now + AHEAD)
    starts = {slot.astimezone(UTC) for slot in slots if slot.date() in again}
    return PlannedChange(
        group=series.group,
        by=by,
        restored=restored,
        stays=[it for it in there if it not in restored],
        new=_makeable(starts - taken, series, now),
    )


def _paired(
    series: Series, wanted: Series, dates: list[Meeting], now: datetime
) -> tuple[list[Carried], set[datetime]]:
    """Return the dates that have a slot by the new times, and all slots, in UTC."""
    monthly = pairs_by_month(series, wanted)
    until = _end_of_pairing(dates, wanted, now=now, monthly=monthly)
    slots = starts_by_rule(wanted, after=now, before=until)
    zone = ZoneInfo(series.time_zone)
    held = [Held(it.id, it.original_start.astimezone(zone), is_fixed(it)) for it in dates]
    slot_of = pair(held, slots, monthly=monthly)
    paired = [_carried(it, slot_of[it.id], series, wanted) for it in dates if it.id in slot_of]
    return paired, {slot.astimezone(UTC) for slot in slots}


def _makeable(slots: set[datetime], series: Series, now: datetime) -> list[datetime]:
    """Return the slots of which the generator makes dates at once, in order."""
    taken = taken_by_hand([series.group_id], after=now).get(series.group_id, [])
    lasts = timedelta(minutes=series.duration_minutes)
    soon = sorted(slot for slot in slots if slot <= now + AHEAD)
    return [slot for slot in soon if not overlaps(slot, slot + lasts, taken)]


def _end_of_pairing(
    dates: list[Meeting], wanted: Series, *, now: datetime, monthly: bool
) -> datetime:
    """Return until when slots are looked for: to the end of the last date's week or month."""
    until = now + AHEAD
    if not dates:
        return until
    zone = find_zone(wanted.time_zone)
    last = max(it.original_start for it in dates).astimezone(zone).date()
    begins = begin_of_period(last, monthly=monthly)
    after = begins + timedelta(days=32 if monthly else 7)
    ends = begin_of_period(after, monthly=monthly)
    return max(until, datetime.combine(ends, time(), tzinfo=zone) - timedelta(microseconds=1))


def _carried(meeting: Meeting, slot: datetime, series: Series, wanted: Series) -> Carried:
    start = slot.astimezone(UTC)
    if is_fixed(meeting):
        return Carried(meeting, start, meeting.starts_at, meeting.ends_at, meeting.time_zone)
    lasts = meeting.ends_at - meeting.starts_at
    # A date that was made longer or shorter by hand stays so.
    if lasts == timedelta(minutes=series.duration_minutes):
        lasts = timedelta(minutes=wanted.duration_minutes)
    return Carried(meeting, start, start, start + lasts, wanted.time_zone)


def _leave_out(group: Group, dates: list[Meeting]) -> tuple[list[Meeting], list[Meeting]]:
    """Tell which of these dates are cancelled and which removed: those nobody can know of."""
    if group.status != GroupStatus.DRAFT:
        return dates, []
    seats = Seat.objects.filter(meeting__in=[it.id for it in dates])
    known = set(seats.values_list("meeting_id", flat=True))
    return [it for it in dates if it.id in known], [it for it in dates if it.id not in known]


def _local(moment: datetime, meeting: Meeting) -> date:
    return moment.astimezone(ZoneInfo(meeting.time_zone)).date()


def _slot_day(meeting: Meeting, series: Series) -> date:
    return meeting.original_start.astimezone(ZoneInfo(series.time_zone)).date()
