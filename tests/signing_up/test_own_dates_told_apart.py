"""One's own dates, told apart by whoever hears them one after the other."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Person
from directory.models import Group
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(as_ben: Client, ben: Person, group: Group, other_group: Group) -> str:
    """Two dates of one group, and one of another on the same day as the first."""
    factories.make_membership(other_group, ben)
    noon = timezone.now().replace(hour=12, minute=0) + timedelta(days=3)
    for its_group, starts_at in (
        (group, noon),
        (group, noon + timedelta(days=7)),
        (other_group, noon + timedelta(hours=2)),
    ):
        factories.make_seat(factories.make_meeting(its_group, starts_at), ben)
    return as_ben.get(reverse("my_meetings")).content.decode()


def named(page: str, tag: str) -> list[str]:
    found = re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", page.partition("<main")[2], re.DOTALL)
    return [" ".join(strip_tags(words).split()) for words in found]


def test_each_heading_names_its_day(page: str) -> None:
    headings = [words for words in named(page, "h3") if words.startswith("Grief on Tuesdays")]
    assert len(headings) == len(set(headings)) == 2


def test_each_button_names_its_day_and_group(page: str) -> None:
    buttons = [words for words in named(page, "button") if words.startswith("I cannot come")]
    assert len(buttons) == len(set(buttons)) == 3
