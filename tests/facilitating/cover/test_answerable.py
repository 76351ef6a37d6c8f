"""At each moment somebody is answerable for a date, whatever happens to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Person
from directory.actions.changes import undo_change
from directory.actions.cover import (
    accept_offer,
    ask_for_cover,
    decline_cover,
    escalate_cover,
    give_cover_back,
    offer_cover,
    withdraw_request,
)
from directory.actions.meetings import cancel_meeting, move_meeting, restore_meeting
from directory.models import Cover, Group, Meeting, ScheduleChange
from directory.queries.changes import concerned_by
from directory.queries.cover import answerable, with_cover
from directory.queries.cover_access import covers_date
from directory.queries.cover_missing import dates_to_staff
from tests import factories
from tests.facilitating.cover.steps import (
    START,
    TWO_DAYS,
    cover_of,
    end,
    refused,
    stand_in,
    states,
    still_owed,
)

pytestmark = pytest.mark.django_db


def test_the_lead_answers_before_the_co_facilitator(group: Group, ada: Person) -> None:
    meeting = factories.make_meeting(group, START)
    assert answerable(meeting) is None
    factories.make_facilitator(group, ada, role="co")
    assert answerable(meeting) == ada
    lea = factories.make_person("Lea")
    factories.make_facilitator(group, lea, role="lead")
    assert answerable(meeting) == lea


def test_who_runs_no_group_any_more_covers_nothing(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    end(gil)
    assert answerable(meeting) == fay
    assert not covers_date(gil, meeting, timezone.now())
    ask_for_cover(meeting=meeting, by=fay, person=hal)
    offer_cover(cover=cover_of(hal), by=hal)
    assert answerable(meeting) == hal
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}


def test_a_yes_to_another_time_is_no_offer(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    assert refused(lambda: accept_offer(cover=cover_of(gil), by=fay)) == "no-offer"
    offer_cover(cover=cover_of(gil), by=gil)
    accept_offer(cover=cover_of(gil), by=fay)
    meeting.refresh_from_db()
    assert answerable(meeting) == gil


def test_the_one_who_covers_is_told_of_changes(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    assert gil not in concerned_by(meeting.group, [meeting])
    offer_cover(cover=cover_of(gil), by=gil)
    assert gil in concerned_by(meeting.group, [meeting])


def test_a_move_asks_who_stands_in_again_and_who_runs_the_group_is_answerable_meanwhile(
    covering: Cover, meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    later = START + timedelta(days=1)
    move_meeting(meeting=meeting, by=fay, starts_at=later)
    meeting.refresh_from_db()
    assert answerable(meeting) == fay
    assert gil in concerned_by(meeting.group, [meeting])
    escalate_cover(now=timezone.now() + timedelta(minutes=6))
    # Once as he was first asked, and once for the new time.
    assert still_owed("cover_asked") == ["Gil", "Gil"]
    offer_cover(cover=covering, by=gil)
    assert answerable(meeting) == gil
    assert refused(lambda: accept_offer(cover=covering, by=fay)) == "covered"


def test_a_move_that_is_undone_changes_nothing(
    covering: Cover, meeting: Meeting, fay: Person, gil: Person
) -> None:
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    undo_change(change=ScheduleChange.objects.get(), by=fay)
    meeting.refresh_from_db()
    assert answerable(meeting) == gil


def test_who_cannot_come_at_the_new_time_gives_it_back_and_the_others_are_asked(
    covering: Cover, meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    decline_cover(cover=covering, by=gil)
    assert states() == {"Gil": "declined", "Hal": "asked"}
    assert still_owed("cover_missing") == ["Fay"]


def test_moved_near_and_not_said_yes_again_the_moderators_are_told(
    covering: Cover, meeting: Meeting, fay: Person, mo: Person
) -> None:
    move_meeting(meeting=meeting, by=fay, starts_at=timezone.now() + timedelta(hours=40))
    assert list(dates_to_staff(mo, timezone.now())) == [meeting]
    assert [escalate_cover(), escalate_cover()] == [1, 0]
    assert still_owed("cover_missing") == ["Mo"]


Step = Callable[[Meeting, Person, Person, Person], Any]
STEPS: dict[str, tuple[Step, str]] = {
    "nothing": (lambda meeting, fay, gil, hal: None, "Fay"),
    "asked": (lambda meeting, fay, gil, hal: ask_for_cover(meeting=meeting, by=fay), "Fay"),
    "offered": (lambda meeting, fay, gil, hal: offered(meeting, fay, gil), "Fay"),
    "accepted": (lambda meeting, fay, gil, hal: stand_in(meeting, fay, gil), "Gil"),
    "given back": (
        lambda meeting, fay, gil, hal: give_cover_back(cover=stand_in(meeting, fay, gil), by=gil),
        "Fay",
    ),
    "taken back": (
        lambda meeting, fay, gil, hal: (
            stand_in(meeting, fay, gil),
            withdraw_request(meeting=meeting, by=fay),
        ),
        "Fay",
    ),
    "the lead left": (lambda meeting, fay, gil, hal: end(fay), "Cas"),
    "the lead left, covered": (
        lambda meeting, fay, gil, hal: (stand_in(meeting, fay, gil), end(fay)),
        "Gil",
    ),
    "who stands in left": (
        lambda meeting, fay, gil, hal: (stand_in(meeting, fay, gil), end(gil)),
        "Fay",
    ),
    "another after one left": (
        lambda meeting, fay, gil, hal: (
            stand_in(meeting, fay, gil),
            end(gil),
            stand_in(meeting, fay, hal),
        ),
        "Hal",
    ),
    "cancelled and restored": (
        lambda meeting, fay, gil, hal: (
            stand_in(meeting, fay, gil),
            cancel_meeting(meeting=meeting, by=fay, reason="Snow."),
            restore_meeting(meeting=meeting, by=fay),
        ),
        "Gil",
    ),
}


def offered(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)


@pytest.mark.parametrize("name", STEPS)
def test_somebody_is_answerable_whatever_happens(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, name: str
) -> None:
    factories.make_facilitator(meeting.group, factories.make_person("Cas"))
    step, expected = STEPS[name]
    step(meeting, fay, gil, hal)
    meeting.refresh_from_db()
    who = answerable(meeting)
    assert who
    assert who.display_name == expected


def test_where_really_nobody_is_left_the_date_says_so(
    covering: Cover, meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    end(fay)
    end(gil)
    assert answerable(meeting) is None
    assert list(dates_to_staff(mo, timezone.now())) == [meeting]
    for _ in range(2):
        escalate_cover(now=START - TWO_DAYS)
    assert still_owed("cover_missing") == ["Mo"]


@pytest.mark.parametrize("number", [1, 3])
def test_many_dates_take_as_many_queries_as_one(
    group: Group, fay: Person, gil: Person, number: int, django_assert_num_queries: Any
) -> None:
    days = range(number)
    dates = [factories.make_meeting(group, START + timedelta(days=day)) for day in days]
    for date in dates:
        ask_for_cover(meeting=date, by=fay)
    with django_assert_num_queries(2):
        found = with_cover(dates, timezone.now())
        assert [date.answerable for date in found] == [fay] * number
        assert all(row.person.display_name == "Gil" for date in found for row in date.asked)
