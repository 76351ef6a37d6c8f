"""Days and times of day, as feeds write them."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from directory.recurrence import WEEKDAYS

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?)?\s*(?P<half>[ap])?\.?\s*(?:m\.?)?",
    re.I,
)
_FOUR_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_NAMED = {
    "noon": time(12),
    "12 noon": time(12),
    "midday": time(12),
    "midnight": time(0),
    "12 midnight": time(0),
}
_DAY_NAMES = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")


def read_time(value: Any) -> time | None:
    """Return a time of day: "19:30", "7:30 PM", "7 pm", "1930", "noon"; None for nothing.

    Raises ValueError with a sentence.
    """
    text = "" if value is None else " ".join(str(value).split()).lower()
    if not text:
        return None
    if text in _NAMED:
        return _NAMED[text]
    found = _FOUR_DIGITS.fullmatch(text) if len(text) > 2 else None
    if found:
        return _time(value, int(found[1]), int(found[2]), "")
    clock = _CLOCK.fullmatch(text)
    if not clock or (clock["minute"] is None and clock["half"] is None):
        raise _unreadable(value)
    return _time(value, int(clock["hour"]), int(clock["minute"] or 0), clock["half"] or "")


def _time(value: Any, hour: int, minute: int, half: str) -> time:
    if half and not 1 <= hour <= 12 and hour < 13:
        raise _unreadable(value)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute) == (24, 0):
        hour = 0
    if hour > 23 or minute > 59:
        raise _unreadable(value)
    return time(hour, minute)


def _unreadable(value: Any) -> ValueError:
    return ValueError(_("The time “%(time)s” cannot be read.") % {"time": str(value)[:40]})


def read_days(value: Any) -> tuple[str, ...]:
    """Return weekdays as in a rule ("MO"), Monday first: from 0 (Sunday) to 6, one or several.

    Also as text ("1", "Monday", "1,3"). Raises ValueError with a sentence.
    """
    values = (
        value
        if isinstance(value, list)
        else str(value).split(",")
        if isinstance(value, str)
        else [value]
    )
    days = {_day(day) for day in values if day is not None and day != ""}
    return tuple(day for day in WEEKDAYS if day in days)


def _day(value: Any) -> str:
    text = str(value).strip().lower()
    if not isinstance(value, bool) and re.fullmatch(r"[0-6](?:\.0)?", text):
        return WEEKDAYS[int(text[0]) - 1]
    for number, name in enumerate(_DAY_NAMES):
        if len(text) >= 2 and (name.startswith(text) or (name + "s").startswith(text)):
            return WEEKDAYS[number - 1]
    raise ValueError(
        _("There is no day “%(day)s”: days go from 0 (Sunday) to 6 (Saturday).")
        % {"day": str(value)[:40]}
    )


def minutes_between(start: time, end: time | None) -> int | None:
    """Return how long it lasts, over midnight where the end comes first; None where unsaid."""
    if end is None or end == start:
        return None
    minutes = (end.hour - start.hour) * 60 + end.minute - start.minute
    return minutes if minutes > 0 else minutes + 24 * 60
