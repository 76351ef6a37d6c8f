"""A place that is held for somebody: shown, taken, let go, run out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from accounts.references import reference
from directory.choices import SeatState
from directory.emails import kinds, render
from directory.models import Consent, Group, Meeting, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    """One place, and it is held for Ben."""
    return factories.make_meeting(group, timezone.now() + timedelta(days=3), capacity=1)


@pytest.fixture
def offer(meeting: Meeting, ben: Person) -> Seat:
    until = timezone.now() + timedelta(hours=6)
    return factories.make_seat(meeting, ben, SeatState.OFFERED, offer_expires_at=until)


@pytest.fixture
def next_in_line(meeting: Meeting) -> Seat:
    person = factories.make_person("Kit")
    factories.make_membership(meeting.group, person)
    return factories.make_seat(meeting, person, SeatState.WAITING)


def page_of(client: Client, meeting: Meeting) -> str:
    response = client.get(reverse("my_meeting", args=[meeting.pk]))
    assert response.status_code == 200
    return response.content.decode()


def state_of(seat: Seat) -> str:
    seat.refresh_from_db()
    return seat.state


def test_it_says_until_when_with_the_zone_and_two_buttons(as_ben: Client, offer: Seat) -> None:
    page = page_of(as_ben, offer.meeting)
    told = page.partition("A place is held for you until")[2].partition("</p>")[0]
    assert "London time" in told
    assert reverse("accept_offer", args=[offer.meeting_id]) in page
    assert reverse("decline_offer", args=[offer.meeting_id]) in page


def test_looking_at_it_changes_nothing(as_ben: Client, offer: Seat) -> None:
    page_of(as_ben, offer.meeting)
    for name in ("accept_offer", "decline_offer"):
        assert as_ben.get(reverse(name, args=[offer.meeting_id])).status_code == 405
    assert state_of(offer) == SeatState.OFFERED


def test_it_stands_first_among_ones_own_meetings(as_ben: Client, offer: Seat) -> None:
    page = as_ben.get(reverse("my_meetings")).content.decode()
    assert "Waiting for your answer" in page
    assert page.count(reverse("accept_offer", args=[offer.meeting_id])) == 1


def test_it_is_taken_by_a_press(as_ben: Client, offer: Seat) -> None:
    answer = as_ben.post(reverse("accept_offer", args=[offer.meeting_id]), follow=True)
    assert "You have a place." in answer.content.decode()
    assert state_of(offer) == SeatState.CONFIRMED


def test_it_is_let_go_and_the_next_one_is_asked(
    as_ben: Client, offer: Seat, next_in_line: Seat
) -> None:
    answer = as_ben.post(reverse("decline_offer", args=[offer.meeting_id]), follow=True)
    assert "The next person is asked now." in answer.content.decode()
    assert state_of(offer) == SeatState.GIVEN_BACK
    assert state_of(next_in_line) == SeatState.OFFERED


def test_one_that_ran_out_says_so_kindly_and_one_can_wait_again(
    as_ben: Client, offer: Seat, next_in_line: Seat
) -> None:
    Seat.objects.filter(pk=offer.pk).update(offer_expires_at=timezone.now() - timedelta(minutes=1))
    page = page_of(as_ben, offer.meeting)
    assert "the time ran out. That is all right" in page
    assert "Wait again" in page
    late = as_ben.post(reverse("accept_offer", args=[offer.meeting_id]), follow=True)
    assert "The place was held for you until now." in late.content.decode()
    as_ben.post(reverse("take_seat", args=[offer.meeting_id]))
    assert state_of(offer) == SeatState.WAITING
    assert state_of(next_in_line) == SeatState.OFFERED


def test_shortly_before_the_start_a_free_place_is_for_who_presses(
    as_ben: Client, ben: Person, group: Group
) -> None:
    soon = factories.make_meeting(group, timezone.now() + timedelta(hours=1), capacity=1)
    waits = factories.make_seat(soon, ben, SeatState.WAITING)
    assert "Take the free place" in page_of(as_ben, soon)
    as_ben.post(reverse("take_seat", args=[soon.pk]))
    assert state_of(waits) == SeatState.CONFIRMED


@pytest.mark.parametrize("name", ["accept_offer", "decline_offer"])
def test_a_stranger_a_bad_address_and_a_visitor(
    client: Client, as_ada: Client, offer: Seat, name: str
) -> None:
    address = reverse(name, args=[offer.meeting_id])
    assert as_ada.post(address).status_code == 404
    assert as_ada.post(reverse(name, args=[offer.pk])).status_code == 404
    assert client.post(address).url.startswith("/accounts/login/")
    assert state_of(offer) == SeatState.OFFERED


def test_who_waits_has_nothing_to_accept(as_ben: Client, ben: Person, meeting: Meeting) -> None:
    seat = factories.make_seat(meeting, ben, SeatState.WAITING)
    as_ben.post(reverse("accept_offer", args=[meeting.pk]))
    assert state_of(seat) == SeatState.WAITING


def letter(seat: Seat) -> EmailMessage | None:
    """What would be sent of the offer at this moment."""
    mail = OutgoingMail(kind=kinds.SEAT_OFFERED, about=reference(seat), person=seat.person)
    return render(mail)


def test_the_mail_says_until_when_and_leads_to_the_page(offer: Seat) -> None:
    message = letter(offer)
    assert message is not None
    assert "It is yours until" in message.body
    assert reverse("my_meeting", args=[offer.meeting_id]) in message.body
    assert reverse("accept_offer", args=[offer.meeting_id]) not in message.body


@pytest.mark.parametrize(
    "change",
    [
        lambda seat: Seat.objects.update(state=SeatState.CONFIRMED, offer_expires_at=None),
        lambda seat: Seat.objects.update(offer_expires_at=timezone.now()),
        lambda seat: Meeting.everything.update(status="cancelled", reason="Snow"),
        lambda seat: Consent.objects.update(withdrawn_at=timezone.now()),
        lambda seat: Person.objects.filter(pk=seat.person_id).update(is_safe_to_email=False),
    ],
    ids=["taken", "run out", "cancelled", "consent taken back", "not safe to mail"],
)
def test_it_is_not_sent_when_it_is_no_longer_true(
    offer: Seat, change: Callable[[Seat], object]
) -> None:
    change(offer)
    offer.person.refresh_from_db()
    assert letter(offer) is None
