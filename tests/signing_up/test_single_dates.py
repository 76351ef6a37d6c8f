"""A place at one date without joining the group: on the agreement, and on consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Person
from directory.actions.memberships import join_group, leave_group
from directory.actions.seats import accept_offer, give_back_seat, take_seat
from directory.choices import AgreementKind, MembershipState, SeatState
from directory.models import Acceptance, AgreementVersion, Consent, Group, Meeting, Membership, Seat
from directory.queries.roster import seats_held
from directory.refusals import Refused
from directory.rules.seats import why_not_take_seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, timezone.now() + timedelta(days=3))


@pytest.fixture
def terms(db: None) -> dict[str, AgreementVersion]:
    return {
        "accepted_version": factories.current_agreement(),
        "consented_version": factories.current_agreement(AgreementKind.MEMBERSHIP),
    }


def code_of(meeting: Meeting, person: Person, **given: Any) -> str:
    with pytest.raises(Refused) as caught:
        take_seat(meeting=meeting, by=person, **given)
    assert not Seat.objects.filter(person=person).exists()
    return caught.value.refusal.code


def test_a_visitor_takes_one_date_and_is_in_no_group(
    meeting: Meeting, ada: Person, terms: dict
) -> None:
    assert why_not_take_seat(meeting, ada) is None
    seat = take_seat(meeting=meeting, by=ada, **terms)
    assert (seat.state, seat.membership) == (SeatState.CONFIRMED, None)
    assert seat.acceptance == Acceptance.objects.get(person=ada)
    assert seat.consent == Consent.objects.standing().get(person=ada, group=meeting.group)
    assert not Membership.objects.filter(person=ada).exists()


@pytest.mark.parametrize(
    ("left_out", "code"),
    [("accepted_version", "agreement-missing"), ("consented_version", "consent-missing")],
)
def test_both_yeses_are_needed(
    meeting: Meeting, ada: Person, terms: dict, left_out: str, code: str
) -> None:
    terms[left_out] = None
    assert code_of(meeting, ada, **terms) == code
    assert not Acceptance.objects.filter(person=ada).exists()
    assert not Consent.objects.filter(person=ada).exists()


def test_to_the_wording_of_now(meeting: Meeting, ada: Person, terms: dict) -> None:
    factories.make_agreement()
    assert code_of(meeting, ada, **terms) == "agreement-changed"


def test_a_yes_that_stands_is_not_asked_for_again(
    meeting: Meeting, ada: Person, terms: dict
) -> None:
    first = take_seat(meeting=meeting, by=ada, **terms)
    second = take_seat(meeting=factories.make_meeting(meeting.group), by=ada)
    assert (second.acceptance, second.consent) == (first.acceptance, first.consent)
    # Nor does another one end what the first place rests on.
    third = take_seat(meeting=factories.make_meeting(meeting.group), by=ada, **terms)
    assert third.consent == first.consent
    assert seats_held().filter(person=ada).count() == 3


def test_groups_for_adults_ask_whether_one_is(meeting: Meeting, ada: Person, terms: dict) -> None:
    Group.everything.update(adults_only=True)
    assert code_of(meeting, ada, **terms) == "not-adult"
    assert take_seat(meeting=meeting, by=ada, is_adult=True, **terms).is_confirmed


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"allows_single_dates": False}, "not-a-member"),
        ({"joining": "ask", "answer_within_days": 3}, "not-a-member"),
        ({"joining": "just-come"}, "just-come"),
        ({"status": "paused"}, "not-public"),
    ],
)
def test_where_there_are_none(
    meeting: Meeting, ada: Person, terms: dict, fields: dict, code: str
) -> None:
    Group.everything.update(**fields)
    assert code_of(meeting, ada, **terms) == code


def test_nobody_who_was_removed_from_the_group(meeting: Meeting, ada: Person, terms: dict) -> None:
    factories.make_membership(meeting.group, ada, MembershipState.REMOVED)
    assert why_not_take_seat(meeting, ada).code == "removed"  # type: ignore[union-attr]
    assert code_of(meeting, ada, **terms) == "removed"


def test_a_full_date_has_them_wait_and_be_offered_a_place(
    meeting: Meeting, ada: Person, ben: Person, terms: dict
) -> None:
    Meeting.everything.update(capacity=1)
    take_seat(meeting=meeting, by=ben)
    assert take_seat(meeting=meeting, by=ada, **terms).is_waiting
    give_back_seat(meeting=meeting, by=ben)
    assert accept_offer(meeting=meeting, by=ada).is_confirmed


def test_giving_back_takes_consent_back_with_the_last_place(
    meeting: Meeting, ada: Person, terms: dict
) -> None:
    other = factories.make_meeting(meeting.group)
    for date in (meeting, other):
        take_seat(meeting=date, by=ada, **terms)
    give_back_seat(meeting=meeting, by=ada)
    assert Consent.objects.standing().filter(person=ada).exists()
    give_back_seat(meeting=other, by=ada)
    assert not Consent.objects.standing().filter(person=ada).exists()


def test_who_gave_back_takes_it_again_with_a_new_consent(
    meeting: Meeting, ada: Person, terms: dict
) -> None:
    take_seat(meeting=meeting, by=ada, **terms)
    give_back_seat(meeting=meeting, by=ada)
    seat = take_seat(meeting=meeting, by=ada, **terms)
    assert seat.is_confirmed
    assert seat.consent.withdrawn_at is None  # type: ignore[union-attr]
    assert Seat.objects.filter(person=ada).count() == 1


def test_who_joins_keeps_the_place_as_a_member(meeting: Meeting, ada: Person, terms: dict) -> None:
    take_seat(meeting=meeting, by=ada, **terms)
    membership = join_group(group=meeting.group, by=ada, **terms)
    seat = Seat.objects.get(person=ada)
    assert (seat.membership, seat.consent, seat.state) == (membership, None, "confirmed")
    leave_group(membership=membership, by=ada)
    seat.refresh_from_db()
    assert seat.state == SeatState.GIVEN_BACK


def test_who_waits_for_the_group_keeps_the_place_meanwhile(
    meeting: Meeting, ada: Person, ben: Person, terms: dict
) -> None:
    Group.everything.update(capacity=1)
    take_seat(meeting=meeting, by=ada, **terms)
    membership = join_group(group=meeting.group, by=ada, **terms)
    assert membership.is_waiting
    assert seats_held().filter(person=ada).count() == 1
    # Giving the place back leaves them in line for the group.
    give_back_seat(meeting=meeting, by=ada)
    assert membership.consent.withdrawn_at is None  # type: ignore[union-attr]
