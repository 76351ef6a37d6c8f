"""What all calendar files have in common (RFC 5545, RFC 7986)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, vText

REFRESHED_EVERY = timedelta(hours=6)
# RFC 5545 (3.3.11) allows no control character in a text, and some readers end a line at the
# last two. A space that never breaks stays.
GAP = re.compile(r"[ \x00-\x1f\x7f-\x9f\u2028\u2029]+")


def file_of(events: Iterable[Event], *, name: str, made_by: str, told: str = "") -> bytes:
    """Return a calendar file; `made_by` is what it says of the program (PRODID).

    `told` is said of the calendar as a whole.
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", made_by)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # icalendar does not know NAME as a text, and would write its commas bare.
    calendar.add("name", vText(one_line(name)))
    calendar.add("x-wr-calname", vText(one_line(name)))
    if told:
        calendar.add("description", told)
        calendar.add("x-wr-caldesc", vText(told))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESHED_EVERY // timedelta(hours=1)}H")
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def begin_event(*, uid: str, version: int, changed_at: datetime) -> Event:
    """Return an event with its name and its state of change.

    RFC 5545 (3.8.7.4): the first version of a date is sequence 0. DTSTAMP is the moment of the
    change and not of the request, so that the same rows give the same bytes.
    """
    event = Event()
    event.add("uid", uid)
    event.add("sequence", version - 1)
    event.add("dtstamp", utc(changed_at))
    event.add("last-modified", utc(changed_at))
    return event


def utc(moment: datetime) -> datetime:
    """Return a moment as calendars write it: in UTC, to the second."""
    return moment.astimezone(UTC).replace(microsecond=0)


def one_line(text: str) -> str:
    """Return `text` without line breaks, control characters and stray space."""
    return GAP.sub(" ", text).strip()
