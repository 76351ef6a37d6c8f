"""Somebody who asks from many points cannot tell where a group meets that shows its area only.

Two worlds are compared that differ in nothing but the hidden address: in another street, at the
other end of the area. Every answer to a visitor is the same, byte for byte. The same questions
about a place that is shown do find it, so these tests can fail.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from directory.actions.places import update_place
from directory.choices import AccessFeature, PlaceShown
from directory.geo import distance_km
from directory.models import Group, Meeting, Place, PlaceAccess, Town
from tests import factories

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LEEDS = (53.7965, -1.5478)
# Where it meets in the one world, and in the other.
HERE = {
    "name": "Chapel of the Dove",
    "address": "3 Plover Lane",
    "postal_code": "LS21 1AA",
    "town": "Otley",
    "region": "Wharfedale",
    "latitude": 53.9061,
    "longitude": -1.6932,
}
THERE = {
    "name": "Curlew Rooms",
    "address": "88 Sandpiper Road",
    "postal_code": "LS17 9ZZ",
    "town": "Harewood",
    "region": "Elmet",
    "latitude": 53.8442,
    "longitude": -1.4188,
}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def towns(db: None) -> None:
    named = (
        ("Leeds", LEEDS, 450_000),
        ("Otley", (53.9, -1.69), 15_000),
        ("York", (53.96, -1.08), 1),
    )
    for number, (name, (latitude, longitude), population) in enumerate(named, 1):
        Town.objects.create(
            id=number,
            name=name,
            folded_names=[name.lower()],
            country="GB",
            region="Yorkshire",
            latitude=latitude,
            longitude=longitude,
            population=population,
            time_zone="Europe/London",
        )


@pytest.fixture
def others(towns: None) -> list[Group]:
    """Groups all around whose places are shown, so that order and counts can tell something."""
    groups = []
    for number, (up, along) in enumerate(((0, 0.01), (0.1, -0.14), (0.05, 0.12), (0.2, 0.2))):
        place = factories.make_place(latitude=LEEDS[0] + up, longitude=LEEDS[1] + along)
        group = factories.make_group(name=f"Known {number}", slug=f"known-{number}", place=place)
        factories.make_meeting(group, NOW + timedelta(days=number + 1))
        groups.append(group)
    return groups


@pytest.fixture
def secret(others: list[Group]) -> Group:
    """A group for which an address could be a danger; visitors read its area."""
    organisation = factories.make_organisation(name="Lantern", slug="lantern")
    place = factories.make_place(
        organisation, shown=PlaceShown.AREA, area="Leeds, north", country="GB", **HERE
    )
    PlaceAccess.objects.create(place=place, door_code="4711", keyholder="Nan next door")
    group = factories.make_group(
        organisation=organisation,
        name="After violence",
        slug="after-violence",
        place=place,
        access_features=[AccessFeature.STEP_FREE],
        which_door="The blue door behind the dovecote",
    )
    factories.make_series(group)
    factories.make_meeting(group, NOW + timedelta(days=1, hours=7))
    factories.make_meeting(
        group, NOW + timedelta(days=8, hours=7), status="cancelled", reason="Ill"
    )
    factories.make_facilitator(group, factories.make_person("Fay"), first_name="Fay")
    return group


def move(group: Group, to: dict[str, Any]) -> None:
    update_place(place=Place.objects.get(pk=group.place_id), by=None, **to)


def questions(group: Group) -> list[str]:
    """Every address that a visitor can ask and in which the group could show."""
    page = f"/groups/{group.slug}/"
    meetings = [f"/meetings/{one.pk}/" for one in Meeting.everything.filter(group=group)]
    lists = ["/groups/", "/meetings/", "/groups/print/", "/meetings/calendar.ics"]
    pages = [
        *("/", page, f"{page}calendar.ics", f"{page}address.svg", f"{page}ask/", f"{page}wrong/"),
        *("/facilitators/", f"/organisations/{group.organisation.slug}/", "/choose/"),
        *(meetings + [f"{one}calendar.ics" for one in meetings]),
        f"/shortlist/?group={group.slug}&group=known-1",
        *lists,
        *(f"/groups/?view={view}" for view in ("week", "map")),
        *("/groups/?access=step-free", "/groups/?day=tue&time=evening", "/es/groups/"),
    ]
    return pages + from_many_points() + by_words() + on_the_map()


def from_many_points() -> list[str]:
    asked = []
    for place in (HERE, THERE, {"latitude": LEEDS[0], "longitude": LEEDS[1]}):
        for up, along in ((0.0, 0.0), (0.03, 0.05)):
            near = f"{place['latitude'] + up:.2f},{place['longitude'] + along:.2f}"
            for radius in (2, 10):
                filters = {"near": near, "radius": radius, "sort": "nearest"}
                asked.append("/groups/?" + urlencode(filters))
    near = {"near": f"{HERE['latitude']:.2f},{HERE['longitude']:.2f}", "radius": 5}
    paths = ("/meetings/", "/groups/print/", "/meetings/calendar.ics", "/groups/map.json")
    asked += [f"{path}?{urlencode(near)}" for path in paths]
    asked += [f"/groups/?{urlencode(near | {'view': view})}" for view in ("week", "map")]
    asked += [f"/groups/?{urlencode({'place': town, 'radius': 5})}" for town in ("Otley", "York")]
    # Nothing found: which filter to leave out, and what is nearest.
    return [*asked, f"/groups/?{urlencode(near | {'day': 'sun', 'language': 'fr'})}"]


def by_words() -> list[str]:
    words = (
        *("chapel", "dove", "plover", "LS21", "LS17", '"1AA"', "otley", "wharfedale", "harewood"),
        *("curlew", "sandpiper", "elmet", "dovecote", "4711", "plovr", "after violence -otley"),
    )
    return [f"/groups/?{urlencode({'q': it})}" for it in words]


def on_the_map() -> list[str]:
    bounds = (
        "-180,-85,180,85",
        "-1.8,53.7,-1.3,54",
        "-1.70,53.90,-1.69,53.91",
        "-1.42,53.84,-1.41,53.85",
    )
    return [
        f"/groups/map.json?{urlencode({'bounds': box, 'zoom': zoom})}"
        for box in bounds
        for zoom in (3, 9, 14)
    ]


def answers(group: Group) -> dict[str, tuple[int, str, bytes]]:
    """What a visitor is told. The mark of a page is left out: it tells of the whole site."""
    client = Client()
    told = {}
    for address in questions(group):
        response = client.get(address)
        kept = {name: it for name, it in response.headers.items() if name != "ETag"}
        told[address] = (response.status_code, json.dumps(kept), bytes(response.content))
    return told


def test_no_answer_tells_where_a_hidden_place_is(secret: Group) -> None:
    told_here = answers(secret)
    check_no_word_of_it(told_here)
    move(secret, THERE)
    told_there = answers(secret)
    assert {status for status, _headers, _body in told_here.values()} == {200}
    different = [address for address in told_here if told_here[address] != told_there[address]]
    assert different == []
    # The group does show, so that there was something to tell.
    showing = [address for address, told in told_here.items() if b"After violence" in told[2]]
    assert len(showing) > 30


def test_the_same_questions_tell_where_a_shown_place_is(secret: Group) -> None:
    move(secret, {"shown": PlaceShown.EXACTLY})
    told_here = answers(secret)
    move(secret, THERE)
    told_there = answers(secret)
    assert sum(told_here[address] != told_there[address] for address in told_here) > 30


def check_no_word_of_it(told: dict[str, tuple[int, str, bytes]]) -> None:
    hidden = [HERE[name] for name in ("name", "address", "postal_code", "region")]
    hidden += ["53.906", "-1.693", "dovecote", "4711", "Nan next door"]
    for address, (_status, _headers, body) in told.items():
        # What was typed stands in the box again.
        if "q=" not in address and "bounds=" not in address:
            assert [it for it in hidden if str(it) in body.decode()] == [], address


def halved(is_there: Callable[[str], bool]) -> tuple[float, float]:
    """Close in on a point by asking whether it lies in one half of the map or in the other."""
    west, south, east, north = -2.5, 53.0, -0.5, 54.5
    for _time in range(12):
        middle = (west + east) / 2
        west, east = (
            (west, middle) if is_there(f"{west},{south},{middle},{north}") else (middle, east)
        )
        middle = (south + north) / 2
        south, north = (
            (south, middle) if is_there(f"{west},{south},{east},{middle}") else (middle, north)
        )
    return (south + north) / 2, (west + east) / 2


def closed_in_on(group: Group) -> tuple[float, float]:
    client = Client()

    def is_there(bounds: str) -> bool:
        asked = urlencode({"q": f'"{group.name}"', "bounds": bounds, "zoom": 15})
        return bool(client.get(f"/groups/map.json?{asked}").json()["marks"])

    return halved(is_there)


def test_halving_the_map_leads_to_a_shown_place(secret: Group) -> None:
    move(secret, {"shown": PlaceShown.EXACTLY})
    assert distance_km(*closed_in_on(secret), HERE["latitude"], HERE["longitude"]) < 0.2


def test_halving_the_map_leads_to_the_middle_of_the_area(secret: Group) -> None:
    assert distance_km(*closed_in_on(secret), *LEEDS) < 0.2


def nearest_seen(group: Group, places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """From which points the group is within two miles."""
    client = Client()
    seen = []
    for latitude, longitude in places:
        near = {"near": f"{latitude:.2f},{longitude:.2f}", "radius": 2}
        response = client.get("/groups/?" + urlencode(near))
        found = response.context["found"]
        if not found.is_beyond and group.pk in [row.group.pk for row in found.rows]:
            seen.append((latitude, longitude))
    return seen


@pytest.mark.parametrize("shown", [PlaceShown.AREA, PlaceShown.EXACTLY])
def test_circles_cross_at_a_shown_place_alone(secret: Group, shown: str) -> None:
    move(secret, {"shown": shown})
    grid = [(53.76 + up * 0.03, -1.75 + along * 0.05) for up in range(7) for along in range(6)]
    seen = nearest_seen(secret, grid)
    assert seen
    middle = [sum(numbers) / len(seen) for numbers in zip(*seen, strict=True)]
    there = (HERE["latitude"], HERE["longitude"]) if shown == PlaceShown.EXACTLY else LEEDS
    assert distance_km(*middle, *there) < 2
