"""What else there is, for somebody who found nothing."""

from __future__ import annotations

from dataclasses import dataclass
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

SUGGESTIONS = 3


@dataclass(frozen=True)
class Drop:
    """A kind of filter that could be left out, and how many groups that gives."""

    kind: str
    tally: Tally


def drops(search: Search, now: datetime | None = None) -> list[Drop]:
    """Return the kinds of filter without which something is found, the most first; one query."""
    now = now or timezone.now()
    if not search.kinds:
        return []
    numbers = _counted({kind: search.without(kind) for kind in search.kinds}, now)
    found = [
        Drop(kind, Tally(min(number, COUNTED), is_more=number > COUNTED))
        for kind, number in numbers.items()
        if number
    ]
    return sorted(found, key=lambda drop: -drop.tally.number)


def _counted(searches: dict[str, Search], now: datetime) -> dict[str, int]:
    parts: list[tuple[str, Any]] = [
        entries_matching(one, now).values_list(Value(kind))[: COUNTED + 1].query.sql_with_params()
        for kind, one in searches.items()
    ]
    together = " UNION ALL ".join(f"({sql})" for sql, _params in parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, count(*) FROM ({together}) AS base (kind) GROUP BY kind",  # noqa: S608
            [param for _sql, its in parts for param in its],
        )
        return dict(cursor.fetchall())


def online_instead(search: Search, now: datetime | None = None) -> list[GroupRow]:
    """Return a few groups that one can join from anywhere, on the same topics if any are known.

    Those that the search found are not among them.
    """
    now = now or timezone.now()
    wanted = Search(
        topics=search.topics,
        languages=search.languages,
        formats=(Format.ONLINE, Format.HYBRID),
        days=tuple(Weekday.values),
    )
    return find_groups(wanted, page_size=SUGGESTIONS, now=now).rows
