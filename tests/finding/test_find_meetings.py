"""The list of dates at /meetings/, and the front page."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from directory.choices import GroupStatus
from directory.models import Group
from tests import factories
from tests.finding.pages import announced, groups, meetings, plain, source, title, words

pytestmark = pytest.mark.django_db


def days(response) -> list[str]:
    return re.findall(r'<h3 class="day">(.*?)</h3>', source(response))


def test_dates_stand_under_their_days(client: Client, group: Group, other_group: Group, today):
    tuesday = today + timedelta(days=1, hours=7)
    made = [
        factories.make_meeting(group, tuesday),
        factories.make_meeting(other_group, tuesday + timedelta(minutes=30)),
        factories.make_meeting(group, tuesday + timedelta(days=7)),
    ]
    response = client.get("/meetings/")
    assert meetings(response) == [str(meeting.pk) for meeting in made]
    assert days(response) == ["Tuesday 24 November 2026", "Tuesday 1 December 2026"]
    assert (announced(response), title(response)) == (
        "3 meetings",
        "3 meetings – Find a meeting – Waymeet",
    )
    assert groups(response) == []


def test_a_day_is_that_of_the_groups_zone_which_is_named(client: Client, today) -> None:
    new_york = factories.make_group(time_zone="America/New_York")
    # Wednesday 1 am in London.
    factories.make_meeting(new_york, today + timedelta(days=1, hours=13))
    response = client.get("/meetings/")
    assert days(response) == ["Tuesday 24 November 2026"]
    assert "When: 8 pm to 9:30 pm, New York time" in words(response)


def test_cancelled_and_moved_dates_are_shown_as_such(client: Client, group: Group, today) -> None:
    tuesday = today + timedelta(days=1, hours=7)
    factories.make_meeting(group, tuesday, status="cancelled", reason="No heating.")
    moved = tuesday + timedelta(days=1)
    factories.make_meeting(group, moved, original_start=tuesday, reason="A fair in the hall.")
    told = words(client.get("/meetings/"))
    assert "Cancelled No heating. When: 7 pm to 8:30 pm, London time" in told
    before = "Moved before: Tuesday 24 November 2026, 7 pm, London time A fair in the hall."
    assert before in told


def test_drafts_and_dates_that_are_over_are_not_listed(client: Client, group: Group, today):
    factories.make_meeting(group, today - timedelta(days=1))
    factories.make_meeting(factories.make_group(status=GroupStatus.DRAFT))
    assert meetings(client.get("/meetings/")) == []


def test_the_same_filters_as_for_groups(client: Client, group: Group, other_group: Group, today):
    tuesday, wednesday = today + timedelta(days=1), today + timedelta(days=2)
    fits = factories.make_meeting(group, tuesday)
    factories.make_meeting(group, wednesday)
    factories.make_meeting(other_group, tuesday)
    response = client.get("/meetings/?q=grief&day=tue&day=nope")
    assert meetings(response) == [str(fits.pk)]
    assert "We do not know these values: nope" in words(response)


def test_twenty_a_page(client: Client, group: Group, today) -> None:
    made = [factories.make_meeting(group, today + timedelta(hours=hour)) for hour in range(21)]
    assert meetings(client.get("/meetings/?page=2")) == [str(made[20].pk)]


def test_nothing_found_says_what_to_leave_out(client: Client, group: Group) -> None:
    response = client.get("/meetings/?q=grief&format=online")
    assert '<a href="/meetings/?q=grief#results">Leave out Online</a>' in source(response)


def test_the_hours_that_were_asked_for(client: Client, group: Group, today) -> None:
    tuesday = today + timedelta(days=1)
    at_ten = factories.make_meeting(group, tuesday - timedelta(hours=2))
    at_seven = factories.make_meeting(group, tuesday + timedelta(hours=7))
    for asked, made in (
        ("time=morning", at_ten),
        ("time=evening", at_seven),
        ("from=18:00&to=20:00", at_seven),
        ("to=11:00", at_ten),
    ):
        assert meetings(client.get(f"/meetings/?{asked}")) == [str(made.pk)]


def test_today_is_that_of_the_viewer_for_what_is_online(client: Client, today) -> None:
    online = factories.make_online_group()
    # Midnight in Tokyo, and still Monday afternoon in London.
    made = factories.make_meeting(online, today + timedelta(hours=4))
    assert meetings(client.get("/meetings/?when=today&zone=Europe/London")) == [str(made.pk)]
    assert meetings(client.get("/meetings/?when=today&zone=Asia/Tokyo")) == []
    assert meetings(client.get("/meetings/?when=tomorrow&zone=Asia/Tokyo")) == [str(made.pk)]


def test_somebody_signed_in_lives_by_their_own_clock(today, as_ada: Client, ada) -> None:
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    made = factories.make_meeting(factories.make_online_group(), today + timedelta(hours=4))
    assert meetings(as_ada.get("/meetings/?when=today")) == []
    assert meetings(as_ada.get("/meetings/?when=tomorrow")) == [str(made.pk)]


def test_otherwise_by_that_of_the_sites_country(client: Client, today) -> None:
    factories.make_town("London", population=9_000_000)
    made = factories.make_meeting(factories.make_online_group(), today + timedelta(hours=4))
    assert meetings(client.get("/meetings/?when=today")) == [str(made.pk)]


def test_a_list_by_date_has_one_order(client: Client, group: Group) -> None:
    factories.make_meeting(group)
    page = source(client.get("/meetings/?q=grief"))
    assert "Best match first" not in page
    assert "Show meetings" in page


def test_nothing_is_posted_to_it(client: Client) -> None:
    assert client.post("/meetings/").status_code == 405


@pytest.mark.parametrize("count", [1, 20])
def test_rows_cost_no_queries(client, kept, count, django_assert_num_queries) -> None:
    for _ in range(count):
        factories.make_meeting(factories.make_group(topics=[factories.make_topic()]))
    client.get("/meetings/")
    # How many groups; how many soon; how many dates; the dates with their groups and places.
    with django_assert_num_queries(4):
        response = client.get("/meetings/?language=")
    assert len(meetings(response)) == count


class TestTheFrontPage:
    def test_it_says_what_this_is_and_offers_ways_in(self, client: Client, today) -> None:
        topic = factories.make_topic(slug="grief", name="Grief")
        factories.make_topic(slug="unused", name="Unused")
        group = factories.make_group(name="Grief on Tuesdays", topics=[topic])
        meeting = factories.make_meeting(group, today + timedelta(days=1, hours=7))
        response = client.get("/")
        assert title(response) == "Find a peer support group – Waymeet"
        assert meetings(response) == [str(meeting.pk)]
        page = source(response)
        for address in (
            "?topic=grief",
            "?format=in-person",
            "?format=online",
            "?format=hybrid",
            "?time=evening&amp;when=today",
            "?format=online&amp;format=hybrid",
            "?first-time=yes",
        ):
            assert f'href="/groups/{address}#results"' in page
        assert 'href="/choose/"' in page
        assert 'name="place"' in page
        assert "?topic=unused" not in page
        assert '<form class="welcome-search" method="get" action="/groups/#results">' in page
        assert "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time" in words(response)

    def test_it_shows_one_date_of_a_group_and_none_cancelled(self, client, today) -> None:
        often, once = factories.make_group(), factories.make_group()
        cancelled = {"status": "cancelled", "reason": "No heating"}
        factories.make_meeting(once, today + timedelta(hours=1), **cancelled)
        later = factories.make_meeting(once, today + timedelta(days=4))
        soonest, *_ = (
            factories.make_meeting(often, today + timedelta(days=day)) for day in (1, 2, 3)
        )
        assert meetings(client.get("/")) == [str(soonest.pk), str(later.pk)]

    def test_an_empty_site_still_says_what_this_is(self, client: Client) -> None:
        assert "Talk with people who have been there" in words(client.get("/"))

    def test_nothing_is_posted_to_it(self, client: Client) -> None:
        assert client.post("/").status_code == 405

    def test_a_name_cannot_break_out(self, client: Client, today) -> None:
        group = factories.make_group(name="<script>alert(1)</script>", summary="<img src=x>")
        factories.make_meeting(group)
        page = source(client.get("/"))
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "&lt;script&gt;alert(1)" in page

    @pytest.mark.parametrize("count", [1, 3])
    def test_rows_cost_no_queries(self, client, kept, count, django_assert_num_queries) -> None:
        for _ in range(count):
            factories.make_meeting(factories.make_group(topics=[factories.make_topic()]))
        client.get("/")
        # The soonest dates with their groups and places; what to read.
        with django_assert_num_queries(2):
            response = client.get("/")
        assert len(meetings(response)) == count


@pytest.mark.parametrize("address", ["/", "/groups/", "/meetings/"])
@pytest.mark.parametrize("language", ["es", "fr", "ar"])
def test_every_language_is_answered(client, group, address, language, today) -> None:
    factories.make_meeting(group)
    response = client.get(f"/{language}{address}")
    assert response.status_code == 200
    assert f'<html lang="{language}"' in source(response)
    assert plain(source(response))


def test_the_numbers_beside_the_filters_are_told_to_be_groups(client: Client, group: Group) -> None:
    assert "The numbers count groups." in words(client.get("/meetings/"))
    assert "The numbers count groups." not in words(client.get("/groups/"))
