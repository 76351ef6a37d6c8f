"""What a mail says, before it is a message: a template and what goes into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from directory.recurrence import find_zone
from directory.text.spoken_times import spoken_span


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
