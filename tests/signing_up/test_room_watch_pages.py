"""Asking to hear when a full group has room, and to hear no more."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from directory.actions.memberships import leave_group
from directory.choices import AgreementKind, MembershipState
from directory.emails import kinds, render
from directory.models import Consent, Group, Membership, RoomWatch
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def agreements(db: None) -> None:
    for kind in AgreementKind.values:
        factories.current_agreement(kind)


@pytest.fixture
def full(db: None) -> Group:
    """One place, and Ola has it."""
    group = factories.make_group(capacity=1, allows_single_dates=False)
    factories.make_membership(group, factories.make_person("Ola"))
    return group


def watch_url(group: Group) -> str:
    return reverse("watch_room", args=[group.slug])


def answers() -> dict[str, str]:
    number = factories.current_agreement(AgreementKind.MEMBERSHIP).number
    return {"consents": "on", "consented_number": str(number)}


def test_the_page_of_a_full_group_leads_there_and_of_another_does_not(
    client: Client, full: Group, group: Group
) -> None:
    page = client.get(reverse("group", args=[full.slug])).content.decode()
    assert "The group is full at the moment." in page
    assert watch_url(full) in page
    assert watch_url(group) not in client.get(reverse("group", args=[group.slug])).content.decode()


def test_a_visitor_is_led_to_an_account_without_a_cookie(client: Client, full: Group) -> None:
    response = client.get(watch_url(full))
    assert response.context["sign_in_url"].startswith("/accounts/login/?next=%2Fgroups%2F")
    assert not response.cookies
    client.post(watch_url(full), answers())
    assert RoomWatch.objects.count() == 0


def test_it_takes_one_press_and_a_yes_and_stops_again(
    as_ada: Client, ada: Person, full: Group
) -> None:
    refused = as_ada.post(watch_url(full), {"consented_number": "1"})
    assert "There is a problem" in refused.content.decode()
    page = as_ada.post(watch_url(full), answers(), follow=True).content.decode()
    assert "We tell you when there is room." in page
    watch = RoomWatch.objects.get(person=ada)
    assert "We tell you when there is room." in as_ada.get(watch_url(full)).content.decode()
    stop = reverse("stop_watching", args=[watch.pk])
    assert stop in page
    assert as_ada.post(stop).url == reverse("my_meetings")
    assert RoomWatch.objects.count() == 0
    assert not Consent.objects.standing().filter(person=ada).exists()


def test_when_there_is_room_a_mail_is_owed_and_the_page_says_so(
    as_ada: Client, ada: Person, full: Group
) -> None:
    as_ada.post(watch_url(full), answers())
    ola = Membership.objects.get(group=full)
    leave_group(membership=ola, by=ola.person)
    mail = OutgoingMail.objects.get(kind=kinds.ROOM_AGAIN, person=ada)
    message = render(mail)
    assert message is not None
    assert "There is room now." in message.body
    assert "There was room on" in as_ada.get(reverse("my_meetings")).content.decode()


@pytest.mark.parametrize("gone", ["room", "consent", "wish", "group"])
def test_the_mail_is_not_sent_when_it_is_no_longer_true(
    as_ada: Client, ada: Person, full: Group, gone: str
) -> None:
    as_ada.post(watch_url(full), answers())
    ola = Membership.objects.get(group=full)
    leave_group(membership=ola, by=ola.person)
    if gone == "room":
        factories.make_membership(full, factories.make_person())
    elif gone == "consent":
        Consent.objects.filter(person=ada).update(withdrawn_at="2026-01-01T00:00Z")
    elif gone == "wish":
        RoomWatch.objects.all().delete()
    else:
        Group.everything.update(status="paused")
    assert render(OutgoingMail.objects.get(kind=kinds.ROOM_AGAIN, person=ada)) is None


def test_where_there_is_room_one_can_join(as_ada: Client, group: Group) -> None:
    page = as_ada.get(watch_url(group)).content.decode()
    assert "There is room in this group now." in page
    as_ada.post(watch_url(group), answers())
    assert RoomWatch.objects.count() == 0


@pytest.mark.parametrize("state", [MembershipState.ACTIVE, MembershipState.WAITING, "removed"])
def test_who_has_a_standing_already_reads_which(
    as_ada: Client, ada: Person, full: Group, state: str
) -> None:
    factories.make_membership(full, ada, state)
    assert as_ada.get(watch_url(full)).context["refusal"]
    as_ada.post(watch_url(full), answers())
    assert RoomWatch.objects.count() == 0


def test_nobody_stops_it_for_somebody_else(as_ada: Client, as_ben: Client, full: Group) -> None:
    as_ada.post(watch_url(full), answers())
    stop = reverse("stop_watching", args=[RoomWatch.objects.get().pk])
    assert as_ben.post(stop).status_code == 404
    assert as_ada.get(stop).status_code == 405
    assert RoomWatch.objects.count() == 1


def test_a_bad_address_a_hidden_group_and_a_wrong_method(as_ada: Client, full: Group) -> None:
    assert as_ada.get("/groups/no-such-group/room/").status_code == 404
    assert as_ada.get(watch_url(factories.make_group(status="draft"))).status_code == 404
    assert as_ada.put(watch_url(full)).status_code == 405


def test_many_wishes_cost_as_many_queries_as_one(as_ada: Client, ada: Person) -> None:
    counts = []
    as_ada.get(reverse("my_meetings"))
    for number in (1, 2):
        for _one in range(number):
            group = factories.make_group(capacity=1)
            consent = factories.make_consent(ada, group)
            RoomWatch.objects.create(group=group, person=ada, consent=consent)
        with CaptureQueriesContext(connection) as queries:
            as_ada.get(reverse("my_meetings"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
