"""Real feeds, taken over and taken over again. They lie outside: FEEDS_DIR says where."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from directory.models import Group, ImportedListing, Meeting, OnlineRoom, Place, Series
from tests import factories

FEEDS = Path(os.environ.get("FEEDS_DIR", "nowhere")) / "meeting_guide"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FEEDS.is_dir(), reason="FEEDS_DIR names no folder with sample feeds"),
]
ZONES = {"edmonton_2024": ("America/Edmonton", "CA"), "al-anon_2024": ("America/New_York", "US")}


@pytest.fixture(autouse=True)
def topic():
    return factories.make_topic(slug="alcohol", name="Alcohol")


def take(name, *options, organisation="Intergroup"):
    zone, country = ZONES.get(name, ("America/Chicago", "US"))
    call_command(
        "import_listings",
        str(FEEDS / f"{name}.json"),
        "--format=meeting-guide",
        f"--organisation={organisation}",
        f"--timezone={zone}",
        f"--country={country}",
        "--topic=alcohol",
        *options,
    )


def everything_written():
    models = (
        Group.everything,
        Place.objects,
        OnlineRoom.objects,
        Series.objects,
        Meeting.everything,
    )
    return [list(rows.order_by("pk").values()) for rows in (*models, ImportedListing.objects)]


@pytest.mark.parametrize(("name", "rows"), [("edmonton_2024", 315), ("al-anon_2024", 360)])
def test_a_real_feed_is_taken_whole_and_a_second_run_changes_nothing(name, rows, capsys):
    take(name, "--publish")
    assert f"{rows} rows: {rows} taken, 0 not taken" in capsys.readouterr().out
    assert Group.everything.count() == rows
    before = everything_written()
    take(name, "--publish")
    assert f"0 new, 0 changed, {rows} as before, 0 gone" in capsys.readouterr().out
    assert everything_written() == before
