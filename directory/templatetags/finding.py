"""Values of groups in the words that visitors read, and their data for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.choices import AccessFeature
from directory.forms.find import Choice
from directory.forms.find.links import Link
from directory.models import Group, Meeting, Series
from directory.queries.recurring import last_day
from directory.queries.search import GroupRow
from directory.recurrence import find_zone
from directory.templatetags.kit.boxes import drawn_boxes
from directory.templatetags.kit.cards import card_of_date, card_of_group
from directory.templatetags.kit.rows import drawn_cards, who_it_is_for
from directory.templatetags.kit.times import told_hours
from directory.text.countries import country_name
from directory.text.spoken_choices import spoken_choice
from directory.text.spoken_days import spoken_skips
from directory.text.spoken_names import spoken_language
from directory.text.spoken_rules import spoken_list, spoken_rule
from directory.text.spoken_times import spoken_hours, spoken_zone

register = template.Library()
register.filter("country_name", country_name)
register.filter("spoken_list", spoken_list)
register.filter("who_it_is_for", who_it_is_for)
ADULT = 18
THERE = '<li><a href="{}">{}</a></li>'
HERE = '<li><a href="{}" aria-current="true">{}</a></li>'
# Inside <script>, these could end it or begin a comment.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.filter
def access_names(values: Iterable[str]) -> str:
    """Return "Step-free, Hearing loop"."""
    return ", ".join(spoken_choice(AccessFeature, value) for value in values)


@register.inclusion_tag("find/_cards.html")
def group_cards(
    *, rows: Iterable[GroupRow], unit: str = "km", level: int = 3, is_result: bool = True
) -> dict[str, str]:
    """List groups; distances in "mi" or "km". Suggestions beside results are none."""
    cards = [card_of_group(row, unit) for row in rows]
    return {"cards": drawn_cards(cards, level=level, is_result=is_result), "shape": ""}


@register.inclusion_tag("find/_cards.html")
def meeting_cards(
    *, meetings: Iterable[Meeting], level: int = 3, names_day: bool = False, shape: str = ""
) -> dict[str, str]:
    """List dates, each with its day where no heading names that; `shape` is a class."""
    cards = [card_of_date(meeting, names_day=names_day) for meeting in meetings]
    return {"cards": drawn_cards(cards, level=level), "shape": shape}


@register.simple_tag
def tick_boxes(*, choices: Iterable[Choice], whole: str = "") -> SafeString:
    """Draw boxes to tick, each with how many groups it gives; `whole` is a label for them all."""
    return drawn_boxes(choices, whole)


@register.simple_tag
def switch(*, links: Iterable[Link]) -> SafeString:
    """List ways to look at the same, one of which is where one is."""
    items = [
        format_html(HERE if link.is_current else THERE, link.url, link.label) for link in links
    ]
    return format_html('<ul class="switch" role="list">{}</ul>', mark_safe("".join(items)))  # noqa: S308 (each was escaped when it was drawn)


@register.filter
def language_names(codes: Iterable[str]) -> str:
    """Return "English, Portuguese"."""
    return ", ".join(spoken_language(code) for code in codes)


@register.filter
def in_words(series: Series) -> str:
    """Return "Every Tuesday, 7 pm to 8:30 pm, London time", with its last day where it ends."""
    return spoken_series(series, last_on=last_day(series, now=timezone.now()))


def spoken_series(series: Series, *, last_on: date | None = None) -> str:
    """Say by which rule, from when to when and in which zone a group meets."""
    begins = series.start_local
    hours = spoken_hours(begins, begins + timedelta(minutes=series.duration_minutes))
    rule = spoken_rule(series.rule, series.first_on, last_on)
    return ", ".join((rule, hours, spoken_zone(series.time_zone)))


@register.filter
def left_out(series: Series) -> str:
    """Return "No meetings from 1 to 31 August"; empty where no day to come is left out."""
    if not series.skipped_on:
        return ""
    today = timezone.localdate(timezone=find_zone(series.time_zone))
    return spoken_skips(series.skipped_on, today=today)


@register.filter
def spoken_ages(group: Group) -> str:
    """Return "18 and over", "18 to 25", "Up to 25"; empty where any age is welcome."""
    youngest = group.min_age or (ADULT if group.adults_only else None)
    ages = {"youngest": youngest, "oldest": group.max_age}
    if youngest and group.max_age:
        return _("%(youngest)s to %(oldest)s") % ages
    if youngest:
        return _("%(youngest)s and over") % ages
    return _("Up to %(oldest)s") % ages if group.max_age else ""


@register.filter
def usual_size(group: Group) -> str:
    """Return "Usually 6 to 12 people"; empty where nobody said."""
    sizes = {"least": group.usual_size_from, "most": group.usual_size_to}
    if group.usual_size_from and group.usual_size_to:
        return _("Usually %(least)s to %(most)s people") % sizes
    if group.usual_size_to:
        return _("Usually up to %(most)s people") % sizes
    return _("Usually %(least)s people or more") % sizes if group.usual_size_from else ""


@register.simple_tag
def json_ld(*, data: dict[str, Any]) -> SafeString:
    """Write data for search engines; it is never run, so the policy on scripts allows it."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped just above)


@register.simple_tag
def hours(*, meeting: Meeting) -> SafeString:
    """Print when a meeting is held, under a heading that names the day, with the zone named."""
    return told_hours(meeting.starts_at, meeting.ends_at, meeting.time_zone)
