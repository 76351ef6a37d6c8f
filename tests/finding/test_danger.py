"""Somebody who may be in danger gets to those who answer at once, before any list."""

from __future__ import annotations

import pytest
from django.test import Client

from directory.text.danger import may_be_in_danger
from tests import factories
from tests.finding.pages import words

TALK = "If you want to talk to somebody now"


@pytest.mark.parametrize(
    "text",
    [
        "i want to kill myself",
        "Suicidal thoughts",
        "suicide",
        "I don’t want to live",
        "self-harm",
        "quiero morir",
        "j'ai envie de mourir",
        "أريد أن أموت",
    ],
)
def test_words_of_somebody_who_may_be_in_danger(text: str) -> None:
    assert may_be_in_danger(text)


@pytest.mark.parametrize(
    "text",
    ["", "grief", "bereaved by suicide", "my son died", "killing time", "suicide loss", "vida"],
)
def test_other_words(text: str) -> None:
    assert not may_be_in_danger(text)


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture(autouse=True)
    def lines(self) -> None:
        factories.make_crisis_line(name="Somebody to talk to")
        factories.make_group(name="Grey mornings", summary="Suicidal thoughts are no secret here.")

    def test_who_answers_comes_before_the_groups(self, client: Client) -> None:
        told = words(client.get("/groups/?q=suicidal"))
        assert told.index(TALK) < told.index("Grey mornings")

    def test_nobody_is_told_to_leave_out_such_a_word(self, client: Client) -> None:
        told = words(client.get("/groups/?q=grey+kill+myself"))
        assert told.count(TALK) == 1
        assert told.index(TALK) < told.index("No group fits all of that")
        assert "Leave out" not in told

    def test_others_get_to_the_groups_first(self, client: Client) -> None:
        assert TALK not in words(client.get("/groups/?q=grey"))
        told = words(client.get("/groups/?q=zither"))
        assert told.index(TALK) > told.index("No group fits all of that")
