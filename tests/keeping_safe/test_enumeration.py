"""Nobody learns whether an address has an account: not by words, status, work done or mail."""

from __future__ import annotations

import re
from unittest import mock

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from tests import factories
from tests.signing_up.accounts import CODE, newest_code, sign_up, type_code

pytestmark = pytest.mark.django_db

PAIRS = 20
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
# Names of savepoints carry a number of the thread; ids and times differ from run to run.
VALUES = re.compile(r"'[^']*'|\b\d+\b|\"s\d+_x\d+\"")


def seen_from_outside(number: int, page: str, form: dict[str, str], address: str) -> tuple:
    """All that somebody could compare who asks for `address`, and the work that it made."""
    client = Client(REMOTE_ADDR=f"203.0.113.{number}")
    client.get(reverse(page))
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        mock.patch.object(MD5PasswordHasher, "encode", side_effect=AssertionError) as hashing,
    ):
        response = client.post(reverse(page), form)
        next_page = client.get(response.url)
        wrong = client.post(response.url, {"code": "BBBB-BBBB"})
    mails = OutgoingMail.objects.filter(address=address)
    return (
        (response.status_code, response.url, sorted(response.cookies)),
        (next_page.status_code, without(address, next_page.content)),
        (wrong.status_code, without(address, wrong.content)),
        [VALUES.sub("?", query["sql"]) for query in queries],
        hashing.call_count,
        [(mail.subject, CODE.sub("", mail.text), mail.kind, mail.person) for mail in mails],
    )


def without(address: str, content: bytes) -> str:
    return TOKEN.sub("", content.decode().replace(address, "ADDRESS"))


@pytest.mark.parametrize("number", range(PAIRS))
def test_signing_in_looks_the_same(number: int) -> None:
    known = factories.make_person(email=f"known{number}@example.org").email
    unknown = f"other{number}@example.org"
    seen = [
        seen_from_outside(2 * number + place, "account_login", {"login": address}, address)
        for place, address in enumerate((known, unknown))
    ]
    assert seen[0] == seen[1]


@pytest.mark.parametrize("number", range(PAIRS))
def test_signing_up_looks_the_same(number: int) -> None:
    known = factories.make_person(email=f"known{number}@example.org").email
    unknown = f"other{number}@example.org"
    answers = {"display_name": "Heron 41", "is_safe_to_email": "yes"}
    seen = [
        seen_from_outside(
            100 + 2 * number + place, "account_signup", answers | {"email": address}, address
        )
        for place, address in enumerate((known, unknown))
    ]
    assert seen[0] == seen[1]


def test_a_closed_account_looks_the_same_too() -> None:
    closed = factories.make_person(email="known@example.org", is_active=False).email
    seen = [
        seen_from_outside(number, "account_login", {"login": address}, address)
        for number, address in enumerate((closed, "other@example.org"))
    ]
    assert seen[0] == seen[1]


def test_the_mail_gives_nothing_away() -> None:
    sign_up(Client(), "new@example.org")
    mail = OutgoingMail.objects.get()
    code = newest_code("new@example.org")
    assert mail.subject == "Confirm your e-mail"
    assert code not in mail.text[:140]
    for word in ("Waymeet", "group", "support", "meeting", "Heron"):
        assert word not in mail.subject + mail.text


def test_a_trap_for_machines_makes_no_mail_and_looks_the_same() -> None:
    client = Client()
    response = sign_up(client, "new@example.org", website="https://spam.example/")
    assert response.url == reverse("account_confirm_login_code")
    assert client.get(response.url).status_code == 200
    assert (OutgoingMail.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("page", "field", "most"), [("account_login", "login", 20), ("account_signup", "email", 20)]
)
def test_many_addresses_from_one_place_are_stopped(page: str, field: str, most: int) -> None:
    client = Client()
    form = {"display_name": "Heron 41", "is_safe_to_email": "yes"}
    statuses = [
        client.post(reverse(page), form | {field: f"new{number}@example.org"}).status_code
        for number in range(most + 1)
    ]
    assert statuses == [302] * most + [429]
    assert OutgoingMail.objects.count() == most


def test_one_address_gets_few_mails_wherever_they_are_asked_from() -> None:
    statuses = [
        sign_up(Client(REMOTE_ADDR=f"203.0.113.{number}"), "new@example.org").status_code
        for number in range(4)
    ]
    assert statuses == [302, 302, 302, 429]
    assert OutgoingMail.objects.count() == 3


def test_who_forges_where_they_come_from_is_stopped_too() -> None:
    statuses = [
        sign_up(
            Client(headers={"X-Forwarded-For": f"198.51.100.{number}"}), f"new{number}@example.org"
        ).status_code
        for number in range(21)
    ]
    assert statuses == [302] * 20 + [429]


def test_codes_cannot_be_guessed_at_for_long() -> None:
    client = Client()
    person = factories.make_person()
    statuses = []
    for _round in range(3):
        client.post(reverse("account_login"), {"login": person.email})
        statuses += [type_code(client, "BBBB-BBBB").status_code for _number in range(3)]
    assert statuses[-1] == 429
    assert "_auth_user_id" not in client.session


def test_the_page_that_stops_them_is_one_of_ours() -> None:
    client = Client()
    for _number in range(4):
        response = sign_up(client, "new@example.org")
    assert (response.status_code, "429.html" in {one.name for one in response.templates}) == (
        429,
        True,
    )
