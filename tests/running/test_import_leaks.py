"""After an import, nothing public holds a link, a number, a passcode or a contact of the feed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from directory.models import Group, Meeting, OnlineRoom
from tests import factories
from tests.running.oracle import leaks, words_of
from tests.running.planted import PLANTED

FEEDS = Path(os.environ.get("FEEDS_DIR", "nowhere")) / "meeting_guide"
pytestmark = pytest.mark.django_db
PUBLIC = (
    *("name", "summary", "description", "who_for", "which_door", "slug"),
    "finder_entry__words",
    *("place__name", "place__address", "place__town", "place__region", "place__area"),
)


@pytest.fixture(autouse=True)
def topic():
    return factories.make_topic(slug="alcohol", name="Alcohol")


def take(path):
    call_command(
        "import_listings",
        str(path),
        *("--format=meeting-guide", "--organisation=Intergroup", "--timezone=America/Edmonton"),
        *("--country=CA", "--topic=alcohol", "--publish"),
    )


def public_texts():
    return ["\n".join(filter(None, row)) for row in Group.everything.values_list(*PUBLIC)]


def pages_of(group):
    meeting = Meeting.objects.filter(group=group).first()
    addresses = [
        reverse("group", args=[group.slug]),
        reverse("group_calendar", args=[group.slug]),
        *([reverse("meeting", args=[meeting.id])] if meeting else []),
    ]
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        yield answer.content.decode()


def planted_rows():
    fields = ("notes", "group_notes", "location_notes", "location", "name", "region", "address")
    for number, (text, secrets) in enumerate(PLANTED):
        field = fields[number % len(fields)]
        row = {
            "slug": f"row-{number}",
            "name": "Evening group",
            "day": number % 7,
            "time": "19:00",
            "address": "4127 61 St, Red Deer, Alberta, T4N 9Z9, Canada",
            "conference_url": "https://zoom.us/j/99988877766?pwd=Kk7LlMm",
        }
        yield (
            row | {field: text, "name": f"Evening group {text}" if field == "name" else "Evening"},
            secrets,
        )


@pytest.fixture
def planted(tmp_path):
    rows = list(planted_rows())
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([row for row, _secrets in rows]))
    take(path)
    return {row["slug"]: [it for it in secrets if is_unmistakable(it)] for row, secrets in rows}


def is_unmistakable(secret):
    """No short word that a page may say by itself."""
    return len(secret) >= 5 and any(letter.isdigit() for letter in secret)


def test_no_planted_secret_reaches_a_public_field(planted):
    rows = Group.everything.annotate(key=F("imported_listing__key")).values("key", *PUBLIC)
    assert len(rows) == len(planted)
    for row in rows:
        public = "\n".join(str(row[name]) for name in PUBLIC if row[name])
        assert [it for it in planted[row["key"]] if it in public] == [], public


def test_no_planted_secret_reaches_a_public_page(planted):
    groups = Group.objects.annotate(key=F("imported_listing__key")).order_by("key")[::9]
    for group in groups:
        for page in pages_of(group):
            said = words_of(page)
            assert [it for it in planted[group.key] if it in said] == []
            assert "99988877766" not in page
            assert "Kk7LlMm" not in page


def test_the_lists_and_the_organisation_say_nothing_either(planted):
    for address in ("/groups/", "/meetings/", "/organisations/intergroup/", "/?q=zoom"):
        page = Client().get(address).content.decode()
        assert leaks(words_of(page)) == []


def test_what_was_hidden_is_not_lost(planted):
    group = Group.everything.get(imported_listing__key="row-0")
    room = OnlineRoom.objects.get(group=group)
    assert room.url == "https://zoom.us/j/99988877766?pwd=Kk7LlMm"
    assert "81234567890" in room.notes


@pytest.mark.skipif(not FEEDS.is_dir(), reason="FEEDS_DIR names no folder with sample feeds")
@pytest.mark.parametrize("name", ["edmonton_2024", "al-anon_2024"])
def test_no_real_feed_leaks(name):
    take(FEEDS / f"{name}.json")
    assert [found for text in public_texts() for found in leaks(text)] == []
    for group in Group.objects.filter(online_room__isnull=False).order_by("slug")[::12]:
        for page in pages_of(group):
            assert leaks(words_of(page)) == []
