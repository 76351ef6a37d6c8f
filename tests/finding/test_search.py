"""What a search finds, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.choices import Format, GroupStatus, MeetingStatus
from directory.models import EverydayWords, Group
from directory.queries.search import (
    Drop,
    Near,
    Search,
    Tally,
    alone,
    drops,
    find_groups,
    find_meetings,
    group_rows,
    next_dates_of,
    online_instead,
    topics_to_choose,
)
from tests import factories

pytestmark = pytest.mark.django_db

# A Monday.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def names(search: Search) -> list[str]:
    return [row.group.name for row in find_groups(search, now=NOW).rows]


def found_names(search: Search) -> set[str]:
    """Those without a date come in no order that anybody could tell."""
    return set(names(search))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize("words", ["grief", "GRIEF", "griéf", "tuesday", '"grief on tuesdays"'])
def test_words_find_whatever_case_accent_or_ending(group: Group, other_group: Group, words: str):
    assert names(Search(words=words)) == ["Grief on Tuesdays"]


@pytest.mark.parametrize("words", ["pain", "cronico", "Łeeds"])
def test_words_find_in_summary_description_and_place(words: str) -> None:
    factories.make_group(name="A circle", summary="Pain that stays", description="Dolor crónico")
    factories.make_group(name="Something else", format=Format.ONLINE)
    assert names(Search(words=words)) == ["A circle"]


def test_a_minus_takes_away(group: Group) -> None:
    factories.make_group(name="Grief online")
    assert names(Search(words="grief -online")) == ["Grief on Tuesdays"]


@pytest.mark.parametrize("words", ["'", '"', "\\", "a & | ! b", "(", ":*", "<script>", "%", "-"])
def test_no_words_break_the_search(group: Group, words: str) -> None:
    assert names(Search(words=words)) == []


def test_private_notes_are_not_searched() -> None:
    factories.make_group(name="A circle", private_notes="plantedword")
    assert names(Search(words="plantedword")) == []


def test_a_topic_brings_its_parts_along() -> None:
    whole = factories.make_topic(slug="grief-and-loss")
    part = factories.make_topic(slug="bereavement", parent=whole)
    factories.make_group(name="Whole", topics=[whole])
    factories.make_group(name="Part", topics=[part])
    factories.make_group(name="Other", topics=[factories.make_topic(slug="alcohol")])
    assert found_names(Search(topics=("grief-and-loss",))) == {"Part", "Whole"}
    assert found_names(Search(topics=("bereavement",))) == {"Part"}
    assert found_names(Search(topics=("bereavement", "alcohol"))) == {"Other", "Part"}


def test_a_group_on_two_of_the_topics_is_found_once() -> None:
    topics = [factories.make_topic(slug="one"), factories.make_topic(slug="two")]
    factories.make_group(name="Both", topics=topics)
    assert names(Search(topics=("one", "two"))) == ["Both"]


def test_formats() -> None:
    for format_ in Format.values:
        factories.make_group(name=format_, format=format_)
    assert names(Search(formats=("online",))) == ["online"]
    assert found_names(Search(formats=("online", "hybrid"))) == {"hybrid", "online"}


@pytest.mark.parametrize("status", [one for one in GroupStatus if one != GroupStatus.PUBLISHED])
def test_only_published_groups_are_found(status: str) -> None:
    group = factories.make_group(status=status, published_at=NOW)
    factories.make_meeting(group, at(24, 19))
    assert names(Search()) == []
    assert find_meetings(Search(), now=NOW).meetings == []


def test_all_kinds_together_have_to_fit() -> None:
    topic = factories.make_topic(slug="grief")
    fits = factories.make_group(name="Grief fits", topics=[topic], format=Format.ONLINE)
    factories.make_meeting(fits, at(24, 19))
    factories.make_group(name="Grief without a date", topics=[topic], format=Format.ONLINE)
    in_person = factories.make_group(name="Grief in person", topics=[topic])
    factories.make_meeting(in_person, at(24, 19))
    search = Search(words="grief", topics=("grief",), days=("tue",), formats=("online",))
    assert names(search) == ["Grief fits"]


def test_those_that_meet_soonest_come_first() -> None:
    for name, day in (("Later", 26), ("Sooner", 24)):
        factories.make_meeting(factories.make_group(name=name), at(day, 19))
    factories.make_group(name="A group without a date")
    called_off = factories.make_group(name="Called off tomorrow")
    factories.make_meeting(called_off, at(24, 9), status="cancelled", reason="No heating")
    factories.make_meeting(called_off, at(25, 9))
    over = factories.make_group(name="Over")
    factories.make_meeting(over, at(20, 9))
    assert names(Search())[:3] == ["Sooner", "Called off tomorrow", "Later"]
    assert found_names(Search()) > {"A group without a date", "Over"}


def test_what_makes_a_group_usable_is_needed_all_together() -> None:
    factories.make_group(name="Both", access_features=["step-free", "sign-language"])
    factories.make_group(name="One", access_features=["step-free"])
    assert found_names(Search(access=("step-free",))) == {"Both", "One"}
    assert names(Search(access=("step-free", "sign-language"))) == ["Both"]


class TestAroundAPlace:
    LEEDS = Near(latitude=53.8, longitude=-1.55, radius_km=10, label="Leeds")

    @pytest.fixture(autouse=True)
    def groups(self, db: None) -> None:
        near = factories.make_place(latitude=53.82, longitude=-1.55)
        far = factories.make_place(town="York", latitude=53.96, longitude=-1.08)
        factories.make_group(name="Near", place=near)
        factories.make_group(name="Far", place=far)
        factories.make_group(name="Online", format=Format.ONLINE)
        factories.make_group(name="Somewhere", place=factories.make_place())

    def test_groups_on_a_screen_are_nowhere_unless_asked_for(self) -> None:
        assert names(Search(near=self.LEEDS)) == ["Near"]
        both = Search(near=self.LEEDS, formats=("online", "in-person"))
        assert found_names(both) == {"Near", "Online"}
        assert find_groups(Search(near=self.LEEDS), now=NOW).tallies["formats"] == {
            "in-person": Tally(1),
            "online": Tally(1),
        }

    def test_an_empty_circle_shows_the_nearest(self) -> None:
        found = find_groups(Search(near=replace(self.LEEDS, radius_km=1)), now=NOW)
        assert found.is_beyond
        assert [row.group.name for row in found.rows] == ["Near", "Far"]

    def test_the_nearest_first(self) -> None:
        search = Search(near=replace(self.LEEDS, radius_km=100))
        found = find_groups(search, sort="nearest", now=NOW)
        assert [row.group.name for row in found.rows] == ["Near", "Far"]
        assert [round(row.distance_km or 0) for row in found.rows] == [2, 36]

    @pytest.mark.parametrize(
        "point", [(-33.87, 151.21), (89.5, 10.0), (64.15, -21.94), (0.0, -179.9)]
    )
    def test_far_off_the_nearest_of_many_are_found_by_a_few_queries(
        self, point: tuple[float, float], monkeypatch
    ) -> None:
        """There degrees of the map say little of kilometres; not all groups are read for that."""
        for number in range(40):
            up, along = number // 2 % 5 * 0.7, number // 10 * 0.9
            place = factories.make_place(latitude=51 + up, longitude=-3 + along)
            group = factories.make_group(name=f"Group {number}", place=place)
            factories.make_meeting(group, NOW + timedelta(days=number * 7 % 13 + 1))
        monkeypatch.setattr("directory.queries.search.found.NEAREST_SHOWN", 2)
        search = Search(near=Near(latitude=point[0], longitude=point[1], radius_km=1))
        few = names(search)
        monkeypatch.setattr("directory.queries.search.found.COUNTED", 3)
        with CaptureQueriesContext(connection) as asked:
            many = names(search)
        assert many == few
        # Twice, each time both ways around the world.
        assert sum("<->" in it["sql"] for it in asked) <= 4


class TestTheDayOfAGroup:
    """A group's day is one on which its coming meetings really happen, by its own calendar."""

    def days_of(self, group: Group) -> list[str]:
        weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        return [day for day in weekdays if names(Search(days=(day,))) == [group.name]]

    def test_it_is_that_of_the_groups_zone(self) -> None:
        new_york = factories.make_group(name="New York", time_zone="America/New_York")
        # Wednesday 1 am in London is Tuesday 8 pm in New York.
        factories.make_meeting(new_york, at(25, 1))
        assert self.days_of(new_york) == ["tue"]

    def test_a_moved_date_counts_where_it_went(self, group: Group) -> None:
        factories.make_meeting(group, at(26, 19), original_start=at(24, 19))
        assert self.days_of(group) == ["thu"]

    def test_cancelled_and_past_dates_do_not_count(self, group: Group) -> None:
        factories.make_meeting(group, at(24, 19), status="cancelled", reason="Fair in the hall")
        factories.make_meeting(group, at(20, 19))
        assert self.days_of(group) == []

    def test_one_that_is_going_on_counts(self, group: Group) -> None:
        factories.make_meeting(group, NOW - timedelta(minutes=30))
        assert self.days_of(group) == ["mon"]

    def test_a_group_may_have_several(self, group: Group) -> None:
        for day in (24, 26, 29):
            factories.make_meeting(group, at(day, 19))
        assert self.days_of(group) == ["tue", "thu", "sun"]


