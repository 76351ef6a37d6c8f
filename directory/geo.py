"""Points on the earth: distances, and the grid by which nearness is looked up. No database.

Latitude and longitude are degrees, WGS 84; distances are kilometres on a sphere.
"""

from __future__ import annotations

from math import asin, cos, floor, pi, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
KM_A_MILE = 1.609344
# One degree of latitude; of longitude at the equator.
KM_A_DEGREE = pi * EARTH_RADIUS_KM / 180
# Degrees a side of a cell, finest first: a search takes the finest that needs few enough.
CELL_SIZES = (0.25, 1.0, 4.0)
MOST_CELLS = 64
# Countries whose signposts count miles.
IN_MILES = frozenset({"GB", "US", "LR", "MM"})
# What one can choose from, in the unit of the country.
RADII = (2, 5, 10, 25, 50, 100)
USUAL_RADIUS = {"mi": 10, "km": 25}
# Two decimals are about a kilometre: a browser's position is never kept finer than that.
DECIMALS_OF_NEAR = 2


def unit_of(country: str) -> str:
    """Return "mi" or "km", as distances are told in a country (ISO 3166, two letters)."""
    return "mi" if country in IN_MILES else "km"


def in_km(distance: float, unit: str) -> float:
    """Return a distance in "mi" or "km" as kilometres."""
    return distance * KM_A_MILE if unit == "mi" else distance


def in_unit(km: float, unit: str) -> float:
    """Return kilometres as "mi" or "km"."""
    return km / KM_A_MILE if unit == "mi" else km


def rounded(latitude: float, longitude: float) -> tuple[float, float]:
    """Return a point to about a kilometre. Raises ValueError when it is not on the earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError(f"{latitude}, {longitude} is no point on the earth.")
    return round(latitude, DECIMALS_OF_NEAR), round(longitude, DECIMALS_OF_NEAR)


def distance_km(
    latitude: float, longitude: float, to_latitude: float, to_longitude: float
) -> float:
    """Return the great-circle distance, by the haversine formula; the database has the same."""
    up = sin(radians(to_latitude - latitude) / 2) ** 2
    along = sin(radians(to_longitude - longitude) / 2) ** 2
    share = up + cos(radians(latitude)) * cos(radians(to_latitude)) * along
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(share)))


def cell(latitude: float, longitude: float, level: int) -> str:
    """Return the name of the cell that holds a point: "cell0:215:-7"."""
    size = CELL_SIZES[level]
    row, column = floor(latitude / size), floor(longitude / size)
    return f"cell{level}:{row}:{_around(column, size)}"


def cells_around(latitude: float, longitude: float, radius_km: float) -> list[str]:
    """Return cells that hold every point within the radius, and some beyond it.

    Empty where it takes too many, for a radius as wide as a continent or at the poles.
    """
    up = radius_km / KM_A_DEGREE
    widest = max(abs(latitude - up), abs(latitude + up))
    if widest >= 89:
        return []
    # A circle is widest towards the pole, where degrees of longitude are short.
    along = up / cos(radians(widest))
    for level, size in enumerate(CELL_SIZES):
        rows = range(floor((latitude - up) / size), floor((latitude + up) / size) + 1)
        columns = range(floor((longitude - along) / size), floor((longitude + along) / size) + 1)
        if len(rows) * len(columns) <= MOST_CELLS:
            names = (f"cell{level}:{row}:{_around(it, size)}" for row in rows for it in columns)
            return list(dict.fromkeys(names))
    return []


def _around(column: int, size: float) -> int:
    """Return the column on this side of the date line."""
    columns = round(360 / size)
    return (column + columns // 2) % columns - columns // 2
