"""Links and buttons that look alike say to a screen reader which of them they are."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Person
from directory.actions.cover import ask_for_cover, offer_cover
from directory.models import Cover, Group, Meeting
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def controls(client: Client, name: str) -> dict[str, set[str]]:
    """Return where the links and buttons of a page lead, by what they are called."""
    page = client.get(reverse(name)).content.decode()
    main = page.partition("<main")[2].partition("</main>")[0]
    leads: dict[str, set[str]] = defaultdict(set)
    links = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL)
    forms = re.findall(
        r'<form [^>]*?action="([^"]+)"[^>]*>.*?<button[^>]*>(.*?)</button>', main, re.S
    )
    for address, words in [*links, *forms]:
        leads[" ".join(strip_tags(words).split())].add(address)
    return leads


def ambiguous(client: Client, name: str) -> dict[str, set[str]]:
    return {words: urls for words, urls in controls(client, name).items() if len(urls) > 1}


@pytest.fixture
def two_dates(group: Group, next_week: datetime) -> list[Meeting]:
    return [factories.make_meeting(group, next_week + timedelta(days=day)) for day in (0, 7)]


@pytest.fixture
def gil(group: Group, two_dates: list[Meeting], fay: Person) -> Person:
    """He is asked about both dates, and can come to one."""
    gil = factories.make_person("Gil")
    factories.make_facilitator(factories.make_group(organisation=group.organisation), gil)
    for meeting in two_dates:
        ask_for_cover(meeting=meeting, by=fay, person=None)
    offer_cover(cover=Cover.objects.get(meeting=two_dates[0]), by=gil)
    return gil


def test_what_one_is_asked(gil: Person) -> None:
    assert any(words.startswith("Yes, I can") for words in controls(signed_in(gil), "cover"))
    assert ambiguous(signed_in(gil), "cover") == {}


def test_what_one_asked_for(as_fay: Client, gil: Person) -> None:
    names = [words for words in controls(as_fay, "cover") if words.startswith("Nobody is needed")]
    assert len(names) == 2
    assert ambiguous(as_fay, "cover") == {}


def test_what_a_moderator_has_to_fill(as_mo: Client, gil: Person) -> None:
    names = [words for words in controls(as_mo, "moderated_cover") if words.startswith("Ask some")]
    assert len(names) == 2
    assert ambiguous(as_mo, "moderated_cover") == {}


def test_dates_to_count_and_the_group_itself(as_fay: Client, group: Group) -> None:
    now = timezone.now()
    for ago in (timedelta(minutes=30), timedelta(days=7), timedelta(days=14)):
        factories.make_meeting(group, now - ago)
    assert any("#count" in url for urls in controls(as_fay, "tonight").values() for url in urls)
    assert ambiguous(as_fay, "tonight") == {}


@pytest.mark.parametrize("page", ["tonight", "cover"])
def test_two_groups_at_the_same_time(
    as_fay: Client, fay: Person, group: Group, other_group: Group, next_week: datetime, page: str
) -> None:
    factories.make_facilitator(other_group, fay)
    for its_group in (group, other_group):
        factories.make_meeting(its_group, next_week)
    assert any("London time" in words for words in controls(as_fay, page))
    assert ambiguous(as_fay, page) == {}
