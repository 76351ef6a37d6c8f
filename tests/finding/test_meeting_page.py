"""The page of one date."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from directory.choices import Format, GroupStatus, Joining
from directory.models import Group, Meeting
from tests import factories
from tests.finding.pages import source, title, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(group: Group, today) -> Meeting:
    return factories.make_meeting(group, today + timedelta(days=1, hours=7), theme="Birthdays")


def page_of(client: Client, meeting: Meeting) -> str:
    response = client.get(f"/meetings/{meeting.pk}/")
    assert response.status_code == 200
    return words(response)


def test_it_tells_when_with_the_zone_named(client: Client, meeting: Meeting) -> None:
    response = client.get(f"/meetings/{meeting.pk}/")
    assert title(response) == "Grief on Tuesdays: Tuesday 24 November 2026 – Waymeet"
    told = words(response)
    assert "Grief on Tuesdays Birthdays" in told
    assert "When Tuesday 24 November 2026, 7 pm to 8:30 pm, London time" in told
    assert "Where Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS" in told


def test_new_york_is_told_in_new_york_time(client: Client, today) -> None:
    group = factories.make_group(time_zone="America/New_York")
    meeting = factories.make_meeting(group, today + timedelta(days=1, hours=13))
    assert "Tuesday 24 November 2026, 8 pm to 9:30 pm, New York time" in page_of(client, meeting)


def test_a_meeting_past_midnight_names_both_days(client: Client, group: Group, today) -> None:
    meeting = factories.make_meeting(group, today + timedelta(days=1, hours=11), minutes=120)
    told = "Tuesday 24 November 2026, 11 pm to 1 am on Wednesday, London time"
    assert told in page_of(client, meeting)


def test_a_cancelled_one_says_why_and_offers_no_place(client: Client, group: Group) -> None:
    meeting = factories.make_meeting(group, status="cancelled", reason="No heating.")
    told = page_of(client, meeting)
    assert "This meeting is cancelled No heating." in told
    assert "How to come" not in told


def test_a_moved_one_says_from_when_to_when(client: Client, group: Group, today) -> None:
    now_at = today + timedelta(days=2, hours=7)
    before = now_at - timedelta(days=1, hours=1)
    meeting = factories.make_meeting(group, now_at, original_start=before, reason="A fair.")
    assert (
        "This meeting was moved"
        " Before: Tuesday 24 November 2026, 6 pm, London time"
        " Now: Wednesday 25 November 2026, 7 pm to 8:30 pm, London time A fair."
    ) in page_of(client, meeting)


def test_one_that_is_over_says_so(client: Client, group: Group, today) -> None:
    meeting = factories.make_meeting(group, today - timedelta(days=1))
    told = page_of(client, meeting)
    assert "This meeting is over The group’s page has the next dates." in told
    assert "How to come" not in told


def test_online_it_says_for_whom_the_link_is_and_how_to_sign_up(client: Client) -> None:
    group = factories.make_group(format=Format.ONLINE)
    response = client.get(f"/meetings/{factories.make_meeting(group).pk}/")
    assert "The link to the online meeting is for people who signed up." in words(response)
    assert f'href="/groups/{group.slug}/join/"' in source(response)


def test_where_one_just_comes_nothing_is_asked(client: Client) -> None:
    group = factories.make_group(joining=Joining.JUST_COME)
    response = client.get(f"/meetings/{factories.make_meeting(group).pk}/")
    assert "Just come." in words(response)
    assert "/me/meetings/" not in source(response)


@pytest.mark.parametrize("status", [one for one in GroupStatus if one != GroupStatus.PUBLISHED])
def test_a_date_of_a_group_that_is_not_public_is_not_found(client, status, today) -> None:
    group = factories.make_group(status=status, published_at=today)
    meeting = factories.make_meeting(group)
    assert client.get(f"/meetings/{meeting.pk}/").status_code == 404
    assert client.get(f"/meetings/{meeting.pk}/calendar.ics").status_code == 404


@pytest.mark.parametrize("key", [uuid.uuid4(), "1", "no-uuid"])
def test_an_unknown_date_is_not_found(client: Client, db: None, key: object) -> None:
    assert client.get(f"/meetings/{key}/").status_code == 404


def test_nothing_is_posted_to_it(client: Client, meeting: Meeting) -> None:
    assert client.post(f"/meetings/{meeting.pk}/").status_code == 405


def test_the_crisis_lines_are_those_of_the_groups_country(client: Client) -> None:
    factories.make_crisis_line(country="GB", name="Samaritans")
    factories.make_crisis_line(country="US", name="988 Lifeline")
    meeting = factories.make_meeting(factories.make_group(country="US"))
    page = source(client.get(f"/meetings/{meeting.pk}/"))
    assert "988 Lifeline" in page
    assert "Samaritans" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_no_queries(client, kept, meeting, count, django_assert_num_queries) -> None:
    for number in range(count):
        factories.make_facilitator(
            meeting.group, factories.make_person(), first_name=f"Fay {number}"
        )
        factories.make_meeting(meeting.group)
    client.get(f"/meetings/{meeting.pk}/")
    # The date with its group, organisation and place; facilitators.
    with django_assert_num_queries(2):
        client.get(f"/meetings/{meeting.pk}/")
