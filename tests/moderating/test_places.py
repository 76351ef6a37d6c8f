from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Person
from directory.actions.places import add_place, update_place
from directory.models import Group
from directory.refusals import Refused
from tests import factories
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db


def test_only_its_moderators_add_and_change_places(group: Group, fay: Person, pat: Person) -> None:
    for person in (fay, pat):
        with pytest.raises(Refused):
            add_place(organisation=group.organisation, by=person, town="York", country="GB")
        with pytest.raises(Refused):
            update_place(place=group.place, by=person, town="York")
    assert not AuditEntry.objects.exists()


def test_a_place_that_moved_loses_its_point(group: Group, mo: Person) -> None:
    place = factories.make_place(group.organisation, latitude=53.8, longitude=-1.5)
    assert update_place(place=place, by=mo, name="The Hall").latitude == 53.8
    moved = update_place(place=place, by=mo, address="9 Hill Street")
    assert (moved.latitude, moved.longitude) == (None, None)
    exact = update_place(place=place, by=mo, town="York", latitude=53.9, longitude=-1.1)
    assert (exact.latitude, exact.longitude) == (53.9, -1.1)


def test_the_pages(as_mo: Client, group: Group) -> None:
    address = reverse("edit_place", args=[group.place.pk])
    page = as_mo.get(address)
    assert "These groups meet there" in page.content.decode()
    assert group.name in page.content.decode()
    response = as_mo.post(address, typed(page, town="York"), follow=True)
    assert "Quaker Meeting House, York" in response.content.decode()
    group.place.refresh_from_db()
    assert group.place.town == "York"


def test_a_mistake_keeps_what_was_typed(as_mo: Client, group: Group) -> None:
    address = reverse("edit_place", args=[group.place.pk])
    page = as_mo.post(address, typed(as_mo.get(address), town="", name="The Hall"))
    assert "<title>Error: " in page.content.decode()
    assert 'value="The Hall"' in page.content.decode()


def test_an_organisation_without_places_says_where_they_come_from(
    as_mo: Client, organisation: object
) -> None:
    page = as_mo.get(reverse("moderated_places", args=["harbour-listening"]))
    assert "No places yet" in page.content.decode()
