"""What else there is, for somebody who found nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Value
from django.utils import timezone

from directory.choices import Format, Weekday
from directory.queries.search.asked import Search
from directory.queries.search.found import find_groups
from directory.queries.search.matching import entries_matching
from directory.queries.search.rows import GroupRow
from directory.queries.search.tallies import COUNTED, Tally
from directory.queries.search.words import parts_of

SUGGESTIONS = 3
# Who typed more things than these is better served by leaving out them all.
MOST_PARTS = 5
# Of two, to leave out one is to keep the other alone.
LEFT_OUT_ALREADY = 2


@dataclass(frozen=True)
class Drop:
    """A kind of filter that could be left out, and how many groups that gives.

    Of words `part` may be left out alone ("drinking" of "dad died drinking"); `rest` remains.
    """

    kind: str
    tally: Tally
    part: str = ""
    rest: str = ""

    def from_search(self, search: Search) -> Search:
        """Return what is left of the search."""
        return replace(search, words=self.rest) if self.part else search.without(self.kind)


def drops(search: Search, now: datetime | None = None) -> list[Drop]:
    """Return the kinds of filter without which something is found, the most first; one query.

    Of words that are about several things each of these as well, or all but one.
    """
    now = now or timezone.now()
    possible = [Drop(kind, Tally(0)) for kind in search.kinds]
    each, all_but_one = parts_of(search.words)
    if len(each) <= MOST_PARTS:
        possible += [Drop("words", Tally(0), *parts) for parts in (*each, *all_but_one)]
    if not possible:
        return []
    numbers = _counted([drop.from_search(search) for drop in possible], now)
    found = [
        replace(drop, tally=Tally(min(number, COUNTED), is_more=number > COUNTED))
        for drop, number in zip(possible, numbers, strict=True)
        if number
    ]
    is_one_enough = any((drop.part, drop.rest) in each for drop in found)
    found = [it for it in found if not (is_one_enough and (it.part, it.rest) in all_but_one)]
    return sorted(found, key=lambda drop: -drop.tally.number)


def alone(search: Search, now: datetime | None = None) -> list[Drop]:
    """Return the kinds of filter that find something by themselves, in their order; one query.

    For a search that finds nothing whichever of them is left out.
    """
    now = now or timezone.now()
    if len(search.kinds) <= LEFT_OUT_ALREADY:
        return []
    numbers = _counted([search.only(kind) for kind in search.kinds], now)
    return [
        Drop(kind, Tally(min(number, COUNTED), is_more=number > COUNTED))
        for kind, number in zip(search.kinds, numbers, strict=True)
        if number
    ]


def _counted(searches: list[Search], now: datetime) -> list[int]:
    parts: list[tuple[str, Any]] = [
        entries_matching(one, now).values_list(Value(place))[: COUNTED + 1].query.sql_with_params()
        for place, one in enumerate(searches)
    ]
    together = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, count(*) FROM ({together}) AS base (place) GROUP BY place",  # noqa: S608
            [param for _sql, its in parts for param in its],
        )
        numbers: dict[int, int] = dict(cursor.fetchall())
    return [numbers.get(place, 0) for place in range(len(searches))]


def online_instead(search: Search, now: datetime | None = None) -> list[GroupRow]:
    """Return a few groups that one can join from anywhere, about the same where there are any.

    Those that the search found are not among them.
    """
    now = now or timezone.now()
    wanted = Search(
        words=search.words,
        topics=search.topics,
        languages=search.languages,
        formats=(Format.ONLINE, Format.HYBRID),
        days=tuple(Weekday.values),
    )
    found = find_groups(wanted, page_size=SUGGESTIONS, now=now).rows
    if found or not search.words:
        return found
    return find_groups(wanted.without("words"), page_size=SUGGESTIONS, now=now).rows
