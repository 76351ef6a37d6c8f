"""Distances and the grid, and that the database reckons as Python does."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.geo import (
    CELL_SIZES,
    KM_A_DEGREE,
    MOST_CELLS,
    cell,
    cells_around,
    distance_km,
    in_km,
    in_unit,
    rounded,
    unit_of,
)
from directory.models import FinderEntry
from directory.queries.search import Near
from directory.queries.search.matching import distance_to
from tests import factories

LONDON, NEW_YORK = (51.5085, -0.1257), (40.7143, -74.006)
latitudes = st.floats(-90, 90)
longitudes = st.floats(-180, 180)
WHERE = [
    *(LONDON, NEW_YORK, (0.0, 0.0), (-33.87, 151.21), (-16.79, 179.99), (-16.8, -179.99)),
    *((89.9, 10.0), (-90.0, 0.0), (78.2, 15.6), (51.5085, -0.1258), (0.25, -180.0), (51.5, 0.0)),
]


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (LONDON, NEW_YORK, 5570),
        (LONDON, LONDON, 0),
        ((0, 179.5), (0, -179.5), 111.2),
        ((90, 0), (90, 120), 0),
        ((90, 0), (-90, 0), 20015),
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(km, rel=0.001, abs=0.01)


@given(latitudes, longitudes, latitudes, longitudes)
def test_it_is_as_far_back(up: float, along: float, to_up: float, to_along: float) -> None:
    there = distance_km(up, along, to_up, to_along)
    assert there == pytest.approx(distance_km(to_up, to_along, up, along), abs=1e-6)
    assert 0 <= there <= 20016


@settings(max_examples=300)
@given(latitudes, longitudes, st.floats(0.1, 3000), st.floats(-1, 1), st.floats(-1, 1))
def test_the_cells_around_hold_all_that_is_near(
    latitude: float, longitude: float, radius: float, up: float, along: float
) -> None:
    cells = cells_around(latitude, longitude, radius)
    degrees = radius / KM_A_DEGREE
    there = max(-90.0, min(90.0, latitude + up * degrees))
    wide = longitude + along * degrees / max(0.001, cos(radians(there)))
    across = (wide + 180) % 360 - 180
    if cells and distance_km(latitude, longitude, there, across) <= radius:
        level = int(cells[0][4])
        assert cell(there, across, level) in cells
    assert len(cells) <= MOST_CELLS


def test_a_circle_too_wide_or_at_a_pole_has_no_cells() -> None:
    assert cells_around(51.5, 0, 20_000) == []
    assert cells_around(89.5, 0, 10) == []


@pytest.mark.django_db
def test_the_database_puts_points_into_the_same_cells() -> None:
    for latitude, longitude in WHERE:
        place = factories.make_place(latitude=latitude, longitude=longitude)
        entry = FinderEntry.objects.get(pk=factories.make_group(place=place).pk)
        should = {cell(latitude, longitude, level) for level in range(len(CELL_SIZES))}
        assert {key for key in entry.keys if key.startswith("cell")} == should, (
            latitude,
            longitude,
        )


@pytest.mark.django_db
def test_the_database_tells_the_same_distances() -> None:
    there = {}
    for point in WHERE:
        place = factories.make_place(latitude=point[0], longitude=point[1])
        there[factories.make_group(place=place).pk] = point
    for here in WHERE:
        near = Near(latitude=here[0], longitude=here[1], radius_km=1)
        for entry in FinderEntry.objects.annotate(away=distance_to(near)):
            assert entry.away == pytest.approx(distance_km(*here, *there[entry.pk]), abs=1e-6)


def test_positions_are_kept_to_about_a_kilometre() -> None:
    assert rounded(53.796512, -1.547812) == (53.8, -1.55)
    for nowhere in ((90.1, 0.0), (0.0, 180.5), (float("nan"), 0.0)):
        with pytest.raises(ValueError, match="no point on the earth"):
            rounded(*nowhere)


def test_units_of_countries() -> None:
    assert [unit_of(country) for country in ("GB", "US", "FR", "")] == ["mi", "mi", "km", "km"]
    assert in_unit(in_km(10, "mi"), "mi") == pytest.approx(10)
    assert in_km(10, "mi") == pytest.approx(16.09344)
    assert in_km(10, "km") == 10
