"""Places for first-timers, for those at home, and for whoever comes along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Person
from directory.actions.seats import give_back_seat, offer_free_places, seat_members, take_seat
from directory.choices import SeatState
from directory.models import Group, Meeting, Seat
from directory.queries.seats import capacity_of, is_first_timer, is_full, places_left
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def member(group: Group, *, has_come: bool = True) -> Person:
    """Somebody in the group who has had a place at an earlier date, or comes for the first time."""
    person = factories.make_person()
    factories.make_membership(group, person)
    if has_come:
        past = Meeting.everything.filter(group=group, starts_at__lt=timezone.now()).first()
        past = past or factories.make_meeting(group, timezone.now() - 7 * DAY)
        factories.make_seat(past, person)
    return person


def take(meeting: Meeting, person: Person, **wishes: bool) -> str:
    return take_seat(meeting=meeting, by=person, **wishes).state


def state_of(meeting: Meeting, person: Person) -> str:
    return Seat.objects.get(meeting=meeting, person=person).state


class TestFirstTimers:
    @pytest.fixture
    def meeting(self) -> Meeting:
        """Three places, of which one is kept."""
        group = factories.make_group(meeting_capacity=3, first_timer_places=1)
        return factories.make_meeting(group, timezone.now() + 3 * DAY)

    def test_others_leave_a_place_for_them(self, meeting: Meeting) -> None:
        states = [take(meeting, member(meeting.group)) for _number in range(3)]
        assert states == ["confirmed", "confirmed", "waiting"]
        assert (places_left(meeting), places_left(meeting, for_first_timer=True)) == (0, 1)
        assert is_full(meeting)
        assert not is_full(meeting, for_first_timer=True)

    def test_a_first_timer_passes_those_for_whom_it_is_not(self, meeting: Meeting) -> None:
        for _number in range(3):
            take(meeting, member(meeting.group))
        assert take(meeting, member(meeting.group, has_come=False)) == "confirmed"
        assert take(meeting, member(meeting.group, has_come=False)) == "waiting"

    def test_beyond_the_kept_places_they_wait_like_anybody(self, meeting: Meeting) -> None:
        first_timers = [member(meeting.group, has_come=False) for _number in range(2)]
        assert [take(meeting, person) for person in first_timers] == ["confirmed", "confirmed"]
        # One kept place and one of the others are theirs.
        returning = [member(meeting.group) for _number in range(2)]
        assert [take(meeting, person) for person in returning] == ["confirmed", "waiting"]

    def test_a_kept_place_that_comes_free_is_offered_to_the_first_of_them(
        self, meeting: Meeting
    ) -> None:
        new, newer = (member(meeting.group, has_come=False) for _number in range(2))
        old = [member(meeting.group) for _number in range(3)]
        for person in (*old, new, newer):
            take(meeting, person)
        give_back_seat(meeting=meeting, by=new)
        assert state_of(meeting, newer) == "offered"
        assert state_of(meeting, old[2]) == "waiting"

    def test_shortly_before_the_start_they_are_for_all(self, meeting: Meeting) -> None:
        soon = factories.make_meeting(meeting.group, timezone.now() + timedelta(hours=1.5))
        states = [take(soon, member(meeting.group)) for _number in range(3)]
        assert states == ["confirmed", "confirmed", "confirmed"]

    def test_one_is_new_once(self, meeting: Meeting) -> None:
        person = member(meeting.group, has_come=False)
        later = factories.make_meeting(meeting.group, meeting.starts_at + 7 * DAY)
        assert is_first_timer(person, later)
        take(meeting, person)
        assert is_first_timer(person, meeting)
        assert not is_first_timer(person, later)

    def test_members_places_leave_them_free_too(self, meeting: Meeting) -> None:
        old = [member(meeting.group) for _number in range(3)]
        later = factories.make_meeting(meeting.group, meeting.starts_at + 7 * DAY)
        seat_members(meetings=[meeting, later])
        assert [state_of(meeting, person) for person in old].count("confirmed") == 2
        assert [state_of(later, person) for person in old].count("confirmed") == 2

    def test_a_new_member_has_a_kept_place_at_the_first_date_only(self, meeting: Meeting) -> None:
        later = factories.make_meeting(meeting.group, meeting.starts_at + 7 * DAY)
        for _number in range(3):
            member(meeting.group)
        seat_members(meetings=[meeting, later])
        new = member(meeting.group, has_come=False)
        seat_members(membership=new.memberships.get())
        assert (state_of(meeting, new), state_of(later, new)) == ("confirmed", "waiting")

    def test_members_who_are_all_new_fill_a_date(self, meeting: Meeting) -> None:
        new = [member(meeting.group, has_come=False) for _number in range(4)]
        seat_members(meetings=[meeting])
        states = [state_of(meeting, person) for person in new]
        assert states == ["confirmed", "confirmed", "confirmed", "waiting"]


class TestTwoPools:
    @pytest.fixture
    def meeting(self) -> Meeting:
        group = factories.make_group(format="hybrid", meeting_capacity=1, online_capacity=2)
        return factories.make_meeting(group, timezone.now() + 3 * DAY)

    def test_each_has_its_own_number(self, meeting: Meeting) -> None:
        assert (capacity_of(meeting), capacity_of(meeting, is_online=True)) == (1, 2)
        states = [take(meeting, member(meeting.group), is_online=True) for _number in range(3)]
        assert states == ["confirmed", "confirmed", "waiting"]
        assert take(meeting, member(meeting.group)) == "confirmed"
        assert (places_left(meeting), places_left(meeting, is_online=True)) == (0, 0)

    def test_a_place_goes_to_those_who_wait_for_the_same(self, meeting: Meeting) -> None:
        at_home = [member(meeting.group) for _number in range(3)]
        for person in at_home:
            take(meeting, person, is_online=True)
        there, waits = member(meeting.group), member(meeting.group)
        take(meeting, there)
        take(meeting, waits)
        give_back_seat(meeting=meeting, by=there)
        assert (state_of(meeting, waits), state_of(meeting, at_home[2])) == ("offered", "waiting")

    def test_a_date_may_have_its_own(self, meeting: Meeting) -> None:
        Meeting.everything.update(online_capacity=7)
        meeting.refresh_from_db()
        assert capacity_of(meeting, is_online=True) == 7

    def test_an_offer_for_one_that_ran_out_bars_nobody_from_the_other(
        self, meeting: Meeting
    ) -> None:
        person = member(meeting.group)
        over = timezone.now() - timedelta(minutes=1)
        factories.make_seat(meeting, person, "offered", is_online=True, offer_expires_at=over)
        assert take(meeting, person) == "confirmed"

    def test_elsewhere_there_is_one(self) -> None:
        meeting = factories.make_meeting(factories.make_online_group(meeting_capacity=1))
        seat = take_seat(meeting=meeting, by=member(meeting.group), is_online=True)
        assert not seat.is_online
        assert take(meeting, member(meeting.group)) == "waiting"


class TestCompanions:
    @pytest.fixture
    def meeting(self) -> Meeting:
        group = factories.make_group(meeting_capacity=3, allows_companions=True)
        return factories.make_meeting(group, timezone.now() + 3 * DAY)

    def test_they_take_a_place_too(self, meeting: Meeting) -> None:
        assert take(meeting, member(meeting.group), brings_companion=True) == "confirmed"
        assert places_left(meeting) == 1
        assert take(meeting, member(meeting.group), brings_companion=True) == "waiting"

    def test_who_needs_two_places_is_not_passed_by(self, meeting: Meeting) -> None:
        first, pair, single = (member(meeting.group) for _number in range(3))
        take(meeting, first, brings_companion=True)
        take(meeting, pair, brings_companion=True)
        # One place is free, and held back for the two who wait.
        assert take(meeting, single) == "waiting"
        give_back_seat(meeting=meeting, by=first)
        assert (state_of(meeting, pair), state_of(meeting, single)) == ("offered", "offered")

    def test_one_may_come_along_later_while_there_is_room(self, meeting: Meeting) -> None:
        person, other = member(meeting.group), member(meeting.group)
        take(meeting, person)
        take(meeting, other)
        take(meeting, person, brings_companion=True)
        assert places_left(meeting) == 0
        with pytest.raises(Refused) as caught:
            take(meeting, other, brings_companion=True)
        assert caught.value.refusal.code == "no-place-for-companion"
        assert state_of(meeting, other) == SeatState.CONFIRMED

    @pytest.mark.parametrize(
        ("fields", "online"),
        [({"allows_companions": False}, False), ({"format": "hybrid"}, True)],
    )
    def test_not_everywhere(self, meeting: Meeting, fields: dict, online: bool) -> None:
        Group.everything.update(**fields)
        person = member(meeting.group)
        fresh = Meeting.everything.get(pk=meeting.pk)
        with pytest.raises(Refused) as caught:
            take(fresh, person, brings_companion=True, is_online=online)
        assert caught.value.refusal.code == "no-companions"

    def test_more_places_let_both_in(self, meeting: Meeting) -> None:
        take(meeting, member(meeting.group), brings_companion=True)
        pair = member(meeting.group)
        take(meeting, pair, brings_companion=True)
        Meeting.everything.update(capacity=4)
        assert offer_free_places(meeting=meeting) == 1
        assert state_of(meeting, pair) == "offered"
