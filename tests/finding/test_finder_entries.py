"""What the finder knows of a group: one row, written when anything changes."""

from __future__ import annotations

import json
import threading
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from directory import tasks
from directory.actions.finder import (
    count_finder_totals,
    refresh_finder,
    refresh_late_entries,
    refresh_whole_finder,
)
from directory.actions.places import update_place
from directory.actions.series import generate_meetings
from directory.models import FinderEntry, FinderTotals, Group, Meeting, Place, Topic
from directory.queries.search import Search, find_groups
from tests import factories
from tests.signing_up.test_races import both_at_once

# A Monday.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def entry_of(group: Group) -> FinderEntry:
    return FinderEntry.objects.get(pk=group.pk)


def facets(group: Group, kind: str) -> set[str]:
    entry = entry_of(group)
    return {it.split(":", 1)[1] for it in (*entry.facets, *entry.keys) if it.startswith(f"{kind}:")}


def words(group: Group) -> str:
    return str(entry_of(group).words)


@pytest.mark.django_db
class TestWhatIsInIt:
    def test_topics_with_those_above(self) -> None:
        above = factories.make_topic(slug="grief", name="Grief")
        topic = factories.make_topic(slug="widowed", name="Widowed", parent=above)
        group = factories.make_group(topics=[topic])
        assert facets(group, "topic") == {"grief", "widowed"}
        assert f"'zt{topic.pk}'" in words(group)
        assert f"'zt{above.pk}'" in words(group)

    def test_hours_of_coming_dates_alone(self) -> None:
        with time_machine.travel(NOW, tick=False):
            group = factories.make_group(time_zone="America/New_York")
            # Wednesday 1 am in London is Tuesday 8 pm in New York.
            factories.make_meeting(group, datetime(2026, 11, 25, 1, tzinfo=UTC))
            factories.make_meeting(group, datetime(2026, 11, 20, 19, tzinfo=UTC))
            factories.make_meeting(
                group, datetime(2026, 11, 27, 19, tzinfo=UTC), status="cancelled", reason="Ill"
            )
        assert facets(group, "day") == {"tue"}
        assert facets(group, "time") == {"evening"}
        assert facets(group, "at") == {"tue:evening"}
        # 8 pm, and 2 pm of the one that is cancelled.
        assert facets(group, "from") == {"1200", "840"}
        assert entry_of(group).timetable_until == datetime(2026, 11, 25, 2, 30, tzinfo=UTC)

    def test_topics_and_hours_in_the_cell_that_visitors_may_know(self) -> None:
        factories.make_town(name="Leeds", latitude=53.80, longitude=-1.55)
        hidden = factories.make_place(
            shown="area", area="Leeds", town="York", latitude=53.96, longitude=-1.08
        )
        topic = factories.make_topic(slug="grief", name="Grief")
        group = factories.make_group(topics=[topic], place=hidden)
        online = factories.make_group(topics=[topic], format="online", place=None)
        with time_machine.travel(NOW, tick=False):
            factories.make_meeting(group, datetime(2026, 11, 24, 19, tzinfo=UTC))
        in_leeds = facets(group, "cell0")
        assert {it for it in in_leeds if " " in it} == {
            f"215:-7 {what}"
            for what in ("topic:grief", "day:tue", "time:evening", "at:tue:evening")
        }
        assert facets(online, "online topic") == {"grief"}
        assert not facets(online, "cell0")

    @pytest.mark.parametrize(
        ("fields", "bands"),
        [
            ({}, {"under-18", "18-25", "26-64", "65-plus"}),
            ({"adults_only": True}, {"18-25", "26-64", "65-plus"}),
            ({"min_age": 16, "max_age": 25}, {"under-18", "18-25"}),
            ({"max_age": 17}, {"under-18"}),
            ({"min_age": 60, "adults_only": True}, {"26-64", "65-plus"}),
        ],
    )
    def test_ages(self, fields: dict[str, Any], bands: set[str]) -> None:
        assert facets(factories.make_group(**fields), "age") == bands

    @pytest.mark.parametrize(
        ("fields", "is_good"),
        [
            ({}, False),
            ({"who_greets": "Fay"}, True),
            ({"audiences": ["newcomers"]}, True),
            ({"who_greets": "Fay", "openness": "closed"}, False),
        ],
    )
    def test_good_for_a_first_time(self, fields: dict[str, Any], is_good: bool) -> None:
        assert bool(facets(factories.make_group(**fields), "first-time")) == is_good

    def test_nobody_who_is_not_listed_and_nothing_private(self, group: Group, fay: Person) -> None:
        refresh_finder([group])
        assert "'fay'" in words(group)
        fay.facilitator_profile.is_listed = False
        fay.facilitator_profile.save()
        Group.everything.filter(pk=group.pk).update(private_notes="plantednote", which_door="blue")
        refresh_finder([group])
        for hidden in ("'fay'", "plantednote", "blue", "carlton", "ls7", "quaker"):
            assert hidden not in words(group)
        assert "'leeds'" in words(group)

    def test_stems_of_the_languages_of_a_group(self) -> None:
        group = factories.make_group(name="Mujeres caminando", languages=["es"])
        assert "'camin'" in words(group)
        assert "'caminando'" in words(group)


