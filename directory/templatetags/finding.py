"""Values of groups in the words that visitors read, and their data for search engines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from directory.choices import AccessFeature, Audience
from directory.models import Group, Meeting, Series
from directory.templatetags.kit.library import drawn
from directory.text.countries import country_name
from directory.text.spoken_names import spoken_language
from directory.text.spoken_rules import spoken_list, spoken_rule
from directory.text.spoken_times import spoken_hours, spoken_zone

register = template.Library()
register.filter("country_name", country_name)
register.filter("spoken_list", spoken_list)
ADULT = 18
# Inside <script>, these could end it or begin a comment.
ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@register.filter
def access_names(values: Iterable[str]) -> str:
    """Return "Step-free, Hearing loop"."""
    return ", ".join(str(AccessFeature(value).label) for value in values)


@register.filter
def who_it_is_for(group: Group) -> list[str]:
    """Return the group's own words, and its audiences unless they say no more than that."""
    audiences = [value for value in group.audiences if value != Audience.EVERYONE]
    if group.audiences and not audiences and not group.who_for:
        audiences = [Audience.EVERYONE]
    names = ", ".join(str(Audience(value).label) for value in audiences)
    return [line for line in (group.who_for, names) if line]


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
def first_time(group: Group) -> list[tuple[str, str]]:
    """Return what somebody asks who comes for the first time, with the group's answers.

    A door would give away an address that only members see.
    """
    shows_door = group.place is not None and group.place.is_exact
    answers = (
        (_("Which door?"), group.which_door if shows_door else ""),
        (_("Who meets me?"), group.who_greets),
        (_("May I be late?"), group.if_late),
        (_("May I only listen?"), group.only_listen),
        (_("May I bring somebody?"), group.bring_somebody),
        (_("How many come?"), _size(group)),
    )
    return [(question, answer) for question, answer in answers if answer]


def _size(group: Group) -> str:
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
    zone = ZoneInfo(meeting.time_zone)
    begins, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return drawn(
        "when",
        spoken=f"{spoken_hours(begins, ends)}, {spoken_zone(zone)}",
        start=begins.isoformat(),
        end=ends.isoformat(),
        zone=meeting.time_zone,
    )
