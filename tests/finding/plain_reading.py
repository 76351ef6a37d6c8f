"""The finder read plainly: every group looked at, one after the other, without the database.

It knows nothing of facets, indexes and slots: distances are reckoned from the point that a
visitor may know, days and hours are looked up on the clock of the place, date by date. Words
alone are judged elsewhere, and come as the set of groups that hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from directory.geo import distance_km
from directory.queries.search import Near, Search
from tests.finding.plain_world import ABOVE, TOWNS, PlainGroup, PlainMeeting, PlainPlace, PlainTown

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "morning": range(5, 12),
    "afternoon": range(12, 18),
    "evening": range(17, 23),
    "night": (21, 22, 23, 0, 1, 2, 3, 4),
}
BANDS = {"under-18": (0, 17), "18-25": (18, 25), "26-64": (26, 64), "65-plus": (65, 150)}
# Of these all are needed; of the others one will do.
TOGETHER = ("access", "has_room", "first_time")
OF_DATES: dict[str, Any] = {
    "days": (),
    "times": (),
    "soon": (),
    "starts_from": None,
    "starts_to": None,
}


@dataclass(frozen=True)
class Spot:
    """A point that a visitor may know."""

    latitude: float
    longitude: float
    is_area: bool


class Reading:
    """All groups; `with_words` tells which of them hold the words that were typed."""

    def __init__(self, groups: Sequence[PlainGroup], with_words: dict[str, set[UUID]]) -> None:
        self.groups = {group.id: group for group in groups}
        self.spots = {group.id: public_spot(group) for group in groups}
        self.with_words = with_words

    def answering(self, search: Search, now: datetime) -> list[PlainGroup]:
        """Return the groups that answer, in no order that matters."""
        return [it for it in self.groups.values() if self.answers(it, search, now)]

    def answers(self, group: PlainGroup, search: Search, now: datetime) -> bool:
        """Whether one group answers."""
        if search.words and group.id not in self.with_words[search.words]:
            return False
        if not all(has_kind(group, kind, search) for kind in HAS if getattr(search, kind)):
            return False
        if search.near and not self._is_near(group, search.near, search):
            return False
        asks_when = any(getattr(search, kind) != none for kind, none in OF_DATES.items())
        return not asks_when or self.first(group, search, now) is not None

    def _is_near(self, group: PlainGroup, near: Near, search: Search) -> bool:
        if group.format == "online":
            return "online" in search.formats
        away = self.distance(group, near)
        return away is not None and away <= near.radius_km

    def distance(self, group: PlainGroup, near: Near) -> float | None:
        """Return kilometres from a point to where visitors may know the group is."""
        spot = self.spots[group.id]
        if spot is None:
            return None
        return distance_km(near.latitude, near.longitude, spot.latitude, spot.longitude)

    def first(self, group: PlainGroup, search: Search, now: datetime) -> PlainMeeting | None:
        """Return the first date that goes ahead and fits."""
        dates = (it for it in fitting_dates(group, search, now) if not it.is_cancelled)
        return min(dates, key=lambda it: (it.starts_at, it.id), default=None)

    def in_order(
        self, groups: Sequence[PlainGroup], search: Search, sort: str, now: datetime
    ) -> list[PlainGroup]:
        """Return them soonest first, or nearest and then soonest; those without come last."""

        def soonest(group: PlainGroup) -> tuple[bool, float, UUID]:
            first = self.first(group, search, now)
            return first is None, first.starts_at.timestamp() if first else 0.0, group.id

        def nearest(group: PlainGroup) -> tuple[Any, ...]:
            assert search.near
            away = self.distance(group, search.near)
            return away is None, away or 0.0, *soonest(group)

        return sorted(groups, key=nearest if sort == "nearest" and search.near else soonest)

    def tallies(self, search: Search, kind: str, values: Sequence[str], now: datetime) -> Any:
        """Return how many groups there would be with each value of a kind, without the noughts."""
        # Whoever answers with a value answers without one, and online groups wherever one is.
        looser = search if kind in TOGETHER else search.without(kind)
        looser = looser.without("near") if kind == "formats" else looser
        loosely = self.answering(looser, now)
        counted = {}
        for value in values:
            wanted = _with(search, kind, value)
            counted[value] = sum(self.answers(group, wanted, now) for group in loosely)
        return {value: number for value, number in counted.items() if number}

    def dates(self, search: Search, now: datetime) -> list[PlainMeeting]:
        """Return the coming dates that answer, cancelled ones too, day by day."""
        groups = self.answering(replace(search, **OF_DATES), now)
        dates = [it for group in groups for it in fitting_dates(group, search, now)]
        return sorted(dates, key=lambda it: (it.local.date(), it.starts_at, it.id))


def _with(search: Search, kind: str, value: str) -> Search:
    if kind in ("has_room", "first_time"):
        return replace(search, **{kind: True})  # type: ignore[arg-type]
    held = search.access if kind == "access" else ()
    return replace(search, **{kind: (*held, value)})  # type: ignore[arg-type]


def public_spot(group: PlainGroup) -> Spot | None:
    """Return the point that visitors may know: of the address, or of the town that is named."""
    place = group.place
    if place is None or group.format == "online":
        return None
    if place.shown == "exactly" and place.latitude is not None and place.longitude is not None:
        return Spot(place.latitude, place.longitude, is_area=False)
    town = _named_town(place)
    return Spot(town.latitude, town.longitude, is_area=True) if town else None


def _shows_area(place: PlainPlace) -> bool:
    return place.shown == "area" and bool(place.area)


def _stands_in(region: str, told: str) -> bool:
    return bool(region) and region in told


def _words_in_a_row(area: str) -> list[set[str]]:
    """What the area says in four words, in three, in two, in one."""
    words = area.replace(",", " ").split()
    return [
        {" ".join(words[start : start + length]) for start in range(len(words) - length + 1)}
        for length in (4, 3, 2, 1)
    ]


def _named_town(place: PlainPlace) -> PlainTown | None:
    called = [{place.town}]
    if _shows_area(place):
        called = [{part.strip()} for part in place.area.split(",")]
        called += _words_in_a_row(place.area)
    for names in called:
        towns = [it for it in TOWNS if it.name in names and it.country == place.country]
        if towns:
            told = place.area if _shows_area(place) else f"{place.town} {place.region}"
            return max(towns, key=lambda it: (_stands_in(it.region, told), it.population))
    return None


def fitting_dates(group: PlainGroup, search: Search, now: datetime) -> list[PlainMeeting]:
    """Return the dates, cancelled ones too, that are not over and fit what is asked."""
    dates = [it for it in group.meetings if it.ends_at > now and _fits(it, group, search, now)]
    return sorted(dates, key=lambda it: (it.starts_at, it.id))


def _fits(date: PlainMeeting, group: PlainGroup, search: Search, now: datetime) -> bool:
    local = date.local
    if search.days and DAYS[local.weekday()] not in search.days:
        return False
    if search.times and not any(local.hour in PARTS[time] for time in search.times):
        return False
    if not _is_between(local, search):
        return False
    zone = ZoneInfo(search.zone if group.format == "online" else date.zone)
    return not search.soon or any(_is_soon(it, date, zone, now) for it in search.soon)


def _is_between(local: datetime, search: Search) -> bool:
    begins, since, until = local.time(), search.starts_from, search.starts_to
    if since is not None and until is not None and since > until:
        return begins >= since or begins <= until
    return (since is None or begins >= since) and (until is None or begins <= until)


def _is_soon(soon: str, date: PlainMeeting, zone: ZoneInfo, now: datetime) -> bool:
    if soon == "now":
        return date.starts_at <= now < date.ends_at
    if soon == "next":
        return now < date.starts_at <= now + timedelta(hours=3)
    ahead = (date.starts_at.astimezone(zone).date() - now.astimezone(zone).date()).days
    return {"today": ahead == 0, "tomorrow": ahead == 1, "week": 0 <= ahead <= 6}[soon]


def _topics(group: PlainGroup) -> Iterator[str]:
    for slug in group.topics:
        yield slug
        if slug in ABOVE:
            yield ABOVE[slug]


def _is_of_age(group: PlainGroup, ages: Sequence[str]) -> bool:
    adult = 18 if group.adults_only else 0
    youngest = adult if group.min_age is None else group.min_age
    oldest = 150 if group.max_age is None else group.max_age
    spans = [BANDS[age] if age in BANDS else (int(age), int(age)) for age in ages]
    return any(youngest <= until and oldest >= since for since, until in spans)


def _has_room(group: PlainGroup) -> bool:
    return group.capacity is None or (group.members < group.capacity and not group.waiting)


def _is_for_the_first_time(group: PlainGroup) -> bool:
    return group.openness == "open" and bool(group.who_greets or "newcomers" in group.audiences)


# What one group has, of what a kind of filter asks for.
HAS: dict[str, Any] = {
    "topics": lambda group, values: bool(set(values) & set(_topics(group))),
    "audiences": lambda group, values: bool(set(values) & set(group.audiences)),
    "access": lambda group, values: set(values) <= set(group.access),
    "languages": lambda group, values: bool(set(values) & set(group.languages)),
    "formats": lambda group, values: group.format in values,
    "costs": lambda group, values: group.cost in values,
    "joining": lambda group, values: group.joining in values,
    "ages": _is_of_age,
    "has_room": lambda group, _asked: _has_room(group),
    "first_time": lambda group, _asked: _is_for_the_first_time(group),
    "organisation": lambda group, slug: slug == f"lighthouse-{group.organisation}",
}


def has_kind(group: PlainGroup, kind: str, search: Search) -> bool:
    """Whether a group has what a search asks of this kind."""
    return bool(HAS[kind](group, getattr(search, kind)))
