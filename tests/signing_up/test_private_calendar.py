"""One's own calendar: the page that gives it an address, and what the file holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import AuditEntry, Person
from directory.actions.calendars import delete_private_calendar, renew_private_calendar
from directory.calendar_links import hash_of
from directory.choices import CoverState, SeatState
from directory.models import Cover, Group, Meeting, PrivateCalendar
from directory.refusals import Refused
from tests import factories
from tests.conftest import signed_in
from tests.finding.calendars import events, file_at, lines, read_by_another

pytestmark = pytest.mark.django_db
PAGE = "/me/calendar/"


def own_file(person: Person) -> str:
    token = renew_private_calendar(by=person)
    return file_at(Client(), f"/calendar/{token}.ics")


def told(person: Person) -> list[tuple[str, str]]:
    return [(str(it["SUMMARY"]), str(it["STATUS"])) for it in events(own_file(person))]


@pytest.fixture
def meeting(group: Group) -> Meeting:
    start = datetime(2030, 1, 8, 19, tzinfo=UTC)
    return factories.make_meeting(group, start)


class TestPage:
    def test_the_address_is_shown_once(self, as_ben: Client, ben: Person) -> None:
        assert "Make my address" in as_ben.get(PAGE).content.decode()
        made = as_ben.post(f"{PAGE}renew/", {"seen": ""}).content.decode()
        (token,) = set(re.findall(r"http://localhost:8000/calendar/([\w-]+)\.ics", made))
        assert f'href="webcal://localhost:8000/calendar/{token}.ics"' in made
        assert "You see it only now" in made
        assert as_ben.get(f"/calendar/{token}.ics").status_code == 200
        assert token not in as_ben.get(PAGE).content.decode()
        assert PrivateCalendar.objects.get().person == ben

    def test_looking_makes_nothing(self, as_ben: Client) -> None:
        as_ben.get(PAGE)
        assert not PrivateCalendar.objects.exists()

    def test_a_new_address_ends_the_one_before(self, as_ben: Client, ben: Person) -> None:
        old = renew_private_calendar(by=ben)
        seen = re.search(r'name="seen" value="([^"]+)"', as_ben.get(PAGE).content.decode())[1]
        as_ben.post(f"{PAGE}renew/", {"seen": seen})
        assert PrivateCalendar.objects.get().token_hash != hash_of(old)
        assert Client().get(f"/calendar/{old}.ics").status_code == 404

    def test_a_page_that_is_opened_again_renews_nothing(self, as_ben: Client) -> None:
        as_ben.post(f"{PAGE}renew/", {"seen": ""})
        kept = PrivateCalendar.objects.get().token_hash
        again = as_ben.post(f"{PAGE}renew/", {"seen": ""}, follow=True)
        assert "Your calendar got an address a moment ago" in again.content.decode()
        assert PrivateCalendar.objects.get().token_hash == kept

    def test_it_is_deleted_by_one_press(self, as_ben: Client, ben: Person) -> None:
        token = renew_private_calendar(by=ben)
        page = as_ben.post(f"{PAGE}delete/", follow=True).content.decode()
        assert "The address leads nowhere any more" in page
        assert not PrivateCalendar.objects.exists()
        assert Client().get(f"/calendar/{token}.ics").status_code == 404

    def test_it_says_until_when_it_works(self, ben: Person, time_machine) -> None:
        time_machine.move_to(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False)
        renew_private_calendar(by=ben)
        page = signed_in(ben).get(PAGE).content.decode()
        assert "It works until Tuesday 23 November 2027." in page

    def test_it_says_when_it_has_ended(self, as_ben: Client, ben: Person) -> None:
        renew_private_calendar(by=ben)
        PrivateCalendar.objects.update(expires_at=timezone.now())
        assert "Its address has ended" in as_ben.get(PAGE).content.decode()

    def test_dates_can_be_called_otherwise(self, as_ben: Client, ben, meeting) -> None:
        factories.make_seat(meeting, ben)
        renew_private_calendar(by=ben)
        assert as_ben.post(PAGE, {"title": "Choir"}).url == PAGE
        # Renewing keeps the title.
        assert told(ben) == [("Choir", "CONFIRMED")]

    def test_a_title_that_is_too_long_is_said_to_be(self, as_ben: Client, ben: Person) -> None:
        renew_private_calendar(by=ben)
        page = as_ben.post(PAGE, {"title": "x" * 61}).content.decode()
        assert "There is a problem" in page
        assert PrivateCalendar.objects.get().title == ""

    def test_a_title_without_an_address_is_no_matter(self, as_ben: Client) -> None:
        assert as_ben.post(PAGE, {"title": "Choir"}).url == PAGE
        assert not PrivateCalendar.objects.exists()

    @pytest.mark.parametrize("name", ["renew", "delete"])
    def test_buttons_take_no_get(self, as_ben: Client, ben: Person, name: str) -> None:
        renew_private_calendar(by=ben)
        assert as_ben.get(f"{PAGE}{name}/").status_code == 405
        assert PrivateCalendar.objects.exists()

    def test_the_page_of_ones_meetings_leads_there(self, as_ben: Client) -> None:
        assert f'href="{PAGE}"' in as_ben.get("/me/").content.decode()


class TestAction:
    def test_it_is_written_down(self, ben: Person) -> None:
        renew_private_calendar(by=ben)
        delete_private_calendar(by=ben)
        delete_private_calendar(by=ben)
        entries = AuditEntry.objects.filter(about=f"person:{ben.pk}")
        assert list(entries.values_list("action", flat=True)) == [
            "private_calendar.renewed",
            "private_calendar.deleted",
        ]

    def test_somebody_who_saw_another_state_is_told(self, ben: Person) -> None:
        renew_private_calendar(by=ben)
        with pytest.raises(Refused, match="made-meanwhile"):
            renew_private_calendar(by=ben, seen="")


class TestContent:
    @pytest.mark.parametrize(
        ("state", "status", "takes_time"),
        [
            (SeatState.CONFIRMED, "CONFIRMED", "OPAQUE"),
            (SeatState.WAITING, "TENTATIVE", "TRANSPARENT"),
            (SeatState.OFFERED, "TENTATIVE", "TRANSPARENT"),
        ],
    )
    def test_a_date_with_a_place(self, ben, meeting, state, status, takes_time) -> None:
        until = timezone.now() + timedelta(hours=12) if state == SeatState.OFFERED else None
        factories.make_seat(meeting, ben, state, offer_expires_at=until)
        text = own_file(ben)
        (event,), (other,) = events(text), read_by_another(text)
        assert event["DTSTART"].dt == other.dtstart.value == meeting.starts_at
        assert event["DTEND"].dt == other.dtend.value == meeting.ends_at
        assert (event["STATUS"], event["TRANSP"]) == (status, takes_time)
        assert (event["SUMMARY"], event["CLASS"]) == ("Appointment", "PRIVATE")
        assert "DTSTART:20300108T190000Z" in lines(text)

    def test_a_cancelled_date_stays_as_cancelled(self, ben: Person, meeting: Meeting) -> None:
        factories.make_seat(meeting, ben)
        (before,) = events(own_file(ben))
        Meeting.everything.update(status="cancelled", reason="Flu.", version=2)
        (event,) = events(own_file(ben))
        assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
        assert (event["UID"], event["SEQUENCE"]) == (before["UID"], 1)

    def test_a_moved_date_keeps_its_name(self, ben: Person, meeting: Meeting) -> None:
        factories.make_seat(meeting, ben)
        (before,) = events(own_file(ben))
        Meeting.everything.update(
            starts_at=meeting.starts_at + timedelta(days=1),
            ends_at=meeting.ends_at + timedelta(days=1),
            version=2,
        )
        (event,) = events(own_file(ben))
        assert event["UID"] == before["UID"]
        assert event["DTSTART"].dt == meeting.starts_at + timedelta(days=1)

    @pytest.mark.parametrize(
        "days", [pytest.param(-30, id="long over"), pytest.param(-20, id="over")]
    )
    def test_dates_of_the_last_weeks_stay(self, ben: Person, group: Group, days: int) -> None:
        start = timezone.now() + timedelta(days=days)
        factories.make_seat(factories.make_meeting(group, start), ben)
        assert len(told(ben)) == (days == -20)

    @pytest.mark.parametrize("state", [SeatState.GIVEN_BACK, SeatState.EXPIRED])
    def test_without_a_place_it_is_gone(self, ben, meeting, state) -> None:
        factories.make_seat(meeting, ben, state)
        assert told(ben) == []

    def test_an_offer_that_has_run_out_is_gone(self, ben: Person, meeting: Meeting) -> None:
        over = timezone.now() - timedelta(seconds=1)
        factories.make_seat(meeting, ben, SeatState.OFFERED, offer_expires_at=over)
        assert told(ben) == []

    def test_without_consent_it_is_gone(self, ben: Person, meeting: Meeting, bens_membership):
        factories.make_seat(meeting, ben)
        bens_membership.consent.withdrawn_at = timezone.now()
        bens_membership.consent.save()
        assert told(ben) == []

    def test_a_single_date_is_in_it(self, ada: Person, meeting: Meeting) -> None:
        accepted, consented = (
            factories.make_acceptance(ada),
            factories.make_consent(ada, meeting.group),
        )
        factories.make_seat(meeting, ada, acceptance=accepted, consent=consented)
        assert told(ada) == [("Appointment", "CONFIRMED")]

    def test_dates_one_facilitates(self, fay: Person, meeting: Meeting) -> None:
        assert told(fay) == [("Appointment", "CONFIRMED")]

    def test_dates_one_covers_and_not_those_that_are_covered(self, fay, gil, meeting) -> None:
        own = factories.make_group(organisation=meeting.group.organisation)
        factories.make_facilitator(own, gil)
        factories.make_facilitator(
            factories.make_group(organisation=meeting.group.organisation), gil
        )
        cover = Cover.objects.create(meeting=meeting, person=gil, asked_by=fay)
        assert (len(told(fay)), len(told(gil))) == (1, 0)
        Cover.objects.filter(pk=cover.pk).update(state=CoverState.ACCEPTED)
        assert (len(told(fay)), len(told(gil))) == (0, 1)

    def test_nothing_of_others(self, ben: Person, ada: Person, meeting: Meeting) -> None:
        factories.make_meeting(meeting.group)
        factories.make_membership(meeting.group, ada)
        factories.make_seat(meeting, ada)
        assert told(ben) == []

    def test_in_the_persons_language(self, ben: Person, meeting: Meeting, monkeypatch) -> None:
        factories.make_seat(meeting, ben)
        used: list[str] = []
        monkeypatch.setattr(
            "directory.exchange.private_ical.gettext",
            lambda words: used.append(get_language()) or words,
        )
        Person.objects.update(language="ar")
        own_file(ben)
        assert set(used) == {"ar"}

    @pytest.mark.parametrize("title", ["Choir\r\nATTENDEE:mailto:x@example.org", "\x07 \x00"[:2]])
    def test_a_title_cannot_add_lines(self, ben: Person, meeting: Meeting, title: str) -> None:
        factories.make_seat(meeting, ben)
        renew_private_calendar(by=ben)
        PrivateCalendar.objects.update(title=title)
        text = own_file(ben)
        assert not [line for line in lines(text) if line.startswith("ATTENDEE")]
        (event,) = events(text)
        assert str(event["SUMMARY"]) in {"Choir ATTENDEE:mailto:x@example.org", "Appointment"}

    @pytest.mark.parametrize("count", [1, 3])
    def test_dates_cost_no_queries(self, ben, fay, count, django_assert_num_queries) -> None:
        for _number in range(count):
            group = factories.make_group()
            factories.make_membership(group, ben)
            factories.make_seat(factories.make_meeting(group), ben)
        token = renew_private_calendar(by=ben)
        # The calendar with its person; the seats with their dates; what they facilitate.
        with django_assert_num_queries(3):
            assert len(events(file_at(Client(), f"/calendar/{token}.ics"))) == count


class TestOneDate:
    """A file of one date, from the page of a member."""

    def address(self, meeting: Meeting) -> str:
        return reverse("my_meeting_calendar", args=[meeting.pk])

    def test_it_tells_the_hours_alone(self, as_ben: Client, meeting: Meeting) -> None:
        text = file_at(as_ben, self.address(meeting))
        (event,) = events(text)
        assert event["DTSTART"].dt == meeting.starts_at
        assert event["SUMMARY"] == "Appointment"
        assert set(event) & {"LOCATION", "DESCRIPTION", "URL", "ORGANIZER", "ATTENDEE"} == set()

    def test_it_is_the_same_date_as_in_the_whole_calendar(self, as_ben, ben, meeting) -> None:
        factories.make_seat(meeting, ben)
        (one,) = events(file_at(as_ben, self.address(meeting)))
        assert [one.to_ical()] == [it.to_ical() for it in events(own_file(ben))]

    def test_it_is_called_as_the_person_chose(self, as_ben, ben, meeting) -> None:
        renew_private_calendar(by=ben)
        PrivateCalendar.objects.update(title="Choir")
        (event,) = events(file_at(as_ben, self.address(meeting)))
        assert event["SUMMARY"] == "Choir"

    def test_strangers_get_none(self, as_ada: Client, client: Client, meeting: Meeting) -> None:
        assert as_ada.get(self.address(meeting)).status_code == 404
        assert client.get(self.address(meeting)).url.startswith("/accounts/login/")

    def test_nothing_is_posted_to_it(self, as_ben: Client, meeting: Meeting) -> None:
        assert as_ben.post(self.address(meeting)).status_code == 405