@pytest.mark.django_db
class TestWritingIt:
    def test_many_groups_take_as_many_queries_as_one(
        self, group: Group, other_group: Group
    ) -> None:
        with CaptureQueriesContext(
            connection,
        ) as one:
            refresh_finder([group])
        with CaptureQueriesContext(connection) as two:
            refresh_finder([group, other_group.pk])
        assert len(one) == len(two)

    def test_what_is_as_it_was_is_not_written_again(self, group: Group) -> None:
        def place_on_disk() -> str:
            with connection.cursor() as cursor:
                cursor.execute("SELECT ctid::text FROM directory_finderentry")
                return str(cursor.fetchone())

        before = place_on_disk()
        refresh_finder([group])
        assert place_on_disk() == before
        Group.everything.update(name="Another name")
        refresh_finder([group])
        assert place_on_disk() != before

    @pytest.mark.parametrize("status", ["draft", "paused", "closed"])
    def test_what_is_not_public_leaves(self, group: Group, status: str) -> None:
        Group.everything.filter(pk=group.pk).update(status=status)
        refresh_finder([group])
        assert not FinderEntry.objects.exists()

    def test_all_at_once_after_a_bulk_load(self, group: Group, other_group: Group) -> None:
        FinderEntry.objects.filter(pk=group.pk).delete()
        Group.everything.filter(pk=other_group.pk).update(status="paused")
        assert refresh_whole_finder() == 1
        assert [entry.pk for entry in FinderEntry.objects.all()] == [group.pk]

    def test_a_deleted_group_takes_its_entry_along(self, group: Group) -> None:
        group.delete()
        assert not FinderEntry.objects.exists()

    def test_an_import_and_what_is_gone_from_the_feed(self, tmp_path: Path) -> None:
        factories.make_topic(slug="alcohol", name="Alcohol")
        rows = [
            {"slug": name, "name": f"{name} steps", "day": 2, "time": "19:30", "types": ["X"],
             "formatted_address": "8 High St, Leeds LS1 4AB, UK"}
            for name in ("monday", "sunday")
        ]  # fmt: skip
        feed = tmp_path / "feed.json"
        options = ("--format=meeting-guide", "--organisation=Leeds Intergroup", "--publish")
        zone = ("--timezone=Europe/London", "--country=GB", "--topic=alcohol")
        feed.write_text(json.dumps(rows))
        call_command("import_listings", str(feed), *options, *zone, verbosity=0)
        search = Search(topics=("alcohol",), days=("tue",), access=("step-free",))
        assert find_groups(search).total.number == 2
        feed.write_text(json.dumps(rows[:1]))
        call_command("import_listings", str(feed), *options, *zone, "--allow-shrink", verbosity=0)
        assert [row.group.name for row in find_groups(search).rows] == ["monday steps"]


@pytest.mark.django_db
class TestTopics:
    @pytest.fixture
    def as_root(self) -> Client:
        client = Client()
        client.force_login(factories.make_person("Root", is_staff=True, is_superuser=True))
        return client

    def test_a_renamed_topic_is_found_by_its_new_name(self, as_root: Client, group: Group) -> None:
        topic = factories.make_topic(name="Grief", slug="grief")
        group.topics.add(factories.make_topic(name="Widowed", slug="widowed", parent=topic))
        change = f"/admin/directory/topic/{topic.pk}/change/"
        as_root.post(change, {"name": "Sorrow", "slug": "grief", "position": 1})
        assert find_groups(Search(words="sorrow")).total.number == 1

    def test_a_topic_that_is_no_more_is_not_counted(self, as_root: Client, group: Group) -> None:
        topic = factories.make_topic(name="Grief", slug="grief")
        group.topics.add(topic)
        refresh_finder([group])
        as_root.post(f"/admin/directory/topic/{topic.pk}/delete/", {"post": "yes"})
        assert not Topic.objects.exists()
        assert facets(group, "topic") == set()


