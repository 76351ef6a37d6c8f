"""The map's projection (Mercator's, as on the web), in which the world is a square from 0 to 1.

`across` grows from west to east, `down` from north to south. A tile is one of the
4 ** zoom squares that the world falls into at a zoom; a screen shows it 256 pixels wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import atan, degrees, exp, floor, log, log2, pi, radians, tan

# Where the square ends, north and south.
LIMIT = 85.05
TILE_PIXELS = 256
Tile = tuple[int, int]


def across(longitude: float) -> float:
    """Return how far a meridian is from the western edge, 0 to 1."""
    return (longitude + 180) / 360


def down(latitude: float) -> float:
    """Return how far a parallel is from the northern edge, 0 to 1."""
    held = radians(max(-LIMIT, min(LIMIT, latitude)))
    return 0.5 - log(tan(pi / 4 + held / 2)) / (2 * pi)


def longitude_at(x: float) -> float:
    """Return the meridian at `across`."""
    return x * 360 - 180


def latitude_at(y: float) -> float:
    """Return the parallel at `down`."""
    return degrees(2 * atan(exp((0.5 - y) * 2 * pi)) - pi / 2)


def tile_of(latitude: float, longitude: float, zoom: int) -> Tile:
    """Return the column and row of the tile that holds a point, or is closest to it."""
    tiles = 2**zoom
    column, row = floor(across(longitude) * tiles), floor(down(latitude) * tiles)
    return max(0, min(column, tiles - 1)), max(0, min(row, tiles - 1))


@dataclass(frozen=True)
class Box:
    """A part of the world between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of_tile(cls, column: int, row: int, zoom: int) -> Box:
        """Return the box of a tile."""
        tiles = 2**zoom
        return cls(
            longitude_at(column / tiles),
            latitude_at((row + 1) / tiles),
            longitude_at((column + 1) / tiles),
            latitude_at(row / tiles),
        )

    @property
    def width(self) -> float:
        """How much of the world it takes from west to east, 0 to 1."""
        return across(self.east) - across(self.west)

    @property
    def height(self) -> float:
        """How much of the world it takes from north to south, 0 to 1."""
        return down(self.south) - down(self.north)

    def holds(self, latitude: float, longitude: float) -> bool:
        """Return whether a point lies in it."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east

    def tiles(self, zoom: int) -> list[Tile]:
        """Return the tiles that it touches at a zoom."""
        columns, rows = self._columns_and_rows(zoom)
        return [(column, row) for row in rows for column in columns]

    def count_tiles(self, zoom: int) -> int:
        """Return how many these are, without naming each: of a wide box there are millions."""
        columns, rows = self._columns_and_rows(zoom)
        return len(columns) * len(rows)

    def _columns_and_rows(self, zoom: int) -> tuple[range, range]:
        left, top = tile_of(self.north, self.west, zoom)
        right, bottom = tile_of(self.south, self.east, zoom)
        return range(left, right + 1), range(top, bottom + 1)

    def zoom_to_fit(self, width: float, height: float) -> float:
        """Return the zoom at which it just fits into so many pixels."""
        fits = min(width / max(self.width, 1e-9), height / max(self.height, 1e-9))
        return log2(fits / TILE_PIXELS)

    def framed(self, shape: float, *, margin: float, at_least: float) -> Box:
        """Return a box around it whose width is `shape` times its height.

        `margin` is added on each side, as a share of it; `at_least` is the least width.
        """
        x, y = across(self.west) + self.width / 2, down(self.north) + self.height / 2
        wide = max(self.width * (1 + 2 * margin), at_least)
        tall = max(self.height * (1 + 2 * margin), wide / shape)
        wide = max(wide, tall * shape)
        return Box(
            longitude_at(x - wide / 2),
            latitude_at(y + tall / 2),
            longitude_at(x + wide / 2),
            latitude_at(y - tall / 2),
        )
