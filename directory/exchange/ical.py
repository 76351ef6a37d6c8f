"""Calendar files that anybody may subscribe to.

Every date is an event of its own in UTC, since calendars misread rules and zones
in more ways than one can test. No attendee, no person as organiser, no link to a
room, and of a place no more than its page tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext
from icalendar import Event

from directory.choices import Format
from directory.exchange.calendar_file import begin_event, file_of, one_line, utc
from directory.models import Group, Meeting
from directory.text.spoken_times import spoken_span

MADE_BY = "-//Waymeet//Meetings//EN"


def calendar_of(meetings: Iterable[Meeting], *, group: Group) -> bytes:
    """Return the dates of one group as a calendar file; the same rows give the same bytes."""
    events = (_event(meeting, group) for meeting in meetings)
    return file_of(events, name=group.name, made_by=MADE_BY)


def calendar_of_many(meetings: Sequence[Meeting], *, name: str, is_cut: bool) -> bytes:
    """Return dates of several groups as one file; each meeting comes with group and place.

    `is_cut`: there are more dates than these, and the file says so.
    """
    events = (_event(meeting, meeting.group) for meeting in meetings)
    cut = gettext("These are the first %(number)s dates. There are more on the site.")
    told = cut % {"number": len(meetings)} if is_cut else ""
    return file_of(events, name=name, made_by=MADE_BY, told=told)


def page_of(meeting: Meeting) -> str:
    """Return the address of a date's own page, with its host."""
    return settings.SITE_URL + reverse("meeting", args=[meeting.pk])


def location_of(group: Group) -> str:
    """Return where a group meets, as its page tells visitors."""
    if group.format == Format.ONLINE or group.place is None:
        return gettext("Online")
    return one_line(group.place.public_address)


def _event(meeting: Meeting, group: Group) -> Event:
    changed_at = max(meeting.updated_at, group.updated_at)
    # Of the two only one may rise for a change of the group's name or its address.
    version = meeting.version + group.version - 1
    event = begin_event(uid=_uid(meeting.pk), version=version, changed_at=changed_at)
    event.add("created", utc(meeting.created_at))
    event.add("dtstart", utc(meeting.starts_at))
    event.add("dtend", utc(meeting.ends_at))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("summary", _summary(meeting, group))
    event.add("description", _description(meeting, group))
    event.add("location", location_of(group))
    event.add("url", page_of(meeting))
    return event


def _summary(meeting: Meeting, group: Group) -> str:
    name = one_line(group.name)
    return gettext("Cancelled: %(name)s") % {"name": name} if meeting.is_cancelled else name


def _description(meeting: Meeting, group: Group) -> str:
    lines = [spoken_span(meeting.starts_at, meeting.ends_at, meeting.time_zone), meeting.theme]
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
    lines.append(page_of(meeting))
    return "\n".join(one_line(line) for line in lines if line)


def _uid(key: UUID) -> str:
    return f"{key}@{urlsplit(settings.SITE_URL).hostname}"
