"""The hours of a week: parts of the day, and that the database counts them as Python does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from directory.choices import DAY_PART_HOURS, DayPart, Weekday
from directory.models import Meeting
from directory.slots import STRETCHES, day_and_stretch, slot_of, slots_of, times_of
from tests import factories

WEEK = [datetime(2026, 11, 23) + timedelta(hours=hour) for hour in range(7 * 24)]


def is_in(time: DayPart, hour: int) -> bool:
    first, end = DAY_PART_HOURS[time]
    return first <= hour < end if first < end else hour >= first or hour < end


@pytest.mark.parametrize("local", WEEK)
def test_each_hour_has_its_day_and_its_parts_of_the_day(local: datetime) -> None:
    slot = slot_of(local)
    assert day_and_stretch(slot)[0] == list(Weekday)[local.weekday()]
    assert times_of(slot) == [time.value for time in DayPart if is_in(time, local.hour)]


def test_half_past_five_is_afternoon_and_evening() -> None:
    assert times_of(slot_of(datetime(2026, 11, 24, 17, 30))) == ["afternoon", "evening"]


def test_slots_of_days_and_times_hold_just_those_hours() -> None:
    for day in (None, "mon", "sun"):
        for time in (None, *DayPart):
            slots = slots_of([day] if day else [], [time.value] if time else [])
            fitting = {
                slot_of(local)
                for local in WEEK
                if (day is None or Weekday.values[local.weekday()] == day)
                and (time is None or is_in(time, local.hour))
            }
            assert set(slots) == fitting


def test_nothing_asked_is_the_whole_week() -> None:
    assert len(slots_of([], [])) == 7 * STRETCHES


@pytest.mark.django_db
@pytest.mark.parametrize(
    "zone", ["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Chatham"]
)
def test_the_database_knows_the_same_day_and_slot(zone: str) -> None:
    group = factories.make_group(time_zone=zone)
    # Around the nights in which clocks change, in spring and in autumn.
    for first in (datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)):
        rows = [
            Meeting(
                group=group,
                original_start=first + timedelta(hours=hour),
                starts_at=first + timedelta(hours=hour),
                ends_at=first + timedelta(hours=hour + 1),
                time_zone=zone,
            )
            for hour in range(0, 72, 1)
        ]
        Meeting.everything.bulk_create(rows)
    for meeting in Meeting.everything.all():
        local = meeting.starts_at.astimezone(ZoneInfo(zone))
        assert (meeting.local_day, meeting.slot) == (local.date(), slot_of(local)), (
            meeting.starts_at
        )
