"""Real feeds, taken over and taken over again. They lie outside: FEEDS_DIR says where."""

from __future__ import annotations

import os
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


def test_a_broken_feed_names_line_and_column_and_changes_nothing():
    with pytest.raises(CommandError, match=r"not valid JSON: line 80, column 3"):
        take("invalid")
    assert everything_written() == [[], [], [], [], [], []]


def test_the_hand_made_cases_for_time(capsys):
    take("times_edge", "--publish")
    assert "9 rows: 9 taken, 0 not taken" in capsys.readouterr().out
    by_name = {group.name: group for group in Group.everything.all()}
    assert not by_name["Appt"].series.exists()
    series = by_name["Monday 7pm"].series.get()
    assert (f"{series.starts_at_time:%H:%M}", series.duration_minutes) == ("19:00", 120)
    assert by_name["Monday 7am"].series.get().duration_minutes == 60
    assert not by_name["Approximate Inactive Test"].place.is_exact


def test_contacts_of_a_feed_are_for_the_organisation_alone():
    take("times_edge", "--publish")
    group = Group.everything.get(name="Monday 7pm")
    assert "Contact R." in group.private_notes
    assert "Contact R." not in group.description


def test_a_feed_of_another_organisation_is_another_feed(capsys):
    take("times_edge")
    take("times_edge", organisation="Second Intergroup")
    assert "9 new, 0 changed" in capsys.readouterr().out
    assert Group.everything.count() == 18
