"""200 people on 32 connections want 10 places; and the same without the lock, to show why it is."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from random import Random
from unittest import mock

import pytest
from django.db import connection
from django.db.models import F, Max, Min

from accounts.models import OutgoingMail, Person
from directory.actions import locks
from directory.actions.seats import (
    accept_offer,
    change_capacity,
    give_back_seat,
    offer_free_places,
    take_seat,
    taking,
)
from directory.choices import SeatState
from directory.models import Meeting, Seat
from directory.refusals import Refused
from tests import factories
from tests.signing_up.crowds import all_at_once, make_members, without_locks

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, LEAVING, PLACES, CONNECTIONS = 200, 20, 10, 32
CAPACITIES = [12, 8, 11, 15, 5, 13, 10, 16]

# One statement sees one moment: the number of places, and all that is held of them.
TAKEN = """
SELECT meeting.capacity, count(seat.id)
FROM directory_meeting AS meeting
LEFT JOIN directory_seat AS seat ON seat.meeting_id = meeting.id
    AND (seat.state = 'confirmed' OR seat.state = 'offered' AND seat.offer_expires_at > now())
WHERE meeting.id = %s
GROUP BY meeting.id
"""


class Observer:
    """Looks on over a connection of its own, as often as it can, while others are at work."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        self.looks = 0
        self.over: list[tuple[int, int]] = []
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> Observer:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._is_over.set()
        self._thread.join(timeout=20)

    def look(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(TAKEN, [self.meeting.pk])
            capacity, taken = cursor.fetchone()
        self.looks += 1
        if taken > capacity:
            self.over.append((capacity, taken))

    def _look_on(self) -> None:
        try:
            while not self._is_over.wait(0.005):
                self.look()
        finally:
            connection.close()


def accept_any(meeting: Meeting) -> None:
    """Let the one who has been offered a place longest take it."""
    offered = Seat.objects.filter(meeting=meeting, state=SeatState.OFFERED)
    if seat := offered.select_related("person").order_by("queued_at").first():
        accept_offer(meeting=meeting, by=seat.person)


def codes(outcomes: list[object]) -> set[str]:
    """Why people were sent away; an error that is no kind sentence fails the test."""
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    strange = [error for error in errors if not isinstance(error, Refused)]
    assert not strange
    return {error.refusal.code for error in errors if isinstance(error, Refused)}


def deadlocks(outcomes: list[object]) -> list[object]:
    causes = [getattr(outcome, "__cause__", None) for outcome in outcomes]
    states = [getattr(getattr(it, "__cause__", None), "sqlstate", None) for it in causes]
    return [state for state in states if state == "40P01"]


@pytest.fixture
def race() -> tuple[Meeting, list[Person], list[Callable[[], object]]]:
    """Ten places, all taken; ten people wait already. 200 more press, and those 20 give back."""
    meeting = factories.make_meeting(factories.make_group(), capacity=PLACES)
    fay = factories.make_person("Fay")
    factories.make_facilitator(meeting.group, fay)
    people = make_members(meeting.group, PEOPLE + LEAVING)
    leaving, pressing = people[:LEAVING], people[LEAVING:]
    for person in leaving:
        take_seat(meeting=meeting, by=person)
    numbers = [partial(change_capacity, meeting=meeting, by=fay, capacity=it) for it in CAPACITIES]
    calls: list[Callable[[], object]] = [
        *(partial(take_seat, meeting=meeting, by=person) for person in pressing),
        *(partial(give_back_seat, meeting=meeting, by=person) for person in leaving),
        *(partial(accept_any, meeting) for _number in range(2 * LEAVING)),
        *numbers,
    ]
    Random(1).shuffle(calls)
    return meeting, people, calls


def test_never_more_than_there_are_and_nobody_is_lost(
    race: tuple[Meeting, list[Person], list[Callable[[], object]]],
) -> None:
    meeting, people, calls = race
    with Observer(meeting) as observer:
        outcomes = all_at_once(
            [partial(_and_look, call, observer) for call in calls], connections=CONNECTIONS
        )
    # Fewer places than are taken are refused; who looked for an offer may find it gone.
    assert codes(outcomes) <= {"busy", "capacity-below", "offer-over"}
    assert not deadlocks(outcomes)
    assert observer.looks > len(calls)
    assert not observer.over

    tried_again = _let_the_busy_try_again(calls, outcomes)
    assert tried_again < len(calls) / 4
    seats = Seat.objects.filter(meeting=meeting)
    assert {seat.person_id for seat in seats} == {person.pk for person in people}
    states = Counter(seats.values_list("state", flat=True))
    assert states[SeatState.GIVEN_BACK] == LEAVING
    assert set(states) <= {"given-back", "confirmed", "offered", "waiting"}

    capacity = Meeting.everything.get(pk=meeting.pk).capacity
    held = seats.taking_room()
    # No place is free while somebody waits, and nobody was passed by.
    assert held.count() == capacity
    last_in = held.aggregate(last=Max("queued_at"))["last"]
    assert last_in < seats.waiting().aggregate(first=Min("queued_at"))["first"]
    _assert_each_offer_is_told_once(meeting)


def _and_look(call: Callable[[], object], observer: Observer) -> object:
    try:
        return call()
    finally:
        observer.look()


def _let_the_busy_try_again(calls: list[Callable[[], object]], outcomes: list[object]) -> int:
    busy = [
        call
        for call, outcome in zip(calls, outcomes, strict=True)
        if isinstance(outcome, Refused) and outcome.refusal == locks.BUSY
    ]
    for call in busy:
        call()
    return len(busy)


def _assert_each_offer_is_told_once(meeting: Meeting) -> None:
    offers = OutgoingMail.objects.filter(kind="seat_offered")
    told = Counter(offers.values_list("about", flat=True))
    assert set(told.values()) == {1}
    assert offers.exclude(about__in=[f"seat:{pk}" for pk in _keys(meeting)]).count() == 0


def _keys(meeting: Meeting) -> list[object]:
    return list(Seat.objects.filter(meeting=meeting).values_list("pk", flat=True))


def test_places_that_come_free_go_to_those_in_front(
    race: tuple[Meeting, list[Person], list[Callable[[], object]]],
) -> None:
    """Once all is quiet, one more place goes to the one who has waited longest."""
    meeting, _people, _calls = race
    front = Seat.objects.filter(meeting=meeting).waiting()[0]
    Meeting.everything.filter(pk=meeting.pk).update(capacity=F("capacity") + 1)
    assert offer_free_places(meeting=meeting) == 1
    front.refresh_from_db()
    assert front.is_offered


def test_without_the_lock_places_would_be_sold_twice() -> None:
    meeting = factories.make_meeting(factories.make_group(), capacity=PLACES)
    people = make_members(meeting.group, PLACES + 2)
    everybody_read = threading.Barrier(len(people))
    real = taking._fits

    def after_all_have_read(*args: object) -> bool:
        answer = real(*args)
        everybody_read.wait(timeout=20)
        return answer

    with (
        without_locks(),
        mock.patch.object(taking, "_fits", after_all_have_read),
    ):
        calls = [partial(take_seat, meeting=meeting, by=person) for person in people]
        outcomes = all_at_once(calls, connections=len(people))
    assert not codes(outcomes)
    assert Seat.objects.confirmed().filter(meeting=meeting).count() == PLACES + 2
