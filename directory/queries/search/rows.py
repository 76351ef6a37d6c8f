"""What a list says of each group: its next date, and those that were cancelled before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from django.utils import timezone

from directory.models import Group, Meeting
from directory.queries.search.asked import Search
from directory.queries.search.matching import fitting_dates

# Dates read for a row of a list: the next one, and the one after where that is cancelled.
DATES_A_ROW = 3


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
    count: int = DATES_A_ROW,
    now: datetime | None = None,
    search: Search | None = None,
) -> dict[UUID, list[Meeting]]:
    """Return the next `count` dates of each of these groups, cancelled and moved ones included."""
    now = now or timezone.now()
    dates: dict[UUID, list[Meeting]] = {group.pk: [] for group in groups}
    coming = Meeting.everything.filter(group__in=list(dates))
    coming = fitting_dates(coming, search or Search(), now)
    for meeting in coming.next_of_each_group(count, now):
        dates[meeting.group_id].append(meeting)
    return dates
