"""A mail is asked about again when it is sent: what is no longer so is not told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.choices import MailPreference
from accounts.models import OutgoingMail, Person
from accounts.references import reference
from directory.choices import MembershipState, SeatState
from directory.emails import kinds, render
from directory.models import Facilitator, Group, Invitation, Meeting, Membership, Seat
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cancelled(group: Group) -> Meeting:
    return factories.make_meeting(group, status="cancelled", reason="Ill.", version=2)


@pytest.fixture
def mail(cancelled: Meeting, ben: Person) -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind=kinds.MEETING_CANCELLED, about=reference(cancelled), person=ben, version=2
    )


def about(row: object, kind: str, person: Person) -> OutgoingMail:
    return OutgoingMail.objects.create(kind=kind, about=reference(row), person=person)


def test_it_is_owed(mail: OutgoingMail) -> None:
    assert render(mail).subject.startswith("Change to ")


@pytest.mark.parametrize(
    "change",
    [
        {"is_safe_to_email": False},
        {"mail_preference": MailPreference.NONE},
        {"is_active": False},
    ],
)
def test_not_to_who_takes_no_mail(mail: OutgoingMail, change: dict[str, object]) -> None:
    Person.objects.filter(pk=mail.person_id).update(**change)
    mail.refresh_from_db()
    assert render(mail) is None


@pytest.mark.parametrize(
    "change",
    [
        {"status": "scheduled"},
        {"version": 3},
        {
            "original_start": timezone.now() - timedelta(days=2),
            "starts_at": timezone.now() - timedelta(days=2),
            "ends_at": timezone.now() - timedelta(hours=47),
        },
    ],
)
def test_not_once_the_date_is_another_or_over(
    mail: OutgoingMail, cancelled: Meeting, change: dict[str, object]
) -> None:
    Meeting.everything.filter(pk=cancelled.pk).update(**change)
    assert render(mail) is None


def test_not_once_the_date_is_gone(mail: OutgoingMail, cancelled: Meeting) -> None:
    cancelled.delete()
    assert render(mail) is None


def test_not_to_who_has_left(mail: OutgoingMail, bens_membership: Membership) -> None:
    bens_membership.state, bens_membership.ended_at = MembershipState.LEFT, timezone.now()
    bens_membership.save()
    assert render(mail) is None


def test_not_without_consent(mail: OutgoingMail, bens_membership: Membership) -> None:
    bens_membership.consent.withdrawn_at = timezone.now()
    bens_membership.consent.save()
    assert render(mail) is None


def test_a_seat_is_enough_until_it_is_given_back(cancelled: Meeting, ada: Person) -> None:
    seat = factories.make_seat(
        cancelled,
        ada,
        consent=factories.make_consent(ada, cancelled.group),
        acceptance=factories.make_acceptance(ada),
    )
    mail = about(cancelled, kinds.MEETING_CANCELLED, ada)
    Meeting.everything.filter(pk=cancelled.pk).update(version=1)
    assert render(mail) is not None
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.GIVEN_BACK)
    assert render(mail) is None


def test_a_facilitator_is_led_to_the_page_for_facilitators(cancelled: Meeting, fay: Person) -> None:
    Meeting.everything.filter(pk=cancelled.pk).update(version=1)
    mail = about(cancelled, kinds.MEETING_CANCELLED, fay)
    assert f"/facilitate/meetings/{cancelled.pk}/" in render(mail).body
    Facilitator.objects.update(ended_at=timezone.now())
    assert render(mail) is None


def test_a_move_is_not_told_of_a_date_that_was_cancelled_since(
    cancelled: Meeting, ben: Person
) -> None:
    Meeting.everything.filter(pk=cancelled.pk).update(version=1)
    assert render(about(cancelled, kinds.MEETING_MOVED, ben)) is None


def test_an_older_mail_about_the_same_gives_way(bens_membership: Membership, ben: Person) -> None:
    first = about(bens_membership, kinds.REQUEST_ACCEPTED, ben)
    assert render(first) is not None
    OutgoingMail.objects.create(kind=first.kind, about=first.about, person=ben, version=2)
    assert render(first) is None


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (kinds.REQUEST_ACCEPTED, MembershipState.LEFT),
        (kinds.MEMBERSHIP_PROMOTED, MembershipState.WAITING),
        (kinds.REQUEST_DECLINED, MembershipState.ACTIVE),
        (kinds.REMOVED, MembershipState.ASKED),
    ],
)
def test_an_answer_that_no_longer_holds_is_not_sent(
    bens_membership: Membership, ben: Person, kind: str, state: str
) -> None:
    ended = None if state in Membership.OPEN else timezone.now()
    Membership.objects.filter(pk=bens_membership.pk).update(state=state, ended_at=ended)
    assert render(about(bens_membership, kind, ben)) is None


def test_accepted_while_the_group_is_full_says_that_one_waits(
    bens_membership: Membership, ben: Person
) -> None:
    Membership.objects.filter(pk=bens_membership.pk).update(state=MembershipState.WAITING)
    assert "waiting list" in render(about(bens_membership, kinds.REQUEST_ACCEPTED, ben)).body


def test_nobody_reads_what_is_about_somebody_else(bens_membership: Membership, ada: Person) -> None:
    for kind in (kinds.REQUEST_ACCEPTED, kinds.MEMBERSHIP_PROMOTED, kinds.REMOVED):
        assert render(about(bens_membership, kind, ada)) is None


def test_a_request_is_told_until_it_is_answered(
    bens_membership: Membership, fay: Person, gil: Person
) -> None:
    Membership.objects.filter(pk=bens_membership.pk).update(state=MembershipState.ASKED)
    mail = about(bens_membership, kinds.REQUEST_RECEIVED, fay)
    assert render(mail) is not None
    assert render(about(bens_membership, kinds.REQUEST_RECEIVED, gil)) is None
    Membership.objects.filter(pk=bens_membership.pk).update(state=MembershipState.ACTIVE)
    assert render(mail) is None


def test_a_free_place_is_not_told_of_a_cancelled_date(cancelled: Meeting, ben: Person) -> None:
    until = timezone.now() + timedelta(hours=1)
    seat = factories.make_seat(cancelled, ben, SeatState.OFFERED, offer_expires_at=until)
    assert render(about(seat, kinds.SEAT_OFFERED, ben)) is None
    Meeting.everything.update(status="scheduled")
    assert render(OutgoingMail.objects.get()) is not None


@pytest.fixture
def invitation(group: Group) -> OutgoingMail:
    later = timezone.now() + timedelta(days=9)
    row = Invitation.objects.create(group=group, email="new@example.org", expires_at=later)
    return OutgoingMail.objects.create(
        kind=kinds.INVITATION, about=reference(row), address="new@example.org"
    )


@pytest.mark.parametrize("field", ["accepted_at", "withdrawn_at", "expires_at"])
def test_an_invitation_that_has_ended_is_not_sent(invitation: OutgoingMail, field: str) -> None:
    assert render(invitation) is not None
    Invitation.objects.update(**{field: timezone.now()})
    assert render(invitation) is None


def test_an_invitation_is_not_sent_where_mail_is_not_safe(invitation: OutgoingMail) -> None:
    factories.make_person("Una", email="new@example.org", is_safe_to_email=False)
    assert render(invitation) is None
