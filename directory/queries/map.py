"""The map of a search: which part of the world it shows, its marks, and the towns in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import floor, hypot

from django.db.models import F

from directory.geo import KM_A_DEGREE
from directory.mercator import TILE_PIXELS, Box, Tile, across, down, tile_of
from directory.models import Town
from directory.queries.marks import GATHERED_AS_A_WHOLE, NAMED_IN_A_MARK, WORLD, Mark, marks_of
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
FIRST_ZOOM = 5
# Of few groups so much is read at once that most pictures need no second look.
FINE_ZOOM = 10
# As a share of the world: a picture of more would show less than a list. About Western Europe.
WIDEST = 0.08
TOWNS_READ = 1500
# A mark is named by a town within four tiles of 8 pixels; at so many pixels it weighs half.
# In larger tiles a town would hide the one next to it, where the groups are.
TILES_OF_TOWNS, TILES_ASIDE = 5, 4
NEXT_TO = 12
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

    `box` is what has to be seen, `frame` the picture around it; `elsewhere` are marks that lie too
    far off to be shown on the same picture. `towns` are the largest in the frame, largest first.
    """

    box: Box
    frame: Box
    marks: list[NamedMark]
    elsewhere: list[NamedMark]
    towns: list[FoundTown]


def map_of(search: Search, now: datetime) -> MapOfGroups:
    """Return the map of a search: around the place it names, or where most of its groups are."""
    everywhere: list[Mark] = []
    far: list[Mark] = []
    if search.near:
        box = _around(search.near)
    else:
        everywhere = marks_of(search, now, box=WORLD, zoom=FINE_ZOOM)
        box, far = _most_of(gathered(everywhere, FIRST_ZOOM))
    frame = box.framed(SHAPE, margin=MARGIN, at_least=LEAST_WIDTH)
    zoom = frame.zoom_to_fit(WIDTH, HEIGHT)
    level = floor(zoom) + TILES_A_SIDE
    if everywhere and level <= FINE_ZOOM and not _is_bounded(everywhere):
        inside = [it for it in everywhere if frame.holds(it.latitude, it.longitude)]
        marks = merged(gathered(inside, level), zoom)
    else:
        marks = merged(marks_of(search, now, box=frame, zoom=level), zoom)
    # Far ones that the frame has come to hold are among the marks already.
    far = [it for it in merged(far, FIRST_ZOOM) if not frame.holds(it.latitude, it.longitude)]
    elsewhere = named(far, FIRST_ZOOM, towns_within(WORLD)) if far else []
    towns = towns_within(frame)
    return MapOfGroups(box, frame, named(marks, zoom, towns), elsewhere, towns)


def _is_bounded(marks: Iterable[Mark]) -> bool:
    """Whether there are more groups than are gathered as a whole, so that tiles stand for them."""
    return sum(mark.tally.number for mark in marks) > GATHERED_AS_A_WHOLE or any(
        mark.tally.is_more for mark in marks
    )


def gathered(marks: Iterable[Mark], zoom: int) -> list[Mark]:
    """Gather the marks of one zoom into those of a wider one; those of most groups first."""
    tiles: dict[Tile, Mark] = {}
    for mark in marks:
        tile = tile_of(mark.latitude, mark.longitude, zoom)
        tiles[tile] = _both(tiles[tile], mark) if tile in tiles else mark
    return sorted(tiles.values(), key=lambda mark: -mark.tally.number)


def _around(near: Near) -> Box:
    up = near.radius_km / KM_A_DEGREE
    along = up / max(0.1, 1 - abs(near.latitude) / 90)
    return Box(
        max(-180, near.longitude - along),
        max(-85, near.latitude - up),
        min(180, near.longitude + along),
        min(85, near.latitude + up),
    )


def _most_of(marks: Sequence[Mark]) -> tuple[Box, list[Mark]]:
    """Return a box around the most groups that one picture can show, and the marks beyond it."""
    box, far = None, []
    for mark in marks:
        wider = _joined(box, mark.box) if box else mark.box
        if box and max(wider.width, wider.height) > WIDEST:
            far.append(mark)
        else:
            box = wider
    return box or WORLD, far


