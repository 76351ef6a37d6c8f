"""The map of a search: which part of the world it shows, its marks, and the towns in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor, hypot

from django.db.models import F

from directory.geo import KM_A_DEGREE
from directory.mercator import TILE_PIXELS, Box, Tile, across, down, tile_of
from directory.models import Town
from directory.queries.marks import NAMED_IN_A_MARK, WORLD, Mark, marks_of
from directory.queries.search import Near, Search, Tally

# The picture that is drawn on the server, in its own units.
WIDTH, HEIGHT = 800, 600
SHAPE = WIDTH / HEIGHT
MARGIN = 0.12
# Not closer than about 60 km across: the outline is no finer.
LEAST_WIDTH = 0.0025
# Marks closer than this would cover each other, and become one.
APART = 56
# Tiles of half that size, so that what lies close together is seen from both sides.
TILES_A_SIDE = 3
FIRST_ZOOM = 3
SHOWN_SHARE = 0.9
TOWNS_READ = 1500
TOWNS_LISTED = 40
# Name, population, latitude and longitude.
FoundTown = tuple[str, int, float, float]


@dataclass(frozen=True)
class NamedMark:
    """A mark and the largest town close to it; empty where there is none."""

    mark: Mark
    town: str


@dataclass(frozen=True)
class MapOfGroups:
    """The part of the world shown, and its marks, those of most groups first.

    `elsewhere` counts groups that lie too far off to be shown on the same picture.
    """

    box: Box
    marks: list[NamedMark]
    elsewhere: Tally

    @property
    def listed(self) -> list[NamedMark]:
        """The marks that are also told in words."""
        return self.marks[:TOWNS_LISTED]


def map_of(search: Search, now: datetime) -> MapOfGroups:
    """Return the map of a search: around the place it names, or around most of its groups."""
    if search.near:
        box, elsewhere = _around(search.near), Tally(0, is_more=False)
    else:
        everywhere = marks_of(search, now, box=WORLD, zoom=FIRST_ZOOM)
        box, elsewhere = _most_of(everywhere)
    box = box.framed(SHAPE, margin=MARGIN, at_least=LEAST_WIDTH)
    zoom = box.zoom_to_fit(WIDTH, HEIGHT)
    marks = marks_of(search, now, box=box, zoom=floor(zoom) + TILES_A_SIDE)
    return MapOfGroups(box, named(merged(marks, zoom), zoom, towns_within(box)), elsewhere)


def _around(near: Near) -> Box:
    up = near.radius_km / KM_A_DEGREE
    along = up / max(0.1, 1 - abs(near.latitude) / 90)
    return Box(
        max(-180, near.longitude - along),
        max(-85, near.latitude - up),
        min(180, near.longitude + along),
        min(85, near.latitude + up),
    )


def _most_of(marks: Sequence[Mark]) -> tuple[Box, Tally]:
    """Return a box around most of the groups, and how many are left out of it."""
    wanted = SHOWN_SHARE * sum(mark.tally.number for mark in marks)
    box, shown, left = None, 0, list(marks)
    while left and shown < wanted:
        mark = left.pop(0)
        box = _joined(box, mark.box) if box else mark.box
        shown += mark.tally.number
    others = [mark.tally for mark in left]
    number = sum(tally.number for tally in others)
    return box or WORLD, Tally(number, is_more=any(tally.is_more for tally in others))


def _joined(one: Box, other: Box) -> Box:
    return Box(
        min(one.west, other.west),
        min(one.south, other.south),
        max(one.east, other.east),
        max(one.north, other.north),
    )


def merged(marks: Iterable[Mark], zoom: float, *, apart: int = APART) -> list[Mark]:
    """Return marks of which no two are closer than `apart` pixels; the larger takes the smaller in.

    Areas and places stay apart, where `marks_of` told them apart.
    """
    kept: list[Mark] = []
    for mark in marks:
        near = (
            number
            for number, other in enumerate(kept)
            if _pixels_between(mark, other, zoom) < apart and mark.is_area == other.is_area
        )
        taker = next(near, None)
        if taker is None:
            kept.append(mark)
        else:
            kept[taker] = _both(kept[taker], mark)
    return kept


def _pixels_between(one: Mark, other: Mark, zoom: float) -> float:
    along = across(one.longitude) - across(other.longitude)
    return hypot(along, down(one.latitude) - down(other.latitude)) * TILE_PIXELS * 2**zoom


def _both(one: Mark, other: Mark) -> Mark:
    number = one.tally.number + other.tally.number
    share = other.tally.number / number
    return Mark(
        one.latitude + (other.latitude - one.latitude) * share,
        one.longitude + (other.longitude - one.longitude) * share,
        Tally(number, is_more=one.tally.is_more or other.tally.is_more),
        _joined(one.box, other.box),
        one.is_area and other.is_area,
        (*one.ids, *other.ids)[:NAMED_IN_A_MARK],
    )


def named(marks: Iterable[Mark], zoom: float, towns: Iterable[FoundTown]) -> list[NamedMark]:
    """Name each mark by the largest town in its tile or in those around it; larger towns first."""
    level = floor(zoom) + TILES_A_SIDE
    largest: dict[Tile, tuple[str, int]] = {}
    for name, population, latitude, longitude in towns:
        largest.setdefault(tile_of(latitude, longitude, level), (name, population))
    return [NamedMark(mark, _town_near(mark, level, largest)) for mark in marks]


def _town_near(mark: Mark, level: int, largest: dict[Tile, tuple[str, int]]) -> str:
    column, row = tile_of(mark.latitude, mark.longitude, level)
    around = [(column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    towns = [largest[tile] for tile in around if tile in largest]
    return max(towns, key=lambda town: town[1], default=("", 0))[0]


def towns_within(box: Box) -> list[FoundTown]:
    """Return the largest towns of a box, the largest first."""
    towns = Town.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    ).order_by(F("population").desc(), "id")
    return list(towns.values_list("name", "population", "latitude", "longitude")[:TOWNS_READ])
