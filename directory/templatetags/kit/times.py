"""Moments as elements that machines can read too."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.text.spoken_times import spoken_hours, spoken_span, spoken_zone


def time_element(
    spoken: str, start: datetime, end: datetime | None, zone: ZoneInfo | str
) -> SafeString:
    """Return `spoken` as the time of `start`; a script adds the reader's own where it differs.

    `start` and `end` are aware, and written in `zone`.
    """
    local = ZoneInfo(str(zone))
    ends = format_html(' data-end="{}"', end.astimezone(local).isoformat()) if end else ""
    return format_html(
        '<time datetime="{}"{} data-zone="{}" data-yours="{}">{}</time>',
        start.astimezone(local).isoformat(),
        ends or mark_safe(""),
        zone,
        _("your time:"),
        spoken,
    )


def told_span(start: datetime, end: datetime | None, zone: ZoneInfo | str) -> SafeString:
    """Return a date and its hours: "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"."""
    return time_element(spoken_span(start, end, zone), start, end, zone)


def told_hours(start: datetime, end: datetime, zone: ZoneInfo | str) -> SafeString:
    """Return the hours alone, for under a heading that names the day."""
    local = ZoneInfo(str(zone))
    hours = spoken_hours(start.astimezone(local), end.astimezone(local))
    return time_element(f"{hours}, {spoken_zone(zone)}", start, end, zone)