@pytest.mark.django_db
class TestLateEntries:
    def test_hours_that_are_over_go(self, group: Group) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            factories.make_meeting(group, NOW + timedelta(days=1))
            factories.make_meeting(group, NOW + timedelta(days=30))
            assert facets(group, "day") == {"tue", "wed"}
            clock.shift(timedelta(days=2))
            # Nothing is found by them even before.
            assert find_groups(Search(days=("tue",))).total.number == 0
            assert refresh_late_entries() == 1
            assert facets(group, "day") == {"wed"}
            assert refresh_late_entries() == 0

    def test_missing_entries_come_back(self, group: Group) -> None:
        FinderEntry.objects.all().delete()
        tasks.refresh_late_entries(timestamp=0)
        assert entry_of(group)

    def test_dates_of_a_series_that_had_none_for_weeks(self, group: Group) -> None:
        factories.make_series(
            group,
            rule="FREQ=MONTHLY;BYDAY=5FR",
            first_on=date(2026, 1, 30),
            starts_at_time=time(10),
        )
        # From this day on there are twelve weeks without a fifth Friday.
        quiet = datetime(2026, 10, 31, 12, tzinfo=UTC)
        with time_machine.travel(quiet, tick=False) as clock:
            assert generate_meetings() == 0
            refresh_finder([group])
            assert facets(group, "day") == set()
            clock.shift(timedelta(weeks=4))
            assert generate_meetings() == 1
            assert find_groups(Search(days=("fri",), times=("morning",))).total.number == 1

    def test_totals_for_the_page_that_asks_for_nothing(
        self, group: Group, other_group: Group
    ) -> None:
        assert count_finder_totals() == 2
        tasks.count_finder_totals(timestamp=0)
        totals = FinderTotals.objects.get()
        assert (totals.groups, totals.numbers["format:in-person"]) == (2, 2)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_the_newest_truth_is_left(self) -> None:
        """One writes the name, the other the place; each writes the entry before it is done."""
        group = factories.make_group(name="Old name")
        there = threading.Barrier(2)

        def rename() -> None:
            with transaction.atomic():
                there.wait(timeout=10)
                Group.everything.filter(pk=group.pk).update(name="New name")
                refresh_finder([group])

        def move() -> None:
            with transaction.atomic():
                there.wait(timeout=10)
                update_place(place=Place.objects.get(), by=None, town="York")

        for _time in range(3):
            Group.everything.update(name="Old name")
            Place.objects.update(town="Leeds")
            assert both_at_once(rename, move) == [None, None]
            assert "'new'" in words(group)
            assert "'york'" in words(group)
            assert "'old'" not in words(group)
            assert "'leeds'" not in words(group)

    def test_many_groups_in_two_orders_do_not_block_each_other(self) -> None:
        groups = [factories.make_group(name=f"Circle {number}") for number in range(12)]
        for _time in range(3):
            raised = both_at_once(
                lambda: refresh_finder(groups),
                lambda: refresh_finder(reversed(groups)),
                refresh_whole_finder,
                lambda: refresh_late_entries(NOW + timedelta(weeks=99)),
            )
            assert raised == [None] * 4
        assert FinderEntry.objects.count() == 12

    def test_a_cancelled_date_is_not_left_behind_by_who_read_before(self) -> None:
        group = factories.make_group()
        meeting = factories.make_meeting(group)
        written, cancelled = threading.Event(), threading.Event()

        def cancel() -> None:
            with transaction.atomic():
                Meeting.everything.filter(pk=meeting.pk).update(status="cancelled", reason="Ill")
                refresh_finder([group])
                written.set()
                # The other waits for the group by now, or will read what is written here.
                cancelled.wait(timeout=0.5)

        def write_again() -> None:
            written.wait(timeout=10)
            refresh_finder([group])

        assert both_at_once(cancel, write_again) == [None, None]
        assert facets(group, "day") == set()
