"""A page out of many groups: read along the calendar or the map until it is full.

Neither takes longer with the number of groups, and both give the order that few groups are
put in as a whole (`found.in_order`).
"""

from __future__ import annotations

from datetime import datetime
from math import copysign, cos, radians
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, FloatField, Func, Subquery, Value

from directory.geo import KM_A_DEGREE
from directory.models.finder import FinderQuerySet, Point
from directory.queries.search.asked import Near, Search
from directory.queries.search.matching import (
    GOES_AHEAD,
    IS_NOT_OVER,
    IS_ONLINE,
    date_fits,
    dates_of_group,
    distance_to,
    entries_matching,
    entry_answers,
)
from directory.queries.search.written import Text, all_of
from directory.slots import slots_of

# More slots than these are most of the week, and read along the calendar.
MOST_SLOTS = 12
ALL_AROUND = 360.0


def soonest_of_many(
    search: Search, now: datetime, start: int, end: int, *, without_point: bool = False
) -> list[UUID]:
    """Return a page by first date; groups without a date come last.

    `without_point` leaves out those that are somewhere.
    """
    answers = entry_answers(_of_the_group(search), now)
    if without_point:
        answers = all_of([answers, Text("entry.latitude IS NULL")])
    found = _along_the_calendar(search, answers, now, end)
    if len(found) < end and not search.asks_when:
        found += _without_date(answers, now, end - len(found))
    return found[start:]


def soonest_of_some(search: Search, now: datetime, start: int, end: int) -> list[UUID]:
    """Return the same of some thousand, which are looked up first: each date then is told at once.

    For a search that asks nothing of dates.
    """
    answers, fits = entry_answers(search, now), date_fits(search, now)
    sooner = all_of([Text(GOES_AHEAD), fits]).calling("date", "sooner")
    # "IS TRUE" keeps PostgreSQL from beginning with the groups instead of the calendar.
    sql = f"""
        WITH held AS MATERIALIZED (
            SELECT entry.group_id FROM directory_finderentry AS entry WHERE {answers.sql})
        SELECT date.group_id FROM directory_meeting AS date
        WHERE {GOES_AHEAD} AND {fits.sql}
            AND (date.group_id IN (SELECT group_id FROM held)) IS TRUE
            AND {_is_first(sooner)}
        ORDER BY date.starts_at, date.group_id LIMIT {end}"""  # noqa: S608
    found = ids_of(Text(sql, (*answers.params, *fits.params, *sooner.params)))
    if len(found) < end:
        found += _without_date(answers, now, end - len(found))
    return found[start:]


def _is_first(sooner: Text) -> str:
    """The group has no sooner date that fits: it counts by one alone."""
    return f"""NOT EXISTS (
                SELECT FROM directory_meeting AS sooner
                WHERE sooner.group_id = date.group_id AND {sooner.sql}
                    AND (sooner.starts_at, sooner.id) < (date.starts_at, date.id))"""


def _along_the_calendar(search: Search, answers: Text, now: datetime, end: int) -> list[UUID]:
    slots = slots_of(search.days, search.times)
    if search.days and len(slots) <= MOST_SLOTS:
        # Each hour of the week has its own short way to its next dates.
        ways = [Text("date.slot = %s", (slot,)) for slot in slots]
    else:
        ways = [Text("true")]
    walks = [_walk(search, all_of([answers, way]), now, end) for way in ways]
    together = " UNION ALL ".join(f"({walk.sql})" for walk in walks)
    sql = f"SELECT group_id FROM ({together}) AS walks ORDER BY starts_at, group_id LIMIT {end}"  # noqa: S608
    return ids_of(Text(sql, tuple(param for walk in walks for param in walk.params)))


def _walk(search: Search, answers: Text, now: datetime, end: int) -> Text:
    """The first dates of groups, soonest first."""
    dates = first_dates(search, answers, now)
    return Text(f"SELECT date.starts_at, date.group_id {dates.sql} LIMIT {end}", dates.params)


def first_dates(search: Search, answers: Text, now: datetime) -> Text:
    """From the dates that fit, soonest first, of groups that answer: of each group one alone."""
    fits = date_fits(search, now, is_online=IS_ONLINE)
    sooner = all_of([Text(GOES_AHEAD), fits]).calling("date", "sooner")
    sql = f"""
        FROM directory_meeting AS date
        JOIN directory_finderentry AS entry ON entry.group_id = date.group_id
        WHERE {GOES_AHEAD} AND {fits.sql} AND {answers.sql}
            AND {_is_first(sooner)}
        ORDER BY date.starts_at, date.group_id"""
    return Text(sql, (*fits.params, *answers.params, *sooner.params))


