"""The agreement, read and agreed to on a page of one's own."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.choices import SeatState
from directory.models import Acceptance, Group, Meeting, Seat
from tests import factories
from tests.signing_up.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def test_a_new_agreement_is_asked_for_before_a_place(as_ben: Client, meeting: Meeting) -> None:
    newest = factories.make_agreement()
    response = as_ben.post(reverse("take_seat", args=[meeting.pk]), {"next": "/me/"})
    assert response.url == "/me/agreement/?next=%2Fme%2F"
    assert "has changed" in page_of(as_ben, "my_meetings")
    agreed = {"accepts": "on", "accepted_number": newest.number, "next": "/me/"}
    assert as_ben.post(reverse("accept_agreement"), agreed).url == "/me/"
    as_ben.post(reverse("take_seat", args=[meeting.pk]))
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_agreeing_is_stored_once_with_version_and_time(as_ada: Client, ada: Person) -> None:
    version = factories.current_agreement()
    before = timezone.now()
    for _number in range(2):
        sent = {"accepts": "on", "accepted_number": version.number}
        as_ada.post(reverse("accept_agreement"), sent)
    acceptance = Acceptance.objects.get()
    assert (acceptance.person, acceptance.version) == (ada, version)
    assert before <= acceptance.accepted_at <= timezone.now()
    assert "You agreed to version 1" in page_of(as_ada, "accept_agreement")


@pytest.mark.parametrize("sent", [{"next": ""}, {"accepts": "on"}, {"accepted_number": "1"}])
def test_agreeing_takes_the_box(as_ada: Client, sent: dict[str, str]) -> None:
    factories.current_agreement()
    response = as_ada.post(reverse("accept_agreement"), sent)
    assert "There is a problem" in response.content.decode()
    assert Acceptance.objects.count() == 0


def test_a_site_without_agreement_has_the_page(as_ada: Client) -> None:
    assert "no agreement to show you yet" in page_of(as_ada, "accept_agreement")
