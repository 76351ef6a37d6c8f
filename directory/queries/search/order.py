"""Groups in the order asked for: all of a few at once, or a page out of many (`many`)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import F, Subquery

from directory.choices import SortOrder
from directory.models.finder import FinderQuerySet
from directory.queries.search.asked import Search
from directory.queries.search.many import (
    ids_of,
    nearest_of_many,
    soonest_of_many,
    soonest_of_some,
)
from directory.queries.search.matching import (
    GOES_AHEAD,
    IS_ONLINE,
    date_fits,
    dates_of_group,
    distance_to,
    entry_answers,
    kilometres_to,
)
from directory.queries.search.words import asked_query
from directory.queries.search.written import Text

# So many are put in order, or held beside the calendar, sooner than their dates are met by
# looking into each group that has one.
SORTED, HELD = 5_000, 20_000


def few_in_order(
    among: Text, search: Search, sort: str, now: datetime, start: int, end: int
) -> list[UUID]:
    """Return a page of few groups in the order of `in_order`; `among` says which they are."""
    fits, first = date_fits(search, now, is_online=IS_ONLINE), Text("")
    if sort == SortOrder.NEAREST and search.near:
        away = kilometres_to(search.near)
        first = Text(f"{away.sql} ASC NULLS LAST,", away.params)
    elif sort == SortOrder.MATCH and (asked := asked_query(search.words)) is not None:
        first = Text(f"ts_rank(entry.words, {asked.sql}) DESC,", asked.params)
    sql = f"""
        SELECT entry.group_id FROM directory_finderentry AS entry WHERE {among.sql}
        ORDER BY {first.sql} (
            SELECT date.starts_at FROM directory_meeting AS date
            WHERE date.group_id = entry.group_id AND {GOES_AHEAD} AND {fits.sql}
            ORDER BY date.starts_at LIMIT 1
        ) ASC NULLS LAST, entry.group_id
        LIMIT {end - start} OFFSET {start}"""  # noqa: S608
    return ids_of(Text(sql, (*among.params, *first.params, *fits.params)))


def many_in_order(search: Search, sort: str, now: datetime, start: int, end: int) -> list[UUID]:
    """Return a page of more groups than are counted: nearest first, or otherwise soonest."""
    if sort == SortOrder.NEAREST and search.near:
        return nearest_of_many(search, search.near, now, start, end)
    answers = entry_answers(search, now)
    expected = _expected(answers)
    # Around a place there are fewer than are expected, and who asks for hours means few dates.
    is_narrow = search.near is not None or search.asks_when
    if is_narrow and expected <= SORTED:
        return few_in_order(answers, search, SortOrder.SOONEST, now, start, end)
    if not is_narrow and expected <= HELD:
        return soonest_of_some(search, now, start, end)
    return soonest_of_many(search, now, start, end)


def _expected(answers: Text) -> int:
    """How many entries PostgreSQL expects, from what it knows of its tables; it reads none."""
    asked = f"EXPLAIN (FORMAT JSON) SELECT FROM directory_finderentry AS entry WHERE {answers.sql}"
    with connection.cursor() as cursor:
        cursor.execute(asked, list(answers.params))
        ((plans,),) = cursor.fetchall()
    return int(plans[0]["Plan"]["Plan Rows"])


def in_order(entries: FinderQuerySet, search: Search, sort: str, now: datetime) -> FinderQuerySet:
    """Put all of a few entries in order; those without a date that goes ahead come last."""
    dates = dates_of_group(search, now).order_by("starts_at")
    entries = entries.annotate(first=Subquery(dates.values("starts_at")[:1]))
    soonest = (F("first").asc(nulls_last=True), "pk")
    if sort == SortOrder.NEAREST and search.near:
        away = distance_to(search.near)
        return entries.annotate(away=away).order_by(F("away").asc(nulls_last=True), *soonest)
    if sort == SortOrder.MATCH and (asked := asked_query(search.words)) is not None:
        return entries.annotate(rank=SearchRank(F("words"), asked)).order_by("-rank", *soonest)
    return entries.order_by(*soonest)
