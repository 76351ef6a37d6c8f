"""Reads calendar files back with two libraries, and line by line."""

from __future__ import annotations

from typing import Any

import vobject
from django.test import Client
from icalendar import Calendar, Event
from icalendar.parser import Contentline

OCTETS = 75


def file_at(client: Client, address: str) -> str:
    """The text of a calendar file, as it is sent."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return response.content.decode()


def lines(text: str) -> list[str]:
    """The lines of a file, folded ones put together again (RFC 5545, 3.1)."""
    assert text.endswith("\r\n")
    folded = text.removesuffix("\r\n").split("\r\n")
    assert max(len(line.encode()) for line in folded) <= OCTETS
    # What ends a line for some reader stands nowhere within one.
    assert all(len(line.splitlines()) == 1 for line in folded)
    return "\r\n".join(folded).replace("\r\n ", "").split("\r\n")


def events(text: str) -> list[Event]:
    """The dates of a file, which icalendar reads without forgiving anything."""
    for line in lines(text):
        Contentline(line, strict=True).parts()
    calendar = Calendar.from_ical(text)
    found = calendar.walk("VEVENT")
    assert calendar.errors == []
    assert [error for event in found for error in event.errors] == []
    return found


def read_by_another(text: str) -> list[Any]:
    """The same dates as vobject reads them."""
    calendar = vobject.readOne(text)
    return list(calendar.contents.get("vevent", []))
