"""The mail about dates that were added by hand: one for each person, also where they recur."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.choices import SeatState
from directory.emails.batch import once
from directory.emails.changes import (
    TOLD_ONE_BY_ONE,
    change_of,
    of_concern,
    page_for,
    still_to_come,
)
from directory.emails.letters import Letter, page, when
from directory.models import ScheduleChange, Series
from directory.queries.changes import ChangedDate, concerned_by
from directory.queries.roster import seats_held
from directory.text.spoken_rules import spoken_rule

# Beyond this, nothing is looked for among days that are left out.
READ_FOR_FIRST = 400


def dates_added(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell of dates that are new, as they are now; of a new rule also where it has none yet."""
    change = change_of(mail)
    if change is None:
        return None
    coming = once(("to come", change.pk), lambda: still_to_come(change))
    dates = of_concern(change, coming, person)
    series = once(("series", change.pk), lambda: _series_of(change))
    if not dates and (series is None or coming or not _belongs(change, person)):
        return None
    lines = [_say(date, person) for date in dates] or _first_starts(series, person)
    words: dict[str, Any] = {
        "rule": spoken_rule(series.rule, series.first_on) if series else "",
        "lines": lines[:TOLD_ONE_BY_ONE],
        "more": max(len(lines) - TOLD_ONE_BY_ONE, 0),
        "place": _place_at(dates, person),
        "group": change.group,
    }
    url = page_for(change, dates, person) if dates else page("my_meetings")
    return Letter("dates_added", url, words)


def _series_of(change: ScheduleChange) -> Series | None:
    made = change.before.get("made", {}).get("series", [])
    return Series.objects.filter(pk__in=made, ended_at=None).first()


def _belongs(change: ScheduleChange, person: Person) -> bool:
    return concerned_by(change.group, []).filter(id=person.id).exists()


def _say(date: ChangedDate, person: Person) -> str:
    slot = date.now
    return when(slot.starts_at, slot.ends_at, date.time_zone, person) if slot else ""


def _first_starts(series: Series | None, person: Person) -> list[str]:
    """Say when a group begins that meets by a rule from some months on."""
    if series is None:
        return []
    skipped = set(series.skipped_on)
    starts = series.starts(after=timezone.now(), limit=READ_FOR_FIRST)
    first = next((start for start in starts if start.date() not in skipped), None)
    return [when(first, None, series.time_zone, person)] if first else []


def _place_at(dates: list[ChangedDate], person: Person) -> str:
    """Say "yes" to who has a place at all of these dates, "waits" to who waits at some."""
    seats = seats_held().filter(meeting__in=[date.id for date in dates], person=person)
    states = set(seats.values_list("state", flat=True))
    if not states:
        return ""
    return "yes" if states == {SeatState.CONFIRMED} else "waits"
