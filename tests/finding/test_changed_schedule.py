"""What visitors read when dates were cancelled or moved, or a group meets by another rule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from directory.models import Group, Series
from tests import factories
from tests.finding.pages import words

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/grief-on-tuesdays/"


def banners(response: Any) -> list[str]:
    """The text of each notice at the top of the page, above what is at a glance."""
    page = response.content.decode().partition('class="with-aside"')[0]
    parts = page.split('<div class="notice is-')[1:]
    return [part.partition('"')[0] for part in parts]


@pytest.fixture
def tuesday(today: datetime) -> datetime:
    return today + timedelta(days=1, hours=7)


class TestDatesOfAGroup:
    def test_as_planned_there_is_no_banner(
        self, client: Client, group: Group, tuesday: datetime
    ) -> None:
        factories.make_meeting(group, tuesday)
        assert banners(client.get(ADDRESS)) == []

    def test_a_cancelled_one(self, client: Client, group: Group, tuesday: datetime) -> None:
        factories.make_meeting(group, tuesday, status="cancelled", reason="No heating.")
        response = client.get(ADDRESS)
        assert banners(response) == ["danger"]
        assert (
            "A date has changed Cancelled Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
        ) in words(response)

    def test_a_moved_one(self, client: Client, group: Group, tuesday: datetime) -> None:
        before = tuesday - timedelta(hours=1)
        factories.make_meeting(group, tuesday, original_start=before)
        response = client.get(ADDRESS)
        assert banners(response) == ["warning"]
        assert (
            "Moved before: Tuesday 24 November 2026, 6 pm, London time"
            " Now: Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
        ) in words(response)

    def test_one_that_went_far_ahead(
        self, client: Client, group: Group, tuesday: datetime, time_machine: Any
    ) -> None:
        factories.make_meeting(group, tuesday + timedelta(days=40), original_start=tuesday)
        for weeks in range(1, 5):
            factories.make_meeting(group, tuesday + timedelta(weeks=weeks))
        assert "Moved before: Tuesday 24 November 2026, 7 pm" in words(client.get(ADDRESS))

    def test_one_far_beyond_the_dates_shown(
        self, client: Client, group: Group, tuesday: datetime
    ) -> None:
        for weeks in range(4):
            factories.make_meeting(group, tuesday + timedelta(weeks=weeks))
        far = tuesday + timedelta(weeks=5)
        factories.make_meeting(group, far, original_start=far - timedelta(days=1))
        assert banners(client.get(ADDRESS)) == []

    def test_one_that_was_held_earlier(
        self, client: Client, group: Group, tuesday: datetime, time_machine: Any
    ) -> None:
        factories.make_meeting(group, tuesday - timedelta(hours=4), original_start=tuesday)
        time_machine.move_to(tuesday - timedelta(minutes=5), tick=False)
        assert "Now: Tuesday 24 November 2026, 3 pm" in words(client.get(ADDRESS))
        time_machine.move_to(tuesday + timedelta(minutes=95), tick=False)
        assert banners(client.get(ADDRESS)) == []

    def test_one_that_follows_a_new_rule_is_marked_where_it_stands(
        self, client: Client, group: Group, tuesday: datetime
    ) -> None:
        before = tuesday - timedelta(days=1)
        date = factories.make_meeting(group, tuesday, planned_start=before)
        response = client.get(ADDRESS)
        assert banners(response) == []
        assert "Moved before: Monday 23 November 2026, 7 pm, London time" in words(response)
        assert "This meeting was moved Before: Monday 23 November 2026, 7 pm" in words(
            client.get(f"/meetings/{date.pk}/")
        )


class TestLists:
    @pytest.mark.parametrize("address", ["/groups/", "/meetings/"])
    @pytest.mark.parametrize("field", ["original_start", "planned_start"])
    def test_a_date_at_another_time_says_so(
        self, client: Client, group: Group, tuesday: datetime, address: str, field: str
    ) -> None:
        factories.make_meeting(group, tuesday, **{field: tuesday - timedelta(days=1)})
        told = words(client.get(address))
        assert "Moved" in told
        assert ("Monday 23 November 2026, 7 pm" in told) == (address == "/meetings/")


class TestAnotherRule:
    @pytest.fixture
    def new(self, group: Group, today: datetime) -> Series:
        old = factories.make_series(group, ended_at=today, first_on=date(2026, 1, 6))
        return factories.make_series(
            group,
            follows=old,
            first_on=date(2026, 12, 3),
            rule="FREQ=WEEKLY;BYDAY=TH",
            created_at=today,
        )

    def test_it_is_said_with_the_one_before(self, client: Client, new: Series) -> None:
        assert (
            "New times from Thursday 3 December 2026"
            " Every Thursday, 7 pm to 8:30 pm, London time"
            " Before: Every Tuesday, 7 pm to 8:30 pm, London time"
        ) in words(client.get(ADDRESS))

    @pytest.mark.parametrize(("on", "is_said"), [("2027-01-14", True), ("2027-01-15", False)])
    def test_for_six_weeks(
        self, client: Client, new: Series, time_machine: Any, on: str, is_said: bool
    ) -> None:
        time_machine.move_to(f"{on}T12:00:00Z")
        assert ("New times from" in words(client.get(ADDRESS))) == is_said

    def test_not_where_only_the_days_left_out_differ(self, client: Client, new: Series) -> None:
        Series.objects.filter(pk=new.pk).update(rule="FREQ=WEEKLY;BYDAY=TU")
        assert "New times from" not in words(client.get(ADDRESS))

    def test_not_where_it_was_added_to_others(self, client: Client, new: Series) -> None:
        Series.objects.filter(pk=new.pk).update(follows=None)
        assert "New times from" not in words(client.get(ADDRESS))

    def test_it_costs_no_query(self, client: Client, group: Group, new: Series) -> None:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as of_one:
            client.get(ADDRESS)
        for hour in (9, 11):
            factories.make_series(
                group, follows=new, starts_at_time=time(hour), created_at=timezone.now()
            )
        with CaptureQueriesContext(connection) as of_three:
            client.get(ADDRESS)
        assert len(of_three) == len(of_one)