def _without_date(answers: Text, now: datetime, wanted: int) -> list[UUID]:
    sql = f"""
        SELECT entry.group_id FROM directory_finderentry AS entry
        WHERE {answers.sql} AND (
            SELECT date.id FROM directory_meeting AS date
            WHERE date.group_id = entry.group_id AND {GOES_AHEAD} AND {IS_NOT_OVER}
            LIMIT 1) IS NULL
        ORDER BY entry.group_id LIMIT {wanted}"""  # noqa: S608
    return ids_of(Text(sql, (*answers.params, now, now)))


def ids_of(text: Text) -> list[UUID]:
    """Return the groups that a statement gives."""
    with connection.cursor() as cursor:
        cursor.execute(text.sql, list(text.params))
        return [row[0] for row in cursor.fetchall()]


def _of_the_group(search: Search) -> Search:
    """What is left to ask of a group whose date fits."""
    for kind in ("days", "times", "soon", "starts_from", "starts_to"):
        search = search.without(kind)
    return search


def nearest_of_many(search: Search, near: Near, now: datetime, start: int, end: int) -> list[UUID]:
    """Return a page by distance, then by first date; those that are nowhere come last."""
    found = along_the_map(entries_matching(search, now), search, near, now, end)
    if len(found) < end:
        there = len(found)
        found += soonest_of_many(search, now, 0, end - there, without_point=True)
    return found[start:]


def along_the_map(
    entries: FinderQuerySet, search: Search, near: Near, now: datetime, wanted: int
) -> list[UUID]:
    """Return the nearest so many. A map knows degrees only: enough are read to be sure of km."""
    entries = entries.filter(latitude__isnull=False).annotate(
        away=distance_to(near),
        first=Subquery(dates_of_group(search, now).order_by("starts_at").values("starts_at")[:1]),
    )
    for read in (wanted * 4, wanted * 16):
        close, degrees = _closest(entries, near, read)
        # Beyond the last one read nothing can be closer than so many kilometres.
        certain = degrees * KM_A_DEGREE * _shortest_degree(near.latitude, degrees)
        ordered = sorted(close, key=_nearest_first)[:wanted]
        if degrees >= ALL_AROUND or (len(ordered) == wanted and ordered[-1]["away"] <= certain):
            return [it["pk"] for it in ordered]
    return _by_kilometres(entries, wanted)


def _by_kilometres(entries: Any, wanted: int) -> list[UUID]:
    """Return the nearest by measuring all: far off or at a pole, degrees say too little.

    First how far the last one of these is, so that dates are looked up of the nearest alone.
    """
    farthest = entries.order_by("away").values_list("away", flat=True)[wanted - 1 : wanted]
    within = entries.filter(away__lte=farthest[0]) if farthest else entries
    order = ("away", F("first").asc(nulls_last=True), "pk")
    return list(within.order_by(*order).values_list("pk", flat=True)[:wanted])


Close = dict[str, Any]


def _closest(entries: FinderQuerySet, near: Near, read: int) -> tuple[list[Close], float]:
    """Return the closest on the map, and within how many degrees these are all there are."""
    close = _read(entries, near.latitude, near.longitude, read)
    if len(close) < read:
        return close, ALL_AROUND
    degrees = close[-1]["degrees"]
    if degrees < 180 - abs(near.longitude):
        return close, degrees
    # Beyond the date line the map goes on at its other side.
    behind = near.longitude - copysign(ALL_AROUND, near.longitude)
    others = _read(entries, near.latitude, behind, read)
    if len(others) == read:
        degrees = min(degrees, others[-1]["degrees"])
    return list({it["pk"]: it for it in (*close, *others)}.values()), degrees


def _read(entries: FinderQuerySet, latitude: float, longitude: float, read: int) -> list[Close]:
    along = Along(Point("longitude", "latitude"), Point(Value(longitude), Value(latitude)))
    order = ("degrees", F("first").asc(nulls_last=True), "pk")
    found = entries.annotate(degrees=along).order_by(*order)
    return [dict(it) for it in found.values("pk", "away", "first", "degrees")[:read]]


def _nearest_first(it: Close) -> tuple[Any, ...]:
    first = it["first"]
    return it["away"], first is None, first.timestamp() if first else 0.0, it["pk"]


class Along(Func):
    """How far apart two points are on the plane, in degrees; an index knows the closest."""

    arg_joiner = " <-> "
    template = "(%(expressions)s)"
    arity = 2
    output_field = FloatField()


def _shortest_degree(latitude: float, degrees: float) -> float:
    """How long a degree of longitude is at the least within `degrees`, for one of latitude."""
    return max(0.0, cos(radians(min(90.0, abs(latitude) + degrees))))
