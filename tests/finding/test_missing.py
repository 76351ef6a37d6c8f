"""Saying what is missing, without account, cookie or address."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.models import MissingGroup
from tests.finding.pages import source, title, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_yet")]
ANSWER = {"wanted": "A group for fathers after a stillbirth", "where": "Leeds", "subject_line": ""}


def test_it_asks_for_no_address_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/missing/")
    assert title(response) == "Tell us what is missing – Waymeet"
    assert "You need no account and no e-mail address." in words(response)
    assert not response.cookies
    assert 'type="email"' not in source(response)


def test_an_answer_is_kept_without_who_gave_it(client: Client) -> None:
    response = client.post("/missing/", ANSWER)
    assert (response.status_code, response["Location"]) == (302, "/missing/thanks/")
    assert not response.cookies
    kept = MissingGroup.objects.values("wanted", "where", "done_at").get()
    assert kept == {"wanted": ANSWER["wanted"], "where": "Leeds", "done_at": None}


def test_a_browser_without_a_token_may_send_it() -> None:
    assert Client(enforce_csrf_checks=True).post("/missing/", ANSWER).status_code == 302


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"wanted": ""}, "wanted"),
        ({"wanted": "a" * 1001}, "wanted"),
        ({"wanted": "a\x00b"}, "wanted"),
        ({"where": "a" * 121}, "where"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, answer, fault) -> None:
    response = client.post("/missing/", {**ANSWER, **answer})
    assert response.status_code == 200
    assert title(response).startswith("Error: ")
    assert list(response.context["form"].errors) == [fault]
    kept = "wanted" if fault == "where" else "where"
    assert ANSWER[kept] in source(response)
    assert not MissingGroup.objects.exists()


def test_an_empty_answer_says_what_to_mend(client: Client) -> None:
    assert title(client.post("/missing/")).startswith("Error: ")


def test_a_program_that_fills_the_trap_is_thanked_and_not_kept(client: Client) -> None:
    response = client.post("/missing/", {**ANSWER, "subject_line": "Buy now"})
    assert response["Location"] == "/missing/thanks/"
    assert not MissingGroup.objects.exists()


def test_the_trap_is_out_of_sight_and_out_of_the_way(client: Client) -> None:
    page = source(client.get("/missing/"))
    trap = page.split('<div class="visually-hidden" aria-hidden="true">')[1].split("</div>")[0]
    assert 'name="subject_line"' in trap
    assert 'tabindex="-1"' in trap


def test_a_burst_is_stopped_kindly_and_keeps_what_was_typed(client: Client) -> None:
    for number in range(10):
        assert client.post("/missing/", {**ANSWER, "wanted": f"{number}"}).status_code == 302
    response = client.post("/missing/", ANSWER)
    assert response.status_code == 429
    assert ANSWER["wanted"] in source(response)
    assert MissingGroup.objects.count() == 10


def test_a_tab_that_sends_twice_is_heard_once(client: Client) -> None:
    for _ in range(2):
        assert client.post("/missing/", ANSWER).status_code == 302
    assert MissingGroup.objects.count() == 1


def test_a_forged_address_does_not_reset_the_limit(client: Client) -> None:
    for number in range(10):
        client.post("/missing/", ANSWER, headers={"X-Forwarded-For": f"10.0.0.{number}"})
    response = client.post("/missing/", ANSWER, headers={"X-Forwarded-For": "10.9.9.9"})
    assert response.status_code == 429


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put("/missing/").status_code == 405
    assert client.post("/missing/thanks/").status_code == 405
