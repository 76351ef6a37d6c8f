"""Changes of many dates at once: told in one mail a person, and undone as one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.changes import begin, finish, undo_change
from directory.actions.seats import take_seat
from directory.actions.series import end_series, generate_meetings, rearrange_series, skip_days
from directory.choices import ChangeKind, GroupStatus
from directory.models import Group, Meeting, ScheduleChange, Series
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
WRITTEN_ANYWAY = ("version", "updated_at", "generated_until")


def shift(
    group: Group, by: Person, meetings: Iterable[Meeting], days: int, **fields: Any
) -> ScheduleChange:
    """Move several dates at once."""
    rows = list(meetings)
    change = begin(group=group, by=by, kind=ChangeKind.REARRANGED, meetings=rows, **fields)
    for meeting in rows:
        meeting.starts_at += timedelta(days=days)
        meeting.ends_at += timedelta(days=days)
        meeting.version += 1
        meeting.save()
    return finish(change)


def as_they_are(group: Group) -> dict[Any, dict[str, Any]]:
    rows = [*Meeting.everything.filter(group=group).values(), *group.series.values()]
    return {
        row["id"]: {name: value for name, value in row.items() if name not in WRITTEN_ANYWAY}
        for row in rows
    }


def states() -> list[str]:
    return list(OutgoingMail.objects.order_by("created_at").values_list("state", flat=True))


class TestManyDates:
    @pytest.fixture
    def weekly(self, group: Group, next_week: datetime) -> list[Meeting]:
        weeks = [timedelta(weeks=number) for number in range(3)]
        return [factories.make_meeting(group, next_week + week) for week in weeks]

    def test_one_mail_a_person(
        self, group: Group, weekly: list[Meeting], ben: Person, fay: Person
    ) -> None:
        change = shift(group, fay, weekly, 1)
        mail = OutgoingMail.objects.get()
        assert (mail.about, mail.person, mail.send_after) == (
            f"change:{change.pk}",
            ben,
            change.tells_at,
        )

    def test_all_are_put_back(
        self, group: Group, weekly: list[Meeting], ben: Person, fay: Person
    ) -> None:
        before = as_they_are(group)
        undo_change(change=shift(group, fay, weekly, 1), by=fay)
        assert as_they_are(group) == before
        assert set(Meeting.everything.values_list("version", flat=True)) == {3}
        assert states() == ["dropped"]

    def test_those_that_stayed_keep_their_version(
        self, group: Group, weekly: list[Meeting], fay: Person
    ) -> None:
        change = begin(group=group, by=fay, kind=ChangeKind.SKIPPED, meetings=weekly)
        Meeting.everything.filter(pk=weekly[0].pk).update(
            status="cancelled", reason="Away.", version=2
        )
        undo_change(change=finish(change), by=fay)
        versions = Meeting.everything.order_by("starts_at").values_list("version", flat=True)
        assert list(versions) == [3, 1, 1]

    def test_one_that_is_about_to_begin_tells_at_once(
        self, group: Group, weekly: list[Meeting], ben: Person, fay: Person
    ) -> None:
        soon = factories.make_meeting(group, timezone.now() + timedelta(hours=2))
        change = shift(group, fay, [*weekly, soon], 1)
        assert change.tells_at == change.undo_until == change.made_at

    def test_one_that_is_about_to_begin_and_stays_does_not(
        self, group: Group, weekly: list[Meeting], fay: Person
    ) -> None:
        soon = factories.make_meeting(group, timezone.now() + timedelta(hours=2))
        change = begin(group=group, by=fay, kind=ChangeKind.SKIPPED, meetings=[*weekly, soon])
        Meeting.everything.filter(pk=weekly[0].pk).update(status="cancelled", reason="Away.")
        assert finish(change).tells_at > timezone.now()

    def test_where_nothing_changed_nobody_is_told(
        self, group: Group, weekly: list[Meeting], ben: Person, fay: Person
    ) -> None:
        finish(begin(group=group, by=fay, kind=ChangeKind.SKIPPED, meetings=weekly))
        assert states() == []

    def test_what_was_removed_comes_back(
        self, group: Group, weekly: list[Meeting], fay: Person
    ) -> None:
        before = as_they_are(group)
        change = begin(group=group, by=fay, kind=ChangeKind.ENDED, meetings=weekly)
        weekly[2].delete()
        undo_change(change=finish(change), by=fay)
        assert as_they_are(group) == before

    def test_what_was_made_goes_with_the_places_of_members(
        self, group: Group, weekly: list[Meeting], ben: Person, fay: Person, next_week: datetime
    ) -> None:
        change = begin(group=group, by=fay, kind=ChangeKind.REARRANGED, meetings=weekly)
        made = factories.make_meeting(group, next_week + timedelta(days=3))
        factories.make_seat(made, ben)
        undo_change(change=finish(change, made=[made]), by=fay)
        assert Meeting.everything.count() == 3

    def test_whoever_wants_a_place_there_just_then_reads_that_it_is_gone(
        self, group: Group, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        change = begin(group=group, by=fay, kind=ChangeKind.REARRANGED, meetings=[])
        made = factories.make_meeting(group, next_week)
        undo_change(change=finish(change, made=[made]), by=fay)
        with pytest.raises(Refused, match="gone"):
            take_seat(meeting=made, by=ben)

    def test_what_was_made_and_taken_by_somebody_is_cancelled_and_told(
        self, group: Group, ada: Person, fay: Person, next_week: datetime
    ) -> None:
        change = begin(group=group, by=fay, kind=ChangeKind.REARRANGED, meetings=[])
        made = factories.make_meeting(group, next_week)
        change = finish(change, made=[made])
        consent, acceptance = factories.make_consent(ada, group), factories.make_acceptance(ada)
        factories.make_seat(made, ada, consent=consent, acceptance=acceptance)
        undo_change(change=change, by=fay)
        assert Meeting.everything.get().is_cancelled
        mail = OutgoingMail.objects.get(kind="meeting_cancelled")
        assert (mail.person, mail.state) == (ada, "waiting")


class TestSeries:
    @pytest.fixture
    def series(self, group: Group) -> Series:
        from_day = timezone.localdate() + timedelta(days=1)
        series = factories.make_series(group, first_on=from_day, rule="FREQ=WEEKLY;BYDAY=TU")
        generate_meetings(series=series)
        return series

    def test_other_times_are_undone(self, series: Series, ben: Person, fay: Person) -> None:
        before = as_they_are(series.group)
        change = rearrange_series(
            series=series,
            by=fay,
            from_start=None,
            reason="The hall is taken.",
            rule="FREQ=WEEKLY;BYDAY=TH",
            first_on=timezone.localdate() + timedelta(days=1),
            starts_at_time=series.starts_at_time,
            duration_minutes=60,
            time_zone=series.time_zone,
            skipped_on=[],
        )
        assert as_they_are(series.group) != before
        undo_change(change=change, by=fay)
        assert as_they_are(series.group) == before
        assert Series.objects.get().ended_at is None

    def test_a_draft_gets_its_dates_back(self, series: Series, fay: Person) -> None:
        Group.everything.update(status=GroupStatus.DRAFT)
        before = as_they_are(series.group)
        undo_change(
            change=end_series(series=series, by=fay, from_start=None, reason="Over."), by=fay
        )
        assert as_they_are(series.group) == before

    def test_days_left_out_come_back(self, series: Series, ben: Person, fay: Person) -> None:
        before = as_they_are(series.group)
        day = Meeting.everything.order_by("starts_at")[1].starts_at.date()
        change = skip_days(series=series, by=fay, first_on=day, last_on=day, reason="Away.")
        undo_change(change=change, by=fay)
        assert as_they_are(series.group) == before
