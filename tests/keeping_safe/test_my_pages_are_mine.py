"""Pages under /me/ are one's own: nobody else's show, and looking changes nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Person
from directory.models import Group, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db

PLAIN = ["my_meetings", "accept_agreement", "my_settings", "my_calendar"]
OF_A_MEMBERSHIP = ["my_group", "leave_group"]
BUTTONS = ["take_seat", "give_back_seat"]


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def addresses(membership: Membership, meeting: Meeting) -> list[str]:
    return [
        *(reverse(name) for name in PLAIN),
        *(reverse(name, args=[membership.pk]) for name in OF_A_MEMBERSHIP),
        *(reverse(name, args=[meeting.pk]) for name in ("my_meeting", *BUTTONS)),
    ]


def test_a_visitor_is_asked_to_sign_in(
    client: Client, bens_membership: Membership, meeting: Meeting
) -> None:
    for address in addresses(bens_membership, meeting):
        for ask in (client.get, client.post):
            assert ask(address).url == f"/accounts/login/?next={address}"
    assert Seat.objects.count() == 0


@pytest.mark.parametrize("name", OF_A_MEMBERSHIP)
@pytest.mark.parametrize("who", ["ada", "fay", "gil", "mo"])
def test_nobody_sees_or_ends_anothers_membership(
    request: pytest.FixtureRequest, bens_membership: Membership, name: str, who: str
) -> None:
    client = request.getfixturevalue(f"as_{who}")
    address = reverse(name, args=[bens_membership.pk])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code in {404, 405}
    bens_membership.refresh_from_db()
    assert bens_membership.is_active


def test_a_fellow_member_sees_nothing_of_another(
    group: Group, bens_membership: Membership, as_ada: Client, ada: Person
) -> None:
    own = factories.make_membership(group, ada)
    factories.make_seat(factories.make_meeting(group), bens_membership.person)
    Membership.objects.filter(pk=bens_membership.pk).update(access_needs="planted-need")
    assert as_ada.get(reverse("my_group", args=[bens_membership.pk])).status_code == 404
    for address in (reverse("my_meetings"), reverse("my_group", args=[own.pk])):
        page = as_ada.get(address).content.decode()
        assert "planted-need" not in page
        assert bens_membership.person.display_name not in page


@pytest.mark.parametrize("name", ["my_meeting", *BUTTONS])
def test_a_date_of_a_strangers_group_is_not_there(
    as_ada: Client, meeting: Meeting, name: str
) -> None:
    address = reverse(name, args=[meeting.pk])
    ask = as_ada.get if name == "my_meeting" else as_ada.post
    assert ask(address).status_code == 404
    assert Seat.objects.count() == 0


@pytest.mark.parametrize("state", ["asked", "waiting", "left", "declined", "removed"])
def test_nor_for_somebody_who_is_not_active(
    as_ada: Client, ada: Person, meeting: Meeting, state: str
) -> None:
    factories.make_membership(meeting.group, ada, state)
    assert as_ada.get(reverse("my_meeting", args=[meeting.pk])).status_code == 404


@pytest.mark.parametrize("name", ["my_group", "leave_group", "my_meeting"])
def test_an_address_that_was_made_up_is_not_there(as_ben: Client, name: str) -> None:
    assert as_ben.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons_take_no_get(as_ben: Client, meeting: Meeting, name: str) -> None:
    assert as_ben.get(reverse(name, args=[meeting.pk])).status_code == 405


@pytest.mark.parametrize("name", ["my_meetings", "my_group", "my_meeting"])
def test_pages_that_only_show_take_no_post(
    as_ben: Client, bens_membership: Membership, meeting: Meeting, name: str
) -> None:
    args = {"my_group": [bens_membership.pk], "my_meeting": [meeting.pk]}.get(name, [])
    assert as_ben.post(reverse(name, args=args)).status_code == 405


def test_looking_changes_nothing(
    as_ben: Client, bens_membership: Membership, meeting: Meeting
) -> None:
    as_ben.get(reverse("my_meetings"))
    with CaptureQueriesContext(connection) as queries:
        for address in addresses(bens_membership, meeting):
            as_ben.get(address)
    changing = [query["sql"] for query in queries if not query["sql"].startswith("SELECT")]
    assert changing == []


def test_titles_and_addresses_are_neutral_and_nothing_is_kept(
    as_ben: Client, bens_membership: Membership, meeting: Meeting
) -> None:
    group = bens_membership.group
    for address in addresses(bens_membership, meeting):
        assert group.slug not in address
        response = as_ben.get(address)
        if response.status_code == 200:
            title = response.content.decode().split("<title>")[1].split("</title>")[0]
            assert group.name not in title
            assert response.headers["Cache-Control"] == "no-store, private"


def test_no_address_of_anybody_is_on_these_pages(
    as_ben: Client, ben: Person, fay: Person, bens_membership: Membership, meeting: Meeting
) -> None:
    for address in addresses(bens_membership, meeting):
        page = as_ben.get(address).content.decode()
        assert ben.email not in page
        assert fay.email not in page
