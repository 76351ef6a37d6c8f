"""Reminders: whom, when, once; and that they say what is so when they go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.choices import MailPreference
from accounts.models import OutgoingMail, Person
from directory.actions.reminders import queue_reminders
from directory.choices import SeatState
from directory.emails import render
from directory.models import Group, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db

START = datetime(2030, 6, 4, 18, 0, tzinfo=UTC)  # a Tuesday, 7 pm in London
HOUR = timedelta(hours=1)
A_WEEK_BEFORE = START - 7 * 24 * HOUR
SENT = {
    "display_name": "Ben",
    "is_safe_to_email": "yes",
    "mail_preference": "discreet",
    "language": "en",
}


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    """All was settled long before."""
    with time_machine.travel(START - timedelta(days=30), tick=False) as clock:
        yield clock


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, START)


@pytest.fixture
def seat(meeting: Meeting, ben: Person) -> Seat:
    return factories.make_seat(meeting, ben)


def at(clock: Any, moment: datetime) -> int:
    clock.move_to(moment)
    return queue_reminders()


def day_before(clock: Any, minutes: int = 1) -> int:
    return at(clock, START - 24 * HOUR + timedelta(minutes=minutes))


def wants(person: Person, *hours: int) -> None:
    Person.objects.filter(pk=person.pk).update(reminder_hours=list(hours))


def test_the_day_before_and_once(clock: Any, seat: Seat) -> None:
    assert day_before(clock, minutes=-1) == 0
    assert [day_before(clock), day_before(clock), day_before(clock, minutes=6)] == [1, 0, 0]
    mail = OutgoingMail.objects.get()
    assert mail.about == f"reminder:{seat.meeting_id}:{int(START.timestamp())}:24"
    message = render(mail)
    assert message.subject == "Reminder for Tuesday"
    assert (
        "remind you: Tuesday 4 June 2030, 7\u00a0pm to 8:30\u00a0pm, London time." in message.body
    )
    assert reverse("my_meeting", args=[seat.meeting_id]) in message.body
    assert "Grief" not in message.body
    # Nobody has to ask for the one of the day before.
    assert "You asked us" not in message.body
    assert "you can choose when we remind you" in message.body


@pytest.mark.parametrize(("hours", "late"), [(168, 12), (48, 12), (24, 6), (3, 1), (1, 1)])
def test_each_moment_and_how_late_it_still_makes_sense(
    clock: Any, seat: Seat, ben: Person, hours: int, late: int
) -> None:
    wants(ben, hours)
    moment = START - hours * HOUR
    second = timedelta(seconds=1)
    assert at(clock, moment - second) == 0
    assert at(clock, moment + late * HOUR) == 0
    assert at(clock, moment + late * HOUR - second) == 1
    assert render(OutgoingMail.objects.get()) is not None
    clock.move_to(moment + late * HOUR + second)
    assert render(OutgoingMail.objects.get()) is None


def test_several_are_sent_each_at_its_time(clock: Any, seat: Seat, ben: Person) -> None:
    wants(ben, 168, 24, 1)
    moments = [A_WEEK_BEFORE, START - 48 * HOUR, START - 24 * HOUR, START - HOUR]
    assert [at(clock, moment) for moment in moments] == [1, 0, 1, 1]
    assert at(clock, START) == 0


def test_none_ticked_is_none(clock: Any, seat: Seat, ben: Person) -> None:
    wants(ben)
    assert day_before(clock) == 0


@pytest.mark.parametrize(
    "change",
    [
        {"is_safe_to_email": False},
        {"mail_preference": MailPreference.NONE},
        {"is_active": False},
    ],
)
def test_not_to_who_takes_no_mail(
    clock: Any, seat: Seat, ben: Person, change: dict[str, Any]
) -> None:
    Person.objects.filter(pk=ben.pk).update(**change)
    assert day_before(clock) == 0


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Seat, {"state": SeatState.WAITING}),
        (Seat, {"state": SeatState.GIVEN_BACK}),
        (Meeting, {"status": "cancelled", "reason": "Ill."}),
        (Group, {"status": "draft"}),
        (Membership, {"away_from": START.date(), "away_until": START.date()}),
        (Membership, {"away_from": START.date()}),
    ],
)
def test_not_to_who_does_not_come_nor_where_nothing_is(
    clock: Any, seat: Seat, model: Any, change: dict[str, Any]
) -> None:
    assert day_before(clock) == 1
    rows = getattr(model, "everything", model.objects)
    rows.update(**change)
    assert render(OutgoingMail.objects.get()) is None
    OutgoingMail.objects.all().delete()
    assert day_before(clock) == 0


def test_not_without_consent(clock: Any, seat: Seat, bens_membership: Membership) -> None:
    bens_membership.consent.withdrawn_at = START - timedelta(days=9)
    bens_membership.consent.save()
    assert day_before(clock) == 0


def test_whoever_is_away_at_another_time_is_reminded(
    clock: Any, seat: Seat, bens_membership: Membership
) -> None:
    day = START.date()
    Membership.objects.update(away_from=day - timedelta(days=9), away_until=day - timedelta(days=1))
    assert day_before(clock) == 1


def test_who_comes_late_is_not_reminded_of_what_they_just_read(
    clock: Any, meeting: Meeting, ben: Person
) -> None:
    wants(ben, 24, 3)
    clock.move_to(START - 23 * HOUR)
    factories.make_seat(meeting, ben)
    assert queue_reminders() == 0
    assert at(clock, START - 3 * HOUR) == 1


def test_a_moved_date_is_reminded_of_anew(clock: Any, seat: Seat, meeting: Meeting) -> None:
    assert day_before(clock) == 1
    later = START + timedelta(days=2)
    meeting.starts_at, meeting.ends_at = later, later + HOUR
    meeting.save()
    old = OutgoingMail.objects.get()
    assert render(old) is None
    assert at(clock, START + HOUR) == 0
    assert at(clock, later - 24 * HOUR) == 1
    assert render(OutgoingMail.objects.exclude(pk=old.pk).get()) is not None


def test_who_was_just_told_of_a_new_start_is_not_reminded_too(
    clock: Any, seat: Seat, meeting: Meeting
) -> None:
    sooner = START - timedelta(days=5)
    clock.move_to(sooner - 22 * HOUR)
    meeting.starts_at, meeting.ends_at = sooner, sooner + HOUR
    meeting.save()
    assert queue_reminders() == 0


def test_what_was_ticked_off_since_is_not_sent(clock: Any, seat: Seat, ben: Person) -> None:
    day_before(clock)
    wants(ben, 3)
    assert render(OutgoingMail.objects.get()) is None


@pytest.mark.parametrize("people", [1, 3])
def test_many_cost_as_many_queries_as_one(
    clock: Any, meeting: Meeting, people: int, django_assert_num_queries: Any
) -> None:
    for _ in range(people):
        person = factories.make_person()
        factories.make_membership(meeting.group, person)
        factories.make_seat(meeting, person)
    with django_assert_num_queries(4):
        assert day_before(clock) == people


def test_in_their_own_language_and_zone(clock: Any, seat: Seat, ben: Person) -> None:
    Person.objects.filter(pk=ben.pk).update(time_zone="America/New_York", language="ar")
    day_before(clock)
    message = render(OutgoingMail.objects.get())
    assert '<html lang="ar" dir="rtl">' in message.alternatives[0].content
    assert message.body.count("2030") == 2


def test_the_settings_ask_when(as_ben: Client, ben: Person) -> None:
    page = as_ben.get(reverse("my_settings")).content.decode()
    assert "When shall we remind you of a date?" in page
    boxes = re.findall('<input [^>]*name="reminder_hours"[^>]*>', page)
    assert [re.search(r'value="(\d+)"', box)[1] for box in boxes if "checked" in box] == ["24"]
    for hours in (["168", "1"], []):
        as_ben.post(reverse("my_settings"), {**SENT, "reminder_hours": hours})
        ben.refresh_from_db()
        assert ben.reminder_hours == [int(it) for it in hours]


def test_other_hours_are_refused(as_ben: Client, ben: Person) -> None:
    answer = as_ben.post(reverse("my_settings"), {**SENT, "reminder_hours": ["2"]})
    assert answer.status_code == 200
    ben.refresh_from_db()
    assert ben.reminder_hours == [24]
