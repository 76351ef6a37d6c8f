"""Who waits for a place, who has left the list for good, and what they hear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import cancel_meeting, restore_meeting
from directory.actions.memberships import leave_group
from directory.actions.seats import (
    expire_offers,
    give_back_seat,
    offer_free_places,
    offer_kept_places,
    seat_everybody,
)
from directory.choices import SeatState
from directory.emails import kinds, render
from directory.models import Group, Meeting, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, timezone.now() + timedelta(days=3), capacity=1)


@pytest.fixture
def there(meeting: Meeting) -> Person:
    """Somebody who has the one place."""
    return member_at(meeting, SeatState.CONFIRMED)


@pytest.fixture
def waits(there: Person, meeting: Meeting) -> Person:
    """The one person who waits for it."""
    return member_at(meeting, SeatState.WAITING)


def member_at(meeting: Meeting, state: str, **fields: object) -> Person:
    person = factories.make_person()
    membership = factories.make_membership(meeting.group, person)
    factories.make_seat(meeting, person, state, membership=membership, **fields)
    return person


def single_at(meeting: Meeting, state: str, **fields: object) -> Person:
    person = factories.make_person()
    ground = {
        "acceptance": factories.make_acceptance(person),
        "consent": factories.make_consent(person, meeting.group),
    }
    factories.make_seat(meeting, person, state, **ground, **fields)
    return person


def state_of(meeting: Meeting, person: Person) -> str:
    return Seat.objects.get(meeting=meeting, person=person).state


def every_job(meeting: Meeting) -> None:
    seat_everybody()
    expire_offers()
    offer_kept_places()
    offer_free_places(meeting=meeting)


def test_who_leaves_the_list_is_not_queued_again(
    meeting: Meeting, there: Person, waits: Person
) -> None:
    give_back_seat(meeting=meeting, by=waits)
    give_back_seat(meeting=meeting, by=there)
    every_job(meeting)
    assert state_of(meeting, waits) == SeatState.GIVEN_BACK
    cancel_meeting(meeting=meeting, by=None, reason="Snow", tells=False)
    meeting.refresh_from_db()
    restore_meeting(meeting=meeting, by=None)
    assert state_of(meeting, waits) == SeatState.GIVEN_BACK
    assert not OutgoingMail.objects.filter(kind=kinds.SEAT_OFFERED).exists()


def test_who_leaves_the_group_is_not_queued_again(
    meeting: Meeting, there: Person, waits: Person
) -> None:
    leave_group(membership=waits.memberships.get(), by=waits)
    give_back_seat(meeting=meeting, by=there)
    every_job(meeting)
    assert state_of(meeting, waits) == SeatState.GIVEN_BACK
    assert not OutgoingMail.objects.filter(person=waits).exists()


def test_those_who_wait_are_told_of_a_cancellation(meeting: Meeting, there: Person) -> None:
    until = timezone.now() + timedelta(hours=5)
    asked = [
        single_at(meeting, SeatState.WAITING),
        single_at(meeting, SeatState.OFFERED, offer_expires_at=until),
    ]
    gone = single_at(meeting, SeatState.GIVEN_BACK)
    cancel_meeting(meeting=meeting, by=None, reason="Snow")
    mails = {mail.person: mail for mail in OutgoingMail.objects.filter(kind="meeting_cancelled")}
    assert {there, *asked} <= mails.keys()
    assert gone not in mails
    assert all("cancelled" in render(mails[person]).body for person in asked)


def test_a_cancelled_date_keeps_its_list_and_offers_nothing(
    meeting: Meeting, there: Person, waits: Person
) -> None:
    cancel_meeting(meeting=meeting, by=None, reason="Snow", tells=False)
    meeting.refresh_from_db()
    every_job(meeting)
    assert state_of(meeting, waits) == SeatState.WAITING
    restore_meeting(meeting=meeting, by=None)
    assert (state_of(meeting, there), state_of(meeting, waits)) == ("confirmed", "waiting")
