"""Where the dots and the names of the map's picture stand, in the picture's own units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log10

from directory.forms.find.labels import spoken_number
from directory.mercator import across, down
from directory.queries.map import HEIGHT, WIDTH, MapOfGroups

DOT, LARGEST_DOT = 11, 34
# A name takes about so much for each letter, and so much from line to line.
LETTER, LINE = 13, 30
SMALL_LETTER, SMALL_LINE = 10, 24
NAMED_DOTS, NAMED_TOWNS = 8, 12

Area = tuple[float, float, float, float]


@dataclass(frozen=True)
class Dot:
    """A mark."""

    x: int
    y: int
    size: int
    number: str
    is_area: bool


@dataclass(frozen=True)
class Name:
    """A name: its middle and the line it stands on. A town's helps to find one's way."""

    x: int
    y: int
    words: str
    is_town: bool


@dataclass
class Picture:
    """Dots, larger ones first, and the names for which there is room."""

    dots: list[Dot] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    taken: list[Area] = field(default_factory=list)

    def take(self, area: Area) -> bool:
        """Keep a part of the picture free of further names, unless it is not free any more."""
        left, top, right, bottom = area
        is_inside = left > 0 and top > 0 and right < WIDTH and bottom < HEIGHT
        if not is_inside or any(_overlap(area, other) for other in self.taken):
            return False
        self.taken.append(area)
        return True

    def name(self, x: int, top: int, words: str, *, is_town: bool) -> None:
        """Write a name below `top` where there is room for it."""
        letter, line = (SMALL_LETTER, SMALL_LINE) if is_town else (LETTER, LINE)
        half = len(words) * letter / 2
        if words and self.take((x - half, top, x + half, top + line)):
            self.names.append(Name(x, round(top + line * 0.8), words, is_town))


def _overlap(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def picture_of(shown: MapOfGroups) -> Picture:
    """Return what is drawn over the outline of a map."""
    picture = Picture(dots=list(_dots(shown)))
    for dot in picture.dots:
        area = (dot.x - dot.size, dot.y - dot.size, dot.x + dot.size, dot.y + dot.size)
        picture.taken.append(area)
    for it, dot in list(zip(shown.marks, picture.dots, strict=True))[:NAMED_DOTS]:
        picture.name(dot.x, dot.y + dot.size, it.town, is_town=False)
    for name, _people, latitude, longitude in shown.towns[:NAMED_TOWNS]:
        if name not in {written.words for written in picture.names}:
            x, y = _at(shown, latitude, longitude)
            picture.name(x, y - SMALL_LINE // 2, name, is_town=True)
    return picture


def _dots(shown: MapOfGroups) -> Iterator[Dot]:
    for it in shown.marks:
        tally = it.mark.tally
        size = round(min(LARGEST_DOT, DOT + 9 * log10(tally.number)))
        number = spoken_number(tally) if tally.number > 1 else ""
        yield Dot(*_at(shown, it.mark.latitude, it.mark.longitude), size, number, it.mark.is_area)


def _at(shown: MapOfGroups, latitude: float, longitude: float) -> tuple[int, int]:
    scale = WIDTH / shown.frame.width
    x = across(longitude) - across(shown.frame.west)
    return round(x * scale), round((down(latitude) - down(shown.frame.north)) * scale)
