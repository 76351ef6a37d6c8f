"""What the week's grid says and links to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.choices import DayPart, Weekday
from directory.queries.offered import zone_of
from directory.queries.search import Search
from directory.queries.site import site_profile
from directory.queries.week import Week, WeekCell, WeekDay, WeekMeeting, week_of
from directory.text.spoken_times import (
    spoken_date,
    spoken_short_date,
    spoken_time,
    spoken_weekday,
    spoken_zone,
)
from directory.views.find.addresses import address
from directory.views.find.more import and_more


def week_look(request: HttpRequest, search: Search, now: datetime) -> dict[str, Any]:
    """Return what the grid of the next seven days shows (`find/_week.html`)."""
    if not search.soon:
        # Nobody asked for "today", and yet the grid begins with it.
        search = replace(search, zone=zone_of(site_profile().country))
    week = week_of(search, now)
    return {
        "parts": [_part_name(part) for part in week.parts],
        "days": [_day(request, week, day) for day in week.days],
        "zone": spoken_zone(week.zone) if week.zone else "",
        "has_other_zones": week.has_other_zones,
    }


def _part_name(part: DayPart) -> str:
    """What heads a column: since each meeting stands in one, the night begins late."""
    return _("Night") if part == DayPart.NIGHT else str(part.label)


def _day(request: HttpRequest, week: Week, day: WeekDay) -> dict[str, Any]:
    return {
        "name": spoken_date(day.date),
        "weekday": spoken_weekday(day.date),
        "date": spoken_short_date(day.date),
        "is_empty": day.is_empty,
        "cells": [_cell(request, week, day, cell) for cell in day.cells],
    }


def _cell(request: HttpRequest, week: Week, day: WeekDay, cell: WeekCell) -> dict[str, Any]:
    more = {}
    if cell.more:
        weekday = Weekday.values[day.date.weekday()]
        narrowed = {"day": weekday, "time": cell.part, "when": "week", "from": "", "to": ""}
        more = {"words": and_more(cell.more), "url": address(request, **narrowed)}
    meetings = [_meeting(meeting, week.zone) for meeting in cell.meetings]
    return {"part": _part_name(cell.part), "meetings": meetings, "more": more}


def _meeting(meeting: WeekMeeting, zone: str) -> dict[str, Any]:
    local = meeting.starts_at.astimezone(ZoneInfo(meeting.time_zone))
    return {
        "pk": meeting.id,
        "url": reverse("meeting", args=[meeting.id]),
        "name": meeting.group_name,
        "is_cancelled": meeting.is_cancelled,
        "start": local.isoformat(),
        "time": spoken_time(local.time()),
        "time_zone": meeting.time_zone,
        "zone": spoken_zone(meeting.time_zone) if meeting.time_zone != zone else "",
    }
