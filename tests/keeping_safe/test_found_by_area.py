"""A place of which visitors see the area alone is found by that area, and by nothing nearer."""

import pytest

from directory.actions.groups import refresh_found_by
from directory.choices import PlaceShown
from directory.models import Group
from tests.factories import make_group, make_place

pytestmark = pytest.mark.django_db


def group_at(**place: str) -> Group:
    group = make_group(place=make_place(town="Otley", region="Wharfedale", **place))
    refresh_found_by([group])
    return group


def test_a_hidden_town_finds_nothing() -> None:
    group_at(shown=PlaceShown.AREA, area="North of Leeds")

    assert list(Group.objects.mentioning("Otley")) == []


def test_its_area_finds_it() -> None:
    group = group_at(shown=PlaceShown.AREA, area="North of Leeds")

    assert list(Group.objects.mentioning("north leeds")) == [group]


def test_a_shown_town_finds_it() -> None:
    group = group_at(shown=PlaceShown.EXACTLY)

    assert list(Group.objects.mentioning("otley")) == [group]
