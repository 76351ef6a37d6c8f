"""Somebody typed an address on a computer that others use, and went."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, Person

pytestmark = pytest.mark.django_db

ADDRESS = "cass@example.org"
CONFIRM, SIGN_UP = "/accounts/login/code/confirm/", "/accounts/signup/"


@pytest.fixture
def computer() -> Client:
    """A browser in which somebody asked for a code."""
    browser = Client()
    browser.post("/accounts/login/", {"login": ADDRESS})
    return browser


def prove(browser: Client) -> None:
    """Type in the code of the newest mail."""
    newest = OutgoingMail.objects.filter(kind="code").latest("created_at")
    browser.post(CONFIRM, {"code": newest.text.split()[-1]})


@pytest.mark.parametrize("page", [CONFIRM, "/", "/groups/"])
def test_the_exit_button_ends_that_too(computer: Client, page: str) -> None:
    assert "data-has-session" in computer.get(page).content.decode()
    computer.post("/exit/")
    assert Session.objects.count() == 0
    assert computer.get(CONFIRM)["Location"] == "/accounts/login/"


def test_who_typed_nothing_has_nothing_to_end() -> None:
    assert "data-has-session" not in Client().get("/").content.decode()


def test_a_proved_address_counts_for_some_minutes(computer: Client) -> None:
    prove(computer)
    assert ADDRESS in computer.get(SIGN_UP).content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=14), tick=False):
        computer.post(SIGN_UP, {"display_name": "Cass", "is_safe_to_email": "no"})
    assert Person.objects.get().email == ADDRESS


def test_and_then_no_longer(computer: Client) -> None:
    prove(computer)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert ADDRESS not in computer.get(SIGN_UP).content.decode()
        computer.post(SIGN_UP, {"display_name": "Eve", "is_safe_to_email": "no"})
    assert Person.objects.count() == 0
