"""Series, and the dates that are made from them."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.actions.locks import lock_group
from directory.choices import GroupStatus
from directory.models import FinderEntry, Group, Meeting, Series
from directory.models.copying import copy_rows
from directory.recurrence import occurrences
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.series import why_not_add_series
from directory.slots import day_and_stretch, slot_of, times_of

logger = logging.getLogger(__name__)

PLANNED = timedelta(weeks=12)
# A series is due again a day after its dates were made, not at every run.
DUE_AFTER = timedelta(days=1)
BATCH = 500
WITH_DATES = (GroupStatus.DRAFT, GroupStatus.PUBLISHED)


@transaction.atomic
def add_series(
    *,
    group: Group,
    by: Person | None,
    first_on: date,
    starts_at_time: time,
    duration_minutes: int,
    rule: str,
    time_zone: str | None = None,
    skipped_on: Iterable[date] = (),
) -> Series:
    """Let a group meet by a rule of `directory.recurrence`, and make its dates 12 weeks ahead.

    The time is wall-clock time of the zone, the group's unless named. Raises Refused.
    """
    locked = lock_group(group)
    series = Series(
        group=locked,
        first_on=first_on,
        starts_at_time=starts_at_time,
        duration_minutes=duration_minutes,
        time_zone=time_zone or locked.time_zone,
        rule=rule,
        skipped_on=sorted(set(skipped_on)),
    )
    refuse_if(
        why_not_run(locked, by)
        or why_not_plan(locked)
        or why_not_add_series(series, now=timezone.now())
    )
    series.save(force_insert=True)
    made = generate_meetings(series=series)
    record(by=by, action="series.added", about=series, organisation=locked.organisation, dates=made)
    return series


def generate_meetings(
    *,
    now: datetime | None = None,
    series: Series | None = None,
    check_gaps: bool = False,
    keeps_finder: bool = True,
) -> int:
    """Make the dates that are missing from `now` to 12 weeks ahead; returns how many were made.

    Only series that are due are looked at: those of a day ago or longer, all with `check_gaps`,
    one when it is named. Running twice, or twice at once, makes nothing twice: each batch locks
    its series, and a date is unique by its series and original start. What exists is never
    changed, so cancelled and moved dates stay as they are. Without `keeps_finder` the caller
    calls `refresh_finder`.
    """
    now = now or timezone.now()
    waiting = _series_to_look_at(now, series, check_gaps=check_gaps)
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
        if keeps_finder:
            refresh_finder(_with_new_hours(dates))


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


def _hours_of(date: Meeting) -> list[str]:
    """Return the hours of the week of a date, as the finder's entries have them."""
    slot = slot_of(date.starts_at.astimezone(ZoneInfo(date.time_zone)))
    day, _stretch = day_and_stretch(slot)
    return [f"at:{day.value}:{time}" for time in times_of(slot)]


def _series_to_look_at(
    now: datetime, series: Series | None, *, check_gaps: bool
) -> QuerySet[Series]:
    if series is not None:
        return Series.objects.filter(id=series.id, ended_at=None)
    found = Series.objects.filter(ended_at=None, group__status__in=WITH_DATES)
    if check_gaps:
        return found
    return found.filter(Q(generated_until=None) | Q(generated_until__lt=now + PLANNED - DUE_AFTER))


def _lock_batch(waiting: QuerySet[Series], last_id: UUID | None) -> list[Series]:
    """Return the next series, locked; those that another run holds are left to it."""
    if last_id is not None:
        waiting = waiting.filter(id__gt=last_id)
    locked = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return list(locked.order_by("id")[:BATCH])


def _make_dates(batch: list[Series], *, now: datetime, check_gaps: bool) -> list[Meeting]:
    until = now + PLANNED
    ids = [series.id for series in batch]
    first = {series.id: _after(series, now, check_gaps=check_gaps) for series in batch}
    there = set(
        Meeting.everything.filter(series__in=ids, original_start__gt=min(first.values()))
        .order_by()
        .values_list("series_id", "original_start")
    )
    missing = [
        meeting
        for series in batch
        for meeting in _dates_of(series, after=first[series.id], until=until)
        if (meeting.series_id, meeting.original_start) not in there
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
    skipped = set(series.skipped_on)
    length = timedelta(minutes=series.duration_minutes)
    try:
        starts = list(
            occurrences(
                series.rule, series.start_local, series.time_zone, after=after, before=until
            )
        )
    except ValueError:
        # One rule that cannot be read must not keep the others from their dates.
        logger.exception("No dates for series %s", series.id)
        return
    for start in starts:
        if start.date() in skipped:
            continue
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
