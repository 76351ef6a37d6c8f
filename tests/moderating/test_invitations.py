from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.invitations import (
    accept_invitation,
    end_facilitator,
    invite_facilitator,
    send_invitation_again,
    withdraw_invitation,
)
from directory.invitation_links import invitation_of, invitation_token
from directory.models import Facilitator, FacilitatorProfile, Group, Invitation
from directory.refusals import Refused

pytestmark = pytest.mark.django_db


def code_of(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.refusal.code


def test_an_invitation_owes_one_mail_and_says_nothing_in_the_audit_trail(
    draft: Group, mo: Person
) -> None:
    invitation = invite_facilitator(group=draft, by=mo, email=" Fay@Example.org ")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.address) == ("invitation", "fay@example.org")
    assert mail.about == f"invitation:{invitation.pk}"
    assert "fay" not in str(AuditEntry.objects.values())


def test_one_address_is_invited_once(invitation: Invitation, draft: Group, mo: Person) -> None:
    with pytest.raises(Refused) as refused:
        invite_facilitator(group=draft, by=mo, email="FAY@example.org")
    assert code_of(refused) == "already_invited"


def test_sent_again_it_holds_from_now_and_is_mailed_again(
    invitation: Invitation, mo: Person
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        assert send_invitation_again(invitation=invitation, by=mo).expires_at > timezone.now()
    assert OutgoingMail.objects.count() == 2


def test_the_link_is_read_for_14_days_and_cannot_be_made_up(invitation: Invitation) -> None:
    token = invitation_token(invitation.pk)
    assert invitation_of(token) == invitation.pk
    assert invitation_of(token[:-1]) is None
    assert invitation_of(invitation.pk.hex) is None
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert invitation_of(token) is None


def test_whoever_holds_the_link_becomes_a_facilitator_once(
    invitation: Invitation, ada: Person, gil: Person
) -> None:
    part = accept_invitation(invitation=invitation, by=ada, public_first_name="Ada", is_listed=True)
    assert (part.group, part.person, part.role) == (invitation.group, ada, "lead")
    assert Facilitator.objects.current().filter(group=invitation.group).get() == part
    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=invitation, by=gil)
    assert code_of(refused) == "accepted"


def test_an_address_is_kept_as_long_as_its_invitation_stands(
    invitation: Invitation, draft: Group, mo: Person, ada: Person
) -> None:
    accept_invitation(invitation=invitation, by=ada)
    other = invite_facilitator(group=draft, by=mo, email="gil@example.org")
    withdraw_invitation(invitation=other, by=mo)
    assert set(Invitation.objects.values_list("email", flat=True)) == {""}


def test_nobody_is_shown_to_visitors_without_asking_for_it(
    invitation: Invitation, ada: Person
) -> None:
    accept_invitation(invitation=invitation, by=ada)
    profile = FacilitatorProfile.objects.get(person=ada)
    assert (profile.is_listed, profile.public_first_name) == (False, "")


def test_to_be_listed_takes_a_name(invitation: Invitation, ada: Person) -> None:
    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=invitation, by=ada, is_listed=True)
    assert code_of(refused) == "public_first_name"


def test_another_groups_facilitator_stays_listed_as_they_were(
    invitation: Invitation, gil: Person
) -> None:
    accept_invitation(invitation=invitation, by=gil)
    profile = FacilitatorProfile.objects.get(person=gil)
    assert (profile.is_listed, profile.public_first_name) == (True, "Gil")


def test_what_was_taken_back_or_ran_out_is_not_accepted(
    invitation: Invitation, draft: Group, mo: Person, ada: Person
) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        with pytest.raises(Refused) as refused:
            accept_invitation(invitation=invitation, by=ada)
        assert code_of(refused) == "expired"
    withdraw_invitation(invitation=invitation, by=mo)
    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=invitation, by=ada)
    assert code_of(refused) == "withdrawn"


def test_somebody_who_facilitates_already_is_told_so(group: Group, fay: Person, mo: Person) -> None:
    invitation = invite_facilitator(group=group, by=mo, email="fay@example.org")
    with pytest.raises(Refused) as refused:
        accept_invitation(invitation=invitation, by=fay)
    assert code_of(refused) == "already"


def test_ended_a_facilitator_is_out_at_once(
    fays_part: Facilitator, fay: Person, mo: Person
) -> None:
    end_facilitator(facilitator=fays_part, by=mo)
    assert not Group.everything.facilitated_by(fay).exists()
    assert not Facilitator.objects.listed().exists()
    with pytest.raises(Refused) as refused:
        end_facilitator(facilitator=fays_part, by=mo)
    assert code_of(refused) == "ended"


def test_only_moderators_invite_and_end(
    draft: Group, invitation: Invitation, fays_part: Facilitator, fay: Person, pat: Person
) -> None:
    for person in (fay, pat):
        for act in (
            lambda by: invite_facilitator(group=draft, by=by, email="me@example.org"),
            lambda by: send_invitation_again(invitation=invitation, by=by),
            lambda by: withdraw_invitation(invitation=invitation, by=by),
            lambda by: end_facilitator(facilitator=fays_part, by=by),
        ):
            with pytest.raises(Refused) as refused:
                act(person)
            assert code_of(refused) == "not_yours"


def test_the_pages_do_the_same(draft: Group, as_mo: Client, mo: Person) -> None:
    address = reverse("invite_facilitator", args=[draft.pk])
    hub = reverse("moderated_group", args=[draft.pk])
    sent = as_mo.post(address, {"email": "fay@example.org", "role": "co"})
    assert sent["Location"] == hub
    assert "fay@example.org" in as_mo.get(hub).content.decode()
    twice = as_mo.post(address, {"email": "fay@example.org", "role": "co"}).content.decode()
    assert "<title>Error: " in twice
    assert 'value="fay@example.org"' in twice
    invitation = Invitation.objects.get()
    as_mo.post(reverse("send_invitation_again", args=[invitation.pk]))
    as_mo.post(reverse("withdraw_invitation", args=[invitation.pk]))
    assert "fay@example.org" not in as_mo.get(hub).content.decode()


def test_the_page_asks_before_it_ends_somebody(
    fays_part: Facilitator, as_mo: Client, as_fay: Client
) -> None:
    address = reverse("end_facilitator", args=[fays_part.pk])
    assert "End Fay as a facilitator?" in as_mo.get(address).content.decode()
    fays_part.refresh_from_db()
    assert fays_part.ended_at is None
    as_mo.post(address)
    fays_part.refresh_from_db()
    assert fays_part.ended_at is not None
