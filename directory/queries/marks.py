"""Where the groups are that answer a search, gathered into marks for a map.

All that is known of a place here is the public point of `FinderEntry`. What is read does
not grow with the number of groups: up to a bound all are gathered, beyond it each tile
of the map is asked for itself, and counted up to a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from directory.mercator import Box
from directory.models.finder import FinderQuerySet
from directory.queries.search import Search, Tally, entries_matching

WORLD = Box(-180, -85, 180, 85)
GATHERED_AS_A_WHOLE = 5000
MOST_COUNTED = 100
MOST_TILES = 64
NAMED_IN_A_MARK = 8
# From here on an area is drawn as wide as it is, and apart from places.
AREAS_FROM_ZOOM = 9
_TABLE = "directory_finderentry"
_POINT = f"point({_TABLE}.longitude, {_TABLE}.latitude)"


@dataclass(frozen=True)
class Mark:
    """Groups that lie close together at a zoom, in the middle of their public points.

    `ids` are some of its groups. `is_area` is true where all of them show their area only,
    `has_area` where one does; `is_one_point` where all of them have the same point.
    """

    latitude: float
    longitude: float
    tally: Tally
    box: Box
    is_area: bool
    has_area: bool
    ids: tuple[UUID, ...]

    @property
    def is_one_point(self) -> bool:
        return (self.box.west, self.box.south) == (self.box.east, self.box.north)


def marks_of(search: Search, now: datetime, *, box: Box, zoom: int) -> list[Mark]:
    """Return the marks within `box`, one a tile of `zoom` at most, those of most groups first.

    An area is a mark of its own from `AREAS_FROM_ZOOM` on.
    """
    entries = entries_matching(search, now).filter(latitude__isnull=False).order_by()
    apart = zoom >= AREAS_FROM_ZOOM
    rows = _of_all(entries, box, zoom, apart=apart)
    is_bounded = sum(row["number"] for row in rows) > GATHERED_AS_A_WHOLE
    if is_bounded:
        rows = _of_each_tile(entries, box, zoom, apart=apart)
    marks = [_mark(row, is_bounded=is_bounded) for row in rows]
    return sorted(marks, key=lambda mark: (-mark.tally.number, mark.latitude, mark.longitude))


_GATHERED = f"""
    count(*) AS number, avg(latitude) AS latitude, avg(longitude) AS longitude,
    min(longitude) AS west, min(latitude) AS south, max(longitude) AS east,
    max(latitude) AS north, bool_and(is_area) AS is_area,
    bool_or(is_area) AS has_area,
    (array_agg(group_id ORDER BY group_id))[1:{NAMED_IN_A_MARK}] AS ids
"""


def _of_all(entries: FinderQuerySet, box: Box, zoom: int, *, apart: bool) -> list[dict[str, Any]]:
    """Return the marks of a box after reading its points once."""
    within = f"{_POINT} <@ box(point(%s, %s), point(%s, %s))"
    corners = (box.west, box.south, box.east, box.north)
    found = entries.filter(RawSQL(within, corners, BooleanField()))  # noqa: S611 (no values in it)
    inner, params = _points(found, GATHERED_AS_A_WHOLE + 1)
    areas = ", is_area, CASE WHEN is_area THEN (latitude, longitude)::text END" if apart else ""
    sql = f"""
        WITH found AS MATERIALIZED ({inner})
        SELECT {_GATHERED} FROM found
        GROUP BY floor((longitude + 180) / 360 * %s),
            floor((0.5 - ln(tan(pi() / 4 + radians(least(greatest(latitude, -85), 85)) / 2))
                / (2 * pi())) * %s) {areas}
    """  # noqa: S608 (the query is Django's own, its values are parameters)
    return _rows(entries.db, sql, (*params, 2**zoom, 2**zoom))


def _of_each_tile(
    entries: FinderQuerySet, box: Box, zoom: int, *, apart: bool
) -> list[dict[str, Any]]:
    """Return the marks of a box, asking each tile for itself; the tiles may have to be wider."""
    while box.count_tiles(zoom) > MOST_TILES:
        zoom -= 1
    tiles = box.tiles(zoom)
    within = f"{_POINT} <@ box(point(tile.west, tile.south), point(tile.east, tile.north))"
    found = entries.filter(RawSQL(within, (), BooleanField()))  # noqa: S611 (as above)
    inner, params = _points(found, MOST_COUNTED + 1)
    values = ", ".join(["(%s::float, %s::float, %s::float, %s::float)"] * len(tiles))
    areas = "GROUP BY is_area, CASE WHEN is_area THEN (latitude, longitude)::text END"
    sql = f"""
        SELECT mark.* FROM (VALUES {values}) AS tile (west, south, east, north)
        CROSS JOIN LATERAL (
            SELECT {_GATHERED} FROM ({inner}) AS found {areas if apart else ""}
        ) AS mark
        WHERE mark.number > 0
    """  # noqa: S608 (as above)
    corners = [Box.of_tile(*tile, zoom) for tile in tiles]
    edges = (edge for it in corners for edge in (it.west, it.south, it.east, it.north))
    return _rows(entries.db, sql, (*edges, *params))


def _points(found: FinderQuerySet, most: int) -> tuple[str, Sequence[Any]]:
    points = found.values("group_id", "latitude", "longitude", "is_area")[:most]
    return points.query.sql_with_params()


def _rows(database: str, sql: str, params: Iterable[Any]) -> list[dict[str, Any]]:
    with connections[database].cursor() as cursor:
        cursor.execute(sql, list(params))
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _mark(row: dict[str, Any], *, is_bounded: bool) -> Mark:
    number = row["number"]
    is_more = is_bounded and number > MOST_COUNTED
    return Mark(
        row["latitude"],
        row["longitude"],
        Tally(MOST_COUNTED if is_more else number, is_more=is_more),
        Box(row["west"], row["south"], row["east"], row["north"]),
        row["is_area"],
        row["has_area"],
        tuple(row["ids"]),
    )
