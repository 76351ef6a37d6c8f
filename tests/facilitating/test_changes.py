"""Dates cancelled and moved: once, with a reason, and everybody whom it concerns is told once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting
from directory.choices import MembershipState, SeatState
from directory.models import Group, Meeting
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def owed(kind: str) -> list[str]:
    mails = OutgoingMail.objects.filter(kind=kind).order_by("person__display_name")
    return list(mails.values_list("person__display_name", flat=True))


def refused_as(code: str) -> object:
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def crowd(group: Group, meeting: Meeting) -> None:
    """One of each standing, named by it."""
    for state in MembershipState.values:
        factories.make_membership(group, factories.make_person(f"Member {state}"), state)
    for state in SeatState.values:
        person = factories.make_person(f"Seat {state}")
        until = timezone.now() + timedelta(hours=1) if state == SeatState.OFFERED else None
        consent = factories.make_consent(person, group)
        acceptance = factories.make_acceptance(person)
        factories.make_seat(
            meeting,
            person,
            state,
            offer_expires_at=until,
            consent=consent,
            acceptance=acceptance,
        )


@pytest.mark.usefixtures("crowd")
def test_everybody_who_signed_up_is_told_once(fay: Person, meeting: Meeting) -> None:
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    told = ["Member active", "Seat confirmed", "Seat offered", "Seat waiting"]
    assert owed("meeting_cancelled") == told


def test_a_member_with_a_seat_is_told_once(ben: Person, fay: Person, meeting: Meeting) -> None:
    factories.make_seat(meeting, ben)
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    assert owed("meeting_cancelled") == ["Ben"]


def test_the_other_facilitator_is_told_as_well(fay: Person, group: Group, meeting: Meeting) -> None:
    factories.make_facilitator(group, factories.make_person("Cas"))
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    assert owed("meeting_cancelled") == ["Cas"]


def test_cancelled_keeps_the_date_and_says_why(fay: Person, meeting: Meeting) -> None:
    cancel_meeting(meeting=meeting, by=fay, reason="  The hall is closed. ")
    meeting.refresh_from_db()
    assert (meeting.is_cancelled, meeting.reason, meeting.version) == (
        True,
        "The hall is closed.",
        2,
    )
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about) == ("meeting.cancelled", f"meeting:{meeting.pk}")
    assert (entry.detail["dates"], entry.detail["told"]) == (1, 0)


def test_cancelling_twice_tells_once(ben: Person, fay: Person, meeting: Meeting) -> None:
    cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
    with refused_as("already-cancelled"):
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
    assert owed("meeting_cancelled") == ["Ben"]


def test_moved_keeps_the_original_start(
    ben: Person, fay: Person, meeting: Meeting, next_week: datetime
) -> None:
    later = next_week + timedelta(days=1)
    move_meeting(meeting=meeting, by=fay, starts_at=later, reason="The hall is taken.")
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.original_start) == (later, next_week)
    assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)
    assert owed("meeting_moved") == ["Ben"]


def test_moved_again_is_told_again(
    ben: Person, fay: Person, meeting: Meeting, next_week: datetime
) -> None:
    for days in (1, 2):
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=days))
    assert owed("meeting_moved") == ["Ben", "Ben"]


def test_the_second_of_two_facilitators_learns_that_it_changed(
    fay: Person, meeting: Meeting, next_week: datetime
) -> None:
    seen = meeting.version
    move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1), version=seen)
    with refused_as("changed-meanwhile"):
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.", version=seen)
    with refused_as("changed-meanwhile"):
        move_meeting(meeting=meeting, by=fay, starts_at=next_week, version=seen)


def test_a_facilitator_of_another_group_changes_nothing(gil: Person, meeting: Meeting) -> None:
    with refused_as("not-yours"):
        cancel_meeting(meeting=meeting, by=gil, reason="Ill.")
    with refused_as("not-yours"):
        move_meeting(meeting=meeting, by=gil, starts_at=meeting.starts_at + timedelta(hours=1))
    with refused_as("not-yours"):
        add_meeting(
            group=meeting.group,
            by=gil,
            starts_at=meeting.starts_at + timedelta(days=1),
            duration_minutes=60,
        )


def test_the_organisations_moderator_may(mo: Person, meeting: Meeting) -> None:
    assert cancel_meeting(meeting=meeting, by=mo, reason="Ill.").is_cancelled


def test_a_cancelled_date_cannot_be_moved(fay: Person, meeting: Meeting) -> None:
    cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
    with refused_as("already-cancelled"):
        move_meeting(meeting=meeting, by=fay, starts_at=meeting.starts_at + timedelta(hours=1))


def test_a_date_that_is_over_stays_as_it_was(fay: Person, group: Group) -> None:
    over = factories.make_meeting(group, timezone.now() - timedelta(days=1))
    with refused_as("over"):
        cancel_meeting(meeting=over, by=fay, reason="Ill.")
    with refused_as("over"):
        move_meeting(meeting=over, by=fay, starts_at=timezone.now() + timedelta(days=1))


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_cancelled(fay: Person, meeting: Meeting, reason: str) -> None:
    with refused_as("no-reason"):
        cancel_meeting(meeting=meeting, by=fay, reason=reason)


@pytest.mark.parametrize(
    ("days", "minutes", "code"),
    [
        (-8, 90, "in-the-past"),
        (5 * 366, 90, "too-far"),
        (1, 0, "ends-before-start"),
        (1, -30, "ends-before-start"),
        (1, 4, "length"),
        (1, 24 * 60 + 1, "length"),
        (0, 90, "same-time"),
    ],
)
def test_times_that_cannot_be(
    fay: Person, meeting: Meeting, next_week: datetime, days: int, minutes: int, code: str
) -> None:
    with refused_as(code):
        move_meeting(
            meeting=meeting,
            by=fay,
            starts_at=next_week + timedelta(days=days),
            duration_minutes=minutes,
        )
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.version) == (next_week, 1)


def test_not_onto_another_date_of_the_group(
    fay: Person, group: Group, meeting: Meeting, next_week: datetime
) -> None:
    other = factories.make_meeting(group, next_week + timedelta(days=1))
    with refused_as("another-date"):
        move_meeting(meeting=meeting, by=fay, starts_at=other.starts_at + timedelta(minutes=89))
    move_meeting(meeting=meeting, by=fay, starts_at=other.ends_at)
    assert meeting.group.meetings.filter(starts_at=other.ends_at).count() == 1


def test_not_onto_a_date_that_is_not_made_yet(fay: Person, group: Group, meeting: Meeting) -> None:
    series = factories.make_series(group, first_on=meeting.local_start.date())
    far = next(series.starts(after=meeting.starts_at + timedelta(weeks=20)))
    with refused_as("another-date"):
        move_meeting(meeting=meeting, by=fay, starts_at=far + timedelta(minutes=30))
    with refused_as("another-date"):
        add_meeting(group=group, by=fay, starts_at=far, duration_minutes=60)
    move_meeting(meeting=meeting, by=fay, starts_at=far + timedelta(hours=5))


def test_a_cancelled_date_makes_room_for_another(
    fay: Person, meeting: Meeting, next_week: datetime
) -> None:
    cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
    added = add_meeting(group=meeting.group, by=fay, starts_at=next_week, duration_minutes=60)
    assert (added.original_start, added.time_zone) == (next_week, "Europe/London")


def test_the_same_date_is_added_once(fay: Person, meeting: Meeting, next_week: datetime) -> None:
    with refused_as("already-there"):
        add_meeting(group=meeting.group, by=fay, starts_at=next_week, duration_minutes=90)


def test_an_unknown_zone_is_refused(fay: Person, group: Group, next_week: datetime) -> None:
    with refused_as("unknown-zone"):
        add_meeting(
            group=group,
            by=fay,
            starts_at=next_week,
            duration_minutes=90,
            time_zone="Europe/Atlantis",
        )


def test_a_closed_group_takes_no_dates(fay: Person, group: Group, next_week: datetime) -> None:
    Group.everything.filter(pk=group.pk).update(status="closed")
    with refused_as("closed"):
        add_meeting(group=group, by=fay, starts_at=next_week, duration_minutes=90)