def _joined(one: Box, other: Box) -> Box:
    return Box(
        min(one.west, other.west),
        min(one.south, other.south),
        max(one.east, other.east),
        max(one.north, other.north),
    )


def merged(marks: Iterable[Mark], zoom: float, *, apart: int = APART) -> list[Mark]:
    """Return marks of which no two are closer than `apart` pixels; larger ones take others in."""
    kept: list[Mark] = []
    # Each mark is compared with those of its own square of that size and the squares beside it,
    # so that thousands of marks take no longer than they have to.
    squares: dict[Tile, set[int]] = defaultdict(set)
    for mark in marks:
        column, row = _square(mark, zoom, apart)
        beside = ((column + x, row + y) for x in (-1, 0, 1) for y in (-1, 0, 1))
        close = sorted(number for it in beside for number in squares.get(it, ()))
        near = (number for number in close if _pixels_between(mark, kept[number], zoom) < apart)
        taker = next(near, None)
        if taker is None:
            taker = len(kept)
            kept.append(mark)
        else:
            squares[_square(kept[taker], zoom, apart)].discard(taker)
            kept[taker] = _both(kept[taker], mark)
        squares[_square(kept[taker], zoom, apart)].add(taker)
    return kept


def _square(mark: Mark, zoom: float, pixels: int) -> Tile:
    squares = TILE_PIXELS * 2**zoom / pixels
    return floor(across(mark.longitude) * squares), floor(down(mark.latitude) * squares)


def _pixels_between(one: Mark, other: Mark, zoom: float) -> float:
    return _pixels(one.latitude, one.longitude, other.latitude, other.longitude, zoom)


def _pixels(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float, zoom: float
) -> float:
    along = across(longitude) - across(to_longitude)
    return float(hypot(along, down(latitude) - down(to_latitude)) * TILE_PIXELS * 2**zoom)


def _both(one: Mark, other: Mark) -> Mark:
    number = one.tally.number + other.tally.number
    share = other.tally.number / number
    return Mark(
        one.latitude + (other.latitude - one.latitude) * share,
        one.longitude + (other.longitude - one.longitude) * share,
        Tally(number, is_more=one.tally.is_more or other.tally.is_more),
        _joined(one.box, other.box),
        one.is_area and other.is_area,
        one.has_area or other.has_area,
        (*one.ids, *other.ids)[:NAMED_IN_A_MARK],
    )


def named(marks: Iterable[Mark], zoom: float, towns: Iterable[FoundTown]) -> list[NamedMark]:
    """Name each mark by a town close to it, the larger the further off; larger towns come first."""
    level = floor(zoom) + TILES_OF_TOWNS
    largest: dict[Tile, FoundTown] = {}
    for town in towns:
        largest.setdefault(tile_of(town[2], town[3], level), town)
    return [NamedMark(mark, _town_near(mark, zoom, level, largest)) for mark in marks]


def _town_near(mark: Mark, zoom: float, level: int, largest: dict[Tile, FoundTown]) -> str:
    column, row = tile_of(mark.latitude, mark.longitude, level)
    beside = range(-TILES_ASIDE, TILES_ASIDE + 1)
    around = [(column + x, row + y) for x in beside for y in beside]
    towns = [largest[tile] for tile in around if tile in largest]

    def weight(town: FoundTown) -> float:
        away = _pixels(mark.latitude, mark.longitude, town[2], town[3], zoom)
        return float(town[1] + 1) / (1 + (away / NEXT_TO) ** 4)

    return max(towns, key=weight)[0] if towns else ""


def towns_within(box: Box) -> list[FoundTown]:
    """Return the largest towns of a box, the largest first."""
    towns = Town.objects.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    ).order_by(F("population").desc(), "id")
    return list(towns.values_list("name", "population", "latitude", "longitude")[:TOWNS_READ])
