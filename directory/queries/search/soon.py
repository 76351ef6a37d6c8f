"""How many of a few groups meet now, today or this week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from directory.choices import Soon
from directory.queries.search.asked import Search
from directory.queries.search.hours import DAYS_OF, NEXT
from directory.queries.search.matching import (
    FARTHEST,
    GOES_AHEAD,
    IS_ONLINE,
    date_fits,
    days_ahead,
)
from directory.queries.search.written import Text

WEEK = timedelta(weeks=1)


def count_soon(ids: str, search: Search, now: datetime) -> dict[str, int]:
    """Return how many of these groups have a date that fits at each of the moments (`Soon`).

    `ids` is an array as PostgreSQL writes it; the search asks for no moment itself.
    """
    fits = date_fits(search, now, is_online=IS_ONLINE)
    ahead = days_ahead(search.zone, now, IS_ONLINE)
    moments = [_is_then(Soon(value), now) for value in Soon.values]
    # Each date is looked at once, and then each group, however many dates it has.
    sql = f"""
        SELECT {", ".join(f"count(*) FILTER (WHERE m{it})" for it in range(len(moments)))}
        FROM (
            SELECT {", ".join(f"bool_or({one.sql}) AS m{it}" for it, one in enumerate(moments))}
            FROM (
                SELECT date.group_id, date.starts_at, {ahead.sql} AS ahead
                FROM directory_finderentry AS entry
                JOIN directory_meeting AS date ON date.group_id = entry.group_id
                WHERE entry.group_id = ANY(%s::uuid[]) AND {GOES_AHEAD} AND {fits.sql}
                    AND date.starts_at < %s
            ) AS dates GROUP BY group_id
        ) AS groups"""  # noqa: S608
    params = [param for one in moments for param in one.params]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, *ahead.params, ids, *fits.params, now + WEEK + FARTHEST])
        (numbers,) = cursor.fetchall()
    return dict(zip(Soon.values, numbers, strict=True))


def _is_then(soon: Soon, now: datetime) -> Text:
    if soon == Soon.NOW:
        return Text("starts_at <= %s", (now,))
    if soon == Soon.NEXT:
        return Text("starts_at > %s AND starts_at <= %s", (now, now + NEXT))
    return Text("ahead BETWEEN %s AND %s", DAYS_OF[soon])
