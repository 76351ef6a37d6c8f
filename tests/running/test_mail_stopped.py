"""Stopping mail: by one press in a mail program, or by a button on a page; never by looking."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.choices import MailPreference
from accounts.models import AuditEntry, Person
from directory.mail_links import stop_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(ada: Person) -> str:
    return reverse("stop_mail", args=[stop_token(ada.pk)])


def preference_of(person: Person) -> str:
    person.refresh_from_db()
    return person.mail_preference


def test_looking_changes_nothing_and_sets_no_cookie(
    client: Client, address: str, ada: Person
) -> None:
    answer = client.get(address)
    assert "Stop all e-mail?" in answer.content.decode()
    assert not answer.cookies
    assert preference_of(ada) == MailPreference.DISCREET


def test_a_mail_program_stops_it_in_one_press(address: str, ada: Person) -> None:
    program = Client(enforce_csrf_checks=True)
    answer = program.post(address, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "You get no more e-mail from us" in answer.content.decode()
    assert preference_of(ada) == MailPreference.NONE
    assert AuditEntry.objects.get().action == "mail.stopped"


def test_stopped_twice_it_is_noted_once(client: Client, address: str) -> None:
    client.post(address)
    client.post(address)
    assert AuditEntry.objects.count() == 1


def test_it_works_in_every_language(client: Client, address: str, ada: Person) -> None:
    client.post(f"/ar{address}")
    assert preference_of(ada) == MailPreference.NONE


@pytest.mark.parametrize("token", ["x", "0" * 32, f"{'0' * 32}.forged"])
def test_a_link_that_is_not_ours(client: Client, token: str) -> None:
    address = reverse("stop_mail", args=[token])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_somebody_who_is_gone(client: Client, address: str, ada: Person) -> None:
    ada.delete()
    assert client.post(address).status_code == 404


def test_other_methods(client: Client, address: str) -> None:
    assert client.delete(address).status_code == 405
