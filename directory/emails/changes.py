"""The mail about a change of several dates: one for each person, however many dates it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.emails.batch import once
from directory.emails.letters import Letter, about, page, when
from directory.models import Cover, ScheduleChange
from directory.queries.changes import ChangedDate, Slot, concerned_by
from directory.queries.roster import members, seats_held
from directory.queries.told import dates_to_tell
from directory.rules.memberships import facilitates
from directory.text.spoken_times import spoken_span, spoken_weekday

# So many dates are told one by one; the page has them all.
TOLD_ONE_BY_ONE = 4


@dataclass(frozen=True)
class Line:
    """What happened to one date: cancelled, moved, restored or added, and its times in words."""

    what: str
    when: str
    before: str = ""


def schedule_changed(mail: OutgoingMail, person: Person) -> Letter | None:
    """Tell what is otherwise about dates than people know, as they are now."""
    change = change_of(mail)
    if change is None:
        return None
    coming = once(("to come", change.pk), lambda: still_to_come(change))
    dates = of_concern(change, coming, person)
    if not dates:
        return None
    words: dict[str, Any] = {
        "weekday": _weekday(dates[0]) if len(dates) == 1 else "",
        "lines": [_line(date, person) for date in dates[:TOLD_ONE_BY_ONE]],
        "more": max(len(dates) - TOLD_ONE_BY_ONE, 0),
        "group": change.group,
        "reason": change.reason,
    }
    return Letter("schedule_changed", page_for(change, dates, person), words)


def change_of(mail: OutgoingMail) -> ScheduleChange | None:
    """Return the change that a mail is about, with its group; None where it was undone."""
    found = ScheduleChange.objects.standing().filter(id=about(mail))
    return found.select_related("group").first()


def still_to_come(change: ScheduleChange) -> list[ChangedDate]:
    """Return the dates that are to be told and not over."""
    now = timezone.now()
    return [date for date in dates_to_tell(change) if max(date.ends) > now]


def of_concern(
    change: ScheduleChange, dates: list[ChangedDate], person: Person
) -> list[ChangedDate]:
    """Return all the dates for who belongs to the group, else those that they have a part in."""
    if concerned_by(change.group, []).filter(id=person.id).exists():
        return dates
    ids = [date.id for date in dates]
    mine = {
        *seats_held().filter(meeting__in=ids, person=person).values_list("meeting", flat=True),
        *Cover.objects.promised()
        .filter(meeting__in=ids, person=person)
        .values_list("meeting", flat=True),
    }
    return [date for date in dates if date.id in mine]


def _line(date: ChangedDate, person: Person) -> Line:
    was, now = _say(date.was, date, person), _say(date.now, date, person)
    if date.was is None:
        return Line("added", now)
    if date.now is None or date.now.is_cancelled:
        return Line("cancelled", was)
    return Line("restored", now) if date.was.is_cancelled else _moved(date, now)


def _moved(date: ChangedDate, now: str) -> Line:
    # In the group's zone alone: nobody goes there any more.
    was, begins_as_before = date.was, len(set(date.starts)) == 1
    ended = was.ends_at if was and begins_as_before else None
    before = spoken_span(date.starts[0], ended, date.time_zone)
    return Line("moved", now, before=before)


def _say(slot: Slot | None, date: ChangedDate, person: Person) -> str:
    return when(slot.starts_at, slot.ends_at, date.time_zone, person) if slot else ""


def _weekday(date: ChangedDate) -> str:
    """Return the weekday that people have in mind: that of the old start."""
    first = date.starts[0].astimezone(ZoneInfo(date.time_zone))
    return spoken_weekday(first.date())


def page_for(change: ScheduleChange, dates: list[ChangedDate], person: Person) -> str:
    """Return the page with one's own dates, or else that of who runs the group."""
    held = seats_held().filter(meeting__in=[date.id for date in dates], person=person).exists()
    if held or members().filter(group=change.group, person=person).exists():
        return page("my_meeting", dates[0].id) if held and len(dates) == 1 else page("my_meetings")
    if facilitates(person, change.group_id):
        return page("facilitated_group", change.group_id)
    return page("facilitated_meeting", dates[0].id)
