"""What who stands in may know and do: one date, and nothing inside it before it opens."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.attendance import count_attendance
from directory.actions.cover import give_cover_back, offer_cover
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.models import Cover, Group, Meeting
from directory.queries.cover_access import covers_date
from directory.queries.date_inside import inside_of
from tests import factories
from tests.conftest import signed_in
from tests.facilitating.cover.steps import START, end, page_of, refused, stand_in

pytestmark = pytest.mark.django_db

OPENS = START - timedelta(hours=24)
CLOSES = START + timedelta(minutes=90, days=1)
A_MINUTE = timedelta(minutes=1)
TIMES = {
    "at once": START - timedelta(days=10),
    "just before it opens": OPENS - A_MINUTE,
    "as it opens": OPENS,
    "at the start": START,
    "just before it closes": CLOSES - A_MINUTE,
    "as it closes": CLOSES,
}
OPEN = {"as it opens", "at the start", "just before it closes"}


def seen_by(person: Person, meeting: Meeting) -> set[str]:
    """At which of these times they read what is inside the date."""
    meeting.refresh_from_db()
    return {name for name, now in TIMES.items() if inside_of(person, meeting, now)}


def test_who_stands_in_sees_who_comes_from_a_day_before_to_a_day_after(
    covering: Cover, gil: Person, fay: Person
) -> None:
    assert seen_by(gil, covering.meeting) == OPEN
    assert seen_by(fay, covering.meeting) == set(TIMES)


def test_how_long_before_is_a_setting(covering: Cover, gil: Person, settings: Any) -> None:
    settings.COVER_OPENS_HOURS = 24 + 1
    assert seen_by(gil, covering.meeting) == OPEN | {"just before it opens"}


@pytest.mark.parametrize("name", ["ada", "ben", "mo", "hal"])
def test_nobody_else_sees_anything_at_any_time(
    covering: Cover, request: pytest.FixtureRequest, name: str
) -> None:
    assert seen_by(request.getfixturevalue(name), covering.meeting) == set()


@pytest.mark.parametrize(
    "fields",
    [
        *[{"state": state} for state in ("asked", "offered", "declined", "withdrawn")],
        # They said yes to another start.
        {"answered_for": START - timedelta(hours=1)},
    ],
)
def test_without_a_yes_that_was_taken_for_this_start_nothing_is_seen(
    covering: Cover, gil: Person, fields: dict[str, Any]
) -> None:
    Cover.objects.update(**fields)
    assert seen_by(gil, covering.meeting) == set()


def test_who_runs_no_group_any_more_or_one_that_pauses_sees_nothing(
    covering: Cover, gil: Person
) -> None:
    Group.everything.filter(pk=covering.meeting.group_id).update(status="paused")
    assert seen_by(gil, covering.meeting) == set()
    Group.everything.update(status="published")
    end(gil)
    assert seen_by(gil, covering.meeting) == set()


def test_moved_away_after_it_opened_it_closes_and_asks_anew(
    covering: Cover, gil: Person, fay: Person
) -> None:
    meeting, now = covering.meeting, OPENS + timedelta(hours=1)
    assert inside_of(gil, meeting, now)
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(hours=1))
    meeting.refresh_from_db()
    assert inside_of(gil, meeting, now) is None
    assert covers_date(gil, meeting, now)
    offer_cover(cover=covering, by=gil)
    assert inside_of(gil, meeting, now)
    assert inside_of(gil, meeting, OPENS) is None


def test_said_late_it_is_open_at_once(meeting: Meeting, gil: Person, fay: Person) -> None:
    with time_machine.travel(START - timedelta(hours=3), tick=False):
        stand_in(meeting, fay, gil)
        assert inside_of(gil, meeting, timezone.now())


@pytest.mark.parametrize(("minutes", "may"), [(-1, True), (0, False)])
def test_cover_ends_a_day_after_the_date(
    covering: Cover, gil: Person, minutes: int, may: bool
) -> None:
    assert covers_date(gil, covering.meeting, CLOSES + timedelta(minutes=minutes)) == may


def test_who_covers_cancels_and_counts_this_date_alone_and_once_it_is_open(
    covering: Cover, gil: Person
) -> None:
    meeting, later = covering.meeting, START + timedelta(days=1)
    other = factories.make_meeting(meeting.group, START + timedelta(hours=7))
    assert refused(lambda: cancel_meeting(meeting=meeting, by=gil, reason="x")) == "not-open-yet"
    with time_machine.travel(START, tick=False):
        for act in (
            lambda: cancel_meeting(meeting=other, by=gil, reason="x"),
            lambda: move_meeting(meeting=meeting, by=gil, starts_at=later),
            lambda: count_attendance(meeting=other, by=gil, came=5),
        ):
            assert refused(act) == "not-yours"
        assert count_attendance(meeting=meeting, by=gil, came=5).came == 5
        assert cancel_meeting(meeting=meeting, by=gil, reason="The boiler broke.").is_cancelled


@pytest.mark.parametrize("state", ["asked", "offered", "declined", "withdrawn"])
def test_without_being_accepted_one_may_do_nothing(
    meeting: Meeting, gil: Person, state: str
) -> None:
    Cover.objects.create(meeting=meeting, person=gil, state=state)
    with time_machine.travel(START, tick=False):
        assert refused(lambda: cancel_meeting(meeting=meeting, by=gil, reason="x")) == "not-yours"


def looks() -> list[dict[str, Any]]:
    return list(AuditEntry.objects.filter(action="cover.looked").values("actor", "about"))


def given_back() -> dict[str, Any]:
    return AuditEntry.objects.get(action="cover.given_back").detail


def test_what_was_seen_stays_in_the_audit_trail_when_it_is_given_back(
    covering: Cover, gil: Person
) -> None:
    meeting = covering.meeting
    with time_machine.travel(START - timedelta(hours=5), tick=False):
        client = signed_in(gil)
        for _ in range(2):
            page_of(client, "facilitated_meeting", meeting.pk)
        assert looks() == [{"actor": f"person:{gil.pk}", "about": f"meeting:{meeting.pk}"}]
        give_cover_back(cover=covering, by=gil)
        address = reverse("facilitated_meeting", args=[meeting.pk])
        assert client.get(address).status_code == 404
        assert inside_of(gil, meeting, timezone.now()) is None
    assert given_back()["had_seen"] is True


def test_before_it_opens_nothing_was_seen(covering: Cover, gil: Person) -> None:
    page_of(signed_in(gil), "facilitated_meeting", covering.meeting_id)
    assert looks() == []
    give_cover_back(cover=covering, by=gil)
    assert given_back()["had_seen"] is False


def test_what_its_own_facilitators_look_at_is_not_written_down(
    meeting: Meeting, as_fay: Client
) -> None:
    page_of(as_fay, "facilitated_meeting", meeting.pk)
    assert looks() == []
