"""The next seven days of the groups that answer a search, as a grid of days and parts of the day.

What it reads does not grow with the number of meetings: a few of each cell, and how many
there are up to a bound.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connections
from django.db.models import DateTimeField, Exists, OuterRef, QuerySet, SmallIntegerField
from django.db.models.expressions import RawSQL

from directory.choices import DayPart, MeetingStatus, Weekday
from directory.models import Group, Meeting
from directory.queries.search import Search, Tally, entries_matching
from directory.queries.search.dates import OF_DATES
from directory.queries.search.matching import fitting_dates
from directory.slots import STRETCHES, stretches_of

DAYS = 7
SHOWN_IN_A_CELL = 4
# The dates of so many groups are read as a whole. Of more, each stretch of a day is asked for
# itself, along the calendar, and so many dates are counted.
READ_AS_A_WHOLE = 5000
MOST_COUNTED = 20
# No clock on earth is further from Greenwich.
FARTHEST_ZONE = timedelta(hours=14)
# Parts of the day overlap as words; in the grid a meeting stands once, in the first of these.
PARTS = (DayPart.EVENING, DayPart.MORNING, DayPart.AFTERNOON, DayPart.NIGHT)
IN_ORDER = (DayPart.MORNING, DayPart.AFTERNOON, DayPart.EVENING, DayPart.NIGHT)


@dataclass(frozen=True)
class WeekMeeting:
    """A meeting in the grid."""

    id: UUID
    starts_at: datetime
    time_zone: str
    status: str
    group_name: str
    group_slug: str

    @property
    def local_start(self) -> datetime:
        """When it begins by the clock of its place; knows no zone."""
        return self.starts_at.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)

    @property
    def is_cancelled(self) -> bool:
        return self.status == MeetingStatus.CANCELLED


@dataclass(frozen=True)
class WeekCell:
    """A part of one day: its first meetings, and how many there are beside them."""

    part: DayPart
    meetings: list[WeekMeeting]
    more: Tally


@dataclass(frozen=True)
class WeekDay:
    """A day of the grid, by the calendar of the place where each meeting is held."""

    date: date
    cells: list[WeekCell]

    @property
    def is_empty(self) -> bool:
        return not any(cell.meetings for cell in self.cells)


@dataclass(frozen=True)
class Week:
    """The grid. `parts` are those of which something is in the grid; each day has a cell for each.

    `zone` is the time zone of most of the meetings shown; the others have to name their own.
    """

    days: list[WeekDay]
    parts: list[DayPart]
    zone: str
    has_other_zones: bool


def part_of(slot: int) -> DayPart:
    """Return the one part of the day under which the grid shows a slot (`directory.slots`)."""
    stretch = slot % STRETCHES
    return next(part for part in PARTS if stretch in stretches_of(part))


def week_of(search: Search, now: datetime) -> Week:
    """Return the grid of the next seven days, today by the viewer's clock the first of them.

    Where certain days of the week are asked for, it has these alone.
    """
    dates = _dates(search, now)
    of_group = search
    for kind in OF_DATES:
        of_group = of_group.without(kind)
    entries = entries_matching(of_group, now).order_by()
    found = fitting_dates(Meeting.everything.all(), search, now).order_by()
    few = entries.values("pk")[: READ_AS_A_WHOLE + 1]
    # With nothing asked of the groups, all of them answer.
    if of_group.kinds and few.count() <= READ_AS_A_WHOLE:
        found = found.filter(local_day__in=dates, group_id__in=few)
        return _grid(_of_all(found), dates)
    found = found.filter(Exists(entries.filter(pk=OuterRef("group_id"))))
    return _grid(_of_each_slot(found, dates), dates, is_bounded=True)


def _dates(search: Search, now: datetime) -> list[date]:
    first = search.local(now).date()
    week = [first + timedelta(days=days) for days in range(DAYS)]
    return [day for day in week if not search.days or Weekday.values[day.weekday()] in search.days]


_COLUMNS = ("id", "group_id", "starts_at", "time_zone", "status", "local_day", "slot")
# Names come last: only those that are shown are looked up.
_WITH_NAMES = f"""
    SELECT ranked.*, one.name AS group_name, one.slug AS group_slug
    FROM ranked JOIN {Group._meta.db_table} AS one ON one.id = ranked.group_id
    WHERE ranked.place <= {SHOWN_IN_A_CELL}
