"""In the room or from home, alone or with a companion."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from directory.choices import SeatState
from directory.models import Group, Meeting, Membership, Seat
from tests import factories
from tests.signing_up.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def test_a_hybrid_date_asks_how_and_keeps_it(as_ben: Client, ben: Person, group: Group) -> None:
    Group.everything.filter(pk=group.pk).update(format="hybrid", allows_companions=True)
    Membership.objects.filter(person=ben).update(comes_online=True)
    date = factories.make_meeting(Group.everything.get(pk=group.pk))
    page = page_of(as_ben, "my_meeting", date.pk)
    assert 'value="home"' in page
    assert "A companion or carer comes with me" in page
    as_ben.post(reverse("take_seat", args=[date.pk]), {"takes_part": "home"})
    assert Seat.objects.get().is_online
    assert "from home" in page_of(as_ben, "my_meetings")
    both = {"takes_part": "home", "brings_companion": "on"}
    refused = as_ben.post(reverse("take_seat", args=[date.pk]), both, follow=True)
    assert "nobody needs a place beside yours" in refused.content.decode()


@pytest.fixture
def both_ways(group: Group) -> Meeting:
    """A date in the room and online, one place each; a companion may come."""
    Group.everything.filter(pk=group.pk).update(format="hybrid", allows_companions=True)
    return factories.make_meeting(Group.everything.get(pk=group.pk), capacity=2, online_capacity=1)


def test_a_companion_comes_along_later(as_ben: Client, ben: Person, both_ways: Meeting) -> None:
    seat = factories.make_seat(both_ways, ben)
    assert "A companion or carer comes with me" in page_of(as_ben, "my_meeting", both_ways.pk)
    as_ben.post(reverse("take_seat", args=[both_ways.pk]), {"brings_companion": "on"})
    seat.refresh_from_db()
    assert seat.brings_companion
    assert "with a companion" in page_of(as_ben, "my_meeting", both_ways.pk)


def test_one_takes_part_in_the_other_way_and_the_place_goes_on(
    as_ben: Client, ben: Person, group: Group, both_ways: Meeting
) -> None:
    seat = factories.make_seat(both_ways, ben, brings_companion=True)
    waits = factories.make_person()
    factories.make_membership(group, waits)
    next_one = factories.make_seat(both_ways, waits, SeatState.WAITING)
    way = reverse("change_way", args=[both_ways.pk])
    assert "Take part from home instead" in page_of(as_ben, "my_meeting", both_ways.pk)
    assert as_ben.get(way).status_code == 405
    as_ben.post(way, {"takes_part": "home"})
    seat.refresh_from_db()
    next_one.refresh_from_db()
    assert (seat.is_online, seat.brings_companion) == (True, False)
    assert next_one.state == SeatState.OFFERED


def test_without_a_place_in_the_other_way_one_keeps_ones_own(
    as_ben: Client, ben: Person, group: Group, both_ways: Meeting
) -> None:
    seat = factories.make_seat(both_ways, ben)
    other = factories.make_person()
    factories.make_membership(group, other)
    factories.make_seat(both_ways, other, is_online=True)
    way = reverse("change_way", args=[both_ways.pk])
    answer = as_ben.post(way, {"takes_part": "home"}, follow=True)
    assert "You keep the one that you have." in answer.content.decode()
    seat.refresh_from_db()
    assert not seat.is_online


def test_the_way_is_ones_own_and_needs_two(
    as_ada: Client, as_ben: Client, ben: Person, meeting: Meeting
) -> None:
    factories.make_seat(meeting, ben)
    way = reverse("change_way", args=[meeting.pk])
    assert as_ada.post(way, {"takes_part": "home"}).status_code == 404
    answer = as_ben.post(way, {"takes_part": "home"}, follow=True)
    assert "This group meets in one way only." in answer.content.decode()
