"""What the pages show to who stands in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.models import Cover, Facilitator, Group, Meeting, OnlineRoom, PlaceAccess
from tests import factories
from tests.conftest import signed_in
from tests.facilitating.cover.steps import START, page_of, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(group: Group, meeting: Meeting, ben: Person) -> None:
    """Ben comes, Wim waits, another member does neither; there is a way in, and a link."""
    factories.make_seat(meeting, ben)
    wim = factories.make_person("Wim")
    factories.make_membership(group, wim)
    factories.make_seat(meeting, wim, "waiting")
    factories.make_membership(group, factories.make_person("Ivo"))
    Group.everything.filter(pk=group.pk).update(format="hybrid")
    OnlineRoom.objects.create(group=group, url="https://rooms.example.org/j/planted")
    PlaceAccess.objects.create(
        place=group.place, door_code="2468", keyholder="Mrs Vane", room_set_up="Chairs are below."
    )


AT_ONCE = (
    "Grief on Tuesdays",
    "London time",
    "Quaker Meeting House",
    "7 Carlton Hill",
    "Online room",
)
INSIDE = ("Ben", "Wim", "2468", "Mrs Vane", "Chairs are below.", "rooms.example.org", "Places")
NEVER = ("Ivo", "Move this date", "Change the online room", "Say what it is about")


@pytest.mark.usefixtures("planted", "covering")
@pytest.mark.parametrize(
    ("hours", "is_open"), [(-240, False), (-24.1, False), (-24, True), (0, True)]
)
def test_when_and_where_at_once_and_who_and_how_from_a_day_before(
    gil: Person, meeting: Meeting, hours: float, is_open: bool
) -> None:
    with time_machine.travel(START + timedelta(hours=hours), tick=False):
        page = page_of(signed_in(gil), "facilitated_meeting", meeting.pk)
    assert [word for word in (*AT_ONCE, "What people here agreed") if word not in page] == []
    assert [word for word in INSIDE if (word in page) != is_open] == []
    assert [word for word in NEVER if word in page] == []
    assert ("opens to you on:" in page) != is_open


@pytest.mark.usefixtures("planted", "covering")
def test_before_it_opens_no_page_tells_how_many_come(gil: Person, meeting: Meeting) -> None:
    client = signed_in(gil)
    assert "has a place" not in page_of(client, "tonight")
    for name in ("cancel_meeting", "count_attendance"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 403
    with time_machine.travel(START, tick=False):
        client = signed_in(gil)
        assert "1 person has a place" in page_of(client, "tonight")
        assert client.get(reverse("cancel_meeting", args=[meeting.pk])).status_code == 200


@pytest.mark.usefixtures("planted")
def test_who_stands_in_gets_no_further(
    as_gil: Client, covering: Cover, group: Group, next_week: datetime
) -> None:
    page = page_of(as_gil, "facilitated_meeting", covering.meeting_id)
    assert reverse("facilitated_group", args=[group.pk]) not in page
    other = factories.make_meeting(group, next_week + timedelta(days=7))
    closed = [
        *[("facilitated_group", group.pk), ("add_series", group.pk), ("add_meeting", group.pk)],
        *[("edit_online_room", group.pk), ("facilitated_meeting", other.pk)],
        *[("cancel_meeting", other.pk), ("count_attendance", other.pk)],
        *[("move_meeting", covering.meeting_id), ("edit_meeting", covering.meeting_id)],
        *[("restore_meeting", covering.meeting_id), ("ask_for_cover", covering.meeting_id)],
    ]
    for name, key in closed:
        address = reverse(name, args=[key])
        assert as_gil.get(address).status_code in (403, 404), name
        assert as_gil.post(address).status_code in (403, 404, 405), name


def test_who_stands_in_cancels_and_counts(gil: Person, covering: Cover) -> None:
    meeting = covering.meeting
    with time_machine.travel(meeting.starts_at, tick=False):
        client = signed_in(gil)
        assert "Cancel this date?" in page_of(client, "cancel_meeting", meeting.pk)
        page = post(client, "count_attendance", meeting.pk, came=6, first_time=1)
        assert "The numbers are saved." in page
        post(client, "cancel_meeting", meeting.pk, reason="The boiler broke.", version=1)
    meeting.refresh_from_db()
    assert meeting.is_cancelled


def test_tonight_holds_the_dates_one_stands_in_at(gil: Person, covering: Cover) -> None:
    meeting, address = covering.meeting, reverse("tonight")
    assert "You stand in" in signed_in(gil).get(address).content.decode()
    for hours, is_shown in ((0, True), (20, True), (25, False)):
        with time_machine.travel(meeting.ends_at + timedelta(hours=hours), tick=False):
            page = signed_in(gil).get(address).content.decode()
        assert ("How many came?" in page) == is_shown


@pytest.mark.usefixtures("planted")
def test_a_day_later_the_date_is_closed(as_gil: Client, gil: Person, covering: Cover) -> None:
    with time_machine.travel(covering.meeting.ends_at + timedelta(days=1)):
        client = signed_in(gil)
        address = reverse("facilitated_meeting", args=[covering.meeting_id])
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("standing", ["asked", "offered", "declined", "withdrawn"])
def test_who_does_not_stand_in_sees_the_request_alone(
    as_gil: Client, asked: Cover, standing: str
) -> None:
    now = asked.meeting.starts_at if standing == "offered" else None
    Cover.objects.filter(pk=asked.pk).update(state=standing, answered_for=now)
    for name in ("facilitated_meeting", "cancel_meeting", "count_attendance", "move_meeting"):
        assert as_gil.get(reverse(name, args=[asked.meeting_id])).status_code == 404
    page = page_of(as_gil, "cover")
    assert ("Grief on Tuesdays" in page) == (standing in {"asked", "offered"})
    for hidden in ("Ben", "Ivo", "2468", "rooms.example.org", "7 Carlton Hill"):
        assert hidden not in page


def test_who_runs_no_group_any_more_is_out_at_once(as_gil: Client, covering: Cover) -> None:
    Facilitator.objects.filter(person=covering.person).update(ended_at=timezone.now())
    address = reverse("facilitated_meeting", args=[covering.meeting_id])
    assert as_gil.get(address).status_code == 404
