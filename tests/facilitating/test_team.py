"""A lead facilitator asks somebody to help to run the group."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.invitations import (
    accept_invitation,
    invite_facilitator,
    send_invitation_again,
    withdraw_invitation,
)
from directory.models import Facilitator, Group, Invitation, Organisation
from directory.refusals import Refused
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def cas(group: Group) -> Person:
    """Helps Fay."""
    person = factories.make_person("Cas")
    factories.make_facilitator(group, person)
    return person


def refused(action: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as error:
        action()
    return error.value.refusal.code


def invite(
    group: Group, by: Person, role: str = "co", email: str = "dee@example.org"
) -> Invitation:
    return invite_facilitator(group=group, by=by, email=email, role=role)


def test_the_lead_asks_and_the_other_helps(as_fay: Client, group: Group, ada: Person) -> None:
    page = as_fay.get(reverse("facilitated_group", args=[group.pk])).content.decode()
    address = reverse("invite_co_facilitator", args=[group.pk])
    assert address in page
    assert as_fay.post(address, {"email": "ada@example.org"})["Location"] == address
    assert "ada@example.org" in as_fay.get(address).content.decode()
    assert OutgoingMail.objects.get().kind == "invitation"
    accept_invitation(invitation=Invitation.objects.get(), by=ada)
    assert Facilitator.objects.get(person=ada).role == "co"
    page = as_fay.get(reverse("facilitated_group", args=[group.pk])).content.decode()
    assert "<bdi>Ada</bdi>, Co-facilitator" in page


def test_an_address_typed_wrong_is_taken_back(as_fay: Client, group: Group, fay: Person) -> None:
    invitation = invite(group, fay)
    page = as_fay.post(reverse("take_back_invitation", args=[invitation.pk]), follow=True)
    assert "the link in the mail no longer works" in page.content.decode()
    again = as_fay.post(reverse("take_back_invitation", args=[invitation.pk]), follow=True)
    assert "taken back already" in again.content.decode()


def test_a_lead_makes_no_leads_and_a_helper_asks_nobody(
    group: Group, fay: Person, cas: Person, gil: Person
) -> None:
    assert refused(lambda: invite(group, fay, role="lead")) == "not_yours"
    assert refused(lambda: invite(group, cas)) == "not_yours"
    assert refused(lambda: invite(group, gil)) == "not_yours"


def test_only_so_many_at_once(group: Group, fay: Person) -> None:
    for number in range(5):
        invite(group, fay, email=f"{number}@example.org")
    assert refused(lambda: invite(group, fay)) == "too_many"


def test_taken_back_and_asked_again_one_address_gets_two_mails_a_day(
    group: Group, fay: Person, other_group: Group, gil: Person
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(2):
            withdraw_invitation(invitation=invite(group, fay), by=fay)
        assert refused(lambda: invite(group, fay)) == "mailed_enough"
        assert refused(lambda: invite(other_group, gil)) == "mailed_enough"
        assert OutgoingMail.objects.count() == 2
        clock.shift(timedelta(days=1, minutes=1))
        assert invite(group, fay)


def test_who_says_yes_to_each_is_asked_by_many_groups(
    mo: Person, ada: Person, organisation: Organisation
) -> None:
    for _ in range(3):
        group = factories.make_group(organisation=organisation)
        accept_invitation(invitation=invite(group, mo, email=ada.email), by=ada)
    assert Facilitator.objects.filter(person=ada).count() == 3


def test_a_moderator_sends_again_no_more_often(group: Group, mo: Person) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        invitation = invite(group, mo)
        clock.shift(timedelta(minutes=1))
        send_invitation_again(invitation=invitation, by=mo)
        again = lambda: send_invitation_again(invitation=invitation, by=mo)  # noqa: E731
        assert refused(again) == "mailed_enough"


def test_a_group_sends_so_many_a_week_whoever_they_go_to(
    group: Group, fay: Person, mo: Person, as_fay: Client
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for number in range(10):
            sent = invite(group, fay, email=f"{number}@example.org")
            withdraw_invitation(invitation=sent, by=fay)
        assert refused(lambda: invite(group, fay)) == "too_often"
        address = reverse("invite_co_facilitator", args=[group.pk])
        page = as_fay.post(address, {"email": "dee@example.org"}).content.decode()
        assert "Please wait some days, then ask again." in page
        # A moderator is asked, and can.
        assert invite(group, mo, email="lea@example.org")
        clock.shift(timedelta(days=7, minutes=1))
        assert invite(group, fay)


def test_what_ran_out_bars_nobody_and_can_be_taken_back(
    group: Group, fay: Person, as_fay: Client
) -> None:
    invitation = invite(group, fay)
    for number in range(4):
        invite(group, fay, email=f"{number}@example.org")
    Invitation.objects.update(expires_at=timezone.now())
    assert invite(group, fay, email="lea@example.org")
    page = as_fay.get(reverse("invite_co_facilitator", args=[group.pk])).content.decode()
    assert "The link has run out." in page
    withdraw_invitation(invitation=invitation, by=fay)
    assert invite(group, fay)


def test_nobody_takes_back_or_reads_what_others_sent(
    group: Group, fay: Person, cas: Person, mo: Person, as_fay: Client
) -> None:
    theirs = invite(group, mo)
    assert refused(lambda: withdraw_invitation(invitation=theirs, by=fay)) == "not_yours"
    page = as_fay.get(reverse("invite_co_facilitator", args=[group.pk])).content.decode()
    assert "dee@example.org" not in page
    assert as_fay.post(reverse("take_back_invitation", args=[theirs.pk])).status_code == 404


def test_a_bad_address_and_one_twice_say_so(as_fay: Client, group: Group, fay: Person) -> None:
    address = reverse("invite_co_facilitator", args=[group.pk])
    assert "<title>Error:" in as_fay.post(address, {"email": "nowhere"}).content.decode()
    invite(group, fay)
    page = as_fay.post(address, {"email": "dee@example.org"}).content.decode()
    assert "This person is invited already." in page


def test_who_gets_in(
    client: Client, as_fay: Client, as_ada: Client, as_ben: Client, as_gil: Client, cas: Person
) -> None:
    group = Facilitator.objects.get(person=cas).group
    address = reverse("invite_co_facilitator", args=[group.pk])
    clients = (as_fay, as_ada, as_gil, as_ben, signed_in(cas), client)
    assert [one.get(address).status_code for one in clients] == [200, 404, 404, 403, 403, 302]
    assert as_fay.delete(address).status_code == 405
    for name in ("invite_co_facilitator", "take_back_invitation"):
        assert as_fay.post(reverse(name, args=[uuid4()])).status_code == 404
    assert as_fay.get(reverse("take_back_invitation", args=[uuid4()])).status_code == 405
