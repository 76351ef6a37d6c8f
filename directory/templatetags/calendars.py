"""Ways to take a date, or all dates, into one's own calendar: plain links, pressed or not."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.urls import reverse

from directory.exchange import add_to_calendar as ways
from directory.models import Meeting

register = template.Library()


@register.inclusion_tag("find/_add_to_calendar.html")
def add_to_calendar(*, meeting: Meeting) -> dict[str, object]:
    """Offer a date to visitors' calendars, as its public page tells it."""
    path = reverse("meeting_calendar", args=[meeting.pk])
    one = ways.public_appointment(meeting)
    return {**_ways_of(one), "file": path, "apple": ways.follow_link(settings.SITE_URL + path)}


@register.inclusion_tag("signup/_add_to_calendar.html")
def add_own_to_calendar(*, meeting: Meeting) -> dict[str, object]:
    """Offer a date to a member's own calendar: its hours, and no word of what it is."""
    path = reverse("my_meeting_calendar", args=[meeting.pk])
    return {**_ways_of(ways.private_appointment(meeting)), "file": path}


@register.inclusion_tag("find/_follow_calendar.html")
def follow_calendar(*, path: str, name: str) -> dict[str, object]:
    """Offer to follow a calendar file of this site; `name` is what a calendar calls it."""
    address = settings.SITE_URL + path
    return {
        "file": path,
        "apple": ways.follow_link(address),
        "google": ways.google_follow_link(address),
        "outlook": ways.outlook_follow_link(address, name=name),
    }


def _ways_of(one: ways.Appointment) -> dict[str, object]:
    return {"google": ways.google_link(one), "outlook": ways.outlook_link(one)}
