"""Distances in words."""

from __future__ import annotations

import pytest

from directory.geo import in_km
from directory.text.spoken_distances import spoken_distance, spoken_length


@pytest.mark.parametrize(
    ("length", "told"),
    [(1, "1 mile"), (0.5, "0.5 miles"), (2.42, "2.4 miles"), (3328, "3,328 miles")],
)
def test_a_length_is_told_as_people_read_it(length: float, told: str) -> None:
    assert spoken_length(length, "mi") == told


def test_an_area_is_told_no_finer_than_a_mile() -> None:
    assert spoken_distance(in_km(2.4, "mi"), "mi", is_area=True) == "about 2 miles"
    assert spoken_distance(0, "km", is_area=True) == "about 1 kilometre"
