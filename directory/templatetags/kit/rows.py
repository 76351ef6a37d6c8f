"""Rows of lists in the words that visitors read, put together before the template draws them.

A page holds twenty rows of ten facts: a component for each would cost more than everything
else. Most facts are the same on many rows, so what was drawn is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.choices import AccessFeature, Audience, Cost, Format, Joining
from directory.models import Group, Meeting
from directory.queries.search import GroupRow
from directory.templatetags.kit.sprite import drawn_again
from directory.templatetags.kit.times import told_hours, told_span
from directory.text.locales import reader_language
from directory.text.spoken_choices import spoken_choices
from directory.text.spoken_distances import spoken_distance
from directory.text.spoken_names import spoken_language

ROOM, FIRST_TIME = "room:yes", "first-time:yes"
FACTS_KEPT = 8192
# Stands in an address for what differs from row to row.
GAP = "00000000-0000-0000-0000-000000000000"


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
    own, `pairs` are short. `reasons` say what of the question it answers.
    """

    mark: str
    url: str
    name: str
    words: str
    changes: list[Change]
    facts: SafeString
    pairs: SafeString
    reasons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Words:
    """What rows say again and again, in one language (`code`)."""

    code: str
    when: str
    who: str
    where: str
    joining: str
    cost: str
    language: str
    access: str
    first_time: str
    is_good: str
    no_date: str
    room: str
    full: str
    group_page: str
    meeting_page: str
    access_features: dict[str, str]
    audiences: dict[str, str]
    costs: dict[str, str]
    formats: dict[str, str]
    joinings: dict[str, str]


def _words() -> Words:
    return _words_in(reader_language())


@lru_cache(maxsize=32)
def _words_in(language: str) -> Words:
    return Words(
        code=language,
        when=_("When"),
        who=_("Who it is for"),
        where=_("Where"),
        joining=_("How to join"),
        cost=_("Cost"),
        language=_("Language"),
        access=_("Access"),
        first_time=_("First time"),
        is_good=_("Good for a first time"),
        no_date=_("No date is set yet"),
        room=_("There is room"),
        full=_("Full at the moment"),
        group_page=reverse("group", args=[GAP]),
        meeting_page=reverse("meeting", args=[GAP]),
        access_features=spoken_choices(AccessFeature),
        audiences=spoken_choices(Audience),
        costs=spoken_choices(Cost),
        formats=spoken_choices(Format),
        joinings=spoken_choices(Joining),
    )


def told_group(row: GroupRow, unit: str = "km") -> ToldRow:
    """Tell of a group; distances in "mi" or "km"."""
    group, words = row.group, _words()
    return ToldRow(
        group.slug,
        words.group_page.replace(GAP, group.slug),
        group.name,
        group.summary,
        [
            Change("cancelled", format_html("<del>{}</del>", _span(date, words)), date.reason)
            for date in row.cancelled
        ],
        _joined([_drawn("calendar", words.when, _when(row, words)), *_who(group, words)]),
        _pairs(group, row.facets, _where(group, words, _away(row, unit)), words),
        row.reasons,
    )


def told_meeting(meeting: Meeting, *, with_day: bool = False) -> ToldRow:
    """Tell of one date; with its day where no heading names that."""
    group, words = meeting.group, _words()
    tell = told_span if with_day else told_hours
    when = tell(meeting.starts_at, meeting.ends_at, meeting.time_zone, words.code)
    if meeting.is_cancelled:
        when = format_html("<del>{}</del>", when)
    mark = str(meeting.pk)
    return ToldRow(
        mark,
        words.meeting_page.replace(GAP, mark),
        group.name,
        meeting.theme or group.summary,
        _changes(meeting),
        _joined([_drawn("clock", words.when, when), *_who(group, words)]),
        _pairs(group, frozenset(), _where(group, words), words),
    )


