"""What the card of a group or of a date tells, as plain values.

Cards of equal values are drawn alike, so what was drawn can be kept under all of them: a card that
says anything else is another one.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from directory.choices import Format
from directory.models import Group, Meeting
from directory.queries.search import GroupRow
from directory.text.spoken_distances import spoken_distance

ROOM, FIRST_TIME = "room:yes", "first-time:yes"


class CardDate(NamedTuple):
    """A date; `before` is when it was to begin, where it was moved."""

    starts_at: datetime
    ends_at: datetime
    zone: str
    is_cancelled: bool
    before: datetime | None
    reason: str


class AboutGroup(NamedTuple):
    """What holds for all dates of a group; `area` is where, as exactly as anybody may know it."""

    who_for: str
    audiences: tuple[str, ...]
    format: str
    area: str
    joining: str
    cost: str
    cost_note: str
    languages: tuple[str, ...]
    access: tuple[str, ...]


class Card(NamedTuple):
    """A group with its next date, or a date with its group.

    `mark` is the slug of the group or the number of the date; `words` are a line about it. `away`
    is how far it is, in words; `has_room` is None where nobody counted. `cancelled` are dates
    before `date`, and `reasons` what of a question it answers.
    """

    mark: str
    is_of_date: bool
    name: str
    words: str
    about: AboutGroup
    date: CardDate | None
    names_day: bool = True
    cancelled: tuple[CardDate, ...] = ()
    away: str = ""
    has_room: bool | None = None
    is_good_first: bool = False
    reasons: tuple[str, ...] = ()


def card_of_group(row: GroupRow, unit: str = "km") -> Card:
    """Tell of a group; distances in "mi" or "km"."""
    group, facets = row.group, row.facets
    return Card(
        mark=group.slug,
        is_of_date=False,
        name=group.name,
        words=group.summary,
        about=_about(group),
        date=_date(row.next_date) if row.next_date else None,
        cancelled=tuple([_date(date) for date in row.cancelled]),
        away=_away(row, unit),
        has_room=ROOM in facets if facets else None,
        is_good_first=FIRST_TIME in facets,
        reasons=tuple(row.reasons),
    )


def card_of_date(meeting: Meeting, *, names_day: bool) -> Card:
    """Tell of one date; with its day where no heading names that."""
    group = meeting.group
    return Card(
        mark=str(meeting.pk),
        is_of_date=True,
        name=group.name,
        words=meeting.theme or group.summary,
        about=_about(group),
        date=_date(meeting),
        names_day=names_day,
    )


def _about(group: Group) -> AboutGroup:
    place = group.place if group.has_room_to_go_to else None
    return AboutGroup(
        group.who_for,
        tuple(group.audiences),
        group.format,
        place.public_area if place else "",
        group.joining,
        group.cost,
        group.cost_note,
        tuple(group.languages),
        tuple(group.access_features),
    )


def _date(meeting: Meeting) -> CardDate:
    return CardDate(
        meeting.starts_at,
        meeting.ends_at,
        meeting.time_zone,
        meeting.is_cancelled,
        meeting.before if meeting.is_moved else None,
        meeting.reason,
    )


def _away(row: GroupRow, unit: str) -> str:
    if row.distance_km is None or row.group.format == Format.ONLINE:
        return ""
    return spoken_distance(row.distance_km, unit, is_area=row.is_area)
