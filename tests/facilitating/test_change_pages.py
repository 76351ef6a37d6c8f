"""Cancelling, moving and counting in the browser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.models import Attendance, Group, Meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cancel_page(meeting: Meeting) -> str:
    return reverse("cancel_meeting", args=[meeting.pk])


@pytest.fixture
def move_page(meeting: Meeting) -> str:
    return reverse("move_meeting", args=[meeting.pk])


def to_move(meeting: Meeting, **given: Any) -> dict[str, Any]:
    day = meeting.starts_at + timedelta(days=1)
    return {
        "on": day.date().isoformat(),
        "at": "18:00",
        "duration_minutes": "60",
        "reason": "The hall is taken.",
        "version": meeting.version,
        "seen": meeting.starts_at.isoformat(),
        **given,
    }


def test_before_cancelling_one_sees_date_and_number(
    as_fay: Client, cancel_page: str, ben: Person, member: Person
) -> None:
    page = as_fay.get(cancel_page).content.decode()
    assert "London time" in page
    assert "This concerns 2 people." in page


def test_cancelled_in_one_press(
    as_fay: Client, cancel_page: str, meeting: Meeting, ben: Person
) -> None:
    answer = as_fay.post(cancel_page, {"reason": "The hall is closed.", "version": 1})
    assert answer.url == reverse("facilitated_meeting", args=[meeting.pk])
    assert Meeting.everything.get().is_cancelled
    assert OutgoingMail.objects.get().person == ben


def test_a_stale_tab_cancels_once(
    as_fay: Client, cancel_page: str, meeting: Meeting, ben: Person
) -> None:
    for _ in range(2):
        answer = as_fay.post(cancel_page, {"reason": "The hall is closed.", "version": 1})
        assert answer.url == reverse("facilitated_meeting", args=[meeting.pk])
    assert OutgoingMail.objects.count() == 1


def test_a_reason_is_asked_for(as_fay: Client, cancel_page: str) -> None:
    answer = as_fay.post(cancel_page, {"reason": " ", "version": 1})
    assert answer.context["form"].errors == {
        "reason": ["Say in a few words why, so that people know it is nothing to do with them."]
    }
    assert not Meeting.everything.get().is_cancelled


def test_the_second_facilitator_sees_what_changed_and_can_go_on(
    as_fay: Client, cancel_page: str, meeting: Meeting, mo: Person
) -> None:
    seen = meeting.starts_at.isoformat()
    move_meeting(meeting=meeting, by=mo, starts_at=meeting.starts_at + timedelta(days=1))
    answer = as_fay.post(cancel_page, {"reason": "Ill.", "version": 1, "seen": seen})
    page = answer.content.decode()
    assert "This date has changed" in page
    assert "When you opened it" in page
    assert 'value="Ill."' in page
    assert '<input type="hidden" name="version" value="2"' in page
    assert not Meeting.everything.get().is_cancelled
    as_fay.post(cancel_page, {"reason": "Ill.", "version": 2})
    assert Meeting.everything.get().is_cancelled


def test_before_moving_one_sees_old_and_new(
    as_fay: Client, move_page: str, meeting: Meeting, ben: Person
) -> None:
    answer = as_fay.post(move_page, to_move(meeting))
    page = answer.content.decode()
    assert "This concerns 1 person." in page
    assert "6\u00a0pm to 7\u00a0pm, London time" in page
    assert Meeting.everything.get().starts_at == meeting.starts_at
    assert OutgoingMail.objects.count() == 0


def test_confirmed_it_is_moved(
    as_fay: Client, move_page: str, meeting: Meeting, ben: Person
) -> None:
    as_fay.post(move_page, to_move(meeting, confirmed="yes"))
    moved = Meeting.everything.get()
    assert (moved.is_moved, moved.reason) == (True, "The hall is taken.")
    assert moved.ends_at - moved.starts_at == timedelta(minutes=60)
    assert OutgoingMail.objects.get().person == ben


def test_a_stale_tab_moves_once(
    as_fay: Client, move_page: str, meeting: Meeting, ben: Person
) -> None:
    for _ in range(2):
        answer = as_fay.post(move_page, to_move(meeting, confirmed="yes"))
        assert answer.url == reverse("facilitated_meeting", args=[meeting.pk])
    assert OutgoingMail.objects.count() == 1
    assert Meeting.everything.get().version == 2


def test_what_is_to_be_moved_can_be_changed(
    as_fay: Client, move_page: str, meeting: Meeting
) -> None:
    page = as_fay.post(move_page, to_move(meeting, change="yes")).content.decode()
    assert 'value="18:00"' in page
    assert "Show me first" in page


def test_moving_what_somebody_else_has_moved_shows_it(
    as_fay: Client, move_page: str, meeting: Meeting, mo: Person
) -> None:
    stale = to_move(meeting, confirmed="yes")
    move_meeting(meeting=meeting, by=mo, starts_at=meeting.starts_at + timedelta(days=4))
    page = as_fay.post(move_page, stale).content.decode()
    assert "This date has changed" in page
    assert Meeting.everything.get().version == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": "2020-01-01"}, "on"),
        ({"on": "9999-12-31"}, "on"),
        ({"on": ""}, "on"),
        ({"at": "25:00"}, "at"),
        ({"duration_minutes": "-1"}, "duration_minutes"),
        ({"reason": "x" * 201}, "reason"),
        ({"version": "one"}, "version"),
    ],
)
def test_a_time_that_cannot_be_is_explained(
    as_fay: Client, move_page: str, meeting: Meeting, given: dict[str, Any], field: str
) -> None:
    answer = as_fay.post(move_page, to_move(meeting, **given))
    assert list(answer.context["form"].errors) == [field]
    assert Meeting.everything.get().version == 1


def test_not_onto_another_date(as_fay: Client, move_page: str, meeting: Meeting) -> None:
    data = to_move(meeting)
    other = (meeting.starts_at + timedelta(days=1)).replace(hour=17)
    factories.make_meeting(meeting.group, other, minutes=120)
    answer = as_fay.post(move_page, data)
    assert list(answer.context["form"].errors) == ["on"]


def test_a_cancelled_date_is_not_offered_to_change(
    as_fay: Client, meeting: Meeting, move_page: str, fay: Person
) -> None:
    address = reverse("facilitated_meeting", args=[meeting.pk])
    assert move_page in as_fay.get(address).content.decode()
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    page = as_fay.get(address).content.decode()
    assert move_page not in page
    assert "The hall is closed." in page


@pytest.fixture
def count_page(tonight: Meeting) -> str:
    return reverse("count_attendance", args=[tonight.pk])


def test_heads_are_counted(as_fay: Client, count_page: str) -> None:
    as_fay.post(count_page, {"came": "7", "first_time": "2"})
    counted = Attendance.objects.get()
    assert (counted.came, counted.first_time) == (7, 2)


def test_counting_again_replaces_the_numbers(as_fay: Client, count_page: str) -> None:
    for came in ("7", "8"):
        as_fay.post(count_page, {"came": came, "first_time": "2"})
    assert [counted.came for counted in Attendance.objects.all()] == [8]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"came": "1", "first_time": "2"}, "first_time"),
        ({"came": "-1", "first_time": "0"}, "came"),
        ({"came": "", "first_time": "0"}, "came"),
        ({"came": "1000", "first_time": "0"}, "came"),
    ],
)
def test_numbers_that_cannot_be_are_explained(
    as_fay: Client, count_page: str, given: dict[str, str], field: str
) -> None:
    answer = as_fay.post(count_page, given)
    assert list(answer.context["form"].errors) == [field]
    assert Attendance.objects.count() == 0


def test_nobody_is_counted_days_before(as_fay: Client, meeting: Meeting) -> None:
    page = reverse("count_attendance", args=[meeting.pk])
    answer = as_fay.post(page, {"came": "7", "first_time": "0"})
    assert "You can count from one hour before the start." in answer.content.decode()
    assert Attendance.objects.count() == 0


def test_the_date_page_costs_no_query_a_row(as_fay: Client, group: Group, meeting: Meeting) -> None:
    page = reverse("facilitated_meeting", args=[meeting.pk])
    _seat(meeting, 1)
    as_fay.get(page)
    with CaptureQueriesContext(connection) as of_one:
        as_fay.get(page)
    _seat(meeting, 2)
    with CaptureQueriesContext(connection) as of_three:
        as_fay.get(page)
    assert len(of_three) == len(of_one)


def _seat(meeting: Meeting, rows: int) -> None:
    for state in ("confirmed", "waiting") * rows:
        person = factories.make_person()
        factories.make_membership(meeting.group, person)
        factories.make_seat(meeting, person, state, asked_at=timezone.now())
