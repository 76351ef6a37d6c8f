"""Places kept for first-timers: who has the first that is free, and when they are for all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import cancel_meeting
from directory.actions.seats import (
    decline_offer,
    give_back_seat,
    offer_kept_places,
    seat_members,
    take_seat,
)
from directory.choices import SeatState
from directory.forms.moderate.group_words import HINTS
from directory.models import Group, Meeting, Seat
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
DAY = 24 * HOUR


@pytest.fixture
def group() -> Group:
    """Three places at each date, of which one is kept."""
    return factories.make_group(meeting_capacity=3, first_timer_places=1)


def dates(group: Group, number: int, *, in_hours: float = 72) -> list[Meeting]:
    first = timezone.now() + in_hours * HOUR
    return [factories.make_meeting(group, first + week * 7 * DAY) for week in range(number)]


def members(group: Group, number: int, *, have_come: bool) -> list[Person]:
    people = [factories.make_person() for _number in range(number)]
    past = factories.make_meeting(group, timezone.now() - 7 * DAY) if have_come else None
    for place, person in enumerate(people):
        joined_at = timezone.now() - (number - place + (50 if have_come else 0)) * HOUR
        factories.make_membership(group, person, joined_at=joined_at)
        if past:
            factories.make_seat(past, person)
    return people


def states(person: Person, meetings: list[Meeting]) -> str:
    """The person's states at these dates, one letter each."""
    found = dict(Seat.objects.of(person).values_list("meeting", "state"))
    return "".join(found.get(meeting.pk, "-")[0] for meeting in meetings)


class TestStandingSeats:
    def test_each_who_is_new_has_the_first_date_with_a_kept_place(self, group: Group) -> None:
        members(group, 4, have_come=True)
        new = members(group, 3, have_come=False)
        coming = dates(group, 4)
        seat_members(meetings=coming)
        assert [states(person, coming) for person in new] == ["cwww", "wcww", "wwcw"]

    def test_an_ordinary_place_makes_somebody_known_too(self, group: Group) -> None:
        members(group, 1, have_come=True)
        new = members(group, 3, have_come=False)
        coming = dates(group, 3)
        seat_members(meetings=coming)
        # Two of three come to the first date beside the one who was there: both are known then.
        assert [states(person, coming) for person in new] == ["ccc", "cww", "wcw"]

    def test_dates_made_one_by_one_come_to_the_same(self, group: Group) -> None:
        members(group, 4, have_come=True)
        new = members(group, 3, have_come=False)
        coming = dates(group, 4)
        for meeting in coming:
            seat_members(meetings=[meeting])
        assert [states(person, coming) for person in new] == ["cwww", "wcww", "wwcw"]

    def test_who_joins_finds_the_first_kept_place_that_is_left(self, group: Group) -> None:
        members(group, 4, have_come=True)
        members(group, 2, have_come=False)
        coming = dates(group, 4)
        seat_members(meetings=coming)
        (newest,) = members(group, 1, have_come=False)
        seat_members(membership=newest.memberships.get())
        assert states(newest, coming) == "wwcw"

    def test_several_groups_at_once(self, group: Group) -> None:
        other = factories.make_group(meeting_capacity=1)
        groups = [(group, 2), (other, 3)]
        coming = [meeting for one, number in groups for meeting in dates(one, number)]
        new = members(group, 4, have_come=False)
        (member,) = members(other, 1, have_come=False)
        assert seat_members(meetings=coming) == 11
        assert states(member, coming) == "--ccc"
        assert states(new[3], coming) == "wc---"


