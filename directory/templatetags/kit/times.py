"""Moments as elements that machines can read too. The same few are told again and again."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.text.locales import reader_language
from directory.text.spoken_times import spoken_hours, spoken_span, spoken_zone

KEPT = 8192


def told_span(
    start: datetime, end: datetime | None, zone: ZoneInfo | str, language: str = ""
) -> SafeString:
    """Return a date and its hours: "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time".

    `language` is that of the reader, where it is known already.
    """
    return _span(start, end, str(zone), language or reader_language())


@lru_cache(maxsize=KEPT)
def _span(start: datetime, end: datetime | None, zone: str, _language: str) -> SafeString:
    return _element(spoken_span(start, end, zone), start, end, zone)


def told_hours(
    start: datetime, end: datetime, zone: ZoneInfo | str, language: str = ""
) -> SafeString:
    """Return the hours alone, for under a heading that names the day."""
    return _hours(start, end, str(zone), language or reader_language())


@lru_cache(maxsize=KEPT)
def _hours(start: datetime, end: datetime, zone: str, _language: str) -> SafeString:
    local = ZoneInfo(zone)
    hours = spoken_hours(start.astimezone(local), end.astimezone(local))
    return _element(f"{hours}, {spoken_zone(zone)}", start, end, zone)


def _element(spoken: str, start: datetime, end: datetime | None, zone: str) -> SafeString:
    """Return `spoken` as the time of `start`; a script adds the reader's own where it differs."""
    local = ZoneInfo(zone)
    ends = mark_safe("")
    if end:
        ends = format_html(' data-end="{}"', end.astimezone(local).isoformat())
    return format_html(
        '<time datetime="{}"{} data-zone="{}" data-yours="{}">{}</time>',
        start.astimezone(local).isoformat(),
        ends,
        zone,
        _("your time:"),
        spoken,
    )
