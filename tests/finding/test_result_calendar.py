"""The calendar of a search: whoever follows it needs no account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from directory.choices import GroupStatus, PlaceShown
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/meetings/calendar.ics"


def calendar(client: Client, query: str = "") -> Calendar:
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def events(client: Client, query: str = "") -> list[str]:
    return [str(event["SUMMARY"]) for event in calendar(client, query).walk("VEVENT")]


@pytest.fixture
def two_groups(today) -> None:
    """Grief on a Tuesday evening, and pain on a Wednesday at noon."""
    grief = factories.make_group(slug="grief", name="Grief circle")
    factories.make_meeting(grief, today + timedelta(days=1, hours=7))
    pain = factories.make_group(slug="pain", name="Living with pain")
    factories.make_meeting(pain, today + timedelta(days=2))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Grief circle", "Living with pain"]),
        ("q=grief", ["Grief circle"]),
        ("q=greif", ["Grief circle"]),
        ("day=wed", ["Living with pain"]),
        ("time=evening", ["Grief circle"]),
        ("q=grief&day=wed", []),
        ("page=7&sort=match&view=map&why=1", ["Grief circle", "Living with pain"]),
    ],
)
def test_it_has_the_dates_that_the_page_has(client, two_groups, query, found) -> None:
    assert events(client, query) == found


def test_it_looks_four_weeks_ahead(client: Client, today) -> None:
    group = factories.make_group()
    for days in (-1, 1, 27, 29):
        factories.make_meeting(group, today + timedelta(days=days))
    assert len(events(client)) == 2


def test_dates_have_the_same_names_as_in_the_groups_own_calendar(client, two_groups) -> None:
    own = Calendar.from_ical(client.get("/groups/grief/calendar.ics").content)
    (event,) = own.walk("VEVENT")
    (followed,) = calendar(client, "q=grief").walk("VEVENT")
    assert followed.to_ical() == event.to_ical()


def test_a_cancelled_date_stays_as_cancelled(client: Client, today) -> None:
    group = factories.make_group(name="Grief circle")
    soon = today + timedelta(days=1)
    factories.make_meeting(group, soon, status="cancelled", reason="No heating.")
    (event,) = calendar(client).walk("VEVENT")
    assert (event["STATUS"], event["SUMMARY"]) == ("CANCELLED", "Cancelled: Grief circle")


def test_nothing_of_groups_that_are_not_public(client: Client, today) -> None:
    group = factories.make_group(status=GroupStatus.DRAFT)
    factories.make_meeting(group, today + timedelta(days=1))
    assert events(client) == []


def test_no_link_and_no_more_of_a_place_than_its_page_tells(client: Client, today) -> None:
    place = factories.make_place(name="Rose House", shown=PlaceShown.AREA, area="Leeds, north")
    for group in (factories.make_group(place=place), factories.make_online_group()):
        factories.make_meeting(group, today + timedelta(days=1))
    file = client.get(ADDRESS).content.decode().replace("\r\n ", "")
    assert "LOCATION:Leeds\\, north" in file
    for hidden in ("Rose House", "Carlton", "LS7", "planted-link", "987 654 3210"):
        assert hidden not in file


def test_its_name_says_nothing_of_what_was_searched_for(client, two_groups) -> None:
    response = client.get(f"{ADDRESS}?q=grief")
    assert "X-WR-CALNAME:Meetings on Waymeet" in response.content.decode()
    assert response["Content-Disposition"] == 'inline; filename="calendar.ics"'


def test_asked_again_it_is_not_sent_again(client, two_groups) -> None:
    first = client.get(f"{ADDRESS}?q=grief")
    assert first["Cache-Control"] == "public, max-age=900"
    again = client.get(f"{ADDRESS}?q=grief", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{ADDRESS}?q=pain", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200
    assert not first.cookies


def test_it_is_bounded(client: Client, today, monkeypatch) -> None:
    monkeypatch.setattr("directory.queries.following.MOST", 3)
    group = factories.make_group()
    for days in range(1, 6):
        factories.make_meeting(group, today + timedelta(days=days))
    assert len(events(client)) == 3
    assert "These are the first 3 dates" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_dates_cost_no_queries(client, today, kept, count, django_assert_num_queries) -> None:
    for number in range(count):
        group = factories.make_group(slug=f"g{number}")
        factories.make_meeting(group, today + timedelta(days=1))
    client.get(ADDRESS)
    with django_assert_num_queries(1):
        client.get(ADDRESS)


def test_nothing_is_posted_to_it(client: Client, two_groups) -> None:
    assert client.post(ADDRESS).status_code == 405


def test_the_result_page_offers_it(client: Client, two_groups) -> None:
    page = client.get("/groups/?q=grief&sort=match").content.decode()
    assert f'{ADDRESS}?q=grief"' in page
