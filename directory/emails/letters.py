"""What a mail says, before it is a message: a template and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from directory.models import Meeting
from directory.recurrence import find_zone
from directory.text.spoken_times import spoken_span, spoken_weekday


@dataclass(frozen=True)
class Letter:
    """The folder of a template under `templates/emails`, the page it leads to, and its words."""

    template: str
    url: str
    context: dict[str, Any] = field(default_factory=dict)


def about(mail: OutgoingMail) -> UUID:
    """Return the key of the row that the mail is about."""
    return UUID(mail.about.partition(":")[2])


def page(name: str, *arguments: object) -> str:
    """Return the whole address of a page, in the language of the moment."""
    return settings.SITE_URL + reverse(name, args=arguments)


def when(start: datetime, end: datetime | None, zone: str, person: Person) -> str:
    """Say a time in the group's zone, and in the person's own where their clock differs."""
    words = spoken_span(start, end, zone)
    try:
        own = find_zone(person.time_zone)
    except ValueError:
        return words
    if start.astimezone(own).utcoffset() == start.astimezone(find_zone(zone)).utcoffset():
        return words
    return f"{words} ({spoken_span(start, end, own)})"


def about_date(
    meeting: Meeting, person: Person, *, weekday_of: datetime | None = None
) -> dict[str, Any]:
    """Return what every mail about a date says of it: its group, its time, and a weekday.

    The weekday is in the subject: that of the start, or of the moment `weekday_of`.
    """
    local = (weekday_of or meeting.starts_at).astimezone(find_zone(meeting.time_zone))
    return {
        "weekday": spoken_weekday(local.date()),
        "when": when(meeting.starts_at, meeting.ends_at, meeting.time_zone, person),
        "group": meeting.group,
    }
