"""The week at /groups/?view=week: what stands in which cell, and how much of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from directory.choices import DayPart, Format, MeetingStatus
from directory.models import Group
from directory.queries import week as week_module
from directory.queries.search import Search
from directory.queries.week import Week, part_of, week_of
from directory.slots import slot_of
from tests import factories
from tests.finding.pages import groups, plain, source, words

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/?view=week"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026, in London as in Greenwich."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def cells(week: Week) -> dict[tuple[int, str], list[str]]:
    """The names of groups by day of the month and part of the day."""
    return {
        (day.date.day, cell.part): [meeting.group_name for meeting in cell.meetings]
        for day in week.days
        for cell in day.cells
        if cell.meetings
    }


def grid(response) -> str:
    (found,) = re.findall(r"<table\b.*?</table>", source(response), re.S)
    return found


@pytest.fixture
def grief(db: None) -> Group:
    return factories.make_group(name="Grief", slug="grief")


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (5, "morning"),
        (11, "morning"),
        (12, "afternoon"),
        (16, "afternoon"),
        (17, "evening"),
        (22, "evening"),
        (23, "night"),
        (4, "night"),
    ],
)
def test_each_hour_belongs_to_one_part_of_the_day(hour: int, part: str) -> None:
    assert part_of(slot_of(at(24, hour))) == part


class TestTheGrid:
    def test_a_meeting_stands_in_its_day_and_part(self, grief: Group, today: datetime) -> None:
        factories.make_meeting(grief, at(24, 19))
        factories.make_meeting(grief, at(26, 9))
        found = week_of(Search(), today)
        assert cells(found) == {(24, "evening"): ["Grief"], (26, "morning"): ["Grief"]}
        assert found.parts == [DayPart.MORNING, DayPart.EVENING]
        assert [day.date.day for day in found.days] == [23, 24, 25, 26, 27, 28, 29]

    def test_it_ends_after_seven_days(self, grief: Group, today: datetime) -> None:
        factories.make_meeting(grief, at(29, 23, 30))
        factories.make_meeting(grief, at(30, 0, 30))
        assert cells(week_of(Search(), today)) == {(29, "night"): ["Grief"]}

    def test_what_is_over_is_left_out(self, grief: Group, today: datetime) -> None:
        factories.make_meeting(grief, at(23, 9))
        assert week_of(Search(), today).parts == []

    def test_days_and_hours_are_those_of_the_place(self, today: datetime) -> None:
        tokyo = factories.make_group(name="Tokyo", time_zone="Asia/Tokyo")
        factories.make_meeting(tokyo, at(24, 20))
        found = week_of(Search(), today)
        assert cells(found) == {(25, "morning"): ["Tokyo"]}
        assert found.zone == "Asia/Tokyo"

    def test_the_zone_is_that_of_most(self, grief: Group, today: datetime) -> None:
        for day in (24, 25):
            factories.make_meeting(grief, at(day, 20))
        tokyo = factories.make_group(name="Tokyo", time_zone="Asia/Tokyo")
        factories.make_meeting(tokyo, at(24, 2))
        found = week_of(Search(), today)
        assert (found.zone, found.has_other_zones) == ("Europe/London", True)

    def test_a_cell_is_in_the_order_of_its_clock(self, grief: Group, today: datetime) -> None:
        tokyo = factories.make_group(name="Tokyo", time_zone="Asia/Tokyo")
        factories.make_meeting(tokyo, at(24, 10))
        factories.make_meeting(grief, at(24, 18))
        assert cells(week_of(Search(), today)) == {(24, "evening"): ["Grief", "Tokyo"]}

    def test_it_answers_the_search(self, grief: Group, today: datetime) -> None:
        online = factories.make_group(name="Online", format=Format.ONLINE)
        for group in (grief, online):
            factories.make_meeting(group, at(24, 19))
            factories.make_meeting(group, at(25, 9))
        search = Search(formats=(Format.ONLINE,), days=("tue",))
        assert cells(week_of(search, today)) == {(24, "evening"): ["Online"]}

    def test_it_has_the_days_asked_for(self, grief: Group, today: datetime) -> None:
        found = week_of(Search(days=("tue", "sun")), today)
        assert [day.date.day for day in found.days] == [24, 29]

    def test_a_cancelled_date_says_so(self, grief: Group, today: datetime) -> None:
        factories.make_meeting(
            grief, at(24, 19), status=MeetingStatus.CANCELLED, reason="No heating."
        )
        (meeting,) = (it for day in week_of(Search(), today).days for it in day.cells[0].meetings)
        assert meeting.is_cancelled


class TestBounds:
    @pytest.fixture
    def many(self, db: None) -> None:
        for number in range(6):
            group = factories.make_group(name=f"Group {number}")
            factories.make_meeting(group, at(24, 17 + number))

    def test_a_cell_shows_a_few_and_counts_the_rest(self, many: None, today: datetime) -> None:
        (cell,) = week_of(Search(), today).days[1].cells
        assert [it.group_name for it in cell.meetings] == [f"Group {it}" for it in range(4)]
        assert (cell.more.number, cell.more.is_more) == (2, False)

    def test_beyond_the_bound_each_slot_is_asked_for_itself(
        self, many: None, today: datetime, monkeypatch
    ) -> None:
        search = Search(formats=(Format.IN_PERSON,))
        whole = week_of(search, today)
        assert len(cells(whole)[24, "evening"]) == 4
        monkeypatch.setattr(week_module, "READ_AS_A_WHOLE", 2)
        assert week_of(search, today) == whole
        # As it does where nothing is asked of the groups.
        assert week_of(Search(), today) == whole

    def test_no_more_is_counted_than_the_bound(self, many, today, monkeypatch) -> None:
        monkeypatch.setattr(week_module, "MOST_COUNTED", 1)
        (cell,) = week_of(Search(), today).days[1].cells
        # Of the evening's three stretches two are so full that only the bound and one were read.
        assert cell.more.is_more
        assert len(cell.meetings) + cell.more.number == 5


class TestThePage:
    @pytest.fixture(autouse=True)
    def held(self, grief: Group, today: datetime) -> None:
        factories.make_meeting(grief, at(24, 19))

    def test_it_is_a_table_above_the_list(self, client: Client) -> None:
        response = client.get(ADDRESS)
        table = grid(response)
        assert re.findall(r'scope="col">([^<]+)<', table) == ["Day", "Evening"]
        assert "Tuesday 24 November 7 pm Grief" in plain(
            re.sub(r"<span.*?hidden.*?</span>", "", table)
        )
        assert groups(response) == ["grief"]
        assert source(response).index("<table") < source(response).index("data-group")

    def test_the_zone_is_named_once_where_it_is_one(self, client: Client) -> None:
        assert "All times are London time." in words(client.get(ADDRESS))

    def test_otherwise_beside_each_other_time(self, client: Client, grief: Group) -> None:
        factories.make_meeting(grief, at(25, 19))
        tokyo = factories.make_group(name="Tokyo", time_zone="Asia/Tokyo")
        factories.make_meeting(tokyo, at(24, 2))
        table = plain(grid(client.get(ADDRESS)))
        assert "7 pm Grief" in table
        assert "11 am Tokyo time Tokyo" in table

    def test_the_rest_of_a_cell_is_a_narrower_address(self, client: Client, grief: Group) -> None:
        for minute in range(5):
            factories.make_meeting(grief, at(24, 20, minute))
        response = client.get("/groups/?view=week&format=in-person&time=evening&page=1")
        (url,) = re.findall(r'class="week-more" href="([^"]+)"', source(response))
        assert (
            url.replace("&amp;", "&") == "/groups/?format=in-person&day=tue&time=evening&when=week"
        )
        assert "and 2 more" in plain(grid(response))
        assert groups(client.get(url.replace("&amp;", "&"))) == ["grief"]

    def test_a_week_without_meetings_says_so(self, client: Client, grief: Group) -> None:
        grief.meetings.all().delete()
        response = client.get(ADDRESS)
        assert "No meetings in the next seven days." in words(response)
        assert groups(response) == ["grief"]

    def test_the_list_has_no_grid(self, client: Client) -> None:
        assert "<table" not in source(client.get("/groups/"))

    def test_by_date_it_stands_above_the_dates(self, client: Client, grief: Group) -> None:
        response = client.get("/meetings/?view=week")
        assert "7 pm Grief" in plain(grid(response))
        assert "data-meeting" not in grid(response)

    def test_a_stranger_zone_or_day_breaks_nothing(self, client: Client) -> None:
        assert client.get(f"{ADDRESS}&zone=Mars&day=someday&when=never").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_meetings_cost_no_queries(client, kept, today, count, django_assert_num_queries) -> None:
    for number in range(count):
        factories.make_meeting(factories.make_group(), today + timedelta(days=1, hours=number))
    client.get(ADDRESS)
    client.get("/groups/")
    with django_assert_num_queries(1):
        assert not week_of(Search(), today).days[1].is_empty
    # Few groups or many, and then their dates.
    with django_assert_num_queries(2):
        assert not week_of(Search(formats=(Format.IN_PERSON,)), today).days[1].is_empty
