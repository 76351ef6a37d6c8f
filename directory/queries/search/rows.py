"""What a list says of each group: its next date, and those that were cancelled before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from django.db import connections, router
from django.db.models import BooleanField, Func
from django.utils import timezone

from directory.choices import MeetingStatus
from directory.models import Group, Meeting
from directory.queries.prepared import made
from directory.queries.search.asked import Search
from directory.queries.search.matching import date_fits

# So many cancelled dates does a row tell of, before the next one that goes ahead.
CANCELLED_A_ROW = 3
# What a row tells of a date, or gives as a reason.
TOLD = (
    *("id", "group_id", "original_start", "planned_start", "starts_at", "ends_at"),
    *("time_zone", "status", "reason", "slot"),
)


@dataclass
class GroupRow:
    """A group in a list: its next date that goes ahead, and those cancelled before it.

    `distance_km` is to the point that visitors may know, of the area where `is_area`; `facets`
    are those of its entry in the finder, `reasons` what of the question it answers.
    """

    group: Group
    next_date: Meeting | None
    cancelled: list[Meeting]
    distance_km: float | None = None
    is_area: bool = False
    facets: frozenset[str] = frozenset()
    reasons: list[str] = field(default_factory=list)


def group_rows(
    groups: Iterable[Group], now: datetime | None = None, search: Search | None = None
) -> list[GroupRow]:
    """Return a row for each group; one query for the dates of all of them.

    With a search, a row tells of the dates that fit: who asked for Tuesdays reads of a Tuesday.
    """
    found = list(groups)
    dates = next_dates_of(found, now=now, search=search)
    return [_row(group, dates[group.pk]) for group in found]


def _row(group: Group, dates: list[Meeting]) -> GroupRow:
    next_date = next((date for date in dates if not date.is_cancelled), None)
    cancelled = list(takewhile(lambda date: date.is_cancelled, dates))
    return GroupRow(group, next_date, cancelled)


def next_dates_of(
    groups: Iterable[Group],
    count: int = CANCELLED_A_ROW,
    now: datetime | None = None,
    search: Search | None = None,
) -> dict[UUID, list[Meeting]]:
    """Return of each of these groups the next date that goes ahead, and those cancelled before."""
    now, search = now or timezone.now(), search or Search()
    dates: dict[UUID, list[Meeting]] = {group.pk: [] for group in groups}
    for meeting in _coming(list(dates), now, search, count):
        dates[meeting.group_id].append(meeting)
    return dates


def _coming(groups: list[UUID], now: datetime, search: Search, count: int) -> Iterator[Meeting]:
    """Ask with a statement of our own: Django takes longer to write it than it takes to answer."""
    fits = date_fits(search, now)
    using = router.db_for_read(Meeting)
    with connections[using].cursor() as cursor:
        cursor.execute(NEXT_DATES.format(fits=fits.sql), [groups, *fits.params, count])
        found = cursor.fetchall()
    return (made(Meeting, TOLD, values, using) for values in found)


# Of each group the first date that goes ahead, and those cancelled where nothing but cancelled
# ones stands before them.
NEXT_DATES = f"""
SELECT {", ".join(TOLD)} FROM (
    SELECT *, row_number() OVER (PARTITION BY group_id ORDER BY starts_at, id) AS in_line,
        row_number() OVER (PARTITION BY group_id, status ORDER BY starts_at, id) AS of_status
    FROM directory_meeting AS date WHERE date.group_id = ANY(%s) AND {{fits}}
) AS date
WHERE (status = '{MeetingStatus.SCHEDULED.value}' AND of_status = 1)
    OR (status = '{MeetingStatus.CANCELLED.value}' AND in_line = of_status AND in_line <= %s)
ORDER BY starts_at, id
"""  # noqa: S608 (our own words; values are parameters)


class AnyOf(Func):
    """Whether a value is one of those of an array."""

    arity = 2
    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()
