"""Draws the outline of the world's countries that ships with the site, or a part of it.

The file is Natural Earth's, cut by deploy/outline.py, which says how it is written.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from directory.mercator import Box, across, down

FILE = Path(__file__).resolve().parent / "static/vendor/world/outline.json"
# What is smaller on the picture than this is left out.
SMALLEST = 3
# Lines are followed so far beyond the picture's edge, as a share of it.
BEYOND = 0.5
PICTURES_KEPT = 32


@dataclass(frozen=True)
class Line:
    """A line in the map's projection, with the box that holds it."""

    xs: array[float]
    ys: array[float]
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Outline:
    """What to draw: the paths of SVG for land and for borders on land."""

    land: str
    borders: str


@cache
def _lines() -> dict[str, list[Line]]:
    told = json.loads(FILE.read_text())
    return {
        kind: [_line(steps, told["a_degree"]) for steps in told[kind]]
        for kind in ("land", "borders")
    }


def _line(steps: list[int], a_degree: int) -> Line:
    xs, ys = array("d"), array("d")
    longitude = latitude = 0
    for along, up in zip(steps[::2], steps[1::2], strict=True):
        longitude, latitude = longitude + along, latitude + up
        xs.append(across(longitude / a_degree))
        ys.append(down(latitude / a_degree))
    return Line(xs, ys, min(xs), min(ys), max(xs), max(ys))


@lru_cache(maxsize=PICTURES_KEPT)
def outline_within(box: Box, width: int) -> Outline:
    """Return the outline within `box`, drawn so that the box is `width` wide."""
    lines = _lines()
    land = (_path(line, box, width) for line in lines["land"])
    borders = (_path(line, box, width) for line in lines["borders"])
    return Outline("".join(f"{path}z" for path in land if path), "".join(borders))


def _path(line: Line, box: Box, width: int) -> str:
    """Return a line as moves of SVG, in steps of two; empty where nothing of it would show."""
    left, top, scale = across(box.west), down(box.north), width / box.width
    if line.right < left or line.left > left + box.width:
        return ""
    if line.bottom < top or line.top > top + box.height:
        return ""
    if max(line.right - line.left, line.bottom - line.top) * scale < SMALLEST:
        return ""
    least_x, most_x = left - BEYOND * box.width, left + (1 + BEYOND) * box.width
    least_y, most_y = top - BEYOND * box.height, top + (1 + BEYOND) * box.height
    moves: list[str] = []
    before = (0, 0)
    for x, y in zip(line.xs, line.ys, strict=True):
        held_x = least_x if x < least_x else min(x, most_x)
        held_y = least_y if y < least_y else min(y, most_y)
        point = (round((held_x - left) * scale / 2) * 2, round((held_y - top) * scale / 2) * 2)
        if point != before or not moves:
            moves.append(f"{point[0] - before[0]} {point[1] - before[1]}")
            before = point
    # Moves are one after the other, each from where the one before ended.
    return f"M{moves[0]}l{' '.join(moves[1:])}" if len(moves) > 1 else ""
