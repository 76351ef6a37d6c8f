"""The hours of a week in which meetings fall: a weekday and a part of the day, as one number.

A slot is six times the weekday (Monday is 1) plus the number of the stretch between two
of `SLOT_HOURS`; the one that holds midnight is 0. The parts of the day that people speak
of (`DAY_PART_HOURS`) are made of such stretches, since they overlap.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from datetime import datetime

from directory.choices import DAY_PART_HOURS, DayPart, Weekday

SLOT_HOURS = sorted({hour for hours in DAY_PART_HOURS.values() for hour in hours})
STRETCHES = len(SLOT_HOURS)


def slot_of(local: datetime) -> int:
    """Return the slot of a local time; the database has the same (`models.meetings`)."""
    return local.isoweekday() * STRETCHES + bisect(SLOT_HOURS, local.hour) % STRETCHES


def day_and_stretch(slot: int) -> tuple[Weekday, int]:
    """Return the weekday of a slot, and the number of its stretch of the day."""
    weekday, stretch = divmod(slot, STRETCHES)
    return list(Weekday)[weekday - 1], stretch


def stretches_of(time: str) -> list[int]:
    """Return the stretches that a part of the day is made of."""
    first, end = DAY_PART_HOURS[DayPart(time)]
    hours = range(first, end if end > first else end + 24)
    return list(dict.fromkeys(bisect(SLOT_HOURS, hour % 24) % STRETCHES for hour in hours))


def slots_of(days: Iterable[str], times: Iterable[str]) -> list[int]:
    """Return the slots of these days (`Weekday`) and parts of the day; empty means any."""
    weekdays = [Weekday.values.index(day) + 1 for day in days] or range(1, 8)
    stretches = {it for time in times for it in stretches_of(time)} or range(STRETCHES)
    return sorted(weekday * STRETCHES + stretch for weekday in weekdays for stretch in stretches)


def times_of(slot: int) -> list[str]:
    """Return the parts of the day (`DayPart`) that a slot belongs to: one, or two that overlap."""
    stretch = slot % STRETCHES
    return [time for time in DayPart.values if stretch in stretches_of(time)]
