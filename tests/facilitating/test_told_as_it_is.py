"""Changes upon changes within five minutes: everybody is told once, of what is true by then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import OutgoingMail, Person
from directory.actions.changes import begin, finish, undo_change
from directory.actions.meetings import cancel_meeting, move_meeting, restore_meeting
from directory.choices import ChangeKind
from directory.emails import render
from directory.models import Meeting, ScheduleChange
from directory.queries.told import count_untold
from directory.text.spoken_times import spoken_span
from tests import factories

pytestmark = pytest.mark.django_db
DAY, HALF_AN_HOUR = timedelta(days=1), timedelta(minutes=30)


@pytest.fixture(autouse=True)
def told(ben: Person, fay: Person) -> None:
    """Fay changes, Ben is told."""


def newest() -> ScheduleChange:
    return ScheduleChange.objects.latest("made_at")


def move(meeting: Meeting, by: Person, start: datetime, **more: Any) -> None:
    move_meeting(meeting=meeting, by=by, starts_at=start, **more)


def letters() -> list[str]:
    """The mails that would go out now."""
    made = [render(mail) for mail in OutgoingMail.objects.filter(state="waiting")]
    return [message.body for message in made if message]


def span(start: datetime, minutes: int = 90) -> str:
    return spoken_span(start, start + timedelta(minutes=minutes), "Europe/London")


class TestASilentChangeAfterAnAnnouncedOne:
    def test_the_move_is_told_with_the_corrected_time(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + DAY, reason="The hall is taken.")
        move(meeting, fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        (body,) = letters()
        assert span(next_week + DAY + HALF_AN_HOUR) in body

    def test_with_the_reason_that_was_given(
        self, meeting: Meeting, fay: Person, ben: Person, next_week: datetime
    ) -> None:
        Person.objects.filter(pk=ben.pk).update(mail_preference="detailed")
        move(meeting, fay, next_week + DAY, reason="The hall is taken.")
        move(meeting, fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        assert "The hall is taken." in letters()[0]

    def test_with_the_corrected_length(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + DAY)
        move(meeting, fay, next_week + DAY, duration_minutes=120, tells=False)
        (body,) = letters()
        assert span(next_week + DAY, 120) in body

    def test_cancelled_it_is_told_as_cancelled(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + DAY)
        cancel_meeting(meeting=meeting, by=fay, reason="Ill.", tells=False)
        (body,) = letters()
        assert "cancelled" in body

    def test_back_where_it_was_there_is_nothing_to_tell(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + DAY)
        move(meeting, fay, next_week, tells=False)
        assert letters() == []

    def test_alone_it_is_told_to_nobody(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + DAY)
        OutgoingMail.objects.update(state="sent", finished_at=next_week)
        move(meeting, fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        assert letters() == []

    def test_the_page_says_how_many_hear_of_the_earlier_one(
        self, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        assert count_untold(meeting.group, [meeting]) == 0
        move(meeting, fay, next_week + DAY)
        assert count_untold(meeting.group, [meeting]) == 1


class TestUndone:
    @pytest.fixture
    def moved(self, meeting: Meeting, fay: Person, next_week: datetime) -> ScheduleChange:
        move(meeting, fay, next_week + DAY)
        announced = newest()
        move(meeting, fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        return announced

    def test_the_silent_one_the_announced_one_is_told(
        self, moved: ScheduleChange, fay: Person, next_week: datetime
    ) -> None:
        undo_change(change=newest(), by=fay)
        (body,) = letters()
        assert span(next_week + DAY) in body

    def test_then_the_announced_one_too_nobody_is_told(
        self, moved: ScheduleChange, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        undo_change(change=newest(), by=fay)
        undo_change(change=moved, by=fay)
        meeting.refresh_from_db()
        assert meeting.starts_at == next_week
        assert letters() == []

    def test_a_third_that_was_announced_the_first_is_told_as_corrected(
        self, moved: ScheduleChange, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        move(meeting, fay, next_week + 3 * DAY)
        undo_change(change=newest(), by=fay)
        (body,) = letters()
        assert span(next_week + DAY + HALF_AN_HOUR) in body

    def test_two_silent_ones_one_after_the_other(
        self, moved: ScheduleChange, meeting: Meeting, fay: Person, next_week: datetime
    ) -> None:
        silent = newest()
        move(meeting, fay, next_week + 3 * DAY, tells=False)
        for change in (newest(), silent):
            undo_change(change=change, by=fay)
        (body,) = letters()
        assert span(next_week + DAY) in body


class TestManyDates:
    @pytest.fixture
    def dates(self, meeting: Meeting, fay: Person, next_week: datetime) -> list[Meeting]:
        """Two dates, both moved by a day; people are to be told."""
        rows = [meeting, factories.make_meeting(meeting.group, next_week + 7 * DAY)]
        kind = ChangeKind.REARRANGED
        change = begin(group=meeting.group, by=fay, kind=kind, meetings=rows)
        for row in rows:
            row.starts_at, row.ends_at = row.starts_at + DAY, row.ends_at + DAY
            row.version += 1
            row.save()
        finish(change)
        return rows

    def test_a_silent_correction_of_one_is_in_the_mail(
        self, dates: list[Meeting], fay: Person, next_week: datetime
    ) -> None:
        move(dates[0], fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        (body,) = letters()
        assert f"New time: {span(next_week + DAY + HALF_AN_HOUR)}" in body
        assert body.count("New time: ") == 2

    def test_undone_it_is_told_as_it_was(
        self, dates: list[Meeting], fay: Person, next_week: datetime
    ) -> None:
        move(dates[0], fay, next_week + DAY + HALF_AN_HOUR, tells=False)
        undo_change(change=newest(), by=fay)
        (body,) = letters()
        assert f"New time: {span(next_week + DAY)}" in body

    def test_what_is_announced_again_is_in_one_mail_only(
        self, dates: list[Meeting], fay: Person, next_week: datetime
    ) -> None:
        move(dates[0], fay, next_week + 2 * DAY)
        both = letters()
        assert sorted(body.count("New time: ") for body in both) == [0, 1]
        assert sum(span(next_week + 2 * DAY) in body for body in both) == 1

    def test_what_is_on_again_before_anybody_heard_is_told_nobody(
        self, dates: list[Meeting], fay: Person, next_week: datetime
    ) -> None:
        cancel_meeting(meeting=dates[0], by=fay, reason="Ill.")
        ScheduleChange.objects.filter(kind="cancelled").update(kind="skipped")
        restore_meeting(meeting=dates[0], by=fay)
        (body,) = [body for body in letters() if span(next_week + DAY) in body]
        assert "New time: " in body or "after all" not in body

    def test_the_mails_about_all_wait_for_a_third_change_as_well(
        self, dates: list[Meeting], fay: Person, next_week: datetime
    ) -> None:
        """The second held them back past their own time."""
        first = newest()
        ScheduleChange.objects.filter(pk=first.pk).update(
            made_at=first.made_at - 2 * timedelta(minutes=4),
            tells_at=first.tells_at - 2 * timedelta(minutes=4),
            undo_until=first.undo_until - 2 * timedelta(minutes=4),
        )
        move(dates[0], fay, next_week + 2 * DAY, tells=False)
        second = newest()
        second.before["upon"] = [str(first.pk)]
        second.save()
        move(dates[1], fay, next_week + 12 * DAY, tells=False)
        move(dates[0], fay, next_week + 3 * DAY)
        assert newest().before["upon"] == [str(first.pk)]
