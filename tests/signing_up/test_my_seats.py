"""A place taken and given back on the page of one's own date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import SeatState
from directory.models import Group, Meeting, Seat
from tests import factories
from tests.signing_up.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def test_a_place_is_taken_and_given_back(as_ben: Client, ben: Person, meeting: Meeting) -> None:
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), {"next": "/me/"})
    assert response.url == "/me/"
    assert Seat.objects.get(person=ben).state == SeatState.CONFIRMED
    assert "You have a place" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("give_back_seat", args=[meeting.pk]))
    assert Seat.objects.get(person=ben).state == SeatState.GIVEN_BACK


def test_a_button_leads_to_no_other_site(as_ben: Client, meeting: Meeting) -> None:
    away = {"next": "https://evil.example/"}
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), away)
    assert response.url == reverse("my_meeting", args=[meeting.pk])


def test_a_full_date_says_how_many_wait(as_ben: Client, group: Group) -> None:
    meeting = factories.make_meeting(group, capacity=1)
    for state in (SeatState.CONFIRMED, SeatState.WAITING):
        person = factories.make_person()
        factories.make_membership(group, person)
        factories.make_seat(meeting, person, state)
    assert "This date is full. You can wait" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    assert "1 person waits longer than you" in page_of(as_ben, "my_meeting", meeting.pk)


@pytest.mark.parametrize("name", ["take_seat", "give_back_seat"])
def test_a_stale_tab_that_posts_twice_does_it_once(
    as_ben: Client, ben: Person, meeting: Meeting, name: str
) -> None:
    if name == "give_back_seat":
        factories.make_seat(meeting, ben)
    for _number in range(2):
        as_ben.post(reverse(name, args=[meeting.pk]))
    assert Seat.objects.count() == 1


def test_a_refusal_is_a_sentence(as_ben: Client, group: Group) -> None:
    begun = factories.make_meeting(group, timezone.now() - timedelta(minutes=5))
    response = as_ben.post(reverse("take_seat", args=[begun.pk]), follow=True)
    assert "This meeting has begun already." in response.content.decode()


def test_a_member_says_that_they_cannot_come_and_takes_it_again(
    as_ben: Client, ben: Person, meeting: Meeting
) -> None:
    seat = factories.make_seat(meeting, ben)
    assert "I cannot come this time" in page_of(as_ben, "my_meeting", meeting.pk)
    as_ben.post(reverse("give_back_seat", args=[meeting.pk]))
    page = page_of(as_ben, "my_meeting", meeting.pk)
    assert "You are not coming this time" in page
    assert "Take it again" in page
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    seat.refresh_from_db()
    assert seat.state == SeatState.CONFIRMED


def test_a_place_given_to_somebody_else_meanwhile_is_waited_for(
    as_ben: Client, ben: Person, group: Group
) -> None:
    full = factories.make_meeting(group, timezone.now() + timedelta(days=2), capacity=1)
    factories.make_seat(full, ben, SeatState.GIVEN_BACK)
    other = factories.make_person()
    factories.make_membership(group, other)
    factories.make_seat(full, other)
    assert "This date is full." in page_of(as_ben, "my_meeting", full.pk)
    answer = as_ben.post(reverse("take_seat", args=[full.pk]), follow=True)
    assert "You are on the waiting list for it." in answer.content.decode()
