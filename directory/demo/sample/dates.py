"""When the groups of a sample meet: rules as people say them, and the dates these really give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from random import Random
from typing import Any

from directory.choices import MeetingStatus
from directory.demo.sample.chances import Weighted
from directory.demo.sample.groups import Sample
from directory.demo.sample.rows import drawn_id
from directory.models import Series
from directory.recurrence import WEEKDAYS, occurrences

WEEKLY, FORTNIGHTLY, MONTHLY = "weekly", "fortnightly", "monthly"
HOW_OFTEN = Weighted({WEEKLY: 0.7, FORTNIGHTLY: 0.14, MONTHLY: 0.16})
DAYS = Weighted(dict(enumerate((18, 19, 18, 17, 8, 11, 9))))
TIMES = Weighted(
    {
        time(18): 9,
        time(18, 30): 12,
        time(19): 22,
        time(19, 30): 14,
        time(20): 8,
        time(10): 8,
        time(10, 30): 6,
        time(11): 5,
        time(12, 30): 3,
        time(7, 30): 1,
        time(13, 30): 3,
        time(14): 5,
        time(15): 2,
        time(17): 3,
        time(21, 30): 1,
        time(22): 1,
    }
)
MINUTES = (60, 60, 75, 90, 90, 90, 120)
SECOND_DAY = 0.04
CANCELLED = 0.012
# So far back there are dates that were held: a site keeps them, and searches pass them by.
PAST = timedelta(weeks=2)
# Series have been running for some time; which week of a fortnight is theirs is a matter of chance.
BEGAN = timedelta(weeks=26)
REASON = {"en": "The room is being repaired.", "es": "Están arreglando la sala."}
# The columns of a meeting that `dates_of` gives.
COLUMNS = (
    *("id", "group_id", "series_id", "original_start", "starts_at", "ends_at", "time_zone"),
    *("status", "reason", "theme", "version", "created_at", "updated_at"),
)


@dataclass(frozen=True)
class Span:
    """From now until how far ahead dates are made."""

    now: datetime
    until: datetime


def make_series(sample: Sample, span: Span, chance: Random) -> Series:
    """Return the rule by which a group meets, not saved."""
    day = DAYS.draw(chance)
    monday = (span.now - BEGAN).date()
    monday -= timedelta(days=monday.weekday())
    every_other = HOW_OFTEN.draw(chance)
    first = monday + timedelta(days=day, weeks=chance.randint(0, 1))
    return Series(
        id=drawn_id(chance),
        group=sample.group,
        first_on=first,
        starts_at_time=TIMES.draw(chance),
        duration_minutes=chance.choice(MINUTES),
        time_zone=sample.town.time_zone,
        rule=_rule(every_other, day, chance),
        generated_until=span.until,
    )


def _rule(how_often: str, day: int, chance: Random) -> str:
    days = WEEKDAYS[day]
    if how_often == MONTHLY:
        return f"FREQ=MONTHLY;BYDAY={chance.choice((1, 2, 3, 4, -1))}{days}"
    if how_often == WEEKLY and chance.random() < SECOND_DAY:
        days = f"{days},{WEEKDAYS[(day + 3) % 7]}"
    return f"FREQ=WEEKLY;INTERVAL={1 if how_often == WEEKLY else 2};BYDAY={days}"


def dates_of(
    series: Series, language: str, span: Span, chance: Random
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a series' dates, as `COLUMNS`; a few of them are cancelled."""
    length = timedelta(minutes=series.duration_minutes)
    starts = _starts(series.rule, series.first_on, series.starts_at_time, series.time_zone, span)
    going_ahead, cancelled = MeetingStatus.SCHEDULED.value, MeetingStatus.CANCELLED.value
    for start in starts:
        falls_out = chance.random() < CANCELLED
        yield (
            *(drawn_id(chance), series.group_id, series.id, start, start, start + length),
            *(series.time_zone, cancelled if falls_out else going_ahead),
            *(REASON[language] if falls_out else "", "", 1, span.now, span.now),
        )


# Many groups meet by the same rule at the same hour.
@lru_cache(maxsize=100_000)
def _starts(rule: str, first: date, at: time, zone: str, span: Span) -> tuple[datetime, ...]:
    since = span.now - PAST
    dates = occurrences(rule, datetime.combine(first, at), zone, after=since, before=span.until)
    return tuple(start.astimezone(UTC) for start in dates)
