"""Why a group stands in a list: which of the things asked for it has, in a few words each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from accounts.choices import Choices
from directory.choices import AccessFeature, Audience, Cost, DayPart, Format, Joining
from directory.geo import unit_of
from directory.queries.search import GroupRow, Search
from directory.slots import times_of
from directory.text.spoken_distances import spoken_distance
from directory.text.spoken_names import spoken_language
from directory.text.spoken_times import spoken_time, spoken_weekday

ON_THAT_DAY = {
    DayPart.MORNING: lazy("%(day)s morning"),
    DayPart.AFTERNOON: lazy("%(day)s afternoon"),
    DayPart.EVENING: lazy("%(day)s evening"),
    DayPart.NIGHT: lazy("%(day)s night"),
}
# What is asked, by kind; what it is called among the facets; its words.
NAMED: tuple[tuple[str, str, type[Choices]], ...] = (
    ("access", "access", AccessFeature),
    ("formats", "format", Format),
    ("audiences", "audience", Audience),
    ("joining", "joining", Joining),
    ("costs", "cost", Cost),
)


def give_reasons(
    rows: Iterable[GroupRow], search: Search, topics: Mapping[str, str] | None = None
) -> None:
    """Set `reasons` of each row; asks the database for nothing.

    `topics` are names by slug; without them topics are left out.
    """
    if search.kinds:
        for row in rows:
            row.reasons = reasons(row, search, topics)


def reasons(row: GroupRow, search: Search, topics: Mapping[str, str] | None = None) -> list[str]:
    """Return what of the search this group answers: ["Step-free", "Tuesday evening"].

    Only what was asked for and is there. Words are left out: everybody sees them in the row.
    """
    return [str(reason) for reason in _reasons(row, search, topics or {})]


def _reasons(row: GroupRow, search: Search, topics: Mapping[str, str]) -> Iterator[Any]:
    yield from (topics[slug] for slug in _met(row, search.topics, "topic") if slug in topics)
    if search.near and row.distance_km is not None and row.group.has_room_to_go_to:
        unit = unit_of(row.group.country)
        distance = spoken_distance(row.distance_km, unit, is_area=row.is_area)
        yield _("%(distance)s away") % {"distance": distance}
    if row.next_date and search.asks_when:
        yield _when(row.next_date, search)
    for kind, facet, known in NAMED:
        yield from (known(value).label for value in _met(row, getattr(search, kind), facet))
    yield from (spoken_language(code) for code in _met(row, search.languages, "language"))
    if search.has_room and "room:yes" in row.facets:
        yield _("Has room")
    if search.first_time and "first-time:yes" in row.facets:
        yield _("Good for a first time")


def _met(row: GroupRow, asked: Iterable[str], facet: str) -> list[str]:
    return [value for value in asked if f"{facet}:{value}" in row.facets]


def _when(date: Any, search: Search) -> str:
    """Say of the date that fits what was asked of it: its day, its part of the day, its hour."""
    begins: datetime = date.starts_at.astimezone(ZoneInfo(date.time_zone))
    day = spoken_weekday(begins.date())
    parts = [part for part in search.times if part in times_of(date.slot)]
    if parts:
        return str(ON_THAT_DAY[DayPart(parts[0])]) % {"day": day}
    if search.starts_from is not None or search.starts_to is not None or search.soon:
        return _("%(day)s, %(time)s") % {"day": day, "time": spoken_time(begins.time())}
    return day
