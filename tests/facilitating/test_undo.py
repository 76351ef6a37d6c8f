"""Changes of dates undone before anybody is told: the rows are as they were, and nobody hears."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.changes import begin, finish, undo_change
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting, restore_meeting
from directory.choices import ChangeKind
from directory.emails import render
from directory.models import FinderEntry, Group, Meeting, ScheduleChange, Seat
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
WRITTEN_ANYWAY = ("version", "updated_at", "generated_until")


def refused_as(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


def newest() -> ScheduleChange:
    return ScheduleChange.objects.latest("made_at")


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("created_at").values_list("state", flat=True))


@pytest.fixture
def cancelled(meeting: Meeting, ben: Person, fay: Person) -> ScheduleChange:
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    return newest()


class TestOneDate:
    def test_a_cancelled_one_goes_ahead_and_nobody_is_told(
        self, cancelled: ScheduleChange, meeting: Meeting, fay: Person
    ) -> None:
        undo_change(change=cancelled, by=fay)
        meeting.refresh_from_db()
        assert (meeting.status, meeting.reason, meeting.version) == ("scheduled", "", 3)
        assert states() == ["dropped"]
        assert AuditEntry.objects.latest("id").action == "change.undone"

    def test_a_moved_one_is_back_at_its_time(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1), reason="x")
        undo_change(change=newest(), by=fay)
        meeting.refresh_from_db()
        assert (meeting.starts_at, meeting.is_moved, meeting.reason) == (next_week, False, "")
        assert meeting.ends_at - meeting.starts_at == timedelta(minutes=90)
        assert states() == ["dropped"]

    def test_it_is_found_again(self, cancelled: ScheduleChange, group: Group, fay: Person) -> None:
        hours = FinderEntry.objects.get(pk=group.pk).keys
        undo_change(change=cancelled, by=fay)
        assert len(FinderEntry.objects.get(pk=group.pk).keys) > len(hours)

    def test_people_keep_their_places(self, meeting: Meeting, ben: Person, fay: Person) -> None:
        seat = factories.make_seat(meeting, ben)
        cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
        undo_change(change=newest(), by=fay)
        assert Seat.objects.get() == seat


class TestNotAnyMore:
    def test_twice(self, cancelled: ScheduleChange, fay: Person) -> None:
        undo_change(change=cancelled, by=fay)
        with refused_as("undone-already"):
            undo_change(change=cancelled, by=fay)
        assert Meeting.everything.get().version == 3

    @pytest.mark.parametrize(("tells", "code"), [(True, "told-already"), (False, "too-late")])
    def test_after_five_minutes(
        self, meeting: Meeting, fay: Person, tells: bool, code: str
    ) -> None:
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.", tells=tells)
        ScheduleChange.objects.update(undo_until=timezone.now())
        with refused_as(code):
            undo_change(change=newest(), by=fay)
        assert Meeting.everything.get().is_cancelled

    def test_once_a_mail_was_tried(self, cancelled: ScheduleChange, fay: Person) -> None:
        OutgoingMail.objects.update(attempts=1)
        with refused_as("told-already"):
            undo_change(change=cancelled, by=fay)
        assert states() == ["waiting"]

    def test_once_the_date_was_changed_again(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1))
        first = newest()
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=2))
        with refused_as("changed-since"):
            undo_change(change=first, by=fay)

    def test_once_another_date_is_there(
        self, cancelled: ScheduleChange, group: Group, fay: Person, next_week: datetime
    ) -> None:
        add_meeting(group=group, by=fay, starts_at=next_week, duration_minutes=60, tells=False)
        with refused_as("taken-since"):
            undo_change(change=cancelled, by=fay)
        assert states() == ["waiting"]

    def test_by_somebody_elses_facilitator(self, cancelled: ScheduleChange, gil: Person) -> None:
        with refused_as("not-yours"):
            undo_change(change=cancelled, by=gil)

    def test_but_the_moderator_may(self, cancelled: ScheduleChange, mo: Person) -> None:
        assert undo_change(change=cancelled, by=mo).undone_at


class TestOneAfterTheOther:
    def test_both_can_be_undone_the_later_first(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1))
        moved = newest()
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
        undo_change(change=newest(), by=fay)
        undo_change(change=moved, by=fay)
        meeting.refresh_from_db()
        assert (meeting.starts_at, meeting.is_cancelled, meeting.version) == (next_week, False, 5)
        assert states() == ["dropped", "dropped"]

    @pytest.mark.parametrize("state", ["waiting", "dropped"])
    def test_the_mail_of_the_first_is_owed_again(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime, state: str
    ) -> None:
        """It waits, or it was dropped since the date was cancelled when it was to be sent."""
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1))
        ended = None if state == "waiting" else timezone.now()
        OutgoingMail.objects.update(state=state, finished_at=ended)
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.")
        undo_change(change=newest(), by=fay)
        mail = OutgoingMail.objects.get(kind="meeting_moved")
        meeting.refresh_from_db()
        assert (mail.state, mail.version) == ("waiting", meeting.version)

    def test_the_mail_of_the_first_waits_until_the_second_stands(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        with time_machine.travel(timezone.now() - timedelta(minutes=4), tick=False):
            move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1))
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.", tells=False)
        assert OutgoingMail.objects.get().send_after == newest().undo_until
        undo_change(change=newest(), by=fay)
        assert render(OutgoingMail.objects.get()).subject.startswith("Change to")

    def test_so_does_the_mail_about_many_dates(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        other = factories.make_meeting(meeting.group, next_week + timedelta(days=7))
        with time_machine.travel(timezone.now() - timedelta(minutes=4), tick=False):
            change = begin(
                group=meeting.group, by=fay, kind=ChangeKind.SKIPPED, meetings=[meeting, other]
            )
            Meeting.everything.update(status="cancelled", reason="Away.", version=2)
            finish(change)
        restore_meeting(meeting=meeting, by=fay)
        waits = set(OutgoingMail.objects.values_list("send_after", flat=True))
        assert waits == {newest().undo_until}
