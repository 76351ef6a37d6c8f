"""What search engines read of a group and of a date."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.test import Client

from directory.choices import Format
from directory.models import Group
from tests import factories
from tests.finding.pages import json_ld, source

pytestmark = pytest.mark.django_db


def of_group(client: Client, slug: str = "grief-on-tuesdays") -> dict:
    return json_ld(client.get(f"/groups/{slug}/"))


def test_a_group_is_an_event_that_recurs(client: Client, group: Group, today) -> None:
    Group.everything.update(summary="A circle.", languages=["en"], min_age=18)
    series = factories.make_series(group, skipped_on=[date(2026, 12, 29)])
    factories.make_meeting(group, today + timedelta(days=1, hours=7), series=series)
    assert of_group(client) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "Grief on Tuesdays",
        "description": "A circle.",
        "url": "http://localhost:8000/groups/grief-on-tuesdays/",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": "2026-11-24T19:00:00+00:00",
        "endDate": "2026-11-24T20:30:00+00:00",
        "inLanguage": ["en"],
        "isAccessibleForFree": True,
        "typicalAgeRange": "18-",
        "location": [
            {
                "@type": "Place",
                "name": "Quaker Meeting House",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "7 Carlton Hill",
                    "addressLocality": "Leeds",
                    "postalCode": "LS7 1QS",
                    "addressCountry": "GB",
                },
            }
        ],
        "organizer": {
            "@type": "Organization",
            "name": "Harbour Listening",
            "url": "http://localhost:8000/organisations/harbour-listening/",
        },
        "eventSchedule": [
            {
                "@type": "Schedule",
                "startDate": "2026-01-06",
                "startTime": "19:00:00",
                "endTime": "20:30:00",
                "duration": "PT90M",
                "scheduleTimezone": "Europe/London",
                "repeatFrequency": "P1W",
                "byDay": ["https://schema.org/Tuesday"],
                "exceptDate": ["2026-12-29"],
            }
        ],
    }


def test_a_monthly_rule(client: Client, group: Group, today) -> None:
    rule = "FREQ=MONTHLY;INTERVAL=2;BYDAY=2MO,-1FR;UNTIL=20270601"
    factories.make_series(group, rule=rule)
    (schedule,) = of_group(client)["eventSchedule"]
    told = {name: schedule[name] for name in ("repeatFrequency", "byDay", "endDate")}
    assert told == {"repeatFrequency": "P2M", "byDay": ["2MO", "-1FR"], "endDate": "2027-06-01"}


def except_dates(client: Client) -> list[str]:
    (schedule,) = of_group(client)["eventSchedule"]
    return schedule.get("exceptDate", [])


@pytest.mark.parametrize(
    ("rule", "left_out"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", ["2026-12-22", "2026-12-29", "2027-01-05"]),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20261224", ["2026-12-22"]),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ["2026-12-22", "2027-01-05"]),
        ("FREQ=MONTHLY;BYDAY=-1TU", ["2026-12-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=15", []),
    ],
)
def test_of_a_holiday_the_days_that_the_rule_would_have(client, group, today, rule, left_out):
    holiday = [date(2026, 12, 20) + timedelta(days=day) for day in range(18)]
    factories.make_series(group, rule=rule, skipped_on=holiday)
    assert except_dates(client) == left_out


def test_days_left_out_are_those_where_the_group_meets(client: Client, group: Group, today) -> None:
    """At ten to midnight in New York it is the next day in London; and midnight is a time too."""
    days = [date(2026, 12, 22)]
    for at in (time(0, 0), time(23, 50)):
        series = factories.make_series(
            group, starts_at_time=at, time_zone="America/New_York", skipped_on=days
        )
        assert except_dates(client) == ["2026-12-22"]
        series.delete()


def test_days_that_are_over_are_left_out_no_more(client: Client, group: Group, today) -> None:
    factories.make_series(group, skipped_on=[date(2026, 11, 17), date(2026, 11, 24)])
    assert except_dates(client) == ["2026-11-24"]


def test_an_area_is_all_that_is_told_of_a_place(client: Client) -> None:
    place = factories.make_place(
        name="Secret House", address="99 Hidden Street", area="Leeds, north", shown="area"
    )
    place.latitude, place.longitude = 53.8, -1.5
    place.save(update_fields=["latitude", "longitude"])
    factories.make_group(slug="area", place=place)
    assert of_group(client, "area")["location"] == [
        {
            "@type": "Place",
            "name": "Leeds, north",
            "address": {"@type": "PostalAddress", "addressCountry": "GB"},
        }
    ]


@pytest.mark.parametrize(
    ("format_", "mode", "kinds"),
    [
        (Format.ONLINE, "OnlineEventAttendanceMode", ["VirtualLocation"]),
        (Format.HYBRID, "MixedEventAttendanceMode", ["Place", "VirtualLocation"]),
    ],
)
def test_online_leads_to_the_page_and_no_further(client, format_, mode, kinds) -> None:
    factories.make_group(slug="online", format=format_)
    event = of_group(client, "online")
    assert event["eventAttendanceMode"] == f"https://schema.org/{mode}"
    assert [place["@type"] for place in event["location"]] == kinds
    assert event["location"][-1]["url"] == "http://localhost:8000/groups/online/"


class TestMeeting:
    def event(self, client: Client, group: Group, **fields: object) -> dict:
        meeting = factories.make_meeting(group, **fields)
        return json_ld(client.get(f"/meetings/{meeting.pk}/"))

    def test_one_that_goes_ahead(self, client, group, today) -> None:
        event = self.event(client, group, starts_at=today + timedelta(days=1, hours=7))
        assert event["eventStatus"] == "https://schema.org/EventScheduled"
        assert event["startDate"] == "2026-11-24T19:00:00+00:00"
        assert event["superEvent"] == {
            "@type": "EventSeries",
            "name": "Grief on Tuesdays",
            "url": "http://localhost:8000/groups/grief-on-tuesdays/",
        }

    def test_one_that_is_cancelled(self, client, group) -> None:
        event = self.event(client, group, status="cancelled", reason="No heating")
        assert event["eventStatus"] == "https://schema.org/EventCancelled"

    def test_one_that_was_moved(self, client, today) -> None:
        group = factories.make_group(time_zone="America/New_York")
        starts_at = today + timedelta(days=1, hours=12)
        before = starts_at - timedelta(days=1)
        event = self.event(client, group, starts_at=starts_at, original_start=before)
        assert event["eventStatus"] == "https://schema.org/EventRescheduled"
        assert event["startDate"] == "2026-11-24T19:00:00-05:00"
        assert event["previousStartDate"] == "2026-11-23T19:00:00-05:00"


def test_no_person_is_told(client: Client, group: Group, fay) -> None:
    event = of_group(client)
    assert "Fay" not in str(event)
    assert "Fay" in source(client.get("/groups/grief-on-tuesdays/"))
