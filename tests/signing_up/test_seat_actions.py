"""Places at one date: taken, waited for, given back, passed on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.groups import update_group
from directory.actions.seats import give_back_seat, offer_free_places, take_seat
from directory.choices import MeetingStatus, MembershipState, SeatState
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def member(group: Group) -> Person:
    person = factories.make_person()
    factories.make_membership(group, person)
    return person


def meeting_with(places: int, **fields: object) -> Meeting:
    return factories.make_meeting(factories.make_group(), capacity=places, **fields)


def refusal_of(meeting: Meeting, person: Person) -> str:
    with pytest.raises(Refused) as caught:
        take_seat(meeting=meeting, by=person)
    assert not Seat.objects.filter(meeting=meeting, person=person).exists()
    return caught.value.refusal.code


def states(meeting: Meeting) -> list[str]:
    return list(
        Seat.objects.filter(meeting=meeting).order_by("asked_at").values_list("state", flat=True)
    )


def test_a_member_takes_a_place(group: Group, ben: Person, bens_membership: Membership) -> None:
    seat = take_seat(meeting=factories.make_meeting(group), by=ben)
    assert (seat.state, seat.membership) == (SeatState.CONFIRMED, bens_membership)


def test_taking_twice_is_taking_once(group: Group, ben: Person) -> None:
    meeting = factories.make_meeting(group)
    assert take_seat(meeting=meeting, by=ben) == take_seat(meeting=meeting, by=ben)
    assert Seat.objects.count() == 1


def test_who_comes_after_the_last_place_waits() -> None:
    meeting = meeting_with(1)
    for _number in range(3):
        take_seat(meeting=meeting, by=member(meeting.group))
    assert states(meeting) == [SeatState.CONFIRMED, SeatState.WAITING, SeatState.WAITING]


def test_the_groups_number_of_places_holds_where_the_date_names_none() -> None:
    group = factories.make_group(meeting_capacity=1)
    meeting = factories.make_meeting(group)
    take_seat(meeting=meeting, by=member(group))
    assert take_seat(meeting=meeting, by=member(group)).state == SeatState.WAITING


def test_a_place_given_back_is_offered_to_the_first_who_waits_with_one_mail() -> None:
    meeting = meeting_with(1)
    first, second, third = (member(meeting.group) for _number in range(3))
    for person in (first, second, third):
        take_seat(meeting=meeting, by=person)
    give_back_seat(meeting=meeting, by=first)
    assert states(meeting) == [SeatState.GIVEN_BACK, SeatState.OFFERED, SeatState.WAITING]
    mail = OutgoingMail.objects.get(kind="seat_offered")
    assert (mail.person, mail.about) == (second, f"seat:{Seat.objects.get(person=second).id}")


def test_giving_back_twice_is_giving_back_once() -> None:
    meeting = meeting_with(1)
    first, second, third = (member(meeting.group) for _number in range(3))
    for person in (first, second, third):
        take_seat(meeting=meeting, by=person)
    give_back_seat(meeting=meeting, by=first)
    give_back_seat(meeting=meeting, by=first)
    assert states(meeting) == [SeatState.GIVEN_BACK, SeatState.OFFERED, SeatState.WAITING]


def test_who_takes_a_place_again_goes_to_the_end_of_the_queue() -> None:
    meeting = meeting_with(1)
    first, second = member(meeting.group), member(meeting.group)
    take_seat(meeting=meeting, by=first)
    take_seat(meeting=meeting, by=second)
    give_back_seat(meeting=meeting, by=first)
    again = take_seat(meeting=meeting, by=first)
    assert again.state == SeatState.WAITING
    assert states(meeting) == [SeatState.OFFERED, SeatState.WAITING]


def test_each_offer_to_the_same_person_is_told() -> None:
    meeting = meeting_with(1)
    first, second = member(meeting.group), member(meeting.group)
    take_seat(meeting=meeting, by=first)
    take_seat(meeting=meeting, by=second)
    give_back_seat(meeting=meeting, by=first)
    take_seat(meeting=meeting, by=first)
    give_back_seat(meeting=meeting, by=second)
    take_seat(meeting=meeting, by=second)
    give_back_seat(meeting=meeting, by=first)
    assert OutgoingMail.objects.filter(kind="seat_offered", person=second).count() == 2


def test_more_places_are_offered_to_those_who_wait() -> None:
    meeting = meeting_with(1)
    for _number in range(3):
        take_seat(meeting=meeting, by=member(meeting.group))
    Meeting.everything.filter(id=meeting.id).update(capacity=2)
    assert offer_free_places(meeting=meeting) == 1
    assert states(meeting) == [SeatState.CONFIRMED, SeatState.OFFERED, SeatState.WAITING]


def test_a_group_that_gets_more_places_fills_them(ben: Person, group: Group) -> None:
    Group.everything.update(capacity=1, meeting_capacity=1)
    waiting = factories.make_membership(group, factories.make_person(), MembershipState.WAITING)
    meeting = Meeting.everything.get(id=factories.make_meeting(group).id)
    for person in (ben, member(group)):
        take_seat(meeting=meeting, by=person)
    update_group(group=group, by=None, capacity=5, meeting_capacity=5)
    waiting.refresh_from_db()
    assert waiting.state == MembershipState.ACTIVE
    # Who came in has a place as well, behind those who waited for one.
    assert sorted(states(meeting)) == [SeatState.CONFIRMED, SeatState.CONFIRMED, SeatState.OFFERED]


@pytest.mark.parametrize("fields", [{"joining": "ask"}, {"allows_single_dates": False}])
def test_a_stranger_takes_no_place_where_one_has_to_join(ada: Person, fields: dict) -> None:
    meeting = factories.make_meeting(factories.make_group(**fields))
    assert refusal_of(meeting, ada) == "not-a-member"


@pytest.mark.parametrize("state", ["asked", "waiting", "left", "declined"])
def test_only_an_active_member_takes_a_place(group: Group, ada: Person, state: str) -> None:
    Group.everything.update(allows_single_dates=False)
    factories.make_membership(group, ada, MembershipState(state))
    assert refusal_of(factories.make_meeting(group), ada) == "not-a-member"


def test_not_for_a_cancelled_date(group: Group, ben: Person) -> None:
    meeting = factories.make_meeting(group, status=MeetingStatus.CANCELLED, reason="Snow")
    assert refusal_of(meeting, ben) == "cancelled"


def test_not_after_the_start(group: Group, ben: Person) -> None:
    begun = factories.make_meeting(group, timezone.now() - timedelta(minutes=1))
    assert refusal_of(begun, ben) == "begun"


def test_not_at_a_group_that_is_not_public(ada: Person) -> None:
    group = factories.make_group(status="paused")
    factories.make_membership(group, ada)
    assert refusal_of(factories.make_meeting(group), ada) == "not-public"


def test_a_new_agreement_is_read_first(group: Group, ben: Person) -> None:
    factories.make_agreement()
    assert refusal_of(factories.make_meeting(group), ben) == "new-agreement"


def test_nothing_is_given_back_after_the_start(group: Group, ben: Person) -> None:
    begun = factories.make_meeting(group, timezone.now() - timedelta(minutes=1))
    seat = factories.make_seat(begun, ben)
    with pytest.raises(Refused) as caught:
        give_back_seat(meeting=begun, by=ben)
    seat.refresh_from_db()
    assert (caught.value.refusal.code, seat.state) == ("begun", SeatState.CONFIRMED)


def test_nobody_gives_back_what_they_do_not_have(group: Group, ben: Person) -> None:
    with pytest.raises(Refused) as caught:
        give_back_seat(meeting=factories.make_meeting(group), by=ben)
    assert caught.value.refusal.code == "no-seat"


def test_the_database_refuses_a_seat_without_ground(group: Group, ada: Person) -> None:
    with pytest.raises(IntegrityError, match="seat_rests_on"), transaction.atomic():
        factories.make_seat(factories.make_meeting(group), ada)


def test_the_database_refuses_a_second_seat(group: Group, ben: Person) -> None:
    meeting = factories.make_meeting(group)
    factories.make_seat(meeting, ben)
    with pytest.raises(IntegrityError, match="seat_once"), transaction.atomic():
        factories.make_seat(meeting, ben)
