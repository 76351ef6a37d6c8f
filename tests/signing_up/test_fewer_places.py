"""Fewer places than before, and places counted in another way: nobody too many, nobody lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.groups import update_group
from directory.actions.meetings import cancel_meeting, restore_meeting
from directory.choices import SeatState
from directory.emails import kinds, render
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = 24 * HOUR


def people_at(
    meeting: Meeting, number: int, state: str = SeatState.CONFIRMED, **fields: object
) -> list[Person]:
    """So many people with a seat, who asked for it one after the other."""
    people = [factories.make_person() for _number in range(number)]
    for place, person in enumerate(people):
        factories.make_membership(meeting.group, person)
        asked_at = timezone.now() - DAY + place * HOUR
        factories.make_seat(meeting, person, state, queued_at=asked_at, **fields)
    return people


def states(meeting: Meeting) -> dict[Person, str]:
    rows = Seat.objects.filter(meeting=meeting).select_related("person").order_by("asked_at")
    return {seat.person: seat.state for seat in rows}


def ways(meeting: Meeting) -> set[bool]:
    return set(Seat.objects.filter(meeting=meeting).values_list("is_online", flat=True))


def queue(meeting: Meeting) -> list[Person]:
    return [it.person for it in Seat.objects.waiting().filter(meeting=meeting)]


def told(kind: str) -> set[Person]:
    return {mail.person for mail in OutgoingMail.objects.filter(kind=kind)}


def code_of(group: Group, **fields: object) -> str:
    with pytest.raises(Refused) as caught:
        update_group(group=group, by=None, **fields)
    return caught.value.refusal.code


class TestRestored:
    @pytest.fixture
    def meeting(self) -> Meeting:
        """Cancelled with three people and one who waits; the group has two places since."""
        group = factories.make_group(meeting_capacity=3)
        meeting = factories.make_meeting(group, timezone.now() + 5 * DAY)
        people_at(meeting, 3)
        people_at(meeting, 1, SeatState.WAITING)
        cancel_meeting(meeting=meeting, by=None, reason="Snow", tells=False)
        update_group(group=group, by=None, meeting_capacity=2)
        meeting.refresh_from_db()
        return meeting

    def test_the_latest_to_come_is_first_in_line(self, meeting: Meeting) -> None:
        first, second, third, waits = states(meeting)
        restore_meeting(meeting=meeting, by=None)
        assert list(states(meeting).values()) == ["confirmed", "confirmed", "waiting", "waiting"]
        assert queue(meeting) == [third, waits]
        assert {first, second} & told(kinds.SEAT_WAITS) == set()

    def test_they_are_told_once_it_can_no_longer_be_undone(self, meeting: Meeting) -> None:
        third = list(states(meeting))[2]
        restore_meeting(meeting=meeting, by=None)
        mail = OutgoingMail.objects.get(kind=kinds.SEAT_WAITS)
        assert mail.person == third
        assert mail.send_after > timezone.now() + timedelta(minutes=4)
        assert "You are on the waiting list now" in render(mail).body
        assert AuditEntry.objects.filter(action="seat.waits_again").count() == 1
        Seat.objects.filter(person=third).update(state=SeatState.CONFIRMED)
        assert render(mail) is None

    def test_those_who_came_first_among_them_go_first(self, meeting: Meeting) -> None:
        _first, second, third, waits = states(meeting)
        Group.everything.update(meeting_capacity=1)
        restore_meeting(meeting=meeting, by=None)
        assert queue(meeting) == [second, third, waits]

    def test_an_offer_waits_before_any_place_does(self, meeting: Meeting) -> None:
        first = next(iter(states(meeting)))
        until = timezone.now() + HOUR
        Seat.objects.filter(person=first).update(state="offered", offer_expires_at=until)
        restore_meeting(meeting=meeting, by=None)
        assert queue(meeting)[0] == first

    def test_a_date_with_a_number_of_its_own_keeps_all(self, meeting: Meeting) -> None:
        Meeting.everything.update(capacity=3)
        restore_meeting(meeting=meeting, by=None)
        assert list(states(meeting).values()).count("confirmed") == 3
        assert not told(kinds.SEAT_WAITS)

    def test_from_home_is_counted_apart(self, meeting: Meeting) -> None:
        at_home = people_at(meeting, 2, is_online=True)
        Group.everything.update(format="hybrid", meeting_capacity=3, online_capacity=1)
        restore_meeting(meeting=meeting, by=None)
        assert at_home[1] in queue(meeting)
        assert list(states(meeting).values()).count("confirmed") == 4


class TestFormat:
    @pytest.fixture
    def group(self) -> Group:
        return factories.make_group(format="hybrid", meeting_capacity=3, online_capacity=2)

    @pytest.fixture
    def meeting(self, group: Group) -> Meeting:
        return factories.make_meeting(group, timezone.now() + 5 * DAY)

    def test_all_come_in_the_way_that_is_left_and_are_told(self, meeting: Meeting) -> None:
        in_the_room, at_home = people_at(meeting, 1), people_at(meeting, 2, is_online=True)
        update_group(group=meeting.group, by=None, format="in-person")
        assert set(states(meeting).values()) == {"confirmed"}
        assert ways(meeting) == {False}
        assert told(kinds.FORMAT_CHANGED) == set(at_home)
        assert not told(kinds.FORMAT_CHANGED) & set(in_the_room)
        mail = OutgoingMail.objects.filter(kind=kinds.FORMAT_CHANGED).first()
        assert "in person" in render(mail).body

    def test_online_only_those_of_the_room_are_told(self, meeting: Meeting) -> None:
        (there,) = people_at(meeting, 1, brings_companion=True)
        people_at(meeting, 2, is_online=True)
        update_group(group=meeting.group, by=None, format="online", **room())
        assert told(kinds.FORMAT_CHANGED) == {there}
        assert not Seat.objects.filter(brings_companion=True).exists()
        mail = OutgoingMail.objects.get(kind=kinds.FORMAT_CHANGED)
        assert "online" in render(mail).body
        Group.everything.update(format="hybrid")
        assert render(mail) is None

    def test_a_group_that_moves_online_as_a_whole_tells_all(self) -> None:
        meeting = factories.make_meeting(factories.make_group(meeting_capacity=4))
        people = people_at(meeting, 2, brings_companion=True)
        people_at(meeting, 1, SeatState.GIVEN_BACK)
        update_group(group=meeting.group, by=None, format="online", **room())
        assert told(kinds.FORMAT_CHANGED) == set(people)
        assert not Seat.objects.held().filter(brings_companion=True).exists()

    def test_too_many_together_are_refused_beside_the_number(self, meeting: Meeting) -> None:
        people_at(meeting, 2)
        people_at(meeting, 2, is_online=True)
        assert code_of(meeting.group, format="in-person") == "meeting_capacity"
        assert ways(meeting) == {False, True}
        update_group(group=meeting.group, by=None, format="in-person", meeting_capacity=4)
        assert set(states(meeting).values()) == {"confirmed"}

    def test_a_number_of_the_dates_own_is_asked_too(self, meeting: Meeting) -> None:
        Meeting.everything.update(capacity=2)
        people_at(meeting, 2)
        people_at(meeting, 1, is_online=True)
        assert code_of(meeting.group, format="in-person", meeting_capacity=9) == "format"

    def test_a_companion_needs_a_place_in_the_room_only(self, meeting: Meeting) -> None:
        people_at(meeting, 1, brings_companion=True)
        people_at(meeting, 2, is_online=True)
        assert code_of(meeting.group, format="in-person") == "meeting_capacity"
        update_group(group=meeting.group, by=None, format="online", **room())

    def test_the_two_lists_become_one(self, meeting: Meeting) -> None:
        people_at(meeting, 1)
        waits = people_at(meeting, 1, SeatState.WAITING, is_online=True)
        update_group(group=meeting.group, by=None, format="in-person")
        # There is room for them in the other way.
        assert states(meeting)[waits[0]] == "offered"

    def test_an_online_group_that_opens_a_room_keeps_people_online(self, ben: Person) -> None:
        group = factories.make_online_group(meeting_capacity=3, online_capacity=1)
        meeting = factories.make_meeting(group, timezone.now() + 5 * DAY)
        place = factories.make_place(group.organisation)
        people = people_at(meeting, 2)
        assert code_of(group, format="hybrid", place=place) == "online_capacity"
        update_group(group=group, by=None, format="hybrid", place=place, online_capacity=2)
        assert ways(meeting) == {True}
        assert Membership.objects.filter(person__in=people, comes_online=True).count() == 2
        assert not told(kinds.FORMAT_CHANGED)

    def test_a_date_that_is_cancelled_meanwhile_follows(self, meeting: Meeting) -> None:
        people_at(meeting, 2)
        at_home = people_at(meeting, 2, is_online=True)
        cancel_meeting(meeting=meeting, by=None, reason="Snow", tells=False)
        update_group(group=meeting.group, by=None, format="in-person")
        meeting.refresh_from_db()
        restore_meeting(meeting=meeting, by=None)
        assert ways(meeting) == {False}
        assert queue(meeting) == [at_home[1]]


def room() -> dict[str, object]:
    return {"online_room": {"url": "https://rooms.example.org/j/abc"}}
