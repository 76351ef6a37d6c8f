"""Two days before a date at which somebody is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory import tasks
from directory.actions.cover import ask_for_cover, escalate_cover, offer_cover
from directory.actions.meetings import move_meeting
from directory.models import Group, ImportedListing, Meeting
from directory.queries.cover_missing import dates_to_staff
from tests import factories
from tests.facilitating.cover.steps import (
    START,
    TWO_DAYS,
    cover_of,
    end,
    owed,
    stand_in,
    states,
    still_owed,
)

pytestmark = pytest.mark.django_db


def test_two_days_before_the_earliest_offer_is_taken(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    with time_machine.travel(START - timedelta(days=9), tick=False):
        offer_cover(cover=cover_of(hal), by=hal)
    with time_machine.travel(START - timedelta(days=8), tick=False):
        offer_cover(cover=cover_of(gil), by=gil)
    assert escalate_cover(now=START - TWO_DAYS - timedelta(seconds=1)) == 0
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}
    assert still_owed("cover_accepted") == ["Fay", "Hal"]
    assert owed("cover_missing") == []
    assert AuditEntry.objects.get(action="cover.accepted").detail == {"by_itself": True}


def test_without_an_offer_the_moderators_are_told_once_for_a_start(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    assert escalate_cover(now=START - TWO_DAYS - timedelta(seconds=1)) == 0
    assert [escalate_cover(now=START - TWO_DAYS) for _ in range(2)] == [1, 0]
    assert still_owed("cover_missing") == ["Mo"]
    for start in (START + timedelta(hours=2), START - timedelta(hours=2)):
        move_meeting(meeting=meeting, by=fay, starts_at=start)
        assert [escalate_cover(now=start - TWO_DAYS) for _ in range(2)] == [1, 0]
        assert still_owed("cover_missing") == ["Mo"]
    assert owed("cover_missing") == ["Mo"] * 3


def test_who_offered_is_asked_once_whether_they_can_at_the_new_time(
    meeting: Meeting, fay: Person, gil: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    move_meeting(meeting=meeting, by=fay, starts_at=START + timedelta(days=1))
    escalate_cover()
    assert owed("cover_asked") == ["Gil"]
    for minutes in (6, 16):
        escalate_cover(now=timezone.now() + timedelta(minutes=minutes))
    assert owed("cover_asked") == ["Gil", "Gil"]
    assert still_owed("cover_asked") == ["Gil", "Gil"]
    offer_cover(cover=cover_of(gil), by=gil)
    assert still_owed("cover_asked") == []


def test_a_yes_to_another_time_is_not_taken_by_itself(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    later = START + timedelta(hours=3)
    move_meeting(meeting=meeting, by=fay, starts_at=later)
    escalate_cover(now=later - TWO_DAYS)
    assert states() == {"Gil": "offered"}
    assert still_owed("cover_missing") == ["Mo"]


def test_a_group_without_anybody_is_told_of_likewise(group: Group, mo: Person) -> None:
    meeting = factories.make_meeting(group, START)
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert still_owed("cover_missing") == ["Mo"]
    assert list(dates_to_staff(mo, timezone.now())) == [meeting]
    factories.make_facilitator(group, factories.make_person("Lea"))
    assert still_owed("cover_missing") == []
    assert not dates_to_staff(mo, timezone.now())


def test_a_listing_of_people_elsewhere_needs_nobody_here(group: Group, mo: Person) -> None:
    factories.make_meeting(group, START)
    ImportedListing.objects.create(
        organisation=group.organisation, group=group, key="1", feed_format="x", fingerprint="x"
    )
    assert escalate_cover(now=START - TWO_DAYS) == 0
    factories.make_facilitator(group, mo, ended_at=timezone.now())
    assert escalate_cover(now=START - TWO_DAYS) == 1


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_nobody_is_told_of_groups_that_do_not_meet(group: Group, mo: Person, status: str) -> None:
    factories.make_meeting(group, START)
    Group.everything.update(status=status)
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_nobody_is_told_of_cancelled_dates_nor_of_those_that_began(
    group: Group, mo: Person
) -> None:
    factories.make_meeting(group, START, status="cancelled", reason="Snow.")
    assert escalate_cover(now=START - TWO_DAYS) == 0
    factories.make_meeting(group, START)
    assert escalate_cover(now=START) == 0


def test_a_date_with_its_facilitator_is_left_alone(meeting: Meeting, mo: Person) -> None:
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_who_stands_in_and_runs_no_group_any_more_is_replaced(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    stand_in(meeting, fay, gil)
    escalate_cover()
    assert states() == {"Gil": "accepted"}
    end(gil)
    for _ in range(2):
        escalate_cover()
    assert states() == {"Gil": "declined", "Hal": "asked"}
    assert still_owed("cover_missing") == ["Fay"]
    assert still_owed("cover_asked") == ["Hal"]
    assert AuditEntry.objects.filter(action="cover.given_back", actor="system").count() == 1
    assert escalate_cover(now=START - TWO_DAYS) == 1
    assert still_owed("cover_missing") == ["Fay", "Mo"]


def test_where_nobody_can_be_told_nothing_is_done(group: Group) -> None:
    factories.make_meeting(group, START)
    assert escalate_cover(now=START - TWO_DAYS) == 0


def test_many_dates_that_are_settled_cost_no_query_each(
    group: Group, mo: Person, django_assert_num_queries: Any
) -> None:
    for minutes in range(3):
        factories.make_meeting(group, START + timedelta(minutes=minutes))
    now = START - timedelta(hours=40)
    assert escalate_cover(now=now) == 3
    with django_assert_num_queries(5):
        assert escalate_cover(now=now) == 0


def test_the_worker_does_it(group: Group, mo: Person) -> None:
    factories.make_meeting(group, START)
    with time_machine.travel(START - TWO_DAYS, tick=False):
        tasks.escalate_cover(timestamp=0)
    assert owed("cover_missing") == ["Mo"]
