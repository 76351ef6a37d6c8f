"""Calendar files that anybody may subscribe to (RFC 5545, RFC 7986).

Every date is an event of its own in UTC, since calendars misread rules and zones
in more ways than one can test. No attendee, no person as organiser, no link to a
room, and of a place no more than its page tells.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Calendar, Event, vText

from directory.choices import Format
from directory.models import Group, Meeting
from directory.text.spoken_times import spoken_span

REFRESHED_EVERY = timedelta(hours=6)


def calendar_of(meetings: Iterable[Meeting], *, group: Group) -> bytes:
    """Return the dates of one group as a calendar file; the same rows give the same bytes."""
    return _file((_event(meeting, group) for meeting in meetings), name=group.name)


def calendar_of_many(meetings: Iterable[Meeting], *, name: str) -> bytes:
    """Return dates of several groups as one file; each meeting comes with group and place."""
    return _file((_event(meeting, meeting.group) for meeting in meetings), name=name)


def _file(events: Iterable[Event], *, name: str) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Waymeet//Meetings//EN")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", _one_line(name))
    calendar.add("x-wr-calname", vText(_one_line(name)))
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", _duration(REFRESHED_EVERY))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _event(meeting: Meeting, group: Group) -> Event:
    changed_at = max(meeting.updated_at, group.updated_at).replace(microsecond=0)
    event = Event()
    event.add("uid", _uid(meeting.pk))
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", changed_at.astimezone(UTC))
    event.add("last-modified", changed_at.astimezone(UTC))
    event.add("created", meeting.created_at.replace(microsecond=0).astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", _summary(meeting, group))
    event.add("description", _description(meeting, group))
    event.add("location", _location(group))
    event.add("url", _page_of(meeting))
    return event


def _summary(meeting: Meeting, group: Group) -> str:
    name = _one_line(group.name)
    return gettext("Cancelled: %(name)s") % {"name": name} if meeting.is_cancelled else name


def _description(meeting: Meeting, group: Group) -> str:
    lines = [spoken_span(meeting.starts_at, meeting.ends_at, meeting.time_zone)]
    if meeting.is_cancelled:
        lines.append(gettext("This meeting is cancelled: %(reason)s") % {"reason": meeting.reason})
    elif meeting.is_moved:
        before = spoken_span(meeting.before, None, meeting.time_zone)
        lines.append(gettext("It was moved from: %(date)s") % {"date": before})
        lines.append(meeting.reason)
    if group.is_online:
        lines.append(
            gettext("The link to join is for people who signed up. They find it on the site.")
        )
    lines.append(_page_of(meeting))
    return "\n".join(line for line in lines if line)


def _location(group: Group) -> str:
    if group.format == Format.ONLINE or group.place is None:
        return gettext("Online")
    return group.place.public_address


def _page_of(meeting: Meeting) -> str:
    return settings.SITE_URL + reverse("meeting", args=[meeting.pk])


def _uid(key: UUID) -> str:
    return f"{key}@{urlsplit(settings.SITE_URL).hostname}"


def _duration(length: timedelta) -> str:
    return f"PT{int(length.total_seconds() // 3600)}H"


def _one_line(text: str) -> str:
    return " ".join(text.split())
