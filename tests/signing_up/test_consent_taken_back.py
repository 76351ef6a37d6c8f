"""A yes to our holding that one comes to a group is taken back where one's own pages name it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.consents import withdraw_consent
from directory.actions.seats import take_seat
from directory.choices import AgreementKind, MembershipState, SeatState
from directory.models import Attendance, Consent, Group, Meeting, Membership, RoomWatch, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, timezone.now() + timedelta(days=3), capacity=1)


@pytest.fixture
def coming(meeting: Meeting, ada: Person) -> Seat:
    """Ada comes to one date, and is not in the group."""
    return take_seat(
        meeting=meeting,
        by=ada,
        accepted_version=factories.current_agreement(),
        consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
    )


@pytest.fixture
def past(coming: Seat) -> Seat:
    """It is over now."""
    start = timezone.now() - timedelta(days=3)
    Meeting.everything.update(
        starts_at=start, original_start=start, ends_at=start + timedelta(hours=1)
    )
    return coming


def standing(person: Person) -> Consent:
    return Consent.objects.standing().get(person=person)


def test_somebody_with_past_dates_alone_takes_it_back_by_two_clicks(
    past: Seat, as_ada: Client, ada: Person
) -> None:
    address = reverse("withdraw_consent", args=[standing(ada).pk])
    page = as_ada.get(reverse("my_meetings")).content.decode()
    assert address in page
    assert past.meeting.group.name in page
    assert "We delete that you had a place at single dates." in as_ada.get(address).content.decode()
    done = as_ada.post(address, follow=True).content.decode()
    assert "Your yes is taken back" in done
    assert past.meeting.group.name not in done
    assert not Consent.objects.standing().filter(person=ada).exists()
    assert not Seat.objects.filter(person=ada).exists()


def test_looking_changes_nothing(past: Seat, as_ada: Client, ada: Person) -> None:
    as_ada.get(reverse("withdraw_consent", args=[standing(ada).pk]))
    assert standing(ada).withdrawn_at is None
    assert Seat.objects.filter(person=ada).exists()


def test_a_coming_place_goes_to_who_waits(
    meeting: Meeting, coming: Seat, ada: Person, ben: Person
) -> None:
    waits = take_seat(meeting=meeting, by=ben)
    RoomWatch.objects.create(group=meeting.group, person=ada, consent=coming.consent)
    withdraw_consent(consent=standing(ada), by=ada)
    waits.refresh_from_db()
    assert waits.state == SeatState.OFFERED
    assert not RoomWatch.objects.exists()
    assert not Seat.objects.filter(person=ada).exists()


def test_the_heads_that_were_counted_stay(past: Seat, ada: Person) -> None:
    Attendance.objects.create(meeting=past.meeting, came=7, first_time=1)
    withdraw_consent(consent=standing(ada), by=ada)
    assert Attendance.objects.get().came == 7


def test_a_member_leaves_with_it(bens_membership: Membership, meeting: Meeting) -> None:
    ben = bens_membership.person
    seat = take_seat(meeting=meeting, by=ben)
    withdraw_consent(consent=standing(ben), by=ben)
    bens_membership.refresh_from_db()
    assert bens_membership.state == MembershipState.LEFT
    assert not Seat.objects.filter(pk=seat.pk).exists()


def test_taken_back_twice_it_is_once(coming: Seat, ada: Person, as_ada: Client) -> None:
    consent = standing(ada)
    for _time in range(2):
        withdraw_consent(consent=consent, by=ada)
    assert AuditEntry.objects.filter(action="consent.withdrawn").count() == 1
    answer = as_ada.post(reverse("withdraw_consent", args=[consent.pk]))
    assert answer.url == reverse("my_meetings")


def test_another_group_is_left_alone(coming: Seat, ada: Person, other_group: Group) -> None:
    date = factories.make_meeting(other_group, timezone.now() + timedelta(days=3))
    kept = take_seat(
        meeting=date,
        by=ada,
        consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
    )
    withdraw_consent(consent=coming.consent, by=ada)  # type: ignore[arg-type]
    kept.refresh_from_db()
    assert kept.is_confirmed
    assert standing(ada).group == other_group


def test_nobody_takes_back_anothers(
    coming: Seat, ada: Person, ben: Person, as_ben: Client, client: Client
) -> None:
    address = reverse("withdraw_consent", args=[standing(ada).pk])
    assert as_ben.get(address).status_code == 404
    assert as_ben.post(address).status_code == 404
    assert client.get(address).url.startswith("/accounts/login/")
    with pytest.raises(Refused):
        withdraw_consent(consent=standing(ada), by=ben)
    assert standing(ada).withdrawn_at is None


def test_bad_numbers_and_methods(coming: Seat, ada: Person, as_ada: Client) -> None:
    assert as_ada.get(reverse("withdraw_consent", args=[0])).status_code == 404
    assert as_ada.put(reverse("withdraw_consent", args=[standing(ada).pk])).status_code == 405


def test_the_page_says_so_where_consent_is_given(meeting: Meeting, as_ada: Client) -> None:
    factories.current_agreement()
    factories.current_agreement(AgreementKind.MEMBERSHIP)
    address = reverse("come_to_meeting", args=[meeting.pk]) + "?step=check"
    assert "You can take it back at any time" in as_ada.get(address).content.decode()
