"""A place of which visitors see the area alone is found by that area, and by nothing nearer."""

from typing import Any

import pytest

from directory.choices import PlaceShown
from directory.models import FinderEntry, Group, Town
from directory.queries.search import Search, find_groups
from tests.factories import make_group, make_place

pytestmark = pytest.mark.django_db

HIDDEN = {"name": "The Old Chapel", "address": "3 Mill Lane", "postal_code": "LS21 1AA"}


@pytest.fixture(autouse=True)
def towns(db: None) -> None:
    for number, (name, region, latitude) in enumerate(
        [("Leeds", "West Yorkshire", 53.8), ("Otley", "West Yorkshire", 53.9)], 1
    ):
        Town.objects.create(
            id=number,
            name=name,
            folded_names=[name.lower()],
            country="GB",
            region=region,
            latitude=latitude,
            longitude=-1.6,
            population=1000,
            time_zone="Europe/London",
        )


def group_at(**place: Any) -> Group:
    fields = {"town": "Otley", "region": "Wharfedale", "latitude": 53.91, "longitude": -1.7}
    return make_group(place=make_place(**{**HIDDEN, **fields, **place}))


def found(words: str) -> list[Group]:
    return [row.group for row in find_groups(Search(words=words)).rows]


def point(group: Group) -> tuple[float | None, float | None, bool]:
    return FinderEntry.objects.values_list("latitude", "longitude", "is_area").get(pk=group.pk)


@pytest.mark.parametrize("words", ["Otley", "Wharfedale", "chapel", "mill lane", "LS21", '"1AA"'])
def test_what_is_hidden_finds_nothing(words: str) -> None:
    group_at(shown=PlaceShown.AREA, area="North of Leeds")
    assert found(words) == []


def test_its_area_finds_it() -> None:
    group = group_at(shown=PlaceShown.AREA, area="North of Leeds")
    assert found("north leeds") == [group]


def test_a_shown_town_finds_it() -> None:
    group = group_at(shown=PlaceShown.EXACTLY)
    assert found("otley") == [group]


def test_a_shown_place_is_where_it_is() -> None:
    assert point(group_at(shown=PlaceShown.EXACTLY)) == (53.91, -1.7, False)


@pytest.mark.parametrize(
    "area", ["Leeds", "LEEDS, north", "North side, Leeds", "North of Leeds", "(near) Leeds/north"]
)
def test_an_area_is_where_the_town_is_that_it_names(area: str) -> None:
    assert point(group_at(shown=PlaceShown.AREA, area=area)) == (53.8, -1.6, True)


def test_an_area_that_tells_the_town_is_there() -> None:
    group = group_at(shown=PlaceShown.AREA, area="Old Otley")
    assert point(group) == (53.9, -1.6, True)


@pytest.mark.parametrize(
    "area", ["Otleyshire", "Between Leeds and Otley", "Otley Road", "Leeds or Otley", "The valley"]
)
def test_the_town_of_the_address_makes_no_difference(area: str) -> None:
    """Whatever the area says, nobody can tell from the point which town of it is meant."""
    points = {
        point(group_at(shown=PlaceShown.AREA, area=area, town=town, region=region))
        for town, region in (("Otley", ""), ("Leeds", "West Yorkshire"), ("Ilkley", "Wharfedale"))
    }
    assert len(points) == 1


def test_an_area_may_be_written_in_any_letters() -> None:
    Town.objects.filter(name="Leeds").update(folded_names=["leeds", "ليدز"])
    group = group_at(shown=PlaceShown.AREA, area="شمال ليدز")
    assert point(group) == (53.8, -1.6, True)


def test_of_several_towns_in_an_area_it_is_the_largest() -> None:
    Town.objects.filter(name="Leeds").update(population=500_000)
    group = group_at(shown=PlaceShown.AREA, area="Between Otley and Leeds")
    assert point(group) == (53.8, -1.6, True)


def test_an_area_without_words_is_the_town() -> None:
    assert point(group_at(shown=PlaceShown.AREA, area="")) == (53.9, -1.6, True)


def test_an_area_that_names_no_town_is_nowhere() -> None:
    """A point made from the address, however coarse, would tell something of the address."""
    assert point(group_at(shown=PlaceShown.AREA, area="Wharfedale")) == (None, None, False)


def test_a_group_online_is_nowhere() -> None:
    group = make_group(format="online", place=make_place(**HIDDEN, town="Otley"))
    assert point(group) == (None, None, False)
