"""What somebody could try who wants to annoy, to deceive or to be counted as nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from accounts.names import visible_name
from config.logs import without_private_parts
from directory.choices import AgreementKind, Joining
from directory.invitation_links import invitation_token
from directory.mail_links import stop_token
from directory.models import Group, Membership
from directory.views.limits import is_too_often
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def ask_and_leave(client: Client, group: Group) -> None:
    terms = {"accepts": "on", "consents": "on"}
    terms["accepted_number"] = factories.current_agreement().number
    terms["consented_number"] = factories.current_agreement(AgreementKind.MEMBERSHIP).number
    client.post(f"/groups/{group.slug}/join/", {"step": "check", **terms})
    client.post(f"/me/groups/{Membership.objects.get().pk}/leave/")


def test_asking_and_leaving_all_day_fills_no_mailbox(ada: Person) -> None:
    group = factories.make_group(joining=Joining.ASK)
    factories.make_facilitator(group, factories.make_person("Fay"))
    factories.current_agreement()
    factories.current_agreement(AgreementKind.MEMBERSHIP)
    for _time in range(6):
        ask_and_leave(signed_in(ada), group)
    assert OutgoingMail.objects.filter(kind="request_received").count() == 3


def test_nobody_is_mailed_codes_all_day_long(ada: Person) -> None:
    now = timezone.now()
    for minute in range(30):
        with time_machine.travel(now + timedelta(minutes=minute), tick=False):
            visitor = Client(REMOTE_ADDR=f"192.0.2.{minute}")
            visitor.post("/accounts/login/", {"login": ada.email})
    assert OutgoingMail.objects.filter(kind="code").count() == 20


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Heron \n 41 ", "Heron 41"),
        ("Ada\u202egnp.exe", "Adagnp.exe"),
        ("\u2067Fay\u2069", "Fay"),
        ("A\u200bd\u2060a\u00ad\u0007", "Ada"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("🌻", "🌻"),
        ("\u200b", ""),
        ("\u200d", ""),
        ("\u3164\u2800\u0301", ""),
    ],
)
def test_a_name_can_be_seen_and_turns_nothing_around(typed: str, kept: str) -> None:
    assert visible_name(typed) == kept


@pytest.mark.parametrize("name", ["\u200b", "\u202e\u2066", "\u2060 \u00ad"])
def test_nobody_goes_by_a_name_that_cannot_be_seen(ada: Person, name: str) -> None:
    wishes = {"is_safe_to_email": "yes", "mail_preference": "discreet", "language": "en"}
    answer = signed_in(ada).post("/me/settings/", {"display_name": name, **wishes})
    assert answer.status_code == 200
    ada.refresh_from_db()
    assert ada.display_name == "Ada"


def test_counts_are_kept_whoever_else_is_counted() -> None:
    keys = [f"limit:{number}" for number in range(700)]
    for key in keys:
        cache.add(key, 1, 3600)
    assert len(cache.get_many(keys)) == len(keys)


def test_all_addresses_of_one_connection_are_counted_as_one() -> None:
    def is_refused(address: str) -> bool:
        request = RequestFactory().post("/missing/", REMOTE_ADDR=address)
        return is_too_often(request, what="test", times=2, seconds=60)

    same = [is_refused(f"2001:db8:1:1::{number}") for number in range(3)]
    others = [is_refused("2001:db8:1:2::1"), is_refused("192.0.2.1"), is_refused("192.0.2.2")]
    assert (same, others) == ([False, False, True], [False, False, False])


@pytest.mark.parametrize("make_token", [stop_token, invitation_token])
def test_no_part_of_a_link_of_a_mail_is_logged(ada: Person, make_token) -> None:
    line = f"Not Found: /mail/stop/{make_token(ada.pk)}/"
    assert without_private_parts(line) == "Not Found: /mail/stop/(token)/"


def test_administrators_find_no_broken_page(ada: Person) -> None:
    Person.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    answer = signed_in(ada).get("/admin/password_change/")
    assert answer["Location"] == "/accounts/email/"
