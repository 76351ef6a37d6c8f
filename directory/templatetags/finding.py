"""Values of groups in the words that visitors read, and their data for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString, mark_safe

from directory.choices import AccessFeature, Audience
from directory.models import Meeting, Series
from directory.templatetags.kit.library import drawn
from directory.text.spoken_names import spoken_country, spoken_language
from directory.text.spoken_rules import spoken_list, spoken_rule
from directory.text.spoken_times import spoken_date, spoken_hours, spoken_zone

register = template.Library()
register.filter("country_name", spoken_country)
register.filter("spoken_list", spoken_list)
register.filter("spoken_date", spoken_date)
# Inside <script>, these could end it or begin a comment.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.filter
def access_names(values: Iterable[str]) -> str:
    """Return "Step-free, Hearing loop"."""
    return ", ".join(str(AccessFeature(value).label) for value in values)


@register.filter
def audience_names(values: Iterable[str]) -> str:
    """Return "Women, Carers"."""
    return ", ".join(str(Audience(value).label) for value in values)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Return "English, Portuguese"."""
    return ", ".join(spoken_language(code) for code in codes)


@register.filter
def in_words(series: Series) -> str:
    """Return "Every Tuesday, 7 pm to 8:30 pm, London time"."""
    begins = series.start_local
    hours = spoken_hours(begins, begins + timedelta(minutes=series.duration_minutes))
    rule = spoken_rule(series.rule, series.first_on)
    return ", ".join((rule, hours, spoken_zone(series.time_zone)))


@register.simple_tag
def json_ld(*, data: dict[str, Any]) -> SafeString:
    """Write data for search engines; it is never run, so the policy on scripts allows it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


@register.simple_tag
def hours(*, meeting: Meeting) -> SafeString:
    """Print when a meeting is held, under a heading that names the day, with the zone named."""
    zone = ZoneInfo(meeting.time_zone)
    begins, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return drawn(
        "when",
        spoken=f"{spoken_hours(begins, ends)}, {spoken_zone(zone)}",
        start=begins.isoformat(),
        end=ends.isoformat(),
        zone=meeting.time_zone,
    )
