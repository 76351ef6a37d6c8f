"""Asked, somebody says yes or no, and is taken at their word."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.cover import (
    accept_offer,
    ask_for_cover,
    decline_cover,
    escalate_cover,
    give_cover_back,
    offer_cover,
)
from directory.models import Group, Meeting, Moderator, Organisation
from directory.queries.cover import answerable
from tests import factories
from tests.conftest import signed_in
from tests.facilitating.cover.steps import (
    START,
    TWO_DAYS,
    cover_of,
    owed,
    page_of,
    post,
    refused,
    states,
    still_owed,
)

pytestmark = pytest.mark.django_db


def test_asked_among_all_a_yes_is_an_offer_until_it_is_accepted(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    offer_cover(cover=cover_of(hal), by=hal)
    assert still_owed("cover_offered") == ["Fay"]
    assert answerable(meeting) == fay
    accept_offer(cover=cover_of(hal), by=fay)
    assert states() == {"Gil": "withdrawn", "Hal": "accepted"}
    assert answerable(meeting) == hal
    assert still_owed("cover_accepted") == ["Hal"]
    assert still_owed("cover_not_needed") == ["Gil"]
    assert still_owed("cover_offered") == []


def test_asked_by_name_a_yes_settles_it(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    assert answerable(meeting) == gil
    assert still_owed("cover_accepted") == ["Fay"]
    assert [entry.action for entry in AuditEntry.objects.order_by("at", "id")] == [
        "cover.asked",
        "cover.accepted",
    ]


def test_said_twice_it_is_said_once(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    for _ in range(2):
        offer_cover(cover=cover_of(gil), by=gil)
    assert owed("cover_offered") == ["Fay"]
    for _ in range(2):
        decline_cover(cover=cover_of(gil), by=gil)
    assert AuditEntry.objects.filter(action="cover.declined").count() == 1


def test_who_says_no_may_still_say_yes(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    assert states() == {"Gil": "offered"}


def test_the_asker_hears_when_nobody_is_left(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    assert owed("cover_missing") == []
    decline_cover(cover=cover_of(hal), by=hal)
    assert still_owed("cover_missing") == ["Fay"]


def test_given_back_all_others_are_asked_anew(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    give_cover_back(cover=cover_of(gil), by=gil)
    assert states() == {"Gil": "declined", "Hal": "asked"}
    assert answerable(meeting) == fay
    assert still_owed("cover_missing") == ["Fay"]
    assert still_owed("cover_asked") == ["Hal"]


def test_given_back_late_the_moderators_are_told_at_once(
    meeting: Meeting, fay: Person, gil: Person, mo: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    with time_machine.travel(START - timedelta(hours=5), tick=False):
        give_cover_back(cover=cover_of(gil), by=gil)
        assert still_owed("cover_missing") == ["Fay", "Mo"]


def test_a_moderator_asks_and_accepts(meeting: Meeting, mo: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=mo)
    offer_cover(cover=cover_of(gil), by=gil)
    assert still_owed("cover_offered") == ["Mo"]
    accept_offer(cover=cover_of(gil), by=mo)
    assert answerable(meeting) == gil


def test_nobody_answers_or_accepts_for_others(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    cover = cover_of(gil)
    assert refused(lambda: offer_cover(cover=cover, by=hal)) == "not-you"
    assert refused(lambda: decline_cover(cover=cover, by=fay)) == "not-you"
    assert refused(lambda: accept_offer(cover=cover, by=fay)) == "no-offer"
    offer_cover(cover=cover, by=gil)
    assert refused(lambda: accept_offer(cover=cover, by=gil)) == "not-yours"
    assert refused(lambda: give_cover_back(cover=cover, by=gil)) == "no-longer"


def test_a_yes_within_two_days_settles_it(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    with time_machine.travel(START - TWO_DAYS, tick=False):
        offer_cover(cover=cover_of(gil), by=gil)
    assert answerable(meeting) == gil


def test_a_moderator_does_not_take_their_own_offer(
    meeting: Meeting, fay: Person, mo: Person, organisation: Organisation
) -> None:
    factories.make_facilitator(factories.make_group(organisation=organisation), mo)
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(mo), by=mo)
    assert refused(lambda: accept_offer(cover=cover_of(mo), by=mo)) == "own-offer"
    assert answerable(meeting) == fay
    other = factories.make_person("Noa")
    factories.make_moderator(organisation, other)
    accept_offer(cover=cover_of(mo), by=other)
    assert answerable(meeting) == mo


def test_where_nobody_else_is_there_their_offer_is_taken_two_days_before(
    group: Group, mo: Person, gil: Person
) -> None:
    """Gil moderates as well, asked, and left; Mo is the only one."""
    meeting = factories.make_meeting(group, START)
    factories.make_facilitator(factories.make_group(organisation=group.organisation), mo)
    factories.make_moderator(group.organisation, gil)
    ask_for_cover(meeting=meeting, by=gil)
    offer_cover(cover=cover_of(mo), by=mo)
    Moderator.objects.filter(person=gil).update(ended_at=timezone.now())
    assert refused(lambda: accept_offer(cover=cover_of(mo), by=mo)) == "own-offer"
    escalate_cover(now=START - TWO_DAYS)
    assert answerable(meeting) == mo


def test_within_two_days_their_yes_needs_nobody(
    meeting: Meeting, fay: Person, mo: Person, organisation: Organisation
) -> None:
    factories.make_facilitator(factories.make_group(organisation=organisation), mo)
    ask_for_cover(meeting=meeting, by=fay)
    with time_machine.travel(START - TWO_DAYS, tick=False):
        offer_cover(cover=cover_of(mo), by=mo)
    assert answerable(meeting) == mo


def test_a_co_facilitator_takes_over_a_date_of_their_own_group(
    meeting: Meeting, fay: Person, group: Group
) -> None:
    cas = factories.make_person("Cas")
    factories.make_facilitator(group, cas)
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(cas), by=cas)
    accept_offer(cover=cover_of(cas), by=cas)
    assert answerable(meeting) == cas


def test_the_page_says_who_can_take_a_moderators_own_offer(
    meeting: Meeting, fay: Person, mo: Person, organisation: Organisation
) -> None:
    factories.make_facilitator(factories.make_group(organisation=organisation), mo)
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(mo), by=mo)
    address = reverse("accept_cover", args=[cover_of(mo).pk])
    page = page_of(signed_in(mo), "moderated_cover")
    assert "That is you. Somebody else says yes to it" in page
    assert address not in page
    assert address in page_of(signed_in(fay), "cover")
    assert "You offered this yourself" in post(signed_in(mo), "accept_cover", cover_of(mo).pk)
