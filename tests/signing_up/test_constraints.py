"""What the database itself refuses of people, agreements, memberships and seats."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Person
from directory.choices import SeatState
from directory.models import Acceptance, Group, Membership
from tests import factories

pytestmark = pytest.mark.django_db


def refused(constraint: str, make: Any, *args: Any, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make(*args, **fields)


def test_an_address_belongs_to_one_person_however_it_is_written(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(email="ada@example.org")
    shouted = Person(email="ADA@example.org", display_name="Other")
    refused("person_email_once_in_any_case", shouted.save)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("person_has_a_display_name", {"display_name": ""}),
        ("person_mail_preference_known", {"mail_preference": "pigeon"}),
    ],
)
def test_a_person_has_a_name_and_a_known_preference(
    ada: Person, constraint: str, fields: dict[str, str]
) -> None:
    refused(constraint, Person.objects.filter(pk=ada.pk).update, **fields)


def test_a_version_is_accepted_once(ada: Person) -> None:
    accepted = factories.make_acceptance(ada)
    refused("acceptance_once", Acceptance.objects.create, person=ada, version=accepted.version)


def test_one_consent_stands_at_a_time(ada: Person, group: Group) -> None:
    factories.make_consent(ada, group)
    refused("consent_standing_once", factories.make_consent, ada, group)


def test_two_wordings_have_two_numbers() -> None:
    factories.make_agreement(number=1)
    refused("agreement_number_once", factories.make_agreement, number=1)
    refused("agreement_kind_known", factories.make_agreement, "oath")


def test_one_membership_for_a_person_and_a_group(ben: Person, group: Group) -> None:
    refused("membership_once", factories.make_membership, group, ben, "left")


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("membership_state_known", {"state": "maybe"}),
        ("membership_active_has_begun", {"joined_at": None}),
        ("membership_active_has_begun", {"ended_at": timezone.now()}),
        ("membership_ended_keeps_no_answers", {"state": "left"}),
        ("membership_rests_on_agreement_and_consent", {"consent": None}),
        ("membership_rests_on_agreement_and_consent", {"acceptance": None}),
    ],
)
def test_a_membership_that_contradicts_itself(
    bens_membership: Membership, constraint: str, fields: dict[str, Any]
) -> None:
    refused(constraint, Membership.objects.filter(pk=bens_membership.pk).update, **fields)


@pytest.mark.parametrize("answer", ["access_needs", "message"])
def test_an_ended_membership_keeps_no_answers(bens_membership: Membership, answer: str) -> None:
    ended = {"state": "left", "ended_at": timezone.now(), answer: "planted"}
    refused(
        "membership_ended_keeps_no_answers",
        Membership.objects.filter(pk=bens_membership.pk).update,
        **ended,
    )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("seat_state_known", {"state": "maybe"}),
        ("seat_offer_expires", {"state": SeatState.OFFERED}),
        ("seat_offer_expires", {"offer_expires_at": timezone.now()}),
    ],
)
def test_a_seat_that_contradicts_itself(
    group: Group, ben: Person, constraint: str, fields: dict[str, Any]
) -> None:
    meeting = factories.make_meeting(group)
    refused(constraint, factories.make_seat, meeting, ben, **fields)
