"""Members learn of dates that are added by hand, once, and not of those that follow by a rule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.changes import undo_change
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting
from directory.actions.series import add_series, generate_meetings
from directory.emails import render
from directory.models import Group, Meeting, ScheduleChange, Seat, Series
from directory.text.spoken_times import spoken_span
from tests import factories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def told(ben: Person, fay: Person) -> None:
    """Fay adds, Ben is told."""


def add(group: Group, by: Person, start: datetime, **more: Any) -> Meeting:
    return add_meeting(group=group, by=by, starts_at=start, duration_minutes=90, **more)


def tuesdays(group: Group, by: Person, first: date, **more: Any) -> Series:
    at = {"first_on": first, "starts_at_time": time(19), "duration_minutes": 90}
    return add_series(group=group, by=by, rule="FREQ=WEEKLY;BYDAY=TU", **at, **more)


def letters() -> list[str]:
    made = [render(mail) for mail in OutgoingMail.objects.filter(state="waiting")]
    return [message.body for message in made if message]


class TestASingleOne:
    def test_members_are_told_in_five_minutes(
        self, group: Group, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        add(group, fay, next_week)
        mail = OutgoingMail.objects.get()
        assert (mail.kind, mail.person) == ("dates_added", ben)
        assert mail.send_after == ScheduleChange.objects.get().tells_at
        message = render(mail)
        assert message.subject == "You have an update"
        end = next_week + timedelta(minutes=90)
        assert spoken_span(next_week, end, "Europe/London") in message.body
        assert "You have a place." in message.body

    def test_at_once_where_it_begins_soon(self, group: Group, fay: Person) -> None:
        add(group, fay, timezone.now() + timedelta(hours=2))
        mail = OutgoingMail.objects.get()
        assert mail.send_after <= timezone.now()
        assert render(mail)

    def test_nobody_where_nobody_is_to_be(
        self, group: Group, fay: Person, next_week: datetime
    ) -> None:
        add(group, fay, next_week, tells=False)
        assert not OutgoingMail.objects.exists()
        assert Seat.objects.count() == 1

    def test_undone_nobody_is_told_and_it_is_gone(
        self, group: Group, fay: Person, next_week: datetime
    ) -> None:
        add(group, fay, next_week)
        undo_change(change=ScheduleChange.objects.get(), by=fay)
        assert not Meeting.everything.exists()
        assert OutgoingMail.objects.get().state == "dropped"

    def test_moved_before_that_it_is_told_once_at_its_new_time(
        self, group: Group, fay: Person, next_week: datetime
    ) -> None:
        meeting = add(group, fay, next_week)
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + DAY)
        (body,) = letters()
        end = next_week + DAY + timedelta(minutes=90)
        assert "There is a new appointment for you:" in body
        assert spoken_span(next_week + DAY, end, "Europe/London") in body

    def test_cancelled_before_that_there_is_nothing_to_tell(
        self, group: Group, fay: Person, next_week: datetime
    ) -> None:
        cancel_meeting(meeting=add(group, fay, next_week), by=fay, reason="Ill.")
        assert letters() == []

    def test_who_waits_there_is_not_told_of_a_place(
        self, group: Group, fay: Person, next_week: datetime
    ) -> None:
        factories.make_membership(group, factories.make_person("Kit"))
        add(group, fay, next_week, capacity=1)
        assert sorted("You have a place." in body for body in letters()) == [False, True]


class TestThoseThatRecur:
    def test_one_mail_names_the_rule_and_the_first_dates(self, group: Group, fay: Person) -> None:
        tuesdays(group, fay, timezone.localdate() + DAY)
        (body,) = letters()
        assert "Every Tuesday" in body
        assert body.count("\n- ") == 4
        assert "The page has them all." in body

    def test_those_that_follow_by_themselves_are_told_to_nobody(
        self, group: Group, fay: Person
    ) -> None:
        tuesdays(group, fay, timezone.localdate() + DAY)
        generate_meetings(now=timezone.now() + 30 * DAY)
        assert OutgoingMail.objects.count() == 1

    def test_so_is_a_rule_that_begins_in_half_a_year(self, group: Group, fay: Person) -> None:
        tuesdays(group, fay, timezone.localdate() + 180 * DAY)
        (body,) = letters()
        assert "Every Tuesday" in body
        assert body.count("\n- ") == 1

    def test_undone_there_are_none(self, group: Group, fay: Person) -> None:
        tuesdays(group, fay, timezone.localdate() + DAY)
        undo_change(change=ScheduleChange.objects.get(), by=fay)
        assert (Series.objects.count(), Meeting.everything.count(), letters()) == (0, 0, [])


class TestThePages:
    def test_how_many_are_told_is_shown_before(self, as_fay: Client, group: Group) -> None:
        page = as_fay.get(reverse("add_meeting", args=[group.pk])).content.decode()
        assert "1 person is told by e-mail" in page

    def test_also_of_those_that_recur(self, as_fay: Client, group: Group) -> None:
        page = as_fay.post(reverse("add_series", args=[group.pk]), self.weekly())
        assert "This concerns 1 person." in page.content.decode()

    @pytest.mark.parametrize(("answers", "owed"), [({}, 1), ({"tells_nobody": "on"}, 0)])
    def test_nobody_is_told_where_that_is_ticked(
        self, as_fay: Client, group: Group, answers: dict[str, str], owed: int
    ) -> None:
        single = {key: self.weekly()[key] for key in ("on", "at", "duration_minutes")}
        as_fay.post(reverse("add_meeting", args=[group.pk]), {**single, **answers})
        assert OutgoingMail.objects.count() == owed
        recurring = self.weekly(confirmed="yes", at="21:00", **answers)
        as_fay.post(reverse("add_series", args=[group.pk]), recurring)
        assert OutgoingMail.objects.count() == 2 * owed

    @staticmethod
    def weekly(**given: Any) -> dict[str, Any]:
        day = timezone.localdate() + 3 * DAY
        answers = {"weekdays": ["mon"], "on": day.isoformat(), "at": "19:30"}
        return answers | {"duration_minutes": "60", **given}
