"""Mo and Nia have the same page open. Whoever saves second sees it, and nobody's words are lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import CrisisLine, Group, Organisation
from tests import factories
from tests.conftest import signed_in
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_nia(organisation: Organisation) -> Client:
    nia = factories.make_person("Nia")
    factories.make_moderator(organisation, nia)
    return signed_in(nia)


@pytest.fixture
def address(draft: Group) -> str:
    return reverse("edit_group", args=[draft.pk])


def test_changes_to_different_things_are_both_kept(
    as_mo: Client, as_nia: Client, address: str, draft: Group
) -> None:
    mos, nias = as_mo.get(address), as_nia.get(address)
    as_mo.post(address, typed(mos, summary="Mo's words.", audiences=["women"]))
    told = as_nia.post(address, typed(nias, who_greets="Nia"), follow=True).content.decode()
    draft.refresh_from_db()
    assert (draft.summary, draft.audiences, draft.who_greets) == ("Mo's words.", ["women"], "Nia")
    assert "both are kept: What it is, in one or two sentences, Is it for some people only?" in told


def test_changes_to_the_same_thing_are_shown_side_by_side(
    as_mo: Client, as_nia: Client, address: str, draft: Group
) -> None:
    mos, nias = as_mo.get(address), as_nia.get(address)
    as_mo.post(address, typed(mos, summary="Mo's words.", camera="off"))
    second = as_nia.post(address, typed(nias, summary="Nia's words.", who_greets="Nia"))
    page = second.content.decode()
    draft.refresh_from_db()
    assert (draft.summary, draft.who_greets) == ("Mo's words.", "")
    assert "<title>Error: " in page
    assert '<dd dir="auto">Mo&#x27;s words.</dd>' in page
    assert "Nia&#x27;s words.</textarea>" in page
    assert second.context["form"]["camera"].value() == "off"


def test_saved_once_more_the_second_ones_words_stand(
    as_mo: Client, as_nia: Client, address: str, draft: Group
) -> None:
    mos, nias = as_mo.get(address), as_nia.get(address)
    as_mo.post(address, typed(mos, summary="Mo's words.", camera="off"))
    again = as_nia.post(address, typed(nias, summary="Nia's words."))
    as_nia.post(address, typed(again))
    draft.refresh_from_db()
    assert (draft.summary, draft.camera) == ("Nia's words.", "off")


def test_the_same_words_twice_are_no_conflict(as_mo: Client, as_nia: Client, address: str) -> None:
    mos, nias = as_mo.get(address), as_nia.get(address)
    as_mo.post(address, typed(mos, summary="Tea."))
    assert as_nia.post(address, typed(nias, summary="Tea.")).status_code == 302


def test_a_choice_is_shown_by_its_words(
    as_mo: Client, as_nia: Client, address: str, draft: Group
) -> None:
    mos, nias = as_mo.get(address), as_nia.get(address)
    as_mo.post(address, typed(mos, cost="donation", place=None))
    page = as_nia.post(address, typed(nias, cost="paid", place="new", place_town="York")).content
    assert "Free, donations welcome" in page.decode()
    assert "nothing" in page.decode()


def test_a_published_state_in_between_is_no_conflict(
    as_mo: Client, as_nia: Client, address: str, draft: Group
) -> None:
    nias = as_nia.get(address)
    as_mo.post(reverse("publish_group", args=[draft.pk]))
    assert as_nia.post(address, typed(nias, who_greets="Nia")).status_code == 302


def test_crisis_lines_and_organisations_are_guarded_alike(
    as_mo: Client, as_nia: Client, site_runner: Any, line: CrisisLine, organisation: Organisation
) -> None:
    for address, field in (
        (reverse("edit_crisis_line", args=[line.pk]), "name"),
        (reverse("edit_organisation", args=[organisation.slug]), "name"),
        (reverse("edit_site"), "name"),
    ):
        mos, nias = as_mo.get(address), as_nia.get(address)
        as_mo.post(address, typed(mos, **{field: "Mo's"}))
        page = as_nia.post(address, typed(nias, **{field: "Nia's"})).content.decode()
        assert '<dd dir="auto">Mo&#x27;s</dd>' in page
        assert 'value="Nia&#x27;s"' in page
