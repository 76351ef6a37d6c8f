"""The dates of series, made some weeks ahead."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.audit import record
from directory.actions.finder import refresh_finder
from directory.actions.seats import seat_members
from directory.choices import GroupStatus
from directory.models import FinderEntry, Meeting, Membership, Series
from directory.models.copying import copy_rows
from directory.queries.recurring import AHEAD, overlaps, starts_by_rule, taken_by_hand
from directory.slots import day_and_stretch, slot_of, times_of

logger = logging.getLogger(__name__)

# A series is due again a day after its dates were made, not at every run.
DUE_AFTER = timedelta(days=1)
BATCH = 500
WITH_DATES = (GroupStatus.DRAFT, GroupStatus.PUBLISHED)


def generate_meetings(
    *,
    now: datetime | None = None,
    series: Series | None = None,
    groups: Collection[UUID] | None = None,
    check_gaps: bool = False,
    keeps_finder: bool = True,
) -> int:
    """Make the dates that are missing from `now` to 12 weeks ahead; returns how many were made.

    Only series that are due are looked at: those of a day ago or longer, all with `check_gaps`,
    those of these groups, one when it is named. Running twice, or twice at once, makes nothing
    twice: each batch locks its series, and a date is unique by its series and original start. What
    exists is never changed, so cancelled and moved dates stay as they are. Members have their
    places at the new dates. Without `keeps_finder` the caller calls `refresh_finder`.
    """
    now = now or timezone.now()
    waiting = _series_to_look_at(now, series, check_gaps=check_gaps)
    if groups is not None:
        waiting = waiting.filter(group__in=groups)
    made = 0
    last_id: UUID | None = None
    while True:
        with transaction.atomic():
            batch = _lock_batch(waiting, last_id)
            if not batch:
                if made and series is None:
                    record(by=None, action="meetings.generated", about="meetings", dates=made)
                return made
            dates = _make_dates(batch, now=now, check_gaps=check_gaps)
            made += len(dates)
            last_id = batch[-1].id
        # After the series are let go of, since groups come before them in the order of locks.
        seat_members(meetings=_with_members(dates))
        if keeps_finder:
            refresh_finder(_with_new_hours(dates))


def _with_members(dates: list[Meeting]) -> list[Meeting]:
    """Return the dates of groups that have members; one question, whatever the dates."""
    groups = {date.group_id for date in dates}
    members = Membership.objects.active().filter(group__in=groups).order_by()
    found = set(members.values_list("group", flat=True).distinct())
    return [date for date in dates if date.group_id in found]


def _with_new_hours(dates: list[Meeting]) -> set[UUID]:
    """Return the groups whose dates fall on hours of the week that the finder does not know of.

    Most dates do not. Those of a fifth Friday do, or of every other month, when there were none
    in the weeks before or all of them were cancelled.
    """
    entries = FinderEntry.objects.filter(pk__in={date.group_id for date in dates})
    known = {pk: set(keys) for pk, keys in entries.values_list("pk", "keys")}
    return {
        date.group_id
        for date in dates
        if date.group_id in known and not known[date.group_id].issuperset(_hours_of(date))
    }


def _hours_of(date: Meeting) -> tuple[str, ...]:
    """Return the hours of the week of a date, as the finder's entries have them."""
    return _hours_at(slot_of(date.starts_at.astimezone(ZoneInfo(date.time_zone))))


@cache
def _hours_at(slot: int) -> tuple[str, ...]:
    # A week has a few dozen of them, and a run a hundred thousand dates.
    day, _stretch = day_and_stretch(slot)
    return tuple(f"at:{day.value}:{time}" for time in times_of(slot))


def _series_to_look_at(
    now: datetime, series: Series | None, *, check_gaps: bool
) -> QuerySet[Series]:
    if series is not None:
        # One that took over from dates that end later ends then itself.
        goes_on = Q(ended_at=None) | Q(ended_at__gt=now)
        return Series.objects.filter(goes_on, id=series.id)
    found = Series.objects.filter(ended_at=None, group__status__in=WITH_DATES)
    if check_gaps:
        return found
    return found.filter(Q(generated_until=None) | Q(generated_until__lt=now + AHEAD - DUE_AFTER))


def _lock_batch(waiting: QuerySet[Series], last_id: UUID | None) -> list[Series]:
    """Return the next series, locked; those that another run holds are left to it."""
    if last_id is not None:
        waiting = waiting.filter(id__gt=last_id)
    locked = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return list(locked.order_by("id")[:BATCH])


def _make_dates(batch: list[Series], *, now: datetime, check_gaps: bool) -> list[Meeting]:
    until = now + AHEAD
    ids = [series.id for series in batch]
    first = {series.id: _after(series, now, check_gaps=check_gaps) for series in batch}
    there = set(
        Meeting.everything.filter(series__in=ids, original_start__gt=min(first.values()))
        .order_by()
        .values_list("series_id", "original_start")
    )
    taken = taken_by_hand({series.group_id for series in batch}, after=min(first.values()))
    missing = [
        meeting
        for series in batch
        for meeting in _dates_of(series, after=first[series.id], until=until)
        if (meeting.series_id, meeting.original_start) not in there
        and not (
            (by_hand := taken.get(series.group_id))
            and overlaps(meeting.starts_at, meeting.ends_at, by_hand)
        )
    ]
    copy_rows(missing)
    Series.objects.filter(id__in=ids).update(generated_until=until)
    return missing


def _after(series: Series, now: datetime, *, check_gaps: bool) -> datetime:
    """Return from when dates may be missing. Those of the past are never made up later."""
    if check_gaps or series.generated_until is None:
        return now
    return max(now, series.generated_until)


def _dates_of(series: Series, *, after: datetime, until: datetime) -> Iterator[Meeting]:
    length = timedelta(minutes=series.duration_minutes)
    try:
        starts = starts_by_rule(series, after=after, before=until)
    except ValueError:
        # One rule that cannot be read must not keep the others from their dates.
        logger.exception("No dates for series %s", series.id)
        return
    for start in starts:
        # Minutes are counted on a clock that knows no summer time.
        moment = start.astimezone(UTC)
        yield Meeting(
            group_id=series.group_id,
            series=series,
            original_start=moment,
            starts_at=moment,
            ends_at=moment + length,
            time_zone=series.time_zone,
        )
