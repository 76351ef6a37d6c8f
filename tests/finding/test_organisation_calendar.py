"""The calendar of an organisation: the dates of all its published groups."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from directory.choices import GroupStatus, PlaceShown
from directory.models import Meeting, Organisation
from tests import factories
from tests.finding.calendars import events, file_at, lines
from tests.finding.pages import source

pytestmark = pytest.mark.django_db
ADDRESS = "/organisations/harbour-listening/calendar.ics"


@pytest.fixture
def two_dates(organisation: Organisation, today) -> list[Meeting]:
    """Grief tomorrow, and pain the day after; somebody else's group between them."""
    dates = []
    for day, name in enumerate(("Grief circle", "Living with pain"), 1):
        group = factories.make_group(organisation=organisation, name=name)
        dates.append(factories.make_meeting(group, today + timedelta(days=day)))
    factories.make_meeting(factories.make_group(name="Elsewhere"), today + timedelta(days=1))
    return dates


def titles(client: Client) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(file_at(client, ADDRESS))]


def test_it_has_the_dates_of_all_its_groups(client: Client, two_dates) -> None:
    assert titles(client) == ["Grief circle", "Living with pain"]
    assert "X-WR-CALNAME:Harbour Listening" in lines(file_at(client, ADDRESS))


def test_a_date_is_the_same_as_in_its_groups_own_calendar(client: Client, two_dates) -> None:
    group = two_dates[0].group
    (own,) = events(file_at(client, f"/groups/{group.slug}/calendar.ics"))
    assert events(file_at(client, ADDRESS))[0].to_ical() == own.to_ical()


@pytest.mark.parametrize("status", sorted(set(GroupStatus.values) - {"published"}))
def test_groups_that_are_not_public_are_not_in_it(client, organisation, two_dates, status) -> None:
    hidden = factories.make_group(organisation=organisation, name="Hidden", status=status)
    factories.make_meeting(hidden)
    assert "Hidden" not in titles(client)


def test_cancelled_dates_and_those_of_the_last_weeks_stay(client, two_dates, today) -> None:
    group = two_dates[0].group
    Meeting.everything.filter(pk=two_dates[1].pk).update(status="cancelled", reason="Flu.")
    for days in (-40, -20):
        factories.make_meeting(group, today + timedelta(days=days))
    told = [str(event["STATUS"]) for event in events(file_at(client, ADDRESS))]
    assert told == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_an_area_is_all_it_tells_of_a_place(client, organisation, today) -> None:
    place = factories.make_place(
        organisation, name="Rose House", shown=PlaceShown.AREA, area="Leeds, north"
    )
    factories.make_meeting(factories.make_group(organisation=organisation, place=place))
    text = file_at(client, ADDRESS)
    assert "LOCATION:Leeds\\, north" in lines(text)
    for hidden in ("Rose House", "Carlton", "LS7"):
        assert hidden not in text


def test_it_is_not_sent_twice(client: Client, two_dates) -> None:
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies


def test_it_is_bounded(client: Client, two_dates, monkeypatch) -> None:
    monkeypatch.setattr("directory.queries.calendar.MOST_OF_ORGANISATION", 1)
    assert titles(client) == ["Grief circle"]
    assert "There are more on the site" in file_at(client, ADDRESS).replace("\r\n ", "")


@pytest.mark.parametrize("count", [1, 3])
def test_groups_cost_no_queries(
    client, organisation, count, today, django_assert_num_queries
) -> None:
    for _number in range(count):
        factories.make_meeting(factories.make_group(organisation=organisation))
    # The state of the site, for the mark; the organisation; the dates; their groups.
    with django_assert_num_queries(4):
        assert len(titles(client)) == count


def test_its_page_leads_to_it(client: Client, two_dates) -> None:
    page = source(client.get("/organisations/harbour-listening/"))
    assert f'href="{ADDRESS}"' in page
    assert f'href="webcal://localhost:8000{ADDRESS}"' in page


def test_an_organisation_that_nobody_knows_has_none(client: Client, organisation) -> None:
    assert client.get("/organisations/nobody/calendar.ics").status_code == 404
    assert client.get(ADDRESS).status_code == client.get(ADDRESS[:-12]).status_code


def test_nothing_is_posted_to_it(client: Client, two_dates) -> None:
    assert client.post(ADDRESS).status_code == 405
