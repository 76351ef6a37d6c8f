"""Whom somebody who cannot come may ask, and for which dates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import AuditEntry, Person
from directory.actions.cover import ask_for_cover, decline_cover, offer_cover, withdraw_request
from directory.models import Group, Meeting
from directory.queries.cover import answerable
from tests import factories
from tests.facilitating.cover.steps import START, cover_of, refused, states, still_owed

pytestmark = pytest.mark.django_db


def test_all_who_may_are_asked_but_the_one_who_asks(
    meeting: Meeting, fay: Person, gil: Person, hal: Person, ada: Person, ben: Person
) -> None:
    elsewhere = factories.make_person("Zed")
    factories.make_facilitator(factories.make_group(), elsewhere)
    ask_for_cover(meeting=meeting, by=fay, note="I have a cold.")
    assert states() == {"Gil": "asked", "Hal": "asked"}
    assert still_owed("cover_asked") == ["Gil", "Hal"]
    assert answerable(meeting) == fay
    entry = AuditEntry.objects.get(action="cover.asked")
    assert entry.detail == {"asked": 2, "by_name": False}
    assert entry.organisation


def test_nobody_is_asked_twice_unless_by_name(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    decline_cover(cover=cover_of(gil), by=gil)
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "all-asked"
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    assert states() == {"Gil": "asked", "Hal": "asked"}
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=gil)) == "asked-already"


@pytest.mark.parametrize("name", ["ada", "ben", "gil", "pat"])
def test_only_who_runs_the_group_asks(
    meeting: Meeting, gil: Person, ada: Person, ben: Person, name: str
) -> None:
    pat = factories.make_person("Pat")
    factories.make_moderator(factories.make_organisation(), pat)
    person = {"ada": ada, "ben": ben, "gil": gil, "pat": pat}[name]
    assert refused(lambda: ask_for_cover(meeting=meeting, by=person)) == "not-yours"


def test_strangers_to_the_organisation_are_not_asked(
    meeting: Meeting, fay: Person, ada: Person
) -> None:
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "nobody-there"
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=ada)) == "person"
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay, person=fay)) == "person"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "cancelled", "reason": "Snow."}, "already-cancelled"),
        ({"starts_at": START - timedelta(days=20), "ends_at": START - timedelta(days=19)}, "over"),
    ],
)
def test_no_cover_for_what_does_not_take_place(
    meeting: Meeting, fay: Person, gil: Person, fields: dict[str, Any], code: str
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    Meeting.everything.update(**fields)
    cover = cover_of(gil)
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == code
    assert refused(lambda: offer_cover(cover=cover, by=gil)) == code
    assert refused(lambda: withdraw_request(meeting=meeting, by=fay)) == code
    assert still_owed("cover_asked") == []


def test_a_group_that_takes_a_break_needs_nobody(
    meeting: Meeting, fay: Person, gil: Person
) -> None:
    Group.everything.update(status="paused")
    assert refused(lambda: ask_for_cover(meeting=meeting, by=fay)) == "not-published"


def test_taken_back_whoever_had_said_yes_is_told(
    meeting: Meeting, fay: Person, gil: Person, hal: Person
) -> None:
    ask_for_cover(meeting=meeting, by=fay)
    offer_cover(cover=cover_of(gil), by=gil)
    withdraw_request(meeting=meeting, by=fay)
    assert states() == {"Gil": "withdrawn", "Hal": "withdrawn"}
    assert still_owed("cover_not_needed") == ["Gil"]
    assert still_owed("cover_asked") == []
    assert refused(lambda: offer_cover(cover=cover_of(hal), by=hal)) == "no-longer"
    assert refused(lambda: withdraw_request(meeting=meeting, by=fay)) == "nobody-asked"


def test_the_lead_can_come_after_all(meeting: Meeting, fay: Person, gil: Person) -> None:
    ask_for_cover(meeting=meeting, by=fay, person=gil)
    offer_cover(cover=cover_of(gil), by=gil)
    withdraw_request(meeting=meeting, by=fay)
    assert answerable(meeting) == fay
    assert still_owed("cover_not_needed") == ["Gil"]
