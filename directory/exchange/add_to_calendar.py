"""Addresses that open a calendar with a date in it, or that follow a calendar file.

They are plain links: nothing of another site is asked for before somebody presses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from directory.exchange.ical import location_of, page_of
from directory.exchange.private_ical import title_of
from directory.models import Meeting

GOOGLE = "https://calendar.google.com/calendar"
OUTLOOK = "https://outlook.live.com/calendar/0"


@dataclass(frozen=True)
class Appointment:
    """What is handed to somebody else's calendar, in the words that they get to know."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    details: str = ""


def public_appointment(meeting: Meeting) -> Appointment:
    """Return a date as its public page tells it; the meeting comes with group and place."""
    return Appointment(
        title=meeting.group.name,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=location_of(meeting.group),
        details=page_of(meeting),
    )


def private_appointment(meeting: Meeting) -> Appointment:
    """Return a date of a member: its hours, and no word of what or where it is."""
    return Appointment(title=title_of(), starts_at=meeting.starts_at, ends_at=meeting.ends_at)


def google_link(one: Appointment) -> str:
    """Return the address at which Google's calendar offers to save a date."""
    hours = f"{_compact(one.starts_at)}/{_compact(one.ends_at)}"
    asked = {"action": "TEMPLATE", "text": one.title, "dates": hours}
    told = {"details": one.details, "location": one.place}
    return f"{GOOGLE}/render?{_query(asked | _said(told))}"


def outlook_link(one: Appointment) -> str:
    """Return the address at which Outlook's calendar offers to save a date."""
    asked = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": one.title,
        "startdt": _extended(one.starts_at),
        "enddt": _extended(one.ends_at),
    }
    told = {"body": one.details, "location": one.place}
    return f"{OUTLOOK}/deeplink/compose?{_query(asked | _said(told))}"


def follow_link(address: str) -> str:
    """Return the address that lets Apple's and other programs follow a calendar file."""
    return f"webcal://{address.partition('://')[2]}"


def secret_follow_link(address: str) -> str:
    """Return the same for an address that is a secret, which must never be asked for in clear.

    What `webcal:` stands for each program decides for itself, some for http.
    """
    scheme, _, rest = address.partition("://")
    return f"webcals://{rest}" if scheme == "https" else follow_link(address)


def google_follow_link(address: str) -> str:
    """Return the address at which Google's calendar offers to follow a calendar file."""
    return f"{GOOGLE}/r?{_query({'cid': follow_link(address)})}"


def outlook_follow_link(address: str, *, name: str) -> str:
    """Return the address at which Outlook's calendar offers to follow a calendar file."""
    return f"{OUTLOOK}/addfromweb?{_query({'url': address, 'name': name})}"


def _compact(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _extended(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _said(told: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in told.items() if value}


def _query(told: dict[str, str]) -> str:
    # Outlook shows a space that is written as a plus as a plus.
    return urlencode(told, quote_via=quote)
