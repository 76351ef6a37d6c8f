"""Two people, two connections, one place; and the same without the lock, to show why it is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from unittest import mock

import pytest
from django.db import connection, transaction

from directory.actions import locks, memberships
from directory.actions.memberships import join_group, leave_group
from directory.actions.seats import give_back_seat, take_seat, taking
from directory.actions.series import generate_meetings
from directory.choices import AgreementKind
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories
from tests.signing_up.crowds import without_locks

pytestmark = pytest.mark.django_db(transaction=True)


def both_at_once(*calls: Callable[[], object]) -> list[Exception | None]:
    """Run each call in a thread and on a connection of its own; what each of them raised."""
    raised: list[Exception | None] = [None] * len(calls)
    start = threading.Barrier(len(calls))

    def run(number: int) -> None:
        start.wait()
        try:
            calls[number]()
        except Exception as error:  # noqa: BLE001 (told to the test)
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return raised


@contextmanager
def meeting_in_the_middle(module: object, name: str, *, seconds: float = 0.3):
    """Hold whoever asks "is it full?" until the other has asked too, or has no way to.

    With the lock the other never comes, so waiting is short; without it they do, however slow.
    """
    asked = threading.Barrier(2)
    real = getattr(module, name)

    def slow(*args: object) -> object:
        answer = real(*args)
        try:
            asked.wait(timeout=seconds)
        except threading.BrokenBarrierError:
            # The other one waits for our lock, as it should.
            asked.reset()
        return answer

    with mock.patch.object(module, name, slow):
        yield


@pytest.fixture
def last_seat() -> tuple[Meeting, list[Callable[[], object]]]:
    meeting = factories.make_meeting(factories.make_group(), capacity=1)
    people = [factories.make_person() for _number in range(2)]
    for person in people:
        factories.make_membership(meeting.group, person)
    return meeting, [lambda p=person: take_seat(meeting=meeting, by=p) for person in people]


@pytest.fixture
def last_membership() -> tuple[Group, list[Callable[[], object]]]:
    group = factories.make_group(capacity=1)
    terms = {
        "accepted_version": factories.current_agreement(),
        "consented_version": factories.current_agreement(AgreementKind.MEMBERSHIP),
    }
    people = [factories.make_person() for _number in range(2)]
    return group, [lambda p=person: join_group(group=group, by=p, **terms) for person in people]


def seat_states(meeting: Meeting) -> list[str]:
    return sorted(Seat.objects.filter(meeting=meeting).values_list("state", flat=True))


def membership_states(group: Group) -> list[str]:
    return sorted(Membership.objects.filter(group=group).values_list("state", flat=True))


def test_the_last_seat_is_given_once(last_seat: tuple[Meeting, list]) -> None:
    meeting, calls = last_seat
    with meeting_in_the_middle(taking, "_fits"):
        assert both_at_once(*calls) == [None, None]
    assert seat_states(meeting) == ["confirmed", "waiting"]


def test_without_the_lock_it_would_be_given_twice(last_seat: tuple[Meeting, list]) -> None:
    meeting, calls = last_seat
    with without_locks(), meeting_in_the_middle(taking, "_fits", seconds=15):
        assert both_at_once(*calls) == [None, None]
    assert seat_states(meeting) == ["confirmed", "confirmed"]


def test_the_last_membership_is_given_once(last_membership: tuple[Group, list]) -> None:
    group, calls = last_membership
    with meeting_in_the_middle(memberships, "is_full"):
        assert both_at_once(*calls) == [None, None]
    assert membership_states(group) == ["active", "waiting"]


def test_without_the_lock_the_group_would_be_over_full(last_membership: tuple[Group, list]) -> None:
    group, calls = last_membership
    with without_locks(), meeting_in_the_middle(memberships, "is_full", seconds=15):
        assert both_at_once(*calls) == [None, None]
    assert membership_states(group) == ["active", "active"]


def test_one_person_in_two_tabs_joins_once(last_membership: tuple[Group, list]) -> None:
    group, calls = last_membership
    refused = [error for error in both_at_once(calls[0], calls[0]) if error]
    assert [error.refusal.code for error in refused] == ["already-in"]
    assert membership_states(group) == ["active"]


def test_one_person_in_two_tabs_takes_one_seat(last_seat: tuple[Meeting, list]) -> None:
    meeting, calls = last_seat
    assert both_at_once(calls[0], calls[0]) == [None, None]
    assert seat_states(meeting) == ["confirmed"]


def test_who_waits_too_long_for_a_lock_is_asked_to_try_again(
    last_seat: tuple[Meeting, list],
) -> None:
    meeting, calls = last_seat
    outcome: list[Exception | None] = []

    def impatient() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        calls[0]()

    with transaction.atomic():
        locks.lock_meeting(meeting)
        outcome = both_at_once(impatient)
    assert isinstance(outcome[0], Refused)
    assert outcome[0].refusal == locks.BUSY
    assert seat_states(meeting) == []


def wait_until_somebody_waits() -> None:
    """Return when a connection waits for a lock of ours."""
    for _ in range(400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("Nobody waits.")


def with_patience(call: Callable[[], object]) -> Callable[[], object]:
    """Do the same, however long another one holds what it needs."""

    def wait() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '60s'")
        return call()

    return wait


def test_the_group_counts_as_it_is_after_the_wait(
    last_seat: tuple[Meeting, list[Callable[[], object]]],
) -> None:
    meeting, calls = last_seat
    Meeting.everything.update(capacity=None)
    Group.everything.update(meeting_capacity=2)
    calls[0]()
    thread = threading.Thread(target=both_at_once, args=(with_patience(calls[1]),))
    with transaction.atomic():
        locks.lock_meeting(meeting)
        Group.everything.update(meeting_capacity=1)
        thread.start()
        wait_until_somebody_waits()
    thread.join(timeout=60)
    assert seat_states(meeting) == ["confirmed", "waiting"]


def in_a_hurry(call: Callable[[], object]) -> Callable[[], object]:
    """Do the same without waiting for anybody's lock."""

    def hurry() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        return call()

    return hurry


