"""Who gets to the pages of cover: the five questions."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Cover, Group
from tests import factories
from tests.conftest import signed_in
from tests.facilitating.cover.steps import state

pytestmark = pytest.mark.django_db

ANSWERS = ("offer_cover", "decline_cover", "give_cover_back")
OF_MEETING = ("ask_for_cover", "withdraw_cover")


def addresses(cover: Cover) -> list[tuple[str, str]]:
    of_meeting = [(name, reverse(name, args=[cover.meeting_id])) for name in OF_MEETING]
    of_cover = [(name, reverse(name, args=[cover.pk])) for name in (*ANSWERS, "accept_cover")]
    return [("cover", reverse("cover")), *of_meeting, *of_cover]


def status(client: Client, name: str, address: str) -> int:
    reads = name in {"cover", "ask_for_cover"}
    return (client.get if reads else client.post)(address).status_code


def test_a_stranger_finds_nothing_and_a_visitor_signs_in(
    client: Client, as_ada: Client, asked: Cover
) -> None:
    for name, address in addresses(asked):
        assert status(as_ada, name, address) == 404, name
        assert status(client, name, address) == 302, name


def test_too_small_a_part(as_ben: Client, as_mo: Client, asked: Cover) -> None:
    for name, address in addresses(asked):
        own = name in ANSWERS
        assert status(as_ben, name, address) == (404 if own else 403), name
    assert as_mo.get(reverse("cover")).status_code == 403
    for name in ANSWERS:
        assert as_mo.post(reverse(name, args=[asked.pk])).status_code == 404


def test_another_organisations_facilitator_finds_nothing(other_group: Group, asked: Cover) -> None:
    zed = factories.make_person("Zed")
    factories.make_facilitator(other_group, zed)
    for name, address in addresses(asked)[1:]:
        assert status(signed_in(zed), name, address) == 404, name


def test_who_is_asked_neither_accepts_nor_asks(as_gil: Client, asked: Cover) -> None:
    for name in ("accept_cover", *OF_MEETING):
        key = asked.pk if name == "accept_cover" else asked.meeting_id
        assert as_gil.post(reverse(name, args=[key])).status_code == 404


@pytest.mark.parametrize("name", [*ANSWERS, "accept_cover", *OF_MEETING])
def test_a_bad_id_is_not_found(as_fay: Client, name: str) -> None:
    assert as_fay.post(reverse(name, args=[uuid4()])).status_code == 404


def test_looking_changes_nothing(as_gil: Client, as_fay: Client, asked: Cover) -> None:
    for name, address in addresses(asked):
        client = as_gil if name in ANSWERS else as_fay
        assert client.get(address).status_code == (
            200 if name in {"cover", "ask_for_cover"} else 405
        )
    assert as_fay.post(reverse("cover")).status_code == 405
    assert state(asked) == "asked"
