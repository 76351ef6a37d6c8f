"""What a list says of each group: its next date, and those that were cancelled before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, UUIDField, Value
from django.utils import timezone

from directory.models import Group, Meeting
from directory.models.meetings import MeetingQuerySet
from directory.queries.prepared import Prepared
from directory.queries.search.asked import Search
from directory.queries.search.matching import fitting_dates

# So many cancelled dates does a row tell of, before the next one that goes ahead.
CANCELLED_A_ROW = 3
# What no row tells of a date.
UNTOLD = ("created_at", "updated_at", "version", "theme", "capacity", "local_day")
# What a search says of its dates by the day and the clock, whatever the moment.
OF_DAYS = ("days", "times", "starts_from", "starts_to")


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
    if search.soon:
        # What is soon is reckoned from the moment anew.
        coming: Iterable[Meeting] = _coming(list(dates), now, search, count)
    else:
        of_days = {kind: getattr(search, kind) for kind in OF_DAYS}
        coming = _kept_dates(count, **of_days).objects(groups=list(dates), now=now)
    for meeting in coming:
        dates[meeting.group_id].append(meeting)
    return dates


def _coming(groups: list[UUID], now: datetime, search: Search, count: int) -> MeetingQuerySet:
    # One parameter, however many groups there are: the SQL stays the same.
    of_groups = AnyOf(F("group_id"), Value(groups, output_field=ArrayField(UUIDField())))
    dates = fitting_dates(Meeting.everything.filter(of_groups), search, now)
    return dates.next_of_each_group(count, now).defer(*UNTOLD)


@lru_cache(maxsize=256)
def _kept_dates(count: int, **of_days: Any) -> Prepared[Meeting]:
    search = Search(**of_days)
    return Prepared(
        lambda groups, now: _coming(groups, now, search, count),
        groups=[UUID(int=1)],
        now=datetime.min.replace(tzinfo=UTC),
    )


class AnyOf(Func):
    """Whether a value is one of those of an array."""

    arity = 2
    arg_joiner = " = ANY("
    template = "%(expressions)s)"
    output_field = BooleanField()
