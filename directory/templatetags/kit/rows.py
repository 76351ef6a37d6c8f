"""Rows of lists in the words that visitors read, put together before the template draws them.

A page holds twenty rows of ten facts: a component for each would cost more than everything else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.choices import AccessFeature, Audience, Choices, Cost, Format, Joining
from directory.models import Group, Meeting
from directory.queries.search import GroupRow
from directory.templatetags.kit.sprite import drawn_again
from directory.templatetags.kit.times import told_hours, told_span
from directory.text.locales import reader_language
from directory.text.spoken_distances import spoken_distance
from directory.text.spoken_names import spoken_language

ROOM, FIRST_TIME = "room:yes", "first-time:yes"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said beside a picture; `label` is for screen readers."""

    icon: SafeString
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is not as planned: a state (`kit.words.STATES`), the date, and the reason."""

    state: str
    date: SafeString | str
    reason: str


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A row of a list.

    `mark` is the slug of a group or the number of a meeting; `facts` stand in lines of their
    own, `pairs` are short.
    """

    mark: str
    url: str
    name: str
    words: str
    changes: list[Change]
    facts: list[Fact]
    pairs: list[Fact]


def told_group(row: GroupRow, unit: str = "km") -> ToldRow:
    """Tell of a group; distances in "mi" or "km"."""
    group = row.group
    return ToldRow(
        group.slug,
        reverse("group", args=[group.slug]),
        group.name,
        group.summary,
        [
            Change("cancelled", format_html("<del>{}</del>", _span(date)), date.reason)
            for date in row.cancelled
        ],
        [_fact("calendar", _("When"), _when(row)), *_who(group)],
        _pairs(group, row.facets, _where(group, _away(row, unit))),
    )


def told_meeting(meeting: Meeting, *, with_day: bool = False) -> ToldRow:
    """Tell of one date; with its day where no heading names that."""
    group = meeting.group
    tell = told_span if with_day else told_hours
    when: str = tell(meeting.starts_at, meeting.ends_at, meeting.time_zone)
    if meeting.is_cancelled:
        when = format_html("<del>{}</del>", when)
    return ToldRow(
        str(meeting.pk),
        reverse("meeting", args=[meeting.pk]),
        group.name,
        meeting.theme or group.summary,
        _changes(meeting),
        [_fact("clock", _("When"), when), *_who(group)],
        _pairs(group, frozenset(), _where(group, "")),
    )


def _changes(meeting: Meeting) -> list[Change]:
    if meeting.is_cancelled:
        return [Change("cancelled", "", meeting.reason)]
    if not meeting.is_moved:
        return []
    before = told_span(meeting.original_start, None, meeting.time_zone)
    told = format_html("{} <del>{}</del>", _("before:"), before)
    return [Change("moved", told, meeting.reason)]


def _pairs(group: Group, facets: frozenset[str], where: str) -> list[Fact]:
    pairs = [
        _fact("place", _("Where"), where),
        _fact("seat", _("How to join"), _joining(group, facets)),
        _fact("cost", _("Cost"), group.cost_note or spoken_choice(Cost, group.cost)),
    ]
    if group.languages:
        names = ", ".join(spoken_language(code) for code in group.languages)
        pairs.append(_fact("language", _("Language"), names))
    if group.access_features:
        names = ", ".join(spoken_choice(AccessFeature, value) for value in group.access_features)
        pairs.append(_fact("step-free", _("Access"), names))
    if FIRST_TIME in facets:
        pairs.append(_fact("heart", _("First time"), _("Good for a first time")))
    return pairs


def _fact(icon: str, label: str, text: str) -> Fact:
    return Fact(drawn_again(icon), label, text)


def _when(row: GroupRow) -> str:
    if not row.next_date:
        return _("No date is set yet")
    when = _span(row.next_date)
    if not row.next_date.is_moved:
        return when
    moved = pgettext("a date that was moved", "Moved")
    return format_html('{} <span class="badge is-warning">{}</span>', when, moved)


def _span(date: Meeting) -> SafeString:
    return told_span(date.starts_at, date.ends_at, date.time_zone)


def _who(group: Group) -> list[Fact]:
    lines = who_it_is_for(group)
    return [_fact("people", _("Who it is for"), lines[0])] if lines else []


def who_it_is_for(group: Group) -> list[str]:
    """Return the group's own words, and its audiences unless they say no more than that."""
    audiences = [value for value in group.audiences if value != Audience.EVERYONE]
    if group.audiences and not audiences and not group.who_for:
        audiences = [Audience.EVERYONE]
    names = ", ".join(spoken_choice(Audience, value) for value in audiences)
    return [line for line in (group.who_for, names) if line]


def _where(group: Group, away: str) -> str:
    where = spoken_choice(Format, group.format)
    if group.place and group.has_room_to_go_to:
        where = f"{where}: {group.place.public_area}"
    return _("%(where)s (%(away)s away)") % {"where": where, "away": away} if away else where


def _away(row: GroupRow, unit: str) -> str:
    if row.distance_km is None or row.group.format == Format.ONLINE:
        return ""
    return spoken_distance(row.distance_km, unit, is_area=row.is_area)


def _joining(group: Group, facets: Iterable[str]) -> str:
    """Say how one comes in, and whether there is room where the finder knows of it."""
    joining = spoken_choice(Joining, group.joining)
    if not facets or group.joining == Joining.JUST_COME:
        return joining
    room = _("There is room") if ROOM in facets else _("Full at the moment")
    return _("%(joining)s. %(room)s") % {"joining": joining, "room": room}


def spoken_choice(choices: type[Choices], value: str) -> str:
    """Return the label of a value in the reader's language; kept, since rows repeat them."""
    return _label(choices, value, reader_language())


@lru_cache(maxsize=1024)
def _label(choices: type[Choices], value: str, _language: str) -> str:
    return str(choices(value).label)