class TestNewAgain:
    @pytest.fixture
    def coming(self, group: Group) -> list[Meeting]:
        return dates(group, 2)

    @pytest.fixture
    def new(self, group: Group, coming: list[Meeting]) -> Person:
        """Somebody who has the kept place of the first date, and waits at the second."""
        members(group, 3, have_come=True)
        (person,) = members(group, 1, have_come=False)
        seat_members(meetings=coming)
        assert states(person, coming) == "cw"
        return person

    def test_who_gave_the_first_date_back_is_offered_the_next(
        self, coming: list[Meeting], new: Person
    ) -> None:
        assert offer_kept_places() == 0
        give_back_seat(meeting=coming[0], by=new)
        assert (offer_kept_places(), offer_kept_places()) == (1, 0)
        assert states(new, coming) == "go"

    def test_so_is_who_would_have_come_to_a_date_that_was_cancelled(
        self, coming: list[Meeting], new: Person
    ) -> None:
        cancel_meeting(meeting=coming[0], by=None, reason="Snow")
        assert offer_kept_places() == 1
        assert states(new, coming) == "co"

    def test_what_they_leave_to_others_by_that_is_offered_too(
        self, group: Group, coming: list[Meeting]
    ) -> None:
        (new,) = members(group, 1, have_come=False)
        known, waits = members(group, 2, have_come=True)
        for meeting in coming:
            factories.make_seat(meeting, new)
        factories.make_seat(coming[1], known)
        factories.make_seat(coming[1], waits, SeatState.WAITING)
        assert offer_kept_places() == 0
        # At the second date the kept place is theirs now, and an ordinary one is free.
        cancel_meeting(meeting=coming[0], by=None, reason="Snow")
        assert offer_kept_places() == 1
        assert states(waits, coming) == "-o"

    def test_one_kept_place_is_held_for_somebody_at_a_time(
        self, group: Group, coming: list[Meeting]
    ) -> None:
        known = members(group, 2, have_come=True)
        (new,) = members(group, 1, have_come=False)
        for meeting in coming:
            for person in known:
                factories.make_seat(meeting, person)
            factories.make_seat(meeting, new, SeatState.WAITING)
        assert offer_kept_places() == 1
        assert states(new, coming) == "ow"
        decline_offer(meeting=coming[0], by=new)
        assert offer_kept_places() == 1
        assert states(new, coming) == "go"


class TestForAll:
    def full(self, group: Group, *, in_hours: float) -> tuple[Meeting, list[Person]]:
        """Two of three places are taken and one is kept; two people wait."""
        (meeting,) = dates(group, 1, in_hours=in_hours)
        people = members(group, 4, have_come=True)
        for number, person in enumerate(people):
            state = SeatState.CONFIRMED if number < 2 else SeatState.WAITING
            factories.make_seat(
                meeting, person, state, queued_at=timezone.now() - (9 - number) * HOUR
            )
        return meeting, people

    def test_a_day_before_the_start_they_are_offered_to_those_who_wait(self, group: Group) -> None:
        meeting, people = self.full(group, in_hours=23.9)
        assert (offer_kept_places(), offer_kept_places()) == (1, 0)
        assert [states(person, [meeting]) for person in people] == ["c", "c", "o", "w"]
        assert OutgoingMail.objects.filter(kind="seat_offered").count() == 1

    @pytest.mark.parametrize("in_hours", [24.2, 1.9])
    def test_neither_before_that_nor_shortly_before_the_start(
        self, group: Group, in_hours: float
    ) -> None:
        self.full(group, in_hours=in_hours)
        assert offer_kept_places() == 0

    @pytest.mark.parametrize(("hours", "offered"), [(48, 1), (6, 0), (0, 0)])
    def test_how_long_before_is_a_setting(
        self, group: Group, settings: object, hours: int, offered: int
    ) -> None:
        settings.KEPT_PLACES_HOURS = hours  # type: ignore[attr-defined]
        self.full(group, in_hours=23.9)
        assert offer_kept_places() == offered

    def test_the_offer_ends_two_hours_before_the_start(self, group: Group) -> None:
        meeting, people = self.full(group, in_hours=9)
        offer_kept_places()
        seat = Seat.objects.get(person=people[2], meeting=meeting)
        assert seat.offer_expires_at == meeting.starts_at - 2 * HOUR

    def test_then_who_is_new_waits_like_anybody(self, group: Group) -> None:
        meeting, _people = self.full(group, in_hours=23.9)
        (new,) = members(group, 1, have_come=False)
        assert take_seat(meeting=meeting, by=new).state == SeatState.WAITING

    def test_a_paused_group_offers_none(self, group: Group) -> None:
        self.full(group, in_hours=23.9)
        Group.everything.update(status="paused")
        assert offer_kept_places() == 0


class TestWords:
    def test_who_waits_reads_when_they_are_for_all(
        self, group: Group, as_ben: Client, ben: Person
    ) -> None:
        (meeting,) = dates(group, 1)
        seat = factories.make_seat(meeting, ben, SeatState.WAITING)
        address = reverse("my_meeting", args=[meeting.pk])
        words = "Those that are still free are offered to everybody who waits from"
        assert words in as_ben.get(address).content.decode()
        Group.everything.update(first_timer_places=0)
        assert words not in as_ben.get(address).content.decode()
        Group.everything.update(first_timer_places=1, format="hybrid")
        Seat.objects.filter(pk=seat.pk).update(is_online=True)
        assert words not in as_ben.get(address).content.decode()

    def test_who_plans_reads_it_beside_the_number(self, group: Group, as_fay: Client) -> None:
        assert "From 24 hours before the start" in str(HINTS["first_timer_places"])
        (meeting,) = dates(group, 1)
        page = as_fay.get(reverse("waiting_list", args=[meeting.pk])).content.decode()
        assert "From 24 hours before the start, what is free of that is offered" in page