"""  # noqa: S608 (our own table)


def _of_all(found: QuerySet[Meeting]) -> list[dict[str, Any]]:
    """Return the first of each slot and how many it has, after reading everything once."""
    inner, params = found.values(*_COLUMNS).query.sql_with_params()
    sql = f"""
        WITH found AS MATERIALIZED ({inner}),
        ranked AS (
            SELECT found.*, count(*) OVER (PARTITION BY local_day, slot) AS in_slot,
                row_number() OVER (PARTITION BY local_day, slot ORDER BY starts_at, group_id)
                    AS place
            FROM found
        )
        {_WITH_NAMES}
    """  # noqa: S608 (the query is Django's own, its values are parameters)
    return _rows(found.db, sql, params)


def _of_each_slot(found: QuerySet[Meeting], dates: list[date]) -> list[dict[str, Any]]:
    """Return the same, asked of each slot for itself, so that no more is read than is counted.

    A slot and a stretch of time less than a week name one day, whatever the zone; so said, an
    index has the meetings in their order.
    """
    one = found.filter(
        slot=RawSQL("cell.slot", (), SmallIntegerField()),
        starts_at__gte=RawSQL("cell.since", (), DateTimeField()),
        starts_at__lt=RawSQL("cell.until", (), DateTimeField()),
    ).order_by("starts_at", "group_id")
    inner, params = one.values(*_COLUMNS)[: MOST_COUNTED + 1].query.sql_with_params()
    cells = [cell for day in dates for cell in _slots_of_day(day)]
    values = ", ".join(["(%s::int, %s::timestamptz, %s::timestamptz)"] * len(cells))
    sql = f"""
        WITH ranked AS (
            SELECT it.* FROM (VALUES {values}) AS cell (slot, since, until)
            CROSS JOIN LATERAL (
                SELECT found.*, count(*) OVER () AS in_slot,
                    row_number() OVER (ORDER BY starts_at, group_id) AS place
                FROM ({inner}) AS found
            ) AS it
        )
        {_WITH_NAMES}
    """  # noqa: S608 (as above)
    return _rows(found.db, sql, (*(value for cell in cells for value in cell), *params))


def _slots_of_day(day: date) -> Iterator[tuple[int, datetime, datetime]]:
    midnight = datetime.combine(day, time.min, UTC)
    since, until = midnight - FARTHEST_ZONE, midnight + timedelta(days=1) + FARTHEST_ZONE
    for stretch in range(STRETCHES):
        yield day.isoweekday() * STRETCHES + stretch, since, until


def _rows(database: str, sql: str, params: Iterable[Any]) -> list[dict[str, Any]]:
    with connections[database].cursor() as cursor:
        cursor.execute(sql, list(params))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _grid(rows: list[dict[str, Any]], dates: list[date], *, is_bounded: bool = False) -> Week:
    cells: dict[tuple[date, DayPart], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        cells[row["local_day"], part_of(row["slot"])].append(row)
    used = {part for _, part in cells}
    parts = [part for part in IN_ORDER if part in used]
    days = [
        WeekDay(day, [_cell(part, cells[day, part], is_bounded=is_bounded) for part in parts])
        for day in dates
    ]
    zones = Counter(
        it.time_zone for day in days for cell in day.cells for it in cell.meetings
    ).most_common(2)
    return Week(days, parts, zones[0][0] if zones else "", has_other_zones=len(zones) > 1)


def _cell(part: DayPart, rows: list[dict[str, Any]], *, is_bounded: bool) -> WeekCell:
    first = sorted(rows, key=lambda row: (row["starts_at"], row["group_id"]))[:SHOWN_IN_A_CELL]
    numbers = {row["slot"]: row["in_slot"] for row in rows}.values()
    is_more = is_bounded and max(numbers, default=0) > MOST_COUNTED
    more = Tally(sum(numbers) - len(first), is_more=is_more)
    fields = WeekMeeting.__dataclass_fields__
    shown = [WeekMeeting(**{name: row[name] for name in fields}) for row in first]
    return WeekCell(part, sorted(shown, key=lambda it: (it.local_start, it.id)), more)
