"""The generator and people who change series, at the same moment, each on its own connection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.series import (
    end_series,
    generate_meetings,
    rearrange_series,
    skip_days,
)
from directory.choices import SeatState
from directory.models import Group, Meeting, Seat, Series
from directory.refusals import Refused
from tests import factories
from tests.facilitating.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
DAILY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    """All hours of the tests have passed today: twelve weeks are 84 dates at any of them."""
    with time_machine.travel(datetime(2030, 1, 1, 20, tzinfo=UTC)):
        yield


@pytest.fixture
def series(group: Group, fay: Person, ben: Person) -> Series:
    """Every day at noon, dates not made yet: Ben is to come to all."""
    tomorrow = timezone.now().date() + timedelta(days=1)
    return factories.make_series(
        group, rule=DAILY, first_on=tomorrow, starts_at_time=time(12), time_zone="UTC"
    )


def rearrange(series: Series, by: Person, hour: int) -> str:
    try:
        rearrange_series(
            series=series,
            by=by,
            from_start=None,
            first_on=series.first_on,
            starts_at_time=time(hour),
            duration_minutes=series.duration_minutes,
            rule=series.rule,
            time_zone=series.time_zone,
            skipped_on=[],
        )
    except Refused as refused:
        return refused.refusal.code
    return "done"


def going_ahead(group: Group) -> Counter[date]:
    """How many dates each day has."""
    dates = Meeting.everything.filter(group=group).going_ahead()
    return Counter(it.starts_at.date() for it in dates)


def test_generators_give_each_member_one_place(group: Group, series: Series, ben: Person) -> None:
    made = at_once(*[lambda: generate_meetings(check_gaps=True)] * 4)
    assert sum(made) == group.meetings.count() == 84
    assert Seat.objects.filter(person=ben, state=SeatState.CONFIRMED).count() == 84


def test_a_week_is_caught_up_once(series: Series) -> None:
    now = timezone.now()
    generate_meetings(now=now)
    later = now + timedelta(weeks=1)
    made = at_once(
        lambda: generate_meetings(now=later),
        lambda: generate_meetings(now=later, check_gaps=True),
        lambda: generate_meetings(now=later),
    )
    assert sum(made) == 7


def test_two_change_the_times_and_one_is_told_so(
    group: Group, series: Series, fay: Person, ben: Person
) -> None:
    generate_meetings()
    answers = at_once(*[lambda hour=hour: rearrange(series, fay, hour) for hour in (14, 16, 18)])
    assert sorted(answers) == ["already-ended", "already-ended", "done"]
    assert group.series.count() == 2
    assert set(going_ahead(group).values()) == {1}
    assert OutgoingMail.objects.filter(person=ben).count() == 1


def test_times_change_while_dates_are_made(group: Group, series: Series, fay: Person) -> None:
    """Whoever comes first, no day has two dates, and none of them the old time."""
    at_once(
        generate_meetings,
        lambda: rearrange(series, fay, 15),
        lambda: generate_meetings(check_gaps=True),
    )
    generate_meetings(check_gaps=True)
    assert set(going_ahead(group).values()) == {1}
    assert {it.starts_at.hour for it in group.meetings.all()} == {15}
    assert group.meetings.count() == 84


def test_days_are_left_out_while_dates_are_made(group: Group, series: Series, fay: Person) -> None:
    first = series.first_on + timedelta(days=3)
    last = first + timedelta(days=9)
    at_once(
        generate_meetings,
        lambda: skip_days(series=series, by=fay, first_on=first, last_on=last, reason="Holidays."),
    )
    generate_meetings(check_gaps=True)
    days = going_ahead(group)
    assert not [day for day in days if first <= day <= last]
    assert len(days) == 74


def test_a_series_ends_while_dates_are_made(group: Group, series: Series, fay: Person) -> None:
    at_once(
        generate_meetings,
        lambda: end_series(series=series, by=fay, from_start=None, reason="We stop."),
        lambda: generate_meetings(check_gaps=True),
    )
    assert generate_meetings(check_gaps=True) == 0
    assert not going_ahead(group)
