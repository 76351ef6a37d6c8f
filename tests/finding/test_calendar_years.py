"""A year of dates in six zones, as two libraries read it; and texts that are hard to write."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from directory.actions.series import rearrange_series
from directory.models import Group, Meeting
from tests import factories
from tests.finding.calendars import events, file_at, lines, read_by_another

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/a-year/calendar.ics"
FIRST_MONDAY = date(2027, 1, 4)
WEEKS = 52
# The times are those that clock changes skip or bring twice in these zones.
YEARS = [
    ("Europe/London", "SU", time(1, 30)),
    ("America/New_York", "SU", time(2, 30)),
    ("Australia/Lord_Howe", "SU", time(1, 45)),
    ("Australia/Lord_Howe", "SU", time(2, 15)),
    ("Africa/Casablanca", "SU", time(2, 30)),
    ("Asia/Kolkata", "TU", time(19, 0)),
    ("America/Santiago", "SU", time(0, 30)),
]


def moment_of(wall: datetime, zone: str) -> datetime:
    """Look through all minutes of two days for the one at which a clock there shows this.

    Twice: the first. Never: as if the clock had not been changed yet (RFC 5545, 3.3.5).
    """
    clock = ZoneInfo(zone)
    begin = (wall - timedelta(hours=15)).replace(tzinfo=UTC)
    quarters = [begin + timedelta(minutes=15 * number) for number in range(4 * 30)]
    shown = [(it, it.astimezone(clock).replace(tzinfo=None)) for it in quarters]
    matching = [moment for moment, face in shown if face == wall]
    if matching:
        return matching[0]
    before = max(face for _moment, face in shown if face < wall)
    last = next(moment for moment, face in shown if face == before)
    return last + (wall - before)


def year_of(weekday: str, at: time) -> list[datetime]:
    first = FIRST_MONDAY + timedelta(days=6 if weekday == "SU" else 1)
    return [datetime.combine(first + timedelta(weeks=week), at) for week in range(WEEKS)]


def make_year(zone: str, weekday: str, at: time) -> Group:
    """A group whose dates the generator makes, little by little, through a whole year."""
    group = factories.make_group(slug="a-year", name="A year", time_zone=zone)
    factories.make_series(
        group,
        first_on=FIRST_MONDAY,
        starts_at_time=at,
        rule=f"FREQ=WEEKLY;BYDAY={weekday};COUNT={WEEKS}",
    )
    for week in range(0, WEEKS, 10):
        with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC) + timedelta(weeks=week)):
            call_command("generate_meetings", verbosity=0)
    return group


@pytest.mark.parametrize(("zone", "weekday", "at"), YEARS)
def test_a_year_of_dates_begins_when_clocks_there_say_so(client, zone, weekday, at) -> None:
    make_year(zone, weekday, at)
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
        text = file_at(client, ADDRESS)
    expected = [moment_of(wall, zone) for wall in year_of(weekday, at)]
    assert len(expected) == WEEKS
    own = [event["DTSTART"].dt for event in events(text)]
    another = [event.dtstart.value for event in read_by_another(text)]
    assert [moment.astimezone(UTC) for moment in own] == expected
    assert [moment.astimezone(UTC) for moment in another] == expected
    assert "VTIMEZONE" not in text
    assert "TZID" not in text


def test_the_times_are_those_that_clock_changes_meet() -> None:
    """Otherwise the year would prove little."""
    offsets = {
        zone: {moment_of(wall, zone).astimezone(ZoneInfo(zone)).utcoffset() for wall in walls}
        for zone, walls in ((zone, year_of(weekday, at)) for zone, weekday, at in YEARS)
    }
    assert [zone for zone in offsets if len(offsets[zone]) < 2] == ["Asia/Kolkata"]
    skipped = {
        zone
        for zone, weekday, at in YEARS
        for wall in year_of(weekday, at)
        if moment_of(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall
    }
    assert skipped == {
        "Europe/London",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "America/Santiago",
    }


def test_calendars_lose_no_date_when_a_series_meets_at_other_times(client: Client) -> None:
    """Tuesdays at seven become Wednesdays at six, every second week: what is known stays known."""
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False) as now:
        series = factories.make_series(factories.make_group(slug="a-year"), first_on=FIRST_MONDAY)
        call_command("generate_meetings", verbosity=0)
        before = {str(it["UID"]): it for it in events(file_at(client, ADDRESS))}
        now.shift(60)
        rearrange_series(
            series=series,
            by=None,
            from_start=datetime(2027, 2, 2, 19, tzinfo=UTC),
            reason="The room is free then.",
            first_on=date(2027, 2, 3),
            starts_at_time=time(18, 0),
            duration_minutes=90,
            time_zone="Europe/London",
            rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
            skipped_on=[],
        )
        after = {str(it["UID"]): it for it in events(file_at(client, ADDRESS))}
    assert set(before) <= set(after)
    changed = [it for it in before if after[it]["DTSTART"].dt != before[it]["DTSTART"].dt]
    gone = [it for it in before if after[it]["STATUS"] == "CANCELLED"]
    assert changed
    assert gone
    for uid in (*changed, *gone):
        assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
        assert after[uid]["LAST-MODIFIED"].dt > before[uid]["LAST-MODIFIED"].dt
    january = [it for it in before if before[it]["DTSTART"].dt < datetime(2027, 2, 1, tzinfo=UTC)]
    assert [after[it].to_ical() for it in january] == [before[it].to_ical() for it in january]


HARD = [
    "مجموعة الدعم المتبادل للحزن والفقدان " * 6,
    "Circle 👩‍👩‍👧‍👦 of friends 🫶🏽 " * 8,
    "One, two; three\\four: \"five\" 'six'",
    "Bell\x07 tab\tform\x0cfeed \x85next \u2028line \u2029paragraph\x7f",
    "\u202eright to left\u202c",
    "x" * 300,
    "é" * 74 + "ß",
]


def without_control(text: str) -> str:
    shown = "".join(" " if it < " " or it in "\x7f\x85\u2028\u2029" else it for it in text)
    return " ".join(word for word in shown.split(" ") if word)


@pytest.mark.parametrize("words", HARD)
def test_hard_texts_come_back_as_they_are(client: Client, words: str) -> None:
    group = factories.make_group(slug="a-year")
    Group.everything.filter(pk=group.pk).update(name=words[:120])
    meeting = factories.make_meeting(group, status="cancelled", reason=words[:190])
    text = file_at(client, ADDRESS)
    (event,), (other,) = events(text), read_by_another(text)
    name, reason = without_control(words[:120]), without_control(words[:190])
    assert event["SUMMARY"] == other.summary.value == f"Cancelled: {name}"
    assert f"This meeting is cancelled: {reason}\n" in event["DESCRIPTION"]
    assert event["DESCRIPTION"] == other.description.value
    assert str(event["UID"]) == other.uid.value == f"{meeting.pk}@localhost"


def test_breaks_and_marks_are_escaped(client: Client) -> None:
    group = factories.make_group(slug="a-year", name="One, two; three\\four")
    Meeting.everything.filter(pk=factories.make_meeting(group).pk).update(
        status="cancelled", reason="First,\nsecond;"
    )
    told = lines(file_at(client, ADDRESS))
    assert r"SUMMARY:Cancelled: One\, two\; three\\four" in told
    (description,) = [line for line in told if line.startswith("DESCRIPTION")]
    assert r"\nThis meeting is cancelled: First\, second\;\nhttp" in description
