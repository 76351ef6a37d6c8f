"""Cuts the outline of the world's countries down to what a small map needs.

Run by deploy/vendor.py. It reads the TopoJSON of the package `world-atlas` (Natural
Earth, public domain), in which a border is one line for both its countries: so each
line is thinned once, and neighbours still fit together.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

Point = tuple[float, float]
# Degrees: a line may run so far beside the real one. About two kilometres.
TOLERANCE = 0.02
# Whole numbers to a degree: what the file counts in.
A_DEGREE = 100


def outline(topology: dict[str, Any]) -> str:
    """Return the outline as JSON: `land` as closed rings, `borders` as lines.

    Each is one flat list of whole numbers, hundredths of a degree: longitude and
    latitude of its first point, and then how far each point lies from the one before.
    """
    arcs = [thinned(arc, TOLERANCE) for arc in unpacked(topology)]
    countries = topology["objects"]["countries"]["geometries"]
    used = Counter(number for country in countries for number in set(arcs_of(country)))
    rings = [ring(numbers, arcs) for numbers in rings_of(topology["objects"]["land"])]
    land = [part for points in rings for part in on_both_sides(points)]
    borders = [arcs[number] for number, times in sorted(used.items()) if times > 1]
    told = {"land": packed(land, at_least=3), "borders": packed(borders, at_least=2)}
    return json.dumps({"a_degree": A_DEGREE, **told}, separators=(",", ":"))


def unpacked(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield the arcs of a topology in degrees."""
    (scale_x, scale_y) = topology["transform"]["scale"]
    (left, bottom) = topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for along, up in arc:
            x, y = x + along, y + up
            points.append((x * scale_x + left, y * scale_y + bottom))
        yield points


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    """Yield the rings of a geometry, each as the numbers of its arcs."""
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings_of(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    else:
        for polygon in geometry["arcs"]:
            yield from polygon


def arcs_of(geometry: dict[str, Any]) -> Iterator[int]:
    """Yield the arcs of a geometry; a negative number is an arc run backwards."""
    for numbers in rings_of(geometry):
        yield from (number if number >= 0 else ~number for number in numbers)


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Join arcs to one line; each begins where the one before ended."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def on_both_sides(points: list[Point]) -> list[list[Point]]:
    """Return a ring; where it crosses the date line, whole beyond it, and again on the other side.

    A ring around a pole goes once around the world: it stays as it is.
    """
    going_on = [points[0]]
    for x, y in points[1:]:
        turns = round((going_on[-1][0] - x) / 360)
        going_on.append((x + turns * 360, y))
    if going_on[-1] != going_on[0]:
        return [points]
    xs = [x for x, _ in going_on]
    turn = 360 if min(xs) < -180 - TOLERANCE else -360
    if max(xs) <= 180 + TOLERANCE and turn < 0:
        return [points]
    edge = 180 + TOLERANCE
    moved = [(x + turn, y) for x, y in going_on]
    near = [abs(x) < edge for x, _ in moved]
    # Of what lies beyond the edge, only where the ring leaves and where it comes back.
    other_side = [
        (max(-edge, min(edge, x)), y)
        for number, (x, y) in enumerate(moved)
        if any(near[max(0, number - 1) : number + 2])
    ]
    return [going_on, [*other_side, other_side[0]]]


def thinned(points: list[Point], tolerance: float) -> list[Point]:
    """Leave out points that a straight line would miss by less (Douglas and Peucker)."""
    kept = {0, len(points) - 1}
    stretches = [(0, len(points) - 1)]
    while stretches:
        first, last = stretches.pop()
        between = range(first + 1, last)
        if not between:
            continue
        farthest = max(between, key=lambda it: beside(points[it], points[first], points[last]))
        if beside(points[farthest], points[first], points[last]) > tolerance:
            kept.add(farthest)
            stretches += [(first, farthest), (farthest, last)]
    return [points[number] for number in sorted(kept)]


def beside(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from the stretch between two others."""
    along, up = end[0] - start[0], end[1] - start[1]
    x, y = point[0] - start[0], point[1] - start[1]
    length = along * along + up * up
    share = max(0.0, min(1.0, (x * along + y * up) / length)) if length else 0.0
    return float(((x - share * along) ** 2 + (y - share * up) ** 2) ** 0.5)


def packed(lines: list[list[Point]], *, at_least: int) -> list[list[int]]:
    """Return lines as flat lists of steps, without those that shrank to less."""
    steps = [in_steps([(round(x * A_DEGREE), round(y * A_DEGREE)) for x, y in it]) for it in lines]
    return [line for line in steps if len(line) >= 2 * at_least]


def in_steps(points: list[tuple[int, int]]) -> list[int]:
    """Return the first point and then each one's distance from the one before."""
    line: list[int] = []
    before = (0, 0)
    for point in points:
        if line and point == before:
            continue
        line += [point[0] - before[0], point[1] - before[1]]
        before = point
    return line