class TestMeetings:
    def found(self, search: Search) -> list[datetime]:
        return [meeting.starts_at for meeting in find_meetings(search, now=NOW).meetings]

    def test_they_come_in_the_order_of_their_own_calendars(self) -> None:
        london = factories.make_group(name="London")
        new_york = factories.make_group(name="New York", time_zone="America/New_York")
        # Tuesday evening there is Wednesday here, and still comes under Tuesday.
        factories.make_meeting(new_york, at(25, 1))
        factories.make_meeting(london, at(25, 0, 30))
        factories.make_meeting(london, at(24, 19))
        assert self.found(Search()) == [at(24, 19), at(25, 1), at(25, 0, 30)]

    def test_cancelled_and_moved_dates_are_among_them(self, group: Group) -> None:
        factories.make_meeting(group, at(24, 19), status="cancelled", reason="Fair in the hall")
        factories.make_meeting(group, at(26, 19), original_start=at(25, 19))
        assert self.found(Search()) == [at(24, 19), at(26, 19)]
        assert self.found(Search(days=("tue",))) == [at(24, 19)]

    def test_those_over_are_not(self, group: Group) -> None:
        factories.make_meeting(group, NOW - timedelta(hours=2), minutes=60)
        factories.make_meeting(group, NOW - timedelta(minutes=30), minutes=60)
        assert self.found(Search()) == [NOW - timedelta(minutes=30)]

    def test_filters_are_those_of_groups(self, group: Group, other_group: Group) -> None:
        factories.make_meeting(group, at(24, 19))
        factories.make_meeting(other_group, at(24, 20))
        assert self.found(Search(words="grief")) == [at(24, 19)]
        assert self.found(Search(words="grief", days=("wed",))) == []
        assert self.found(Search(formats=("online",))) == []


