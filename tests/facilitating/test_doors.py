"""Who gets in where: the five questions, asked of every page of facilitators."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Facilitator, Group, Meeting, Membership
from tests import factories

pytestmark = pytest.mark.django_db
OF_GROUP = ("facilitated_group", "add_series", "add_meeting", "edit_online_room")
OF_MEETING = (
    *("facilitated_meeting", "cancel_meeting", "move_meeting", "edit_meeting"),
    "count_attendance",
)
OF_NOBODY = ("tonight", "my_listing")
READ_ONLY = ("tonight", "facilitated_group", "facilitated_meeting")
NAMES = (*OF_NOBODY, *OF_GROUP, *OF_MEETING, "answer_request")


@pytest.fixture
def address(group: Group, meeting: Meeting, request_to_join: Membership) -> dict[str, str]:
    """Every page, by its name, of a group that meets in a room and online."""
    Group.everything.filter(pk=group.pk).update(format="hybrid")
    keys = dict.fromkeys(OF_GROUP, group.pk) | dict.fromkeys(OF_MEETING, meeting.pk)
    addresses = {name: reverse(name, args=[key]) for name, key in keys.items()}
    addresses |= {name: reverse(name) for name in OF_NOBODY}
    return addresses | {"answer_request": reverse("answer_request", args=[request_to_join.pk])}


@pytest.mark.parametrize("name", NAMES)
def test_the_facilitator_gets_in(as_fay: Client, address: dict[str, str], name: str) -> None:
    assert as_fay.get(address[name]).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_a_visitor_is_asked_to_sign_in(client: Client, address: dict[str, str], name: str) -> None:
    answer = client.get(address[name])
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={address[name]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_finds_nothing(as_ada: Client, address: dict[str, str], name: str) -> None:
    assert as_ada.get(address[name]).status_code == 404
    assert as_ada.post(address[name]).status_code in (404, 405)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_NOBODY])
def test_another_groups_facilitator_finds_nothing(
    as_gil: Client, address: dict[str, str], name: str
) -> None:
    assert as_gil.get(address[name]).status_code == 404
    assert as_gil.post(address[name]).status_code in (404, 405)


@pytest.mark.parametrize("name", NAMES)
def test_a_member_without_the_role_is_refused(
    as_ben: Client, address: dict[str, str], name: str
) -> None:
    assert as_ben.get(address[name]).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_a_moderator_without_the_role_is_refused(
    as_mo: Client, address: dict[str, str], name: str
) -> None:
    assert as_mo.get(address[name]).status_code == 403


@pytest.mark.parametrize("name", NAMES)
def test_an_ended_facilitator_is_out_at_once(
    as_fay: Client, address: dict[str, str], name: str
) -> None:
    facilitator = Facilitator.objects.get()
    facilitator.ended_at = facilitator.since_at
    facilitator.save()
    assert as_fay.get(address[name]).status_code == 404


@pytest.mark.parametrize("name", [*OF_GROUP, *OF_MEETING, "answer_request"])
def test_a_bad_id_is_not_found(as_fay: Client, name: str) -> None:
    assert as_fay.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_other_methods_are_not_allowed(as_fay: Client, address: dict[str, str], name: str) -> None:
    assert as_fay.delete(address[name]).status_code == 405
    answered = as_fay.post(address[name]).status_code
    assert answered == 405 if name in READ_ONLY else answered in (200, 302)


@pytest.mark.parametrize("name", NAMES)
def test_looking_changes_nothing(as_fay: Client, address: dict[str, str], name: str) -> None:
    before = list(Meeting.everything.values()), list(Membership.objects.values())
    as_fay.get(address[name])
    assert (list(Meeting.everything.values()), list(Membership.objects.values())) == before


@pytest.mark.parametrize("name", NAMES)
def test_no_address_of_anybody_is_shown(
    as_fay: Client, address: dict[str, str], group: Group, meeting: Meeting, name: str
) -> None:
    ivo = factories.make_person("Ivo", email="planted@example.org")
    factories.make_membership(group, ivo)
    factories.make_seat(meeting, ivo)
    page = as_fay.get(address[name]).content.decode()
    assert "planted" not in page
    assert "@example.org" not in page


@pytest.mark.parametrize("name", NAMES)
def test_pages_are_not_kept_by_the_browser(
    as_fay: Client, address: dict[str, str], name: str
) -> None:
    assert "no-store" in as_fay.get(address[name])["Cache-Control"]


def test_a_group_that_meets_in_a_room_alone_has_no_online_room(
    as_fay: Client, group: Group
) -> None:
    assert as_fay.get(reverse("edit_online_room", args=[group.pk])).status_code == 404
