"""A lead facilitator asks somebody to help to run the group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from directory.actions.invitations import accept_invitation, invite_facilitator, withdraw_invitation
from directory.models import Facilitator, Group, Invitation
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
