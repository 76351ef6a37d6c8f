"""Places that come free are held for the next who waits, and for a while only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.meetings import move_meeting
from directory.actions.seats import (
    accept_offer,
    change_capacity,
    decline_offer,
    expire_offers,
    give_back_seat,
    let_go_first,
    offer_free_places,
    take_seat,
)
from directory.choices import MeetingStatus, SeatState
from directory.models import Group, Meeting, Seat
from directory.queries.seats import places_left, seat_of, waiting_before
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def members(group: Group, number: int) -> list[Person]:
    people = [factories.make_person() for _number in range(number)]
    for person in people:
        factories.make_membership(group, person)
    return people


def queued(
    group: Group, *, places: int = 1, people: int = 3, in_hours: float = 72
) -> tuple[Meeting, list[Person]]:
    """A date at which that many people asked for a place, one after the other."""
    start = timezone.now() + in_hours * HOUR
    meeting = factories.make_meeting(group, start, capacity=places)
    asking = members(group, people)
    for number, person in enumerate(asking):
        state = SeatState.CONFIRMED if number < places else SeatState.WAITING
        asked_at = timezone.now() - HOUR + number * timedelta(seconds=1)
        factories.make_seat(meeting, person, state, asked_at=asked_at)
    return meeting, asking


def state_of(meeting: Meeting, person: Person) -> str:
    return Seat.objects.get(meeting=meeting, person=person).state


def run_out(meeting: Meeting, person: Person) -> None:
    Seat.objects.filter(meeting=meeting, person=person).update(
        offer_expires_at=timezone.now() - HOUR
    )


def code_of(action: object, **given: object) -> str:
    with pytest.raises(Refused) as caught:
        action(**given)  # type: ignore[operator]
    return caught.value.refusal.code


def end_of_offer(meeting: Meeting, person: Person) -> datetime:
    return Seat.objects.get(meeting=meeting, person=person).offer_expires_at


def about(moment: datetime) -> object:
    return pytest.approx(moment.timestamp(), abs=60)


@pytest.mark.parametrize(("in_hours", "held_for"), [(72, 12), (9, 7)])
def test_an_offer_ends_after_a_while_and_two_hours_before_the_start(
    group: Group, in_hours: float, held_for: float
) -> None:
    meeting, (first, second, _third) = queued(group, in_hours=in_hours)
    give_back_seat(meeting=meeting, by=first)
    end = end_of_offer(meeting, second)
    assert end.timestamp() == about(timezone.now() + held_for * HOUR)


def test_how_long_an_offer_stands_is_a_setting(group: Group, settings: object) -> None:
    settings.SEAT_OFFER_HOURS = 3  # type: ignore[attr-defined]
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    assert end_of_offer(meeting, second).timestamp() == about(timezone.now() + 3 * HOUR)


def test_an_offer_holds_the_place(group: Group) -> None:
    meeting, (first, _second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    assert places_left(meeting) == 0
    assert take_seat(meeting=meeting, by=first).state == SeatState.WAITING


def test_an_offer_is_accepted_once_however_often_it_is_pressed(group: Group) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    for _time in range(2):
        assert accept_offer(meeting=meeting, by=second).state == SeatState.CONFIRMED
    assert AuditEntry.objects.filter(action="seat.offer_accepted").count() == 1


def test_taking_a_place_that_is_held_for_one_accepts_it(group: Group) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    assert take_seat(meeting=meeting, by=second).state == SeatState.CONFIRMED


def test_who_declines_is_not_asked_again_and_the_next_is(group: Group) -> None:
    meeting, (first, second, third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    decline_offer(meeting=meeting, by=second)
    assert state_of(meeting, second) == SeatState.GIVEN_BACK
    assert state_of(meeting, third) == SeatState.OFFERED
    decline_offer(meeting=meeting, by=third)
    assert {state_of(meeting, person) for person in (first, second, third)} == {"given-back"}


def test_an_offer_that_ran_out_goes_on_to_the_next(group: Group) -> None:
    meeting, (first, second, third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    run_out(meeting, second)
    assert expire_offers() == 1
    assert state_of(meeting, second) == SeatState.EXPIRED
    assert state_of(meeting, third) == SeatState.OFFERED
    assert expire_offers() == 0
    assert OutgoingMail.objects.filter(kind="seat_offered").count() == 2


def test_an_offer_that_ran_out_holds_nothing_before_the_job_comes(group: Group) -> None:
    meeting, (first, second) = queued(group, people=2)
    give_back_seat(meeting=meeting, by=first)
    run_out(meeting, second)
    assert places_left(meeting) == 1
    assert seat_of(second, meeting) is None
    assert code_of(accept_offer, meeting=meeting, by=second) == "offer-over"
    assert take_seat(meeting=meeting, by=first).state == SeatState.CONFIRMED
    assert state_of(meeting, second) == SeatState.EXPIRED


def test_who_let_an_offer_run_out_may_ask_again_at_the_end(group: Group) -> None:
    meeting, (first, second, third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    run_out(meeting, second)
    assert take_seat(meeting=meeting, by=second).state == SeatState.WAITING
    assert state_of(meeting, third) == SeatState.OFFERED


def test_giving_back_an_offer_that_ran_out_changes_nothing(group: Group) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    run_out(meeting, second)
    assert give_back_seat(meeting=meeting, by=second).state == SeatState.EXPIRED


def test_shortly_before_the_start_free_places_are_open_to_all(group: Group) -> None:
    meeting, (first, second, third) = queued(group, in_hours=1.9)
    give_back_seat(meeting=meeting, by=first)
    assert {state_of(meeting, second), state_of(meeting, third)} == {"waiting"}
    assert not OutgoingMail.objects.exists()
    # Whoever presses first has it, those who wait like anybody else.
    assert take_seat(meeting=meeting, by=third).state == SeatState.CONFIRMED
    assert take_seat(meeting=meeting, by=second).state == SeatState.WAITING


def test_until_then_who_waits_takes_no_place_by_pressing(group: Group) -> None:
    meeting, (_first, second, third) = queued(group)
    assert take_seat(meeting=meeting, by=third).state == SeatState.WAITING
    assert waiting_before(Seat.objects.get(person=third)) == 1
    assert waiting_before(Seat.objects.get(person=second)) == 0


@pytest.mark.parametrize(
    "fields", [{"status": MeetingStatus.CANCELLED, "reason": "Snow"}, {"group": "paused"}]
)
def test_what_does_not_take_place_offers_nothing(group: Group, fields: dict) -> None:
    meeting, (_first, second, _third) = queued(group)
    if fields.pop("group", ""):
        Group.everything.update(status="paused")
    Meeting.everything.update(capacity=3, **fields)
    assert offer_free_places(meeting=meeting) == 0
    assert state_of(meeting, second) == SeatState.WAITING


def test_an_offer_at_a_date_that_was_cancelled_is_not_accepted(group: Group) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    Meeting.everything.update(status=MeetingStatus.CANCELLED, reason="Snow")
    assert code_of(accept_offer, meeting=meeting, by=second) == "cancelled"


def test_an_offer_rests_on_the_agreement_of_now(group: Group) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    factories.make_agreement()
    assert code_of(accept_offer, meeting=meeting, by=second) == "new-agreement"


def test_nobody_accepts_what_is_held_for_somebody_else(group: Group, ben: Person) -> None:
    meeting, (first, _second, third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    assert code_of(accept_offer, meeting=meeting, by=third) == "offer-over"
    assert code_of(accept_offer, meeting=meeting, by=ben) == "offer-over"


def test_a_date_that_is_moved_closer_ends_its_offers_in_time(group: Group, fay: Person) -> None:
    meeting, (first, second, _third) = queued(group)
    give_back_seat(meeting=meeting, by=first)
    sooner = (timezone.now() + 8 * HOUR).replace(second=0, microsecond=0)
    move_meeting(meeting=meeting, by=fay, starts_at=sooner)
    assert end_of_offer(meeting, second) == sooner - 2 * HOUR


class TestCapacity:
    def test_more_places_are_offered_in_order(self, group: Group, fay: Person) -> None:
        meeting, (_first, second, third, fourth) = queued(group, people=4)
        change_capacity(meeting=meeting, by=fay, capacity=3)
        states = [state_of(meeting, person) for person in (second, third, fourth)]
        assert states == ["offered", "offered", "waiting"]

    def test_no_number_is_room_for_all(self, group: Group, fay: Person) -> None:
        meeting, people = queued(group, people=4)
        change_capacity(meeting=meeting, by=fay, capacity=None)
        assert {state_of(meeting, person) for person in people[1:]} == {"offered"}

    def test_never_fewer_than_are_taken_or_held(self, group: Group, fay: Person) -> None:
        meeting, (first, *_others) = queued(group, places=3, people=4)
        give_back_seat(meeting=meeting, by=first)
        with pytest.raises(Refused) as caught:
            change_capacity(meeting=meeting, by=fay, capacity=2)
        assert caught.value.refusal.code == "capacity-below"
        assert str(caught.value.refusal).startswith("3 people have a place already.")
        assert Meeting.everything.get().capacity == 3

    def test_the_groups_own_number_is_asked_as_well(self, group: Group, fay: Person) -> None:
        Group.everything.update(meeting_capacity=1)
        meeting, _people = queued(Group.everything.get(), places=3, people=3)
        assert code_of(change_capacity, meeting=meeting, by=fay, capacity=None) == "capacity-below"

    def test_a_meeting_has_a_place(self, group: Group, fay: Person) -> None:
        meeting, _people = queued(group)
        assert code_of(change_capacity, meeting=meeting, by=fay, capacity=0) == "capacity"

    def test_it_is_for_those_who_run_the_group(self, group: Group, gil: Person) -> None:
        meeting, _people = queued(group)
        assert code_of(change_capacity, meeting=meeting, by=gil, capacity=9) == "not-yours"


class TestOrder:
    def seat(self, meeting: Meeting, person: Person) -> Seat:
        return Seat.objects.select_related("meeting").get(meeting=meeting, person=person)

    def order(self, meeting: Meeting) -> list[Person]:
        return [seat.person for seat in Seat.objects.waiting().filter(meeting=meeting)]

    def test_somebody_goes_before_another_and_why_is_kept(self, group: Group, fay: Person) -> None:
        meeting, (_one, two, three, four) = queued(group, people=4)
        let_go_first(
            seat=self.seat(meeting, four),
            by=fay,
            before=self.seat(meeting, three),
            reason="Comes from far away",
        )
        assert self.order(meeting) == [two, four, three]
        entry = AuditEntry.objects.get(action="seat.let_go_first")
        assert (entry.detail["was"], entry.detail["now"]) == (3, 2)
        assert entry.detail["reason"] == "Comes from far away"

    def test_or_before_all_even_when_they_asked_at_one_moment(
        self, group: Group, fay: Person
    ) -> None:
        meeting, (_one, *waiting) = queued(group, people=4)
        Seat.objects.update(queued_at=timezone.now())
        last = self.order(meeting)[-1]
        let_go_first(seat=self.seat(meeting, last), by=fay, reason="New to the town")
        assert self.order(meeting)[0] == last
        assert set(self.order(meeting)) == set(waiting)

    def test_why_is_said(self, group: Group, fay: Person) -> None:
        meeting, (_one, two, _three) = queued(group)
        seat = self.seat(meeting, two)
        assert code_of(let_go_first, seat=seat, by=fay, reason=" ") == "reason"

    def test_only_facilitators_of_the_group_change_it(self, group: Group, gil: Person) -> None:
        meeting, (_one, two, _three) = queued(group)
        seat = self.seat(meeting, two)
        assert code_of(let_go_first, seat=seat, by=gil, reason="Me") == "not-facilitator"

    def test_only_those_who_wait_are_in_it(self, group: Group, fay: Person) -> None:
        meeting, (one, _two, _three) = queued(group)
        seat = self.seat(meeting, one)
        assert code_of(let_go_first, seat=seat, by=fay, reason="Kind") == "not-waiting"
