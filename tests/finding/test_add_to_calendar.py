"""Links that take a date, or all dates, into calendars of others."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit

import pytest
from django.test import Client

from directory.exchange.add_to_calendar import (
    Appointment,
    follow_link,
    google_follow_link,
    google_link,
    outlook_follow_link,
    outlook_link,
    secret_follow_link,
)
from directory.models import Group, Meeting
from tests import factories
from tests.finding.pages import source, words

START = datetime(2026, 7, 7, 18, 30, tzinfo=UTC)
EVENING = Appointment(
    title="Grief & loss, 100 %",
    starts_at=START.astimezone(),
    ends_at=START + timedelta(minutes=90),
    place="Leeds",
    details="https://groups.example.org/meetings/1/",
)
BARE = Appointment(title="Appointment", starts_at=START, ends_at=START + timedelta(hours=1))


def asked(link: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(link).query, strict_parsing=True))


def test_google_is_asked_to_offer_it() -> None:
    link = google_link(EVENING)
    assert link.startswith("https://calendar.google.com/calendar/render?")
    assert asked(link) == {
        "action": "TEMPLATE",
        "text": "Grief & loss, 100 %",
        "dates": "20260707T183000Z/20260707T200000Z",
        "details": "https://groups.example.org/meetings/1/",
        "location": "Leeds",
    }


def test_outlook_is_asked_to_offer_it() -> None:
    link = outlook_link(EVENING)
    assert link.startswith("https://outlook.live.com/calendar/0/deeplink/compose?")
    assert asked(link) == {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": "Grief & loss, 100 %",
        "startdt": "2026-07-07T18:30:00Z",
        "enddt": "2026-07-07T20:00:00Z",
        "body": "https://groups.example.org/meetings/1/",
        "location": "Leeds",
    }


def test_what_is_not_said_is_not_sent() -> None:
    assert set(asked(google_link(BARE))) == {"action", "text", "dates"}
    assert set(asked(outlook_link(BARE))) == {"path", "rru", "subject", "startdt", "enddt"}


@pytest.mark.parametrize("link_to", [google_link, outlook_link])
def test_a_space_is_no_plus(link_to) -> None:
    assert "+" not in link_to(EVENING)


def test_following_a_file() -> None:
    address = "https://groups.example.org/groups/grief/calendar.ics"
    followed = "webcal://groups.example.org/groups/grief/calendar.ics"
    assert follow_link(address) == followed
    assert asked(google_follow_link(address)) == {"cid": followed}
    told = asked(outlook_follow_link(address, name="Grief"))
    assert told == {"url": address, "name": "Grief"}


def links(page: str) -> list[str]:
    return [html.unescape(it) for it in re.findall(r'href="([^"]+)"', page)]


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def meeting(self, group: Group, today) -> Meeting:
        return factories.make_meeting(group, today + timedelta(days=1, hours=7))

    def test_a_date_offers_four_ways(self, client: Client, meeting: Meeting) -> None:
        response = client.get(f"/meetings/{meeting.pk}/")
        found = links(source(response))
        file = f"/meetings/{meeting.pk}/calendar.ics"
        assert file in found
        assert f"webcal://localhost:8000{file}" in found
        (google,) = [it for it in found if "google.com" in it]
        assert asked(google)["text"] == "Grief on Tuesdays"
        assert asked(google)["dates"] == "20261124T190000Z/20261124T203000Z"
        assert asked(google)["details"] == f"http://localhost:8000/meetings/{meeting.pk}/"
        (outlook,) = [it for it in found if "outlook.live.com" in it]
        assert asked(outlook)["startdt"] == "2026-11-24T19:00:00Z"
        assert "Whoever sees your calendar sees the group’s name." in words(response)

    def test_a_cancelled_date_is_not_offered(self, client: Client, meeting: Meeting) -> None:
        Meeting.everything.update(status="cancelled", reason="No heating.")
        page = source(client.get(f"/meetings/{meeting.pk}/"))
        assert "google.com" not in page

    def test_a_group_is_followed_in_four_ways(self, client: Client, meeting: Meeting) -> None:
        response = client.get("/groups/grief-on-tuesdays/")
        found = links(source(response))
        file = "/groups/grief-on-tuesdays/calendar.ics"
        assert {file, f"webcal://localhost:8000{file}"} <= set(found)
        (google,) = [it for it in found if "google.com" in it]
        assert parse_qs(urlsplit(google).query)["cid"] == [f"webcal://localhost:8000{file}"]
        (outlook,) = [it for it in found if "outlook.live.com" in it]
        assert asked(outlook)["name"] == "Grief on Tuesdays"
        assert "Whoever sees your calendar sees the group’s name." in words(response)

    def test_an_address_that_is_hidden_goes_nowhere(self, client: Client, today) -> None:
        place = factories.make_place(name="Rose House", shown="area", area="Leeds, north")
        meeting = factories.make_meeting(factories.make_group(place=place))
        for link in links(source(client.get(f"/meetings/{meeting.pk}/"))):
            assert "Carlton" not in unquote(link)
            assert "Rose House" not in unquote(link)

    def test_other_sites_do_not_learn_from_where_one_comes(self, client, meeting) -> None:
        page = source(client.get(f"/meetings/{meeting.pk}/"))
        for anchor in re.findall(r"<a [^>]*(?:google|live)\.com[^>]*>", page):
            assert 'rel="noreferrer noopener"' in anchor


def test_a_secret_address_is_never_asked_for_in_clear() -> None:
    assert secret_follow_link("https://example.org/x.ics") == "webcals://example.org/x.ics"
    assert secret_follow_link("http://localhost/x.ics") == "webcal://localhost/x.ics"