def _changes(meeting: Meeting) -> list[Change]:
    if meeting.is_cancelled:
        return [Change("cancelled", "", meeting.reason)]
    if not meeting.is_moved:
        return []
    before = told_span(meeting.original_start, None, meeting.time_zone)
    told = format_html("{} <del>{}</del>", _("before:"), before)
    return [Change("moved", told, meeting.reason)]


def _pairs(group: Group, facets: frozenset[str], where: str, words: Words) -> SafeString:
    cost = group.cost_note or words.costs[group.cost]
    pairs = [
        _fact("place", words.where, where),
        _fact("seat", words.joining, _joining(group, facets, words)),
        _fact("cost", words.cost, cost),
    ]
    if group.languages:
        names = _names_of(tuple(group.languages), words.code)
        pairs.append(_fact("language", words.language, names))
    if group.access_features:
        names = ", ".join(words.access_features[value] for value in group.access_features)
        pairs.append(_fact("step-free", words.access, names))
    if FIRST_TIME in facets:
        pairs.append(_fact("heart", words.first_time, words.is_good))
    return _joined(pairs)


@lru_cache(maxsize=1024)
def _names_of(languages: tuple[str, ...], _language: str) -> str:
    return ", ".join(spoken_language(code) for code in languages)


@lru_cache(maxsize=FACTS_KEPT)
def _fact(icon: str, label: str, text: str) -> SafeString:
    """Say a text beside a picture. Never give it markup: what is kept is told by its letters."""
    return _drawn(icon, label, format_html("{}", str(text)))


def _drawn(icon: str, label: str, markup: SafeString) -> SafeString:
    return format_html(
        '<li>{}<span><span class="visually-hidden">{}: </span><bdi>{}</bdi></span></li>',
        drawn_again(icon),
        label,
        markup,
    )


def _joined(facts: list[SafeString]) -> SafeString:
    return mark_safe("".join(facts))  # noqa: S308 (each was escaped when it was drawn)


def _when(row: GroupRow, words: Words) -> SafeString:
    if not row.next_date:
        return format_html("{}", words.no_date)
    when = _span(row.next_date, words)
    if not row.next_date.is_moved:
        return when
    moved = pgettext("a date that was moved", "Moved")
    return format_html('{} <span class="badge is-warning">{}</span>', when, moved)


def _span(date: Meeting, words: Words) -> SafeString:
    return told_span(date.starts_at, date.ends_at, date.time_zone, words.code)


def _who(group: Group, words: Words) -> list[SafeString]:
    lines = _who_it_is_for(group, words)
    return [_fact("people", words.who, lines[0])] if lines else []


def who_it_is_for(group: Group) -> list[str]:
    """Return the group's own words, and its audiences unless they say no more than that."""
    return _who_it_is_for(group, _words())


def _who_it_is_for(group: Group, words: Words) -> list[str]:
    audiences = [value for value in group.audiences if value != Audience.EVERYONE]
    if group.audiences and not audiences and not group.who_for:
        audiences = [Audience.EVERYONE]
    names = ", ".join(words.audiences[value] for value in audiences)
    return [line for line in (group.who_for, names) if line]


def _where(group: Group, words: Words, away: str = "") -> str:
    where = words.formats[group.format]
    if group.place and group.has_room_to_go_to:
        where = f"{where}: {group.place.public_area}"
    return _("%(where)s (%(away)s away)") % {"where": where, "away": away} if away else where


def _away(row: GroupRow, unit: str) -> str:
    if row.distance_km is None or row.group.format == Format.ONLINE:
        return ""
    return spoken_distance(row.distance_km, unit, is_area=row.is_area)


def _joining(group: Group, facets: frozenset[str], words: Words) -> str:
    """Say how one comes in, and whether there is room where the finder knows of it."""
    joining = words.joinings[group.joining]
    if not facets or group.joining == Joining.JUST_COME:
        return joining
    return f"{joining}. {words.room if ROOM in facets else words.full}"
