"""A person's own dates as a calendar file that says nothing about them (RFC 5545).

Calendars are seen by others: on a shared screen, by a family, by a firm. So each date is an
appointment and no more: no group, no place, no link, no word of what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from icalendar import Event

from accounts.models import Person
from directory.exchange.calendar_file import begin_event, file_of, one_line, utc
from directory.models import Meeting
from directory.queries.private_calendar import PrivateDate

# Not even the name of this software, which would say what kind of site it is from.
MADE_BY = "-//Private calendar//EN"


def private_calendar_of(dates: Iterable[PrivateDate], *, person: Person, title: str = "") -> bytes:
    """Return a person's dates, each called `title`, or “Appointment” in the language in use."""
    title = title_of(title)
    events = (_event(date, person=person, title=title) for date in dates)
    return file_of(events, name=title, made_by=MADE_BY)


def title_of(title: str = "") -> str:
    """Return what a private date is called: as the person chose, or “Appointment”."""
    return one_line(title) or gettext("Appointment")


def _event(date: PrivateDate, *, person: Person, title: str) -> Event:
    meeting = date.meeting
    event = begin_event(
        uid=_uid(meeting, person), version=meeting.version, changed_at=_day_of(date.changed_at)
    )
    event.add("dtstart", utc(meeting.starts_at))
    event.add("dtend", utc(meeting.ends_at))
    event.add("status", _status(date))
    event.add("summary", title)
    event.add("class", "PRIVATE")
    takes_time = date.is_certain and not meeting.is_cancelled
    event.add("transp", "OPAQUE" if takes_time else "TRANSPARENT")
    return event


def _status(date: PrivateDate) -> str:
    if date.meeting.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if date.is_certain else "TENTATIVE"


def _uid(meeting: Meeting, person: Person) -> str:
    """Return a name for a date that only this person's calendar has.

    In the public calendar a date is named by its own id, so with that name anybody who sees the
    private one could look up the group; and two people's would show that they meet. The key of
    the hash is the site's secret.
    """
    named = salted_hmac("waymeet.private-calendar", f"{person.pk}:{meeting.pk}", algorithm="sha256")
    return named.hexdigest()[:40]


def _day_of(moment: datetime) -> datetime:
    """Return when the day of a change began: its second would tell which public date it is."""
    return utc(moment).replace(hour=0, minute=0, second=0)