def test_a_row_tells_the_next_date_and_those_cancelled_before_it(group: Group) -> None:
    cancelled = factories.make_meeting(
        group, at(24, 19), status=MeetingStatus.CANCELLED, reason="No heating"
    )
    goes_ahead = factories.make_meeting(group, at(26, 19))
    factories.make_meeting(group, at(27, 19), status=MeetingStatus.CANCELLED, reason="Holiday")
    (row,) = group_rows([group], NOW)
    assert (row.next_date, row.cancelled) == (goes_ahead, [cancelled])


def test_a_row_tells_of_the_days_that_were_asked_for(group: Group) -> None:
    factories.make_meeting(group, at(23, 19))
    tuesday = factories.make_meeting(group, at(24, 19))
    (row,) = find_groups(Search(days=("tue",)), now=NOW).rows
    assert row.next_date == tuesday


def test_a_row_tells_when_a_group_is_back_from_its_holidays(group: Group) -> None:
    for day in (24, 25, 26, 27):
        factories.make_meeting(group, at(day, 19), status="cancelled", reason="Holidays")
    back = factories.make_meeting(group, at(30, 19))
    factories.make_meeting(group, at(30, 21))
    (row,) = group_rows([group], NOW)
    assert row.next_date == back
    assert [date.starts_at.day for date in row.cancelled] == [24, 25, 26]


def test_a_group_without_dates_has_a_row(group: Group) -> None:
    (row,) = group_rows([group], NOW)
    assert (row.next_date, row.cancelled) == (None, [])


def test_the_next_dates_of_each_group(group: Group, other_group: Group) -> None:
    for day, status in ((24, "cancelled"), (25, "scheduled"), (26, "cancelled"), (27, "scheduled")):
        factories.make_meeting(group, at(day, 19), status=status, reason="The room is shut")
    lonely = factories.make_meeting(other_group, at(28, 19))
    dates = next_dates_of([group, other_group], 3, NOW)
    assert [date.starts_at.day for date in dates[group.pk]] == [24, 25]
    assert dates[other_group.pk] == [lonely]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_take_one_query(count: int, django_assert_num_queries) -> None:
    groups = [factories.make_group() for _ in range(count)]
    for group in groups:
        factories.make_meeting(group, at(24, 19))
    with django_assert_num_queries(1):
        assert len(group_rows(groups, NOW)) == count


