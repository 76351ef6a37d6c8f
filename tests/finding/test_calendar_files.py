"""Calendar files: read back by icalendar, and by a reader of our own for the raw lines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting, move_meeting, restore_meeting
from directory.actions.places import update_place
from directory.choices import Format, GroupStatus
from directory.models import Group, Meeting, ScheduleChange
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/grief-on-tuesdays/calendar.ics"


@pytest.fixture
def meeting(group: Group, today) -> Meeting:
    return factories.make_meeting(group, today + timedelta(days=1, hours=7))


def calendar(client: Client, address: str = ADDRESS) -> Calendar:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def lines(client: Client, address: str = ADDRESS) -> list[str]:
    """The raw lines, folded ones put together again (RFC 5545, 3.1)."""
    text = client.get(address).content.decode()
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    return text.replace("\r\n ", "").split("\r\n")


def test_a_date_is_an_event_in_utc(client: Client, meeting: Meeting) -> None:
    (event,) = calendar(client).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 11, 24, 19, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2026, 11, 24, 20, 30, tzinfo=UTC)
    assert "DTSTART:20261124T190000Z" in lines(client)
    assert not calendar(client).walk("VTIMEZONE")


def test_it_tells_what_the_page_tells(client: Client, meeting: Meeting) -> None:
    (event,) = calendar(client).walk("VEVENT")
    page = f"http://localhost:8000/meetings/{meeting.pk}/"
    assert event["SUMMARY"] == "Grief on Tuesdays"
    assert event["LOCATION"] == "Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS"
    assert event["DESCRIPTION"] == (
        f"Tuesday 24 November 2026, 7\u00a0pm to 8:30\u00a0pm, London time\n{page}"
    )
    assert (event["URL"], event["STATUS"]) == (page, "CONFIRMED")
    assert event["UID"] == f"{meeting.pk}@localhost"


def test_the_calendar_says_its_name_and_how_often_to_ask(client: Client, meeting: Meeting) -> None:
    told = lines(client)
    for line in (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Grief on Tuesdays",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "SEQUENCE:0",
    ):
        assert line in told


def test_a_cancelled_date_stays_as_cancelled(client: Client, meeting: Meeting) -> None:
    Meeting.everything.update(status="cancelled", reason="No heating.", version=2)
    (event,) = calendar(client).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "Cancelled: Grief on Tuesdays"
    assert "This meeting is cancelled: No heating." in event["DESCRIPTION"]


def test_a_moved_date_keeps_its_uid_and_says_from_when(client: Client, meeting: Meeting) -> None:
    before = calendar(client).walk("VEVENT")[0]["UID"]
    moved_to = meeting.starts_at + timedelta(days=1)
    ends_at = moved_to + timedelta(minutes=90)
    Meeting.everything.update(starts_at=moved_to, ends_at=ends_at, reason="A fair.", version=2)
    (event,) = calendar(client).walk("VEVENT")
    assert event["UID"] == before
    assert event["DTSTART"].dt == moved_to
    moved_from = "It was moved from: Tuesday 24 November 2026, 7\u00a0pm, London time\nA fair."
    assert moved_from in event["DESCRIPTION"]


def test_it_says_what_the_evening_is_about(client: Client, group: Group, today) -> None:
    factories.make_meeting(group, theme="Poems;\x0bbring one")
    (event,) = calendar(client).walk("VEVENT")
    assert "London time\nPoems; bring one\nhttp" in event["DESCRIPTION"]


class TestUndone:
    """Calendars may have read a change before it was undone, and have to read that as well."""

    def states(self, client: Client) -> tuple[str, int, datetime, datetime]:
        (event,) = calendar(client).walk("VEVENT")
        changed_at = event["LAST-MODIFIED"].dt
        return str(event["STATUS"]), event["SEQUENCE"], event["DTSTART"].dt, changed_at

    def test_a_cancelled_date(self, client: Client, meeting: Meeting, fay, time_machine) -> None:
        _state, first, start, _at = self.states(client)
        cancel_meeting(meeting=meeting, by=fay, reason="No heating.")
        state, second, _start, then = self.states(client)
        assert (state, second) == ("CANCELLED", first + 1)
        time_machine.move_to(datetime(2026, 11, 23, 12, 1, tzinfo=UTC))
        undo_change(change=ScheduleChange.objects.get(), by=fay)
        assert self.states(client)[:3] == ("CONFIRMED", first + 2, start)
        assert self.states(client)[3] > then

    def test_a_moved_date(self, client: Client, meeting: Meeting, fay) -> None:
        _state, first, start, _at = self.states(client)
        later = start + timedelta(days=1)
        move_meeting(meeting=meeting, by=fay, starts_at=later)
        assert self.states(client)[:3] == ("CONFIRMED", first + 1, later)
        undo_change(change=ScheduleChange.objects.get(), by=fay)
        assert self.states(client)[:3] == ("CONFIRMED", first + 2, start)

    def test_a_date_that_takes_place_after_all(self, client: Client, meeting: Meeting, fay):
        cancel_meeting(meeting=meeting, by=fay, reason="No heating.")
        restore_meeting(meeting=meeting, by=fay)
        assert self.states(client)[:2] == ("CONFIRMED", 2)


def test_nobody_attends_and_nobody_organises(client: Client, meeting: Meeting, ben, fay) -> None:
    factories.make_seat(meeting, ben)
    text = client.get(ADDRESS).content.decode()
    for word in ("ATTENDEE", "ORGANIZER", "CONTACT", "example.org"):
        assert word not in text


def test_an_online_date_tells_no_link(client: Client, today) -> None:
    group = factories.make_online_group(slug="online")
    factories.make_meeting(group, today + timedelta(days=1))
    (event,) = calendar(client, "/groups/online/calendar.ics").walk("VEVENT")
    assert event["LOCATION"] == "Online"
    assert "The link to join is for people who signed up." in event["DESCRIPTION"]


def test_a_hybrid_date_tells_the_place(client: Client, today) -> None:
    factories.make_meeting(factories.make_group(slug="both", format=Format.HYBRID))
    (event,) = calendar(client, "/groups/both/calendar.ics").walk("VEVENT")
    assert event["LOCATION"] == "Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS"


def test_dates_of_the_last_weeks_stay(client: Client, group: Group, today) -> None:
    kept = [factories.make_meeting(group, today + timedelta(days=day)) for day in (-40, -20, 5, 80)]
    told = [str(event["UID"]).split("@")[0] for event in calendar(client).walk("VEVENT")]
    assert told == [str(meeting.pk) for meeting in kept[1:]]


def test_one_date_alone(client: Client, meeting: Meeting) -> None:
    factories.make_meeting(meeting.group)
    (event,) = calendar(client, f"/meetings/{meeting.pk}/calendar.ics").walk("VEVENT")
    assert event["UID"] == f"{meeting.pk}@localhost"


def test_a_group_without_dates_has_an_empty_calendar(client: Client, group: Group) -> None:
    assert calendar(client).walk("VEVENT") == []


def test_names_cannot_add_lines(client: Client, today) -> None:
    group = factories.make_group(slug="attack", name="A\r\nATTENDEE:mailto:x@example.org;,\\")
    factories.make_meeting(group)
    told = lines(client, "/groups/attack/calendar.ics")
    assert not [line for line in told if line.startswith("ATTENDEE")]
    for name in ("NAME", "X-WR-CALNAME"):
        assert name + r":A ATTENDEE:mailto:x@example.org\;\,\\" in told


def test_a_new_address_is_a_later_version(client: Client, meeting, time_machine) -> None:
    place = factories.make_place(meeting.group.organisation, address="Mill Lane 2")
    Group.everything.filter(pk=meeting.group_id).update(place=place)
    (before,) = calendar(client).walk("VEVENT")
    time_machine.move_to(datetime(2026, 11, 23, 12, 1, tzinfo=UTC))
    update_place(place=place, by=None, address="Mill Lane 3")
    (after,) = calendar(client).walk("VEVENT")
    assert "Mill Lane 3" in after["LOCATION"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt


class TestUnchanged:
    def test_the_same_rows_are_answered_with_304(self, client: Client, meeting: Meeting) -> None:
        first = client.get(ADDRESS)
        again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]

    def test_time_alone_changes_nothing(self, client: Client, meeting: Meeting, time_machine):
        first = client.get(ADDRESS)
        time_machine.move_to(meeting.starts_at - timedelta(minutes=1))
        assert client.get(ADDRESS)["ETag"] == first["ETag"]

    @pytest.mark.parametrize(
        "change",
        [
            {"status": "cancelled", "reason": "No heating."},
            {"reason": "A fair."},
            {"version": 2},
            {"updated_at": datetime(2030, 1, 1, tzinfo=UTC)},
        ],
    )
    def test_a_change_is_answered_anew(self, client: Client, meeting: Meeting, change) -> None:
        first = client.get(ADDRESS)
        Meeting.everything.update(**change)
        again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
        unseen = change == {"reason": "A fair."}
        assert again.status_code == (304 if unseen else 200)

    def test_a_renamed_group_is_answered_anew(self, client: Client, meeting: Meeting) -> None:
        first = client.get(ADDRESS)
        Group.everything.update(name="Grief on Wednesdays")
        again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 200


def test_the_file_has_a_name_that_says_nothing(client: Client, meeting: Meeting) -> None:
    assert client.get(ADDRESS)["Content-Disposition"] == 'inline; filename="calendar.ics"'


@pytest.mark.parametrize("status", [GroupStatus.PAUSED, GroupStatus.CLOSED])
def test_calendars_forget_the_dates_of_a_group_that_rests(client, meeting, today, status) -> None:
    Group.everything.update(status=status, published_at=today)
    assert calendar(client).walk("VEVENT") == []


@pytest.mark.parametrize("status", [GroupStatus.DRAFT, GroupStatus.PAUSED])
def test_one_that_never_was_public_has_none(client, meeting, status) -> None:
    Group.everything.update(status=status, published_at=None)
    assert client.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("slug", ["no-such-group", "x" * 300])
def test_an_unknown_group_has_none(client: Client, slug: str) -> None:
    assert client.get(f"/groups/{slug}/calendar.ics").status_code == 404


def test_nothing_is_posted_to_it(client: Client, group: Group) -> None:
    assert client.post(ADDRESS).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_dates_cost_no_queries(client, group, count, django_assert_num_queries, today) -> None:
    for day in range(count):
        factories.make_meeting(group, today + timedelta(days=day))
    # The state of the site, for the mark; the group; its dates.
    with django_assert_num_queries(3):
        assert len(calendar(client).walk("VEVENT")) == count
