"""How many groups there would be with each filter: counted once, and never beyond a bound."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.cache import caches
from django.db import connection
from django.db.models import F, Func, TextField, Value

from directory.choices import DayPart, Weekday
from directory.models import FinderTotals
from directory.models.finder import FinderQuerySet
from directory.queries.search.asked import Search
from directory.queries.search.matching import FACETS, entries_matching

# Groups are counted so far; "1,000+" is as good an answer as 48,213.
COUNTED = 1000
# What the facets of a kind are called; `flags` are kinds of one value.
NAMES = FACETS | {
    "ages": "age",
    "days": "day",
    "times": "time",
    "has_room": "room",
    "first_time": "first-time",
}
# Several of these are needed together, so a further one is counted among those found.
TOGETHER = {"access", "has_room", "first_time"}
TOTALS_KEY = "finder-totals"
KEPT_SECONDS = 60


@dataclass(frozen=True)
class Tally:
    """A number of groups; `is_more` says that there are at least so many."""

    number: int
    is_more: bool = False

    def __bool__(self) -> bool:
        return self.number > 0


Tallies = dict[str, dict[str, Tally]]


@dataclass(frozen=True)
class Counted:
    """How many groups answer, and how many would with each value of each kind of filter."""

    total: Tally
    by_kind: Tallies


def count(search: Search, now: datetime) -> Counted:
    """Count the groups that answer, and those beside each filter, in one query."""
    own = [
        _limited(_without(search, kind, now), kind, _shown(search, kind))
        for kind in _own_bases(search)
    ]
    numbers = _read([_limited(entries_matching(search, now), "", F("facets")), *own])
    total = _total(numbers[""])
    of_all = _all_groups() if total.is_more and not search.kinds else {}
    by_kind = {
        kind: _of_kind(of_all or numbers.get(kind, numbers[""]), kind, is_whole=bool(of_all))
        for kind in NAMES
        if not _is_unknown(search, kind)
    }
    return Counted(total, by_kind)


def _all_groups() -> dict[str, int]:
    """The numbers of all groups, which the worker counts every few minutes; empty before that."""
    totals: dict[str, int] | None = caches["process"].get(TOTALS_KEY)
    if totals is None:
        row = FinderTotals.objects.first()
        totals = dict(row.numbers) if row else {}
        caches["process"].set(TOTALS_KEY, totals, KEPT_SECONDS)
    return totals


def _own_bases(search: Search) -> list[str]:
    """The kinds that are counted as if they were not in use: days and times go together.

    Around a place formats are too, since with "online" ticked there are groups from anywhere.
    """
    in_use = [kind for kind in search.kinds if kind in NAMES and kind not in TOGETHER]
    if search.near and "formats" not in in_use:
        in_use.append("formats")
    hours = [kind for kind in ("days", "times") if search.asks_when and kind not in in_use]
    return [kind for kind in (*in_use, *hours) if not _is_unknown(search, kind)]


def _is_unknown(search: Search, kind: str) -> bool:
    """Which days and times are left within an hour or a moment, only the dates could tell."""
    return search.asks_moments and kind in {"days", "times"}


def _without(search: Search, kind: str, now: datetime) -> FinderQuerySet:
    # With "online" ticked, groups that meet online alone count, wherever one is.
    is_everywhere = kind == "formats" and search.near is not None
    return entries_matching(search.without(kind), now, with_online=is_everywhere)


def _shown(search: Search, kind: str) -> Any:
    """The facets of a kind; an hour is one of a day, where days are asked for, and so on."""
    if kind == "times" and search.days:
        return HoursWithin([f"at:{day}:{it}" for day in search.days for it in DayPart.values], kind)
    if kind == "days" and search.times:
        return HoursWithin(
            [f"at:{it}:{time}" for it in Weekday.values for time in search.times], kind
        )
    return F("facets")


class HoursWithin(Func):
    """The days, or the parts of the day, of those of an entry's hours that are among `hours`."""

    arg_joiner = ") AS it WHERE it = ANY("
    template = (
        "ARRAY(SELECT DISTINCT '%(name)s:' || split_part(it, ':', %(part)s)"
        " FROM unnest(%(expressions)s))"
    )
    output_field = ArrayField(TextField())

    def __init__(self, hours: list[str], kind: str) -> None:
        wanted = Value(hours, output_field=self.output_field)
        part = 2 if kind == "days" else 3
        super().__init__(F("keys"), wanted, name=NAMES[kind], part=part)


def _limited(entries: FinderQuerySet, kind: str, shown: Any) -> Any:
    prefix = f"{NAMES[kind]}:" if kind else ""
    columns = {"kind": Value(kind), "prefix": Value(prefix), "shown": shown}
    return entries.values_list(*columns.values())[: COUNTED + 1]


def _read(bases: list[Any]) -> dict[str, dict[str, int]]:
    """Return, for each kind that is counted by itself, how many have each facet ("*" is all)."""
    parts = [base.query.sql_with_params() for base in bases]
    together = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    params = [param for _sql, its in parts for param in its]
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(bases=together), params)
        for kind, facet, number in cursor.fetchall():
            numbers[kind][facet] = number
    return numbers


COUNT = """
WITH base (kind, prefix, shown) AS MATERIALIZED ({bases})
SELECT kind, '*', count(*) FROM base GROUP BY kind
UNION ALL
SELECT kind, facet, count(*)
FROM (SELECT kind, prefix, unnest(shown) AS facet FROM base) AS facets
GROUP BY kind, facet
HAVING starts_with(facet, min(prefix))
"""


def _total(numbers: dict[str, int]) -> Tally:
    total = numbers.get("*", 0)
    return Tally(min(total, COUNTED), is_more=total > COUNTED)


def _of_kind(numbers: dict[str, int], kind: str, *, is_whole: bool) -> dict[str, Tally]:
    is_cut = not is_whole and numbers.get("*", 0) > COUNTED
    start = f"{NAMES[kind]}:"
    return {
        facet.removeprefix(start): Tally(min(number, COUNTED) if is_cut else number, is_more=is_cut)
        for facet, number in numbers.items()
        if facet.startswith(start)
    }
