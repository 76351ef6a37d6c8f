"""Words that the pages of facilitators need beside the components."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone

from directory.models import Meeting
from directory.queries.changes import Undoable
from directory.text.spoken_times import (
    spoken_date,
    spoken_short_date,
    spoken_time,
    spoken_zone,
)

register = template.Library()
register.filter("spoken_zone", spoken_zone)


@register.filter
def spoken_day(moment: datetime) -> str:
    """Return "24 November"."""
    return spoken_short_date(timezone.localdate(moment))


@register.filter
def day_of(meeting: Meeting) -> str:
    """Return the day as it is where the group meets: "Tuesday 24 November 2026"."""
    return spoken_date(meeting.local_start.date())


@register.filter
def which_date(meeting: Meeting) -> str:
    """Return "Tuesday Lantern, Tuesday 24 November 2026", which tells one button from the next."""
    return f"{meeting.group.name}, {day_of(meeting)}"


@register.filter
def which_change(one: Undoable) -> str:
    """Return "A date was cancelled: 24 November", which tells one button from the next."""
    kind = str(one.change.get_kind_display())
    if one.first is None:
        return kind
    day = one.first.starts[0].astimezone(ZoneInfo(one.first.time_zone)).date()
    return f"{kind}: {spoken_short_date(day)}"


@register.filter
def clock(moment: datetime, zone: str) -> str:
    """Return "7:05 pm, London time" as clocks in `zone` show it."""
    return f"{spoken_time(moment.astimezone(ZoneInfo(zone)).time())}, {spoken_zone(zone)}"
