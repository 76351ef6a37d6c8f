"""The way into an online meeting: who gets the planted link, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from directory.choices import AgreementKind, MembershipState, SeatState
from directory.models import Consent, Group, Meeting, Membership
from directory.queries.rooms import online_room_for
from directory.rules.rooms import why_no_online_room
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

STARTS = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
OPEN = STARTS - timedelta(minutes=20)
PLANTED = ("planted-link", "987 654 3210", "planted-passcode")


@pytest.fixture
def group() -> Group:
    return factories.make_online_group(name="Online evening")


@pytest.fixture(autouse=True)
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, STARTS, minutes=90)


def pages_seen_by(person: Person | None, group: Group) -> str:
    """Everything that this person can open about the group, in one text."""
    client = signed_in(person) if person else Client()
    meeting = Meeting.everything.filter(group=group).first()
    membership = Membership.objects.filter(person=person, group=group).first() if person else None
    addresses = [
        reverse("group", args=[group.slug]),
        reverse("meeting", args=[meeting.pk]),
        reverse("group_calendar", args=[group.slug]),
        reverse("meeting_calendar", args=[meeting.pk]),
        f"{reverse('shortlist')}?group={group.slug}",
        reverse("print_groups"),
        reverse("find_calendar"),
        reverse("join_group", args=[group.slug]),
        reverse("my_meetings"),
        reverse("my_meeting", args=[meeting.pk]),
    ]
    if membership:
        addresses.append(reverse("my_group", args=[membership.pk]))
    return "".join(client.get(address).content.decode() for address in addresses)


def sees_link(person: Person | None, group: Group, at: datetime = OPEN) -> bool:
    """All of the planted words, or none; anything between fails."""
    with time_machine.travel(at, tick=False):
        pages = pages_seen_by(person, group)
    seen = {word in pages for word in PLANTED}
    assert len(seen) == 1
    return seen.pop()


def member(group: Group, state: str = MembershipState.ACTIVE) -> Person:
    person = factories.make_person()
    factories.make_membership(group, person, state)
    return person


@pytest.mark.parametrize(
    "at",
    [STARTS - timedelta(minutes=30), STARTS, STARTS + timedelta(minutes=89)],
    ids=["half an hour before", "at the start", "until the end"],
)
def test_a_member_gets_it(group: Group, at: datetime) -> None:
    assert sees_link(member(group), group, at)


@pytest.mark.parametrize(
    "at",
    [STARTS - timedelta(minutes=31), STARTS + timedelta(minutes=90), STARTS - timedelta(days=2)],
    ids=["too early", "after the end", "days before"],
)
def test_not_too_early_and_not_too_late(group: Group, at: datetime) -> None:
    assert not sees_link(member(group), group, at)


def test_a_visitor_does_not(group: Group) -> None:
    assert not sees_link(None, group)


def test_nor_a_stranger_who_is_signed_in(group: Group, ada: Person) -> None:
    assert not sees_link(ada, group)


def test_nor_a_member_of_another_group(group: Group) -> None:
    assert not sees_link(member(factories.make_online_group()), group)


@pytest.mark.parametrize("state", ["asked", "waiting", "left", "declined", "removed"])
def test_nor_who_is_not_active(group: Group, state: str) -> None:
    assert not sees_link(member(group, MembershipState(state)), group)


def test_nor_a_member_with_an_old_agreement(group: Group) -> None:
    person = member(group)
    newest = factories.make_agreement()
    assert not sees_link(person, group)
    factories.make_acceptance(person, newest)
    assert sees_link(person, group)


def test_a_new_wording_of_the_consent_alone_takes_nothing_away(group: Group) -> None:
    person = member(group)
    factories.make_agreement(AgreementKind.MEMBERSHIP)
    assert sees_link(person, group)


def test_an_agreement_that_is_not_published_yet_does_not_count(group: Group) -> None:
    person = member(group)
    factories.make_agreement(published_at=None)
    assert sees_link(person, group)


def test_nor_for_a_date_that_is_cancelled(group: Group, meeting: Meeting) -> None:
    Meeting.everything.update(status="cancelled", reason="Snow")
    assert not sees_link(member(group), group)


def test_for_a_date_that_was_moved_the_new_time_counts(group: Group) -> None:
    later = STARTS + timedelta(days=1)
    Meeting.everything.update(starts_at=later, ends_at=later + timedelta(hours=1))
    person = member(group)
    assert not sees_link(person, group)
    assert sees_link(person, group, later)


NOT_CONFIRMED = (
    SeatState.WAITING,
    SeatState.OFFERED,
    SeatState.EXPIRED,
    SeatState.GIVEN_BACK,
)


def seated(meeting: Meeting, state: str) -> Person:
    """Somebody with a seat at one date and no membership: consent and agreement stand alone."""
    person = factories.make_person()
    offered = state == SeatState.OFFERED
    factories.make_seat(
        meeting,
        person,
        state,
        acceptance=factories.make_acceptance(person),
        consent=factories.make_consent(person, meeting.group),
        offer_expires_at=meeting.starts_at - timedelta(minutes=1) if offered else None,
    )
    return person


def test_a_confirmed_seat_at_this_date_is_enough(group: Group, meeting: Meeting) -> None:
    assert sees_link(seated(meeting, SeatState.CONFIRMED), group)


@pytest.mark.parametrize("state", NOT_CONFIRMED)
def test_a_seat_that_is_not_confirmed_is_not(
    group: Group, meeting: Meeting, state: SeatState
) -> None:
    assert not sees_link(seated(meeting, state), group)


def test_nor_is_one_of_somebody_who_took_back_that_we_may_keep_it(
    group: Group, meeting: Meeting
) -> None:
    person = seated(meeting, SeatState.CONFIRMED)
    Consent.objects.update(withdrawn_at=OPEN)
    assert not sees_link(person, group)


def test_who_has_a_place_at_a_later_date_reads_when_its_link_appears(
    group: Group, meeting: Meeting
) -> None:
    later = factories.make_meeting(group, STARTS + timedelta(days=7))
    person = seated(later, SeatState.CONFIRMED)
    refusal = why_no_online_room(group, person, OPEN)
    assert refusal is not None
    assert refusal.code == "too-early"


def test_a_seat_at_another_date_is_not(group: Group) -> None:
    other = factories.make_meeting(group, STARTS + timedelta(days=7))
    assert not sees_link(seated(other, SeatState.CONFIRMED), group)


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_nor_in_a_group_that_is_not_public(group: Group, status: str) -> None:
    person = member(group)
    Group.everything.update(status=status)
    assert not sees_link(person, Group.everything.get())


def test_a_group_in_person_hands_out_no_link(group: Group) -> None:
    person = member(group)
    place = factories.make_place()
    Group.everything.update(format="in-person", place=place)
    assert online_room_for(person, Group.everything.get(), OPEN) is None


@pytest.mark.parametrize(
    ("at", "code"), [(STARTS - timedelta(days=1), "too-early"), (OPEN, "no-room")]
)
def test_a_member_reads_why_there_is_none(at: datetime, code: str) -> None:
    group = factories.make_group(format="online")
    factories.make_meeting(group, STARTS)
    refusal = why_no_online_room(group, member(group), at)
    assert refusal is not None
    assert refusal.code == code


def test_before_that_the_page_says_when_it_opens(group: Group) -> None:
    with time_machine.travel(STARTS - timedelta(days=1), tick=False):
        assert "6:30\u00a0pm, London time" in pages_seen_by(member(group), group)


def test_an_address_for_members_is_for_members() -> None:
    place = factories.make_place(address="Planted Street 7", shown="area", area="Leeds, north")
    group = factories.make_group(place=place, organisation=place.organisation)
    factories.make_meeting(group)
    person = member(group)
    assert "Planted Street 7" in pages_seen_by(person, group)
    for other in (None, factories.make_person(), member(group, MembershipState.ASKED)):
        assert "Planted Street 7" not in pages_seen_by(other, group)
    factories.make_agreement()
    assert "Planted Street 7" not in pages_seen_by(person, group)


@pytest.mark.parametrize("state", [SeatState.CONFIRMED, *NOT_CONFIRMED])
def test_an_address_for_members_is_for_who_has_a_place(state: str) -> None:
    place = factories.make_place(address="Planted Street 7", shown="area", area="Leeds, north")
    group = factories.make_group(place=place, organisation=place.organisation)
    with time_machine.travel(OPEN, tick=False):
        date = factories.make_meeting(group, STARTS + timedelta(days=3))
        person = seated(date, state)
        sees = "Planted Street 7" in pages_seen_by(person, group)
        assert sees == (state == SeatState.CONFIRMED)
        Meeting.everything.update(status="cancelled", reason="Snow")
        assert "Planted Street 7" not in pages_seen_by(person, group)
