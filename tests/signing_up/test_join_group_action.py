"""What joining does, and that neither agreement nor consent can be gone round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.memberships import answer_request, join_group, leave_group, remove_member
from directory.actions.seats import take_seat
from directory.choices import AgreementKind, Joining, MembershipState
from directory.models import Acceptance, Consent, Group, Membership
from directory.refusals import Refused
from tests import factories


def join(group: Group, person: Person, **over: object) -> Membership:
    """Join as somebody does who ticked both boxes under the texts of now."""
    terms = {
        "accepted_version": factories.current_agreement(),
        "consented_version": factories.current_agreement(AgreementKind.MEMBERSHIP),
    }
    return join_group(group=group, by=person, **(terms | over))


def refused(group: Group, person: Person, **over: object) -> str:
    with pytest.raises(Refused) as caught:
        join(group, person, **over)
    assert not Membership.objects.filter(group=group, person=person, ended_at=None).exists()
    return caught.value.refusal.code


def test_a_group_to_sign_up_for_lets_one_in_at_once(group: Group, ada: Person) -> None:
    membership = join(group, ada, access_needs=" a chair by the door ", would_rather_listen=True)
    assert membership.state == MembershipState.ACTIVE
    assert membership.joined_at is not None
    assert membership.access_needs == "a chair by the door"
    assert membership.would_rather_listen


def test_agreement_and_consent_are_kept_with_version_and_time(group: Group, ada: Person) -> None:
    before = timezone.now()
    membership = join(group, ada)
    assert membership.acceptance.version == factories.current_agreement()
    assert before <= membership.acceptance.accepted_at <= timezone.now()
    assert membership.consent.version == factories.current_agreement(AgreementKind.MEMBERSHIP)
    assert membership.consent.group == group
    assert before <= membership.consent.given_at <= timezone.now()


@pytest.mark.parametrize(
    ("missing", "code"),
    [("accepted_version", "agreement-missing"), ("consented_version", "consent-missing")],
)
def test_neither_can_be_left_out(group: Group, ada: Person, missing: str, code: str) -> None:
    assert refused(group, ada, **{missing: None}) == code
    assert (Acceptance.objects.count(), Consent.objects.count()) == (0, 0)


@pytest.mark.parametrize("kind", AgreementKind.values)
def test_an_older_wording_is_not_enough(group: Group, ada: Person, kind: str) -> None:
    old = factories.current_agreement(kind)
    factories.make_agreement(kind)
    field = "accepted_version" if kind == AgreementKind.CONFIDENTIALITY else "consented_version"
    assert refused(group, ada, **{field: old}) == "agreement-changed"


def test_consent_does_not_stand_in_for_the_agreement(group: Group, ada: Person) -> None:
    consent = factories.current_agreement(AgreementKind.MEMBERSHIP)
    assert refused(group, ada, accepted_version=consent) == "agreement-missing"


def test_the_database_refuses_a_membership_without_them(group: Group, ada: Person) -> None:
    with pytest.raises(IntegrityError, match="membership_rests_on"), transaction.atomic():
        factories.make_membership(group, ada, acceptance=None)
    with pytest.raises(IntegrityError, match="membership_rests_on"), transaction.atomic():
        factories.make_membership(group, ada, consent=None)


def test_twice_is_once(group: Group, ada: Person) -> None:
    join(group, ada)
    with pytest.raises(Refused) as caught:
        join(group, ada)
    assert caught.value.refusal.code == "already-in"
    assert (Membership.objects.count(), Consent.objects.count()) == (1, 1)


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_a_group_that_is_not_public_takes_nobody(ada: Person, status: str) -> None:
    assert refused(factories.make_group(status=status), ada) == "not-public"


def test_one_just_comes_to_some_groups(ada: Person) -> None:
    assert refused(factories.make_group(joining=Joining.JUST_COME), ada) == "just-come"


def test_a_group_for_adults_asks(ada: Person) -> None:
    group = factories.make_group(adults_only=True)
    assert refused(group, ada) == "not-adult"
    assert join(group, ada, is_adult=True).is_adult


def test_who_asks_waits_for_an_answer_and_the_facilitators_are_told(ada: Person) -> None:
    group = factories.make_group(joining=Joining.ASK)
    fay = factories.make_person("Fay")
    factories.make_facilitator(group, fay)
    factories.make_facilitator(group, factories.make_person("Old"), ended_at=timezone.now())
    membership = join(group, ada, message="Hello")
    assert (membership.state, membership.message) == (MembershipState.ASKED, "Hello")
    mail = OutgoingMail.objects.get(kind="request_received")
    assert (mail.person, mail.about) == (fay, f"membership:{membership.id}")


def test_a_full_group_has_a_waiting_list_and_the_first_comes_in(ada: Person) -> None:
    group = factories.make_group(capacity=1)
    first = join(group, factories.make_person())
    second = join(group, ada)
    third = join(group, factories.make_person())
    assert [second.state, third.state] == [MembershipState.WAITING] * 2
    leave_group(membership=first, by=first.person)
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (MembershipState.ACTIVE, MembershipState.WAITING)
    assert [mail.person for mail in OutgoingMail.objects.filter(kind="membership_promoted")] == [
        ada
    ]


def test_leaving_keeps_no_answers_tells_nobody_and_gives_places_back(
    group: Group, ada: Person
) -> None:
    membership = join(group, ada, access_needs="a chair", would_rather_listen=True)
    seat = take_seat(meeting=factories.make_meeting(group), by=ada)
    leave_group(membership=membership, by=ada)
    membership.refresh_from_db()
    seat.refresh_from_db()
    assert (membership.state, membership.access_needs) == (MembershipState.LEFT, "")
    assert (membership.would_rather_listen, seat.state) == (False, "given-back")
    assert Consent.objects.standing().count() == 0
    assert OutgoingMail.objects.count() == 0


def test_one_can_come_back_with_new_consent(group: Group, ada: Person) -> None:
    first = join(group, ada)
    leave_group(membership=first, by=ada)
    second = join(group, ada)
    assert (second.id, second.state) == (first.id, MembershipState.ACTIVE)
    assert second.consent_id != first.consent_id
    assert Consent.objects.count() == 2


def test_nobody_leaves_for_somebody_else(bens_membership: Membership, ada: Person) -> None:
    with pytest.raises(Refused) as caught:
        leave_group(membership=bens_membership, by=ada)
    assert caught.value.refusal.code == "not-yours"


def asked(person: Person, **group: object) -> Membership:
    made = factories.make_group(joining=Joining.ASK, **group)
    factories.make_facilitator(made, factories.make_person("Fay"))
    return join(made, person, message="Hello", access_needs="a chair")


def facilitator_of(membership: Membership) -> Person:
    return membership.group.facilitators.get().person


def test_a_request_is_accepted(ada: Person) -> None:
    membership = asked(ada)
    answered = answer_request(
        membership=membership, by=facilitator_of(membership), accept=True, answer="Welcome"
    )
    assert (answered.state, answered.answer) == (MembershipState.ACTIVE, "Welcome")
    assert OutgoingMail.objects.get(kind="request_accepted").person == ada


def test_accepted_into_a_full_group_one_waits(ada: Person) -> None:
    membership = asked(ada, capacity=1)
    factories.make_membership(membership.group, factories.make_person())
    answered = answer_request(membership=membership, by=facilitator_of(membership), accept=True)
    assert answered.state == MembershipState.WAITING


def test_a_declined_request_keeps_no_answers_and_can_be_made_again_later(ada: Person) -> None:
    membership = asked(ada)
    answer_request(membership=membership, by=facilitator_of(membership), accept=False)
    membership.refresh_from_db()
    assert (membership.state, membership.message) == (MembershipState.DECLINED, "")
    assert OutgoingMail.objects.get(kind="request_declined").person == ada
    assert refused(membership.group, ada) == "declined"
    Membership.objects.update(ended_at=timezone.now() - timedelta(days=31))
    assert join(membership.group, ada).state == MembershipState.ASKED


def test_asking_again_tells_the_facilitators_again(ada: Person) -> None:
    membership = asked(ada)
    leave_group(membership=membership, by=ada)
    join(membership.group, ada)
    assert OutgoingMail.objects.filter(kind="request_received").count() == 2


def test_only_its_facilitator_answers_and_only_once(ada: Person, gil: Person) -> None:
    membership = asked(ada)
    with pytest.raises(Refused) as caught:
        answer_request(membership=membership, by=gil, accept=True)
    assert caught.value.refusal.code == "not-facilitator"
    answer_request(membership=membership, by=facilitator_of(membership), accept=True)
    with pytest.raises(Refused) as caught:
        answer_request(membership=membership, by=facilitator_of(membership), accept=False)
    assert caught.value.refusal.code == "answered"


def test_who_was_removed_reads_why_and_cannot_come_back(
    bens_membership: Membership, fay: Person
) -> None:
    removed = remove_member(membership=bens_membership, by=fay, reason="You recorded a meeting.")
    assert (removed.state, removed.answer) == ("removed", "You recorded a meeting.")
    assert OutgoingMail.objects.get(kind="removed").person == removed.person
    assert refused(removed.group, removed.person) == "removed"


def test_a_member_removes_nobody(bens_membership: Membership, ada: Person) -> None:
    with pytest.raises(Refused) as caught:
        remove_member(membership=bens_membership, by=ada, reason="")
    assert caught.value.refusal.code == "not-facilitator"


def test_each_step_is_in_the_audit_trail_without_content(group: Group, ada: Person) -> None:
    membership = join(group, ada, access_needs="planted-need")
    leave_group(membership=membership, by=ada)
    entries = AuditEntry.objects.filter(about=f"membership:{membership.id}").order_by("id")
    assert [entry.action for entry in entries] == ["membership.begun", "membership.left"]
    assert "planted" not in str([entry.detail for entry in AuditEntry.objects.all()])
