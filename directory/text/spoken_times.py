"""Dates, times and zones in the words that people use for them, in the reader's language.

What is said is kept for each language: a page tells the same few dates, hours and zones
again and again, and each takes Babel longer than a row of a table takes the database.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import gettext, pgettext

from directory.text.locales import reader_language, reader_locale

# Some years of days in four languages; every minute of a day; every zone people live in.
DATES_KEPT = 4096
TIMES_KEPT = 2048
ZONES_KEPT = 1024
# A line never ends between a number and what it counts.
NO_BREAK = "\u00a0"


def spoken_date(day: date) -> str:
    """Return the day with its weekday: "Tuesday 24 November 2026"."""
    return _said_date(date(day.year, day.month, day.day), reader_language())


@lru_cache(maxsize=DATES_KEPT)
def _said_date(day: date, _language: str) -> str:
    locale = reader_locale()
    pattern = "EEEE d MMMM y" if str(locale) == "en_GB" else "full"
    return format_date(day, pattern, locale=locale)


def spoken_short_date(day: date) -> str:
    """Return the day without weekday and year: "24 November"."""
    return format_skeleton("MMMMd", day, locale=reader_locale())


def spoken_weekday(day: date) -> str:
    """Return "Tuesday"."""
    return str(format_date(day, "EEEE", locale=reader_locale()))


def spoken_time(moment: time) -> str:
    """Return the time of day: "7 pm", "8:30 pm", "midday"; 24 hours where that is usual."""
    return _said_time(moment, reader_language())


@lru_cache(maxsize=TIMES_KEPT)
def _said_time(moment: time, _language: str) -> str:
    if reader_locale().language != "en":
        return format_time(moment, "short", locale=reader_locale())
    if moment.minute == 0 and moment.hour in {0, 12}:
        return gettext("midday") if moment.hour else gettext("midnight")
    half = "pm" if moment.hour >= 12 else "am"
    minutes = f":{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour % 12 or 12}{minutes}{NO_BREAK}{half}"


def spoken_zone(zone: ZoneInfo | str) -> str:
    """Return the zone by its city: "London time"; the universal one as "UTC"."""
    return _said_zone(str(zone), reader_language())


@lru_cache(maxsize=ZONES_KEPT)
def _said_zone(key: str, _language: str) -> str:
    if key in {"UTC", "Etc/UTC", "GMT", "Etc/GMT"}:
        return "UTC"
    zones = reader_locale().time_zones
    known_as = key if key in zones else get_global("zone_aliases").get(key, key)
    city = zones.get(known_as, {}).get("city") or key.rpartition("/")[2].replace("_", " ")
    return gettext("%(city)s time") % {"city": city}


def spoken_span(start: datetime, end: datetime | None, zone: ZoneInfo | str) -> str:
    """Return one sentence: "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time".

    `start` and `end` know their zones; they are told in `zone`. An end on another
    day names that day.
    """
    begins = start.astimezone(ZoneInfo(str(zone)))
    parts = {"day": spoken_date(begins), "zone": spoken_zone(zone)}
    parts["hours"] = spoken_time(begins.time())
    if end is not None:
        parts["hours"] = spoken_hours(begins, end.astimezone(begins.tzinfo))
    return pgettext("a day, its hours and the zone", "%(day)s, %(hours)s, %(zone)s") % parts


def spoken_hours(begins: datetime, ends: datetime) -> str:
    """Return "7 pm to 8:30 pm"; both moments are local already."""
    until = spoken_time(ends.time())
    if ends.date() != begins.date():
        until = gettext("%(time)s on %(weekday)s") % {
            "time": until,
            "weekday": spoken_weekday(ends.date()),
        }
    return gettext("%(start)s to %(end)s") % {"start": spoken_time(begins.time()), "end": until}
