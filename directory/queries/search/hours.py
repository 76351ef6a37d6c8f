"""At which hours of the week it may be: what the finder's entries tell before any date is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

from directory.choices import Format, Soon, Weekday
from directory.models.meetings import LONGEST
from directory.queries.search.asked import Search
from directory.queries.search.written import Text, all_of, any_of, has_all, has_any, is_under

# "In the next hours".
NEXT = timedelta(hours=3)
WEEK_DAYS = 7
# Clocks on earth are so far behind that of Greenwich, and so far ahead of it.
BEHIND, AHEAD = timedelta(hours=12), timedelta(hours=14)
# From how many days after today to how many, the last one included.
DAYS_OF = {Soon.TODAY: (0, 0), Soon.TOMORROW: (1, 1), Soon.WEEK: (0, WEEK_DAYS - 1)}
# In minutes.
A_DAY = 24 * 60


def hours_fit(search: Search, now: datetime, places: list[str]) -> Text:
    """It meets at hours of the week at which it may be then, on its own clock."""
    there, anywhere = _days_of_soon(search, now)
    hours = [has_any(_hours(search.days or anywhere, search.times), places)]
    if not search.days and there != anywhere:
        # The index finds all; of those that meet somewhere, the entry tells whether it is today.
        is_there = has_any(_hours(there, search.times), [])
        hours.append(any_of([is_there, has_all([f"format:{Format.ONLINE.value}"])]))
    if begins := begins_at(search):
        hours.append(is_under(begins))
    return all_of(hours)


def _hours(days: Iterable[str], times: Iterable[str]) -> list[str]:
    if days and times:
        return [f"at:{day}:{time}" for day in days for time in times]
    if times:
        return [f"time:{time}" for time in times]
    return [f"day:{day}" for day in days or Weekday.values]


def _days_of_soon(search: Search, now: datetime) -> tuple[list[str], list[str]]:
    """The weekdays that it may be then where a group meets, and those for online groups as well.

    Where it meets, "today" is today on one of the clocks there are. To the viewer it may be
    another day than where an online group has its calendar. Empty means any.
    """
    if not search.soon or Soon.WEEK in search.soon:
        return [], []
    now, there, online = now.astimezone(UTC), set[int](), set[int]()
    for soon in search.soon:
        if soon in DAYS_OF:
            first, last = (timedelta(days=it) for it in DAYS_OF[Soon(soon)])
            there |= _weekdays(now - BEHIND + first, now + AHEAD + last)
            midnight = search.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
            began, ends = midnight + first, midnight + last + timedelta(days=1)
        else:
            began, ends = (now - LONGEST, now) if soon == Soon.NOW else (now, now + NEXT)
            there |= _weekdays(began - BEHIND, ends + AHEAD)
        online |= _weekdays(began.astimezone(UTC) - BEHIND, ends.astimezone(UTC) + AHEAD)
    return _named(there), _named(there | online)


def _weekdays(first: datetime, last: datetime) -> set[int]:
    days = (last.date() - first.date()).days + 1
    return {(first.date() + timedelta(days=it)).weekday() for it in range(days)}


def _named(days: set[int]) -> list[str]:
    return [Weekday.values[day] for day in sorted(days)]


def begins_at(search: Search) -> list[str]:
    """Return the keys of entries that begin between the times asked for; empty means any."""
    since, until = search.starts_from, search.starts_to
    if since is None and until is None:
        return []
    first, last = _minute_of(since or time.min), _minute_of(until or time.max)
    if first > last:
        last += A_DAY
    return [f"from:{minute % A_DAY}" for minute in range(first, last + 1)]


def _minute_of(clock: time) -> int:
    """Return the minutes since midnight."""
    return clock.hour * 60 + clock.minute
