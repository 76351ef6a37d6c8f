"""How many places a second are taken on 32 connections, beside writing the same rows only."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.seats import take_seat
from directory.choices import SeatState
from directory.models import Group, Meeting, Membership, Seat
from tests import factories
from tests.signing_up.crowds import all_at_once, make_members

CONNECTIONS = 32
SIGN_UPS = 320
ROUNDS = 21
DATES = (1, 1_000)
# The rounds end after so many seconds, however many there were.
LONGEST = 45

Call = Callable[[], object]


def sign_up() -> dict[str, Any]:
    """Measure for one date, and for many."""
    return {str(dates): _measure(dates) for dates in DATES}


def _measure(dates: int) -> dict[str, list[float]]:
    """Let people sign up for so many dates, and write the same rows plainly, in turns."""
    group = factories.make_group()
    people = make_members(group, SIGN_UPS)
    meetings = _dates(group, dates)
    pairs = [(meetings[number % dates], person) for number, person in enumerate(people)]
    memberships = dict(Membership.objects.filter(group=group).values_list("person", "id"))
    taking: list[Call] = [partial(take_seat, meeting=it, by=person) for it, person in pairs]
    writing: list[Call] = [
        partial(_write, meeting, person, memberships[person.pk]) for meeting, person in pairs
    ]
    # Once without a watch: caches fill.
    _seconds(taking)
    _seconds(writing)
    ratios, rates = [], []
    until = time.monotonic() + LONGEST
    while len(ratios) < ROUNDS and (len(ratios) < 2 or time.monotonic() < until):
        taken, written = _seconds(taking), _seconds(writing)
        ratios.append(written / taken)
        rates.append(SIGN_UPS / taken)
    return {"ratios": ratios, "rates": rates}


def _dates(group: Group, number: int) -> list[Meeting]:
    model = factories.make_meeting(group)
    others = [
        Meeting(
            group=group,
            original_start=model.starts_at,
            starts_at=model.starts_at,
            ends_at=model.ends_at,
            time_zone=model.time_zone,
            # Half of all people find a place at a single date, the others wait.
            capacity=SIGN_UPS // 2,
        )
        for _number in range(number)
    ]
    return Meeting.everything.bulk_create(others)


@transaction.atomic
def _write(meeting: Meeting, person: Person, membership: Any) -> None:
    """Write the two rows that taking a place writes."""
    now = timezone.now()
    seat = Seat(
        meeting=meeting,
        person=person,
        membership_id=membership,
        state=SeatState.CONFIRMED,
        asked_at=now,
        queued_at=now,
        changed_at=now,
    )
    seat.save(force_insert=True)
    organisation = meeting.group.organisation
    record(by=person, action="seat.taken", about=seat, organisation=organisation, state=seat.state)


def _seconds(calls: list[Call]) -> float:
    """Return how long all of them took, from when everybody was connected."""
    began: list[float] = []
    outcomes = all_at_once(
        calls,
        connections=CONNECTIONS,
        when_connected=lambda: began.append(time.perf_counter()),
    )
    seconds = time.perf_counter() - began[0]
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    if errors or Seat.objects.count() != SIGN_UPS:
        raise SystemExit(f"{len(errors)} people got no answer: {errors[:1]}")
    Seat.objects.all().delete()
    return seconds
