"""A member usually takes part from home, or in the room: said on one's own page, and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.actions.seats import change_usual_way, seat_members
from directory.choices import SeatState
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(group: Group) -> Group:
    Group.everything.filter(pk=group.pk).update(
        format="hybrid", meeting_capacity=2, online_capacity=1
    )
    group.refresh_from_db()
    return group


@pytest.fixture
def coming(group: Group, ben: Person) -> list[Meeting]:
    start = timezone.now() + timedelta(days=3)
    dates = [factories.make_meeting(group, start + week * timedelta(days=7)) for week in range(3)]
    seat_members(meetings=dates)
    return dates


def address(membership: Membership) -> str:
    return reverse("change_usual_way", args=[membership.pk])


def ways(person: Person) -> list[bool]:
    seats = Seat.objects.of(person).order_by("meeting__starts_at")
    return list(seats.values_list("is_online", flat=True))


def test_places_at_coming_dates_follow(
    as_ben: Client, ben: Person, bens_membership: Membership, coming: list[Meeting]
) -> None:
    mine = reverse("my_group", args=[bens_membership.pk])
    assert "From now on from home" in as_ben.get(mine).content.decode()
    page = as_ben.post(address(bens_membership), {"takes_part": "home"}, follow=True)
    assert "you usually take part from home" in page.content.decode()
    assert "From now on in the room" in page.content.decode()
    assert ways(ben) == [True, True, True]
    later = factories.make_meeting(coming[0].group, timezone.now() + timedelta(days=40))
    seat_members(meetings=[later])
    assert ways(ben) == [True, True, True, True]


def test_and_back_again(as_ben: Client, ben: Person, bens_membership: Membership) -> None:
    Membership.objects.update(comes_online=True)
    Group.everything.update(format="hybrid")
    as_ben.post(address(bens_membership), {"takes_part": "room"})
    bens_membership.refresh_from_db()
    assert not bens_membership.comes_online


def test_where_there_is_no_place_the_old_one_stays(
    as_ben: Client, ben: Person, bens_membership: Membership, coming: list[Meeting]
) -> None:
    other = factories.make_person()
    factories.make_membership(coming[1].group, other)
    factories.make_seat(coming[1], other, is_online=True)
    page = as_ben.post(address(bens_membership), {"takes_part": "home"}, follow=True)
    assert "At 1 date there is no place left in that way." in page.content.decode()
    assert ways(ben) == [True, False, True]
    assert set(Seat.objects.of(ben).values_list("state", flat=True)) == {"confirmed"}


def test_the_place_that_comes_free_is_offered_and_who_waits_may_find_one(
    ben: Person, bens_membership: Membership, coming: list[Meeting]
) -> None:
    Meeting.everything.update(capacity=1)
    next_one = factories.make_person()
    joined = factories.make_membership(coming[0].group, next_one)
    waits = factories.make_seat(coming[0], next_one, SeatState.WAITING, membership=joined)
    change_usual_way(membership=bens_membership, by=ben, comes_online=True)
    waits.refresh_from_db()
    assert waits.state == SeatState.OFFERED
    Seat.objects.of(ben).update(is_online=False, state=SeatState.WAITING)
    way = change_usual_way(membership=bens_membership, by=ben, comes_online=True)
    assert (way.followed, way.stayed) == (3, 0)
    assert set(Seat.objects.of(ben).values_list("state", "is_online")) == {("confirmed", True)}


def test_single_dates_and_what_was_given_back_stay(
    ben: Person, bens_membership: Membership, coming: list[Meeting]
) -> None:
    Seat.objects.filter(meeting=coming[0]).update(state=SeatState.GIVEN_BACK)
    change_usual_way(membership=bens_membership, by=ben, comes_online=True)
    assert ways(ben) == [False, True, True]


def test_it_is_ones_own_and_needs_two_ways(
    as_ada: Client, as_ben: Client, gil: Person, client: Client, bens_membership: Membership
) -> None:
    way = address(bens_membership)
    assert as_ada.post(way, {"takes_part": "home"}).status_code == 404
    assert as_ben.get(way).status_code == 405
    assert client.post(way).url.startswith("/accounts/login/")
    with pytest.raises(Refused) as caught:
        change_usual_way(membership=bens_membership, by=gil, comes_online=True)
    assert caught.value.refusal.code == "not-yours"
    Group.everything.update(format="in-person")
    page = as_ben.post(way, {"takes_part": "home"}, follow=True).content.decode()
    assert "This group meets in one way only." in page
    assert "From now on from home" not in page
    Membership.objects.update(state="left", ended_at=timezone.now())
    assert as_ben.post(way, {"takes_part": "home"}).status_code == 404
