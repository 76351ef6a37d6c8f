"""All public pages at once: no cookie, no secret, nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from directory.actions.content import set_up_site
from directory.actions.finder import refresh_finder
from directory.choices import Format, GroupStatus
from directory.models import FacilitatorProfile, Group, Meeting, OnlineRoom, PlaceAccess
from directory.urls import find, read
from tests import factories
from tests.finding.pages import source

pytestmark = pytest.mark.django_db

# What must be nowhere in anything that a visitor gets.
PLANTED = (
    "planted-link",
    "planted-passcode",
    "987 654 3210",
    "020 7946 0999",
    "planted room note",
    "99 Hidden Street",
    "Secret House",
    "XY9 9ZZ",
    "planted door code",
    "planted keyholder",
    "planted set-up",
    "planted private note",
    "Plantedraft",
    "planted-draft",
    "unlisted.facilitator",
    "Unlistedname",
    "planted words about me",
    "secretben",
    "planted.mail@example.org",
    "53.7654",
    "-1.5432",
)
OF_A_GROUP = (
    "group",
    "group_calendar",
    "group_qr",
    "ask_group",
    "ask_group_thanks",
    "correct_group",
    "correct_group_thanks",
)
# Files that others poll or keep a while: an old one does no harm.
KEPT = ("find_calendar", "group_qr")
NAMES = [
    pattern.name
    for pattern in (*find.urlpatterns, *read.urlpatterns)
    if isinstance(pattern, URLPattern) and pattern.name != "style_guide"
]


@pytest.fixture
def planted(db: None) -> None:
    """A site that holds everything which could leak."""
    set_up_site(by=None)
    place = factories.make_place(
        name="Secret House",
        address="99 Hidden Street",
        postal_code="XY9 9ZZ",
        area="Leeds, north",
        shown="area",
        latitude=53.7654,
        longitude=-1.5432,
    )
    PlaceAccess.objects.create(
        place=place,
        door_code="planted door code",
        keyholder="planted keyholder",
        room_set_up="planted set-up",
    )
    group = factories.make_group(
        slug="hybrid",
        name="Hybrid",
        format=Format.HYBRID,
        organisation=place.organisation,
        place=place,
        which_door="The back of 99 Hidden Street",
        private_notes="planted private note",
    )
    OnlineRoom.objects.create(
        group=group,
        url="https://rooms.example.org/j/planted-link",
        meeting_code="987 654 3210",
        passcode="planted-passcode",
        phone="020 7946 0999",
        notes="planted room note",
    )
    plant_people(group)
    draft = factories.make_group(
        slug="planted-draft",
        name="Plantedraft",
        organisation=place.organisation,
        status=GroupStatus.DRAFT,
    )
    factories.make_meeting(draft)
    refresh_finder(Group.everything.all())


def plant_people(group: Group) -> None:
    meeting = factories.make_meeting(group)
    factories.make_series(group)
    unlisted = factories.make_person("Unlistedname", email="unlisted.facilitator@example.org")
    facilitation = factories.make_facilitator(group, unlisted, first_name="Unlistedname")
    profile = facilitation.person.facilitator_profile
    profile.is_listed, profile.about = False, "planted words about me"
    profile.save(update_fields=["is_listed", "about"])
    listed = factories.make_person("Fay", email="planted.mail@example.org")
    factories.make_facilitator(group, listed, first_name="Fay")
    member = factories.make_person("secretben", email="ben.planted.mail@example.org")
    factories.make_membership(group, member, message="planted private note")
    factories.make_seat(meeting, member)


def address(name: str) -> str:
    """The address of a public page about what `planted` made."""
    meeting = Meeting.objects.first()
    fay = FacilitatorProfile.objects.filter(is_listed=True).first()
    arguments = {
        **{key: ["hybrid"] for key in OF_A_GROUP},
        "facilitator": [fay.public_id] if fay else [],
        "organisation": [meeting.group.organisation.slug] if meeting else [],
        "organisation_calendar": [meeting.group.organisation.slug] if meeting else [],
        "meeting": [meeting.pk] if meeting else [],
        "meeting_calendar": [meeting.pk] if meeting else [],
        "article": ["benefits-of-peer-support-groups"],
    }
    compared = "?group=hybrid" if name == "shortlist" else ""
    return reverse(name, args=arguments.get(name, [])) + compared


@pytest.mark.parametrize("name", NAMES)
def test_no_public_page_sets_a_cookie(client: Client, planted: None, name: str) -> None:
    response = client.get(address(name))
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert not response.cookies


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_is_on_any_public_page(client: Client, planted: None, name: str) -> None:
    told = source(client.get(address(name)))
    assert [secret for secret in PLANTED if secret.lower() in told.lower()] == []


@pytest.mark.parametrize(
    "words", ["planted", "Hidden Street", "Secret House", "XY9 9ZZ", "Unlistedname", "secretben"]
)
def test_no_secret_can_be_searched_for(client: Client, planted: None, words: str) -> None:
    for name in ("find_groups", "find_meetings"):
        response = client.get(reverse(name), {"q": words})
        assert "data-group=" not in source(response)
        assert "data-meeting=" not in source(response)


def test_the_planted_words_are_really_there(planted: None) -> None:
    group = Group.everything.get(slug="hybrid")
    assert group.online_room.url.endswith(PLANTED[0])
    assert group.place.address == "99 Hidden Street"
    assert "Hybrid" in source(Client().get("/groups/"))


def foreign_addresses(page: str) -> Iterator[str]:
    """What a browser would fetch from elsewhere by itself."""
    loads = re.findall(
        r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?src=\"([^\"]+)", page
    )
    loads += re.findall(r"<link\b[^>]*?href=\"([^\"]+)", page)
    yield from (load for load in loads if not load.startswith(("/", "data:")))


@pytest.mark.parametrize("name", [name for name in NAMES if "calendar" not in name])
def test_nothing_is_fetched_from_elsewhere_or_run_inside(client, planted, name) -> None:
    page = source(client.get(address(name)))
    assert list(foreign_addresses(page)) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)", page) == []
    assert re.findall(r"\son\w+=|\sstyle=|<style", page) == []


@pytest.mark.parametrize("name", [it.name for it in find.urlpatterns if it.name not in KEPT])
def test_a_browser_asks_again_before_it_shows_an_old_page(client, planted, name) -> None:
    assert client.get(address(name))["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["home", "find_groups", "find_meetings", "group", "meeting"])
def test_what_a_signed_in_person_gets_is_kept_nowhere(as_ada, planted, name) -> None:
    response = as_ada.get(address(name))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
