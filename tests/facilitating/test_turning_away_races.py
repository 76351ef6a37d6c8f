"""Somebody is turned away at the moment at which they take another date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.seats import take_seat
from directory.actions.turning_away import turn_away
from directory.choices import AgreementKind, SeatState
from directory.models import Consent, Group, Meeting, Membership, Seat
from directory.refusals import Refused
from tests import factories
from tests.facilitating.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
WORDS = "We think that another group may suit you better."


def take(meeting: Meeting, person: Person) -> str:
    try:
        take_seat(
            meeting=meeting,
            by=person,
            accepted_version=factories.current_agreement(),
            consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
        )
    except Refused as refused:
        return refused.refusal.code
    return "taken"


def send_away(group: Group, person: Person, by: Person) -> str:
    try:
        turn_away(group=group, person=person, by=by, reason=WORDS)
    except Refused as refused:
        return refused.refusal.code
    return "away"


def test_whoever_comes_first_they_hold_no_place(group: Group, ada: Person, fay: Person) -> None:
    dates = [
        factories.make_meeting(group, timezone.now() + timedelta(days=day)) for day in range(1, 7)
    ]
    assert take(dates[0], ada) == "taken"
    answers = at_once(
        lambda: send_away(group, ada, fay),
        *[lambda date=date: take(date, ada) for date in dates[1:]],
        lambda: send_away(group, ada, fay),
    )
    assert sorted(answers)[0] == "away"
    assert set(answers) <= {"away", "turned-away", "taken", "removed"}
    assert not Seat.objects.filter(person=ada).exclude(state=SeatState.GIVEN_BACK).exists()
    assert not Consent.objects.standing().filter(person=ada).exists()
    assert Membership.objects.get(person=ada).answer == WORDS
    assert OutgoingMail.objects.filter(kind="removed", person=ada).count() == 1
