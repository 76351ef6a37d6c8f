"""A private calendar leaks nothing: not what it is, not whose, and its address nowhere."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core import serializers
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from config.logs import PrivateFormatter
from directory.actions.calendars import delete_private_calendar, renew_private_calendar
from directory.calendar_links import TOKEN_BYTES, hash_of, new_token
from directory.models import Group, Meeting, OnlineRoom, PrivateCalendar
from directory.queries.freshness import state_of_site
from tests import factories
from tests.finding.calendars import events, file_at, lines

pytestmark = pytest.mark.django_db

PLANTED = (
    "Planted",
    "planted",
    "Carlton",
    "Quaker",
    "LS7",
    "harbour",
    "Harbour",
    "Waymeet",
    "localhost",
    "Ben",
    "Fay",
    "example.org",
    "http",
)
FORBIDDEN = ("LOCATION", "DESCRIPTION", "URL", "ORGANIZER", "ATTENDEE", "CONTACT", "CATEGORIES")


@pytest.fixture
def meeting(group: Group, ben: Person, fay: Person) -> Meeting:
    """A date that holds everything which could leak."""
    Group.everything.filter(pk=group.pk).update(name="Planted group", slug="planted-slug")
    OnlineRoom.objects.create(group=group, url="https://rooms.example.org/j/planted-link")
    group.refresh_from_db()
    meeting = factories.make_meeting(
        group, status="cancelled", reason="Planted reason", theme="Planted theme"
    )
    factories.make_seat(meeting, ben)
    return meeting


@pytest.fixture
def token(ben: Person) -> str:
    return renew_private_calendar(by=ben)


def address(token: str) -> str:
    return f"/calendar/{token}.ics"


def test_it_tells_hours_and_nothing_else(client: Client, meeting: Meeting, token: str) -> None:
    text = file_at(client, address(token))
    assert [word for word in PLANTED if word in text] == []
    (event,) = events(text)
    assert [name for name in FORBIDDEN if name in event] == []
    assert set(event) == {
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "LAST-MODIFIED",
        "DTSTART",
        "DTEND",
        "STATUS",
        "SUMMARY",
        "CLASS",
        "TRANSP",
    }


def test_the_planted_words_are_really_there(client: Client, meeting: Meeting) -> None:
    assert "Planted reason" in file_at(client, "/groups/planted-slug/calendar.ics")


def test_nothing_in_it_can_be_looked_up_in_the_public_calendar(client, meeting, token) -> None:
    public = lines(file_at(client, "/groups/planted-slug/calendar.ics"))
    told = re.compile(r"UID|LAST-MODIFIED|DTSTAMP|CREATED")
    shared = set(public) & set(lines(file_at(client, address(token))))
    assert [line for line in shared if told.match(line)] == []
    assert meeting.pk.hex not in file_at(client, address(token)).replace("-", "")


def test_two_people_at_one_date_have_two_names_for_it(client, ada, meeting, token) -> None:
    factories.make_membership(meeting.group, ada)
    factories.make_seat(meeting, ada)
    other = renew_private_calendar(by=ada)
    (one,), (another,) = (events(file_at(client, address(it))) for it in (token, other))
    assert one["UID"] != another["UID"]


def test_renewed_it_names_its_dates_as_before(client, ben, meeting, token) -> None:
    (before,) = events(file_at(client, address(token)))
    (after,) = events(file_at(client, address(renew_private_calendar(by=ben))))
    assert before["UID"] == after["UID"]


def test_a_token_cannot_be_guessed() -> None:
    tokens = {new_token() for _number in range(100)}
    assert len(tokens) == 100
    assert TOKEN_BYTES * 8 >= 128
    assert all(re.fullmatch(r"[\w-]{32}", token) for token in tokens)


def test_the_database_holds_its_hash_alone(ben: Person, token: str) -> None:
    row = PrivateCalendar.objects.get()
    assert row.token_hash == hash_of(token)
    assert len(row.token_hash) == 64
    assert token not in serializers.serialize("json", [row])
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail::text, about, actor FROM accounts_auditentry")
        assert token not in str(cursor.fetchall())


class TestOneAnswerToAllOthers:
    def refused(self, ben: Person, ada: Person) -> Iterator[str]:
        """Addresses that are unknown, cut short, old, ended, deleted, or of somebody who left."""
        yield new_token()
        yield "x"
        yield "ü" * 40
        yield hash_of("x")
        old, current = (renew_private_calendar(by=ben) for _time in range(2))
        yield old
        yield current[:-1]
        PrivateCalendar.objects.update(expires_at=timezone.now())
        yield current
        deleted = renew_private_calendar(by=ben)
        delete_private_calendar(by=ben)
        yield deleted
        left = renew_private_calendar(by=ada)
        Person.objects.filter(pk=ada.pk).update(is_active=False)
        yield left

    def test_it_is_the_same(self, client: Client, ben: Person, ada: Person) -> None:
        answers = [client.get(address(token)) for token in self.refused(ben, ada)]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({tuple(sorted(answer.items())) for answer in answers}) == 1

    def test_the_hash_is_no_key(self, client: Client, token: str) -> None:
        assert client.get(address(hash_of(token))).status_code == 404


def test_it_ends_after_a_year(client: Client, token: str, time_machine) -> None:
    made_at = timezone.now()
    time_machine.move_to(made_at + timedelta(days=364))
    assert client.get(address(token)).status_code == 200
    time_machine.move_to(made_at + timedelta(days=366))
    assert client.get(address(token)).status_code == 404


def test_how_long_is_a_setting(client: Client, ben: Person, settings) -> None:
    settings.PRIVATE_CALENDAR_DAYS = 0
    assert client.get(address(renew_private_calendar(by=ben))).status_code == 404


@pytest.mark.parametrize("known", [True, False])
def test_nobody_keeps_it_and_it_needs_no_cookie(client: Client, token: str, known: bool) -> None:
    answer = client.get(address(token if known else new_token()))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    if known:
        assert answer["Content-Disposition"] == 'inline; filename="calendar.ics"'


def test_somebody_elses_session_changes_nothing(as_ada: Client, meeting, token: str) -> None:
    assert len(events(file_at(as_ada, address(token)))) == 1


def test_a_calendar_that_has_it_as_it_is_gets_nothing_again(client, meeting, token) -> None:
    first = client.get(address(token))
    again = client.get(address(token), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "private, no-store"


def test_nothing_is_posted_to_it(client: Client, token: str) -> None:
    assert client.post(address(token)).status_code == 405


class TestLogs:
    @pytest.fixture
    def log(self) -> Iterator[io.StringIO]:
        """All that this process logs, however little it matters, as it is written."""
        written = io.StringIO()
        handler = logging.StreamHandler(written)
        handler.setFormatter(PrivateFormatter("{message} {args}", style="{"))
        named = [logging.getLogger(name) for name in ("django", "django.server", "directory")]
        loggers = [logging.getLogger(), *named]
        levels = [logger.level for logger in loggers]
        for logger in loggers:
            logger.addHandler(handler)
            logger.setLevel(logging.DEBUG)
        yield written
        for logger, level in zip(loggers, levels, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)

    def test_no_answer_writes_the_address(self, log, client, ben, token, monkeypatch) -> None:
        client.get(address(token))
        client.get(address(token), headers={"If-None-Match": "x"})
        client.post(address(token))
        for path in (f"/calendar/{token}", f"/calendar/{token}.ics/", f"/calendar/{token},ics"):
            assert client.get(path).status_code == 404
        delete_private_calendar(by=ben)
        client.get(address(token))
        monkeypatch.setattr("directory.views.feeds.calendar_behind", lambda token: 1 / 0)
        client.raise_request_exception = False
        assert client.get(address(token)).status_code == 500
        logging.getLogger("django.server").info('"GET %s HTTP/1.1" 200', address(token))
        assert "/calendar/(token)" in log.getvalue()
        assert token not in log.getvalue()

    def test_an_address_that_is_refused_is_not_logged_at_all(self, log, client, token) -> None:
        client.get(address(token[:10]))
        assert token[:10] not in log.getvalue()
        assert "calendar" not in log.getvalue()


def test_no_public_page_is_another_one_since_somebody_made_a_calendar(client, ben: Person) -> None:
    """Who asks for a page's mark each second would learn that somebody here did."""
    caches["process"].clear()
    mark = state_of_site()
    renew_private_calendar(by=ben)
    delete_private_calendar(by=ben)
    caches["process"].clear()
    assert state_of_site() == mark
