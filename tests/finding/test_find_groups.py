"""The list of groups at /groups/."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from directory.choices import Format, GroupStatus
from directory.models import Group
from tests import factories
from tests.finding.pages import announced, groups, plain, source, title, words

pytestmark = pytest.mark.django_db


def plain_rows(response) -> list[str]:
    cards = source(response).split("<article")[1:]
    return [plain("<article" + card.split("</article>")[0]) for card in cards]


def test_it_lists_published_groups(client: Client, group: Group, other_group: Group) -> None:
    factories.make_group(status=GroupStatus.DRAFT)
    response = client.get("/groups/")
    assert response.status_code == 200
    assert sorted(groups(response)) == ["chronic-pain-leeds", "grief-on-tuesdays"]
    assert announced(response) == "2 groups"
    assert title(response) == "2 groups – Find a group – Waymeet"


def test_one_group_is_one_group(client: Client, group: Group) -> None:
    response = client.get("/groups/")
    assert (announced(response), title(response)) == (
        "1 group",
        "1 group – Find a group – Waymeet",
    )


def test_nothing_is_posted_to_it(client: Client) -> None:
    assert client.post("/groups/").status_code == 405


class TestARow:
    def test_it_tells_what_one_has_to_know(self, client: Client, today) -> None:
        group = factories.make_group(
            name="Grief on Tuesdays",
            summary="A circle with tea.",
            who_for="People who have lost somebody",
            who_greets="Fay, by the door",
            languages=["en", "es"],
            access_features=["step-free", "hearing-loop"],
        )
        factories.make_meeting(group, today + timedelta(days=1, hours=7))
        (row,) = plain_rows(client.get("/groups/"))
        assert row == (
            "Grief on Tuesdays A circle with tea."
            " When: Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
            " Who it is for: People who have lost somebody"
            " Where: In person: Leeds"
            " How to join: Sign up. There is room"
            " Cost: Free"
            " Language: English, Spanish"
            " Access: Step-free, Hearing loop"
            " First time: Good for a first time"
        )

    def test_a_full_group_says_so(self, client: Client) -> None:
        full = factories.make_group(capacity=1, cost="paid", cost_note="£2 for the tea")
        factories.make_membership(full, factories.make_person())
        factories.refresh_finder([full])
        (row,) = plain_rows(client.get("/groups/"))
        assert "How to join: Sign up. Full at the moment Cost: £2 for the tea" in row

    def test_times_are_those_of_the_groups_zone_which_is_named(self, client, today) -> None:
        group = factories.make_group(time_zone="America/New_York")
        factories.make_meeting(group, today + timedelta(days=1, hours=12))
        told = "Tuesday 24 November 2026, 7 pm to 8:30 pm, New York time"
        assert told in words(client.get("/groups/"))

    def test_a_cancelled_date_is_shown_as_such(self, client, group: Group, today) -> None:
        for day, fields in ((1, {"status": "cancelled", "reason": "No heating."}), (8, {})):
            factories.make_meeting(group, today + timedelta(days=day, hours=7), **fields)
        (row,) = plain_rows(client.get("/groups/"))
        assert row.startswith(
            "Grief on Tuesdays Cancelled Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
            " No heating. When: Tuesday 1 December 2026, 7 pm to 8:30 pm, London time Where:"
        )

    def test_a_moved_date_says_so(self, client: Client, group: Group, today) -> None:
        moved = today + timedelta(days=2, hours=7)
        factories.make_meeting(group, moved, original_start=moved - timedelta(days=1))
        (row,) = plain_rows(client.get("/groups/"))
        assert "Wednesday 25 November 2026, 7 pm to 8:30 pm, London time Moved Where:" in row

    def test_a_group_without_a_date_says_so(self, client: Client, group: Group) -> None:
        (row,) = plain_rows(client.get("/groups/"))
        assert "When: No date is set yet Where:" in row

    def test_a_name_cannot_break_out(self, client: Client, today) -> None:
        nasty = "<script>alert(1)</script>"
        group = factories.make_group(
            name=nasty, summary=nasty, who_for=nasty, cost_note=nasty, languages=[nasty]
        )
        factories.make_meeting(group, status="cancelled", reason=nasty)
        page = source(client.get("/groups/"))
        assert page.count("&lt;script&gt;alert(1)") >= 6
        assert "<script>alert" not in page


class TestAround:
    @pytest.fixture(autouse=True)
    def towns(self) -> None:
        factories.make_town("Leeds", region="West Yorkshire", population=450_000)
        factories.make_town("York", latitude=53.9576, longitude=-1.0827, population=150_000)

    def at(self, latitude: float, longitude: float, **fields) -> Group:
        organisation = factories.make_organisation()
        place = factories.make_place(organisation, latitude=latitude, longitude=longitude, **fields)
        return factories.make_group(organisation=organisation, place=place)

    def test_an_exact_place_is_told_exactly(self, client: Client) -> None:
        self.at(53.8303, -1.5478)
        (row,) = plain_rows(client.get("/groups/?place=Leeds"))
        assert "Where: In person: Leeds (2.3 miles away)" in row

    def test_an_area_is_told_about(self, client: Client) -> None:
        self.at(53.9876, -1.0827, shown="area", area="York, north", town="York")
        (row,) = plain_rows(client.get("/groups/?place=Leeds&radius=50"))
        assert "Where: In person: York, north (about 22 miles away)" in row

    def test_beyond_the_radius_are_the_nearest(self, client: Client) -> None:
        group = self.at(53.9576, -1.0827)
        response = client.get("/groups/?place=Leeds&radius=2")
        assert groups(response) == [group.slug]
        told = words(response)
        assert "Nothing is that close to Leeds, West Yorkshire. These are the nearest." in told
        assert "Nearest first" not in told
        online = 'href="/groups/?format=online&amp;format=hybrid#results">Look for groups that meet'
        assert online in source(response)

    def test_week_map_dates_and_calendar_agree_with_the_nearest(self, client, today) -> None:
        group = self.at(53.9576, -1.0827)
        factories.make_meeting(group, today + timedelta(days=1))
        query = "place=Leeds&radius=2"
        week = words(client.get(f"/groups/?view=week&{query}"))
        assert "No meetings in the next seven days" not in week
        drawn = words(client.get(f"/groups/?view=map&{query}"))
        assert "None of these groups has a place on the map" not in drawn
        dates = client.get(f"/meetings/?{query}")
        assert announced(dates) == "1 meeting"
        assert "Nothing is that close to Leeds, West Yorkshire" in words(dates)
        calendar = client.get(f"/meetings/calendar.ics?{query}")
        assert source(calendar).count("BEGIN:VEVENT") == 1

    def test_a_mistyped_town_is_told(self, client: Client) -> None:
        self.at(53.8, -1.55)
        response = client.get("/groups/?place=Leedss")
        assert "Looked near Leeds, West Yorkshire, since we do not know “Leedss”." in words(
            response
        )

    def test_another_of_the_same_name_is_a_link(self, client: Client) -> None:
        factories.make_town("Leeds", region="Kent", latitude=51.2, longitude=0.6, population=700)
        response = client.get("/groups/?place=Leeds&day=tue")
        assert "This is near Leeds, West Yorkshire. Did you mean another place?" in words(response)
        assert re.search(
            r'<a href="/groups/\?place=[^"]*&amp;day=tue#results">Leeds, Kent</a>', source(response)
        )

    def test_a_town_nobody_knows_is_said_and_limits_nothing(self, client, group: Group) -> None:
        response = client.get("/groups/?place=%3Cb%3ENowhere")
        assert groups(response) == [group.slug]
        assert "We do not know a place called “<b>Nowhere”" in words(response)
        assert "So the list is not limited to a place." in words(response)
        assert 'value="&lt;b&gt;Nowhere"' in source(response)


class TestTheForm:
    def test_an_address_of_a_search_can_be_shared(self, client: Client, today) -> None:
        topic = factories.make_topic(slug="grief", name="Grief")
        fits = factories.make_group(name="Grief", slug="fits", format="online", topics=[topic])
        factories.make_meeting(fits, today + timedelta(days=1))
        factories.make_group(name="Grief", slug="fits-not")
        address = "/groups/?q=grief&topic=grief&day=tue&format=online"
        first, second = client.get(address), Client().get(address)
        assert groups(first) == groups(second) == ["fits"]
        assert source(first) == source(second)

    def test_it_holds_what_was_asked_for(self, client: Client) -> None:
        factories.make_group(topics=[factories.make_topic(slug="grief", name="Grief")])
        page = source(
            client.get("/groups/?q=%22low%22&topic=grief&day=tue&from=18:00&near=51,0&radius=5")
        )
        assert 'value="&quot;low&quot;"' in page
        assert page.count(" checked") == 2
        assert 'id="from" value="18:00"' in page
        assert '<option value="5" selected>5 miles</option>' in page
        assert 'name="near" value="51.0,0.0">' in page

    def test_every_box_has_its_label_and_every_set_its_legend(self, client, group) -> None:
        page = source(client.get("/groups/"))
        boxes = re.findall(r'<input class="form-check-input"[^>]* id="([^"]+)"', page)
        assert len(boxes) == len(set(boxes)) > 50
        assert all(f'for="{box}"' in page for box in boxes)
        assert page.count("<fieldset>") == page.count("<legend") == 4

    def test_counts_stand_beside_the_boxes(self, client: Client, group: Group) -> None:
        factories.make_online_group()
        page = source(client.get("/groups/"))
        assert '<span class="count" id="format-online-count">1</span>' in page
        assert '<span class="count count-none" id="format-hybrid-count">0</span>' in page
        assert 'id="format-online" aria-describedby="format-online-count">' in page

    def test_a_position_is_no_finer_on_the_page_than_it_may_be(self, client, group) -> None:
        page = source(client.get("/groups/?near=51.123456,-0.123456"))
        assert 'value="51.12,-0.12"' in page
        assert "51.123" not in page

    def test_unknown_values_are_left_out_and_named(self, client: Client, group: Group) -> None:
        response = client.get("/groups/?topic=<nope>&day=someday&format=online&format=telepathy")
        assert response.status_code == 200
        assert groups(response) == []
        assert "We do not know these values: <nope> , telepathy , someday" in words(response)
        assert "<nope>" not in source(response)

    def test_an_address_with_very_many_values_costs_little(self, client, group) -> None:
        response = client.get("/groups/?" + "&".join(f"age={n % 121}" for n in range(900)))
        assert "That is a lot at once." in words(response)
        assert groups(response) == ["grief-on-tuesdays"]
        assert len(response.content) < 100_000
        response = client.get("/groups/?" + "day=mon&" * 2000)
        assert response.status_code == 400
        assert "We could not read that request" in words(response)

    @pytest.mark.parametrize("page", ["0", "-1", "two", "99", "9999999999999", "%00", "1.5"])
    def test_a_page_that_is_not_there_is_the_first(self, client, group, page: str) -> None:
        response = client.get(f"/groups/?page={page}")
        assert response.status_code == 200
        assert groups(response) == ["grief-on-tuesdays"]

    @pytest.mark.parametrize(
        "typed", ["%00", "'", "%22", "a" * 3000, "%C3%28", "<script>", "(", "%"]
    )
    @pytest.mark.parametrize("name", ["q", "place", "near", "zone", "from"])
    def test_anything_is_answered(self, client: Client, group: Group, name, typed) -> None:
        response = client.get(f"/groups/?{name}={typed}&when=today")
        assert response.status_code == 200
        assert "<script>" not in source(response)


def test_twenty_a_page(client: Client) -> None:
    made = {factories.make_group(name=f"Group {number:02}").slug for number in range(21)}
    first, second = client.get("/groups/?q=group"), client.get("/groups/?q=group&page=2")
    assert (len(groups(first)), len(groups(second))) == (20, 1)
    assert {*groups(first), *groups(second)} == made
    assert title(second) == "21 groups, page 2 – Find a group – Waymeet"
    assert 'href="/groups/?q=group&amp;page=2#results"' in source(first)


def test_what_was_searched_for_instead_is_said(client: Client, group: Group) -> None:
    response = client.get("/groups/?q=greif")
    assert groups(response) == [group.slug]
    assert "Searched for “grief” instead of “greif”." in words(response)
    assert 'value="greif"' in source(response)


class TestForMachines:
    def robots(self, client: Client, address: str) -> bool:
        return '<meta name="robots" content="noindex, follow">' in source(client.get(address))

    def test_only_the_whole_list_is_indexed(self, client: Client, group: Group) -> None:
        assert not self.robots(client, "/groups/")
        for asked in ("q=grief", "day=mon", "view=week", "place=nowhere"):
            assert self.robots(client, f"/groups/?{asked}")

    def test_the_calendar_of_the_search_is_linked(self, client: Client, group: Group) -> None:
        page = source(client.get("/groups/?q=grief&format=in-person&sort=match"))
        address = "/meetings/calendar.ics?q=grief&amp;format=in-person"
        assert f'<link rel="alternate" type="text/calendar" href="{address}"' in page
        assert "Follow this search in your calendar" in page


class TestNothingFound:
    def test_it_says_which_filter_to_leave_out(self, client: Client, group: Group) -> None:
        response = client.get("/groups/?q=grief&format=online")
        assert groups(response) == []
        assert title(response) == "0 groups – Find a group – Waymeet"
        assert "Leave out Online (1 group)" in words(response)
        assert '<a href="/groups/?q=grief#results">Leave out Online</a>' in source(response)

    def test_a_place_can_be_left_out(self, client: Client, group: Group) -> None:
        factories.make_town("Leeds")
        response = client.get("/groups/?q=grief&place=Leeds")
        assert "Leave out Within 10 miles of Leeds (1 group)" in words(response)
        assert '<a href="/groups/?q=grief#results">Leave out Within' in source(response)

    def test_one_of_several_things_may_be_left_out(self, client: Client, group: Group) -> None:
        response = client.get("/groups/?q=grief+zither")
        assert "Leave out “zither” (1 group)" in words(response)
        assert '<a href="/groups/?q=grief#results">Leave out “zither”</a>' in source(response)

    def test_where_that_is_not_enough_it_offers_one_alone(self, client: Client, group) -> None:
        response = client.get("/groups/?q=grief&format=online&cost=paid")
        assert "You could look for just one: Only “grief” (1 group)" in words(response)
        assert '<a href="/groups/?q=grief#results">Only “grief”</a>' in source(response)

    def test_online_groups_are_in_the_readers_language_if_there_are_any(self, client, today):
        for name, code in (("Duelo", "es"), ("Grief", "en")):
            group = factories.make_online_group(name=name, slug=name.lower(), languages=[code])
            factories.make_meeting(group, today + timedelta(days=1))
        for address, name in (("/groups/", "Grief"), ("/es/groups/", "Duelo")):
            told = words(client.get(f"{address}?q=zither"))
            assert [it for it in ("Duelo", "Grief") if it in told] == [name]
        assert "Duelo" in words(client.get("/groups/?q=zither&language=es"))

    def test_it_offers_online_groups_apart(self, client: Client, today) -> None:
        online = factories.make_group(name="Pain, online", format=Format.ONLINE)
        factories.make_meeting(online, today + timedelta(days=1))
        response = client.get("/groups/?q=grief")
        assert groups(response) == []
        assert "Online groups that you could join from anywhere" in words(response)
        assert f'href="/groups/{online.slug}/"' in source(response)

    def test_it_names_helplines_and_a_page_to_tell_us(self, client: Client) -> None:
        factories.make_crisis_line(name="Samaritans", phone="116 123")
        response = client.get("/groups/?q=grief")
        assert "Samaritans" in words(response)
        assert 'href="/missing/"' in source(response)

    def test_the_helplines_are_those_of_the_country_one_looks_in(self, client: Client) -> None:
        factories.make_town("Madrid", country="ES", latitude=40.4, longitude=-3.7)
        factories.make_crisis_line(name="A line in Spain", country="ES")
        response = client.get("/groups/?place=Madrid")
        assert "A line in Spain" in words(response)

    def test_a_site_without_groups_says_so(self, client: Client) -> None:
        assert "Groups are still being put up here." in words(client.get("/groups/"))


class TestInPlace:
    """With htmx the same address answers with the part that changes."""

    ADDRESS = "/groups/?q=grief&day=mon&topic=nope"

    def fragment(self, client: Client, address: str = ADDRESS, **headers: str) -> str:
        return source(client.get(address, headers={"HX-Request": "true", **headers}))

    @pytest.mark.parametrize("address", ["/groups/", "/groups/?q=grief", ADDRESS, "/meetings/"])
    def test_the_part_is_the_same_as_in_the_page(self, client, group, address, today) -> None:
        factories.make_meeting(group, today + timedelta(days=1))
        part = self.fragment(client, address)
        page = source(client.get(address))
        head, finder = part.split('<div class="with-filters"', 1)
        assert " ".join(title_of(page).split()) == " ".join(title_of(head).split())
        assert '<div class="with-filters"' + finder.rstrip() in page

    def test_the_address_bar_gets_the_shortest_address(self, client: Client) -> None:
        response = client.get(
            "/groups/?q=grief&place=&from=&radius=10&page=", headers={"HX-Request": "true"}
        )
        assert response["HX-Push-Url"] == "/groups/?q=grief"

    def test_going_back_gets_the_whole_page(self, client: Client) -> None:
        part = self.fragment(client, **{"HX-History-Restore-Request": "true"})
        assert part.lstrip().startswith("<!doctype html>")

    def test_caches_keep_the_two_apart(self, client: Client) -> None:
        assert "HX-Request" in client.get("/groups/")["Vary"]


def title_of(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("count", [1, 20])
def test_rows_cost_no_queries(client, kept, count, django_assert_num_queries) -> None:
    topic = factories.make_topic(slug="grief")
    factories.make_town("Leeds")
    for _ in range(count):
        place = factories.make_place(latitude=53.8, longitude=-1.55)
        group = factories.make_group(topics=[topic], place=place)
        evening = timezone.now().replace(hour=19, minute=0, second=0, microsecond=0)
        factories.make_meeting(group, evening + timedelta(days=1))
        factories.make_facilitator(group, factories.make_person(), first_name="Fay")
    client.get("/groups/")
    # The place; how many groups; how many soon; which ones; their rows; their dates.
    with django_assert_num_queries(6):
        response = client.get("/groups/?topic=grief&place=Leeds")
    assert len(groups(response)) == count
    # The reasons ask for nothing more, though they tell of days and hours.
    with django_assert_num_queries(6):
        response = client.get("/groups/?topic=grief&place=Leeds&time=evening&why=1")
    assert source(response).count('<p class="reasons">') == count