def test_a_place_is_offered_without_holding_the_one_who_gets_it(
    last_seat: tuple[Meeting, list[Callable[[], object]]],
) -> None:
    meeting, calls = last_seat
    for call in calls:
        call()
    first, second = (seat.person for seat in Seat.objects.order_by("queued_at"))
    with transaction.atomic():
        locks.lock_person(second)
        leave = in_a_hurry(lambda: give_back_seat(meeting=meeting, by=first))
        assert both_at_once(leave) == [None]
    assert seat_states(meeting) == ["given-back", "offered"]


def test_a_place_in_the_group_is_given_without_holding_the_one_who_gets_it(
    last_membership: tuple[Group, list[Callable[[], object]]],
) -> None:
    group, calls = last_membership
    meeting = factories.make_meeting(group)
    for call in calls:
        call()
    first = Membership.objects.active().select_related("person").get()
    waiting = Membership.objects.waiting().select_related("person").get()
    with transaction.atomic():
        locks.lock_person(waiting.person)
        leave = in_a_hurry(lambda: leave_group(membership=first, by=first.person))
        assert both_at_once(leave) == [None]
    assert membership_states(group) == ["active", "left"]
    assert Seat.objects.get(meeting=meeting, person=waiting.person).is_confirmed


def test_who_joins_while_dates_are_made_has_a_place_at_each(
    last_membership: tuple[Group, list[Callable[[], object]]],
) -> None:
    group, calls = last_membership
    factories.make_series(group)
    assert both_at_once(calls[0], generate_meetings) == [None, None]
    dates = Meeting.everything.filter(group=group).count()
    assert dates > 10
    assert Seat.objects.confirmed().count() == dates