def test_which_filter_to_leave_out(group: Group, other_group: Group) -> None:
    search = Search(words="grief", formats=("online",), days=("tue",))
    assert drops(search, NOW) == []
    factories.make_meeting(group, at(24, 19))
    assert drops(search, NOW) == [Drop("formats", Tally(1))]


def test_of_words_about_several_things_one_may_be_left_out() -> None:
    grief, alcohol = (factories.make_topic(name=name) for name in ("Bereavement", "Alcohol"))
    EverydayWords.objects.create(words="dad died", topic=grief)
    EverydayWords.objects.create(words="drinking", topic=alcohol)
    for topics in ([grief], [grief], [alcohol]):
        factories.make_group(topics=topics)
    search = Search(words="my dad died, drinking")
    assert drops(search, NOW) == [
        Drop("words", Tally(3)),
        Drop("words", Tally(2), "drinking", "my dad died"),
        Drop("words", Tally(1), "dad died", "my drinking"),
    ]
    assert drops(search, NOW)[1].from_search(search) == Search(words="my dad died")
    # No two of three are found together, but each of two alone is.
    assert drops(Search(words="dad died drinking zither"), NOW) == [
        Drop("words", Tally(3)),
        Drop("words", Tally(2), "drinking zither", "dad died"),
        Drop("words", Tally(1), "dad died zither", "drinking"),
    ]


def test_what_finds_something_alone(group: Group) -> None:
    factories.make_meeting(group, at(24, 19))
    search = Search(words="grief", formats=("online",), costs=("paid",), days=("tue",))
    assert drops(search, NOW) == []
    assert alone(search, NOW) == [Drop("words", Tally(1)), Drop("days", Tally(1))]
    assert alone(Search(words="grief", formats=("online",)), NOW) == []


def test_online_groups_instead_are_about_the_words() -> None:
    for name in ("Grief online", "Alcohol online"):
        factories.make_meeting(factories.make_online_group(name=name), at(24, 19))
    for typed, names in (("grief", ["Grief online"]), ("zzz", ["Alcohol online", "Grief online"])):
        found = online_instead(Search(words=typed, days=("sun",)), NOW)
        assert sorted(row.group.name for row in found) == names


def test_online_groups_instead_are_on_the_same_topic_and_have_a_date() -> None:
    topic = factories.make_topic(slug="grief")
    for name, topics in (("Fits", [topic]), ("Other topic", []), ("No date", [topic])):
        group = factories.make_group(name=name, format=Format.ONLINE, topics=topics)
        if name != "No date":
            factories.make_meeting(group, at(24, 19))
    found = online_instead(Search(words="zzz", topics=("grief",), formats=("in-person",)), NOW)
    assert [row.group.name for row in found] == ["Fits"]


def test_a_topic_is_used_by_published_groups_alone() -> None:
    used, hidden = factories.make_topic(slug="used"), factories.make_topic(slug="hidden")
    factories.make_group(topics=[used])
    factories.make_group(topics=[hidden], status=GroupStatus.DRAFT)
    assert {topic.slug: topic.is_used for topic in topics_to_choose()} == {
        "used": True,
        "hidden": False,
    }


def test_a_search_without_one_of_its_values() -> None:
    search = Search(words="grief", topics=("one", "two"), days=("mon",))
    assert search.kinds == ["words", "topics", "days"]
    assert search.without("topics", "one").topics == ("two",)
    assert search.without("topics").topics == ()
    assert search.without("words") == Search(topics=("one", "two"), days=("mon",))


def test_how_many_meet_soon_is_told_where_few_were_found(group: Group, other_group: Group) -> None:
    factories.make_meeting(group, NOW + timedelta(hours=2))
    factories.make_meeting(group, NOW + timedelta(days=1))
    factories.make_meeting(other_group, NOW + timedelta(days=6, hours=-2))
    factories.make_meeting(other_group, NOW, status="cancelled", reason="Ill")
    soon = find_groups(Search(), now=NOW).tallies["soon"]
    assert soon == {"next": Tally(1), "today": Tally(1), "tomorrow": Tally(1), "week": Tally(2)}
    assert "soon" not in find_groups(Search(soon=("today",)), now=NOW).tallies
    assert find_groups(Search(words="nobody says this"), now=NOW).tallies["soon"] == {}
