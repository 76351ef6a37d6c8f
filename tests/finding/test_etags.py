"""A public page that is asked for again is made again only when something of it has changed."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.audit import record
from accounts.models import AuditEntry, Person
from directory.actions.groups import pause_group, publish_group
from directory.actions.meetings import cancel_meeting
from directory.actions.places import update_place
from directory.actions.site import add_crisis_line
from directory.choices import GroupStatus
from directory.models import Group, Meeting
from directory.queries.freshness import KEY, UNNOTICED, state_of_site
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime.fromisoformat("2026-11-21T12:00:10+00:00")
PAGES = ["/", "/groups/", "/meetings/", "/groups/grief-on-tuesdays/", "/safety/"]


@pytest.fixture(autouse=True)
def at_noon() -> time_machine.Traveller:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


def again(client: Client, page: HttpResponse, path: str = "/groups/", **headers: str):
    """Ask as a browser does that has the page."""
    return client.get(path, headers={"if-none-match": page["ETag"], **headers})


@pytest.mark.parametrize("path", PAGES)
def test_an_unchanged_page_is_not_sent_again(client: Client, group: Group, path: str) -> None:
    page = client.get(path)
    answer = again(client, page, path)

    assert answer.status_code == 304
    assert not answer.content
    assert answer["ETag"] == page["ETag"]
    assert "Content-Security-Policy" not in answer.headers
    assert answer["Cache-Control"] == page["Cache-Control"] == "no-cache"
    assert set(page["Vary"].split(", ")) >= set(answer["Vary"].split(", ")) >= {"HX-Request"}


def test_nothing_but_the_state_is_read_for_it(
    client: Client, group: Group, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = client.get("/groups/")
    with django_assert_num_queries(1):
        again(client, page)


def test_a_browser_that_has_another_page_gets_this_one(client: Client, group: Group) -> None:
    answer = client.get("/groups/", headers={"if-none-match": 'W/"other"'})
    assert answer.status_code == 200
    assert answer.content


def change_status(group: Group, mo: Person) -> None:
    pause_group(group=group, by=mo)


def publish_another(group: Group, mo: Person) -> None:
    other = factories.make_group(
        organisation=group.organisation,
        status=GroupStatus.DRAFT,
        joining="just-come",
        summary="For everybody.",
        languages=["en"],
        who_greets="Fay does.",
        topics=[factories.make_topic()],
    )
    factories.make_series(other, first_on=timezone.localdate())
    person = factories.make_person("Lead")
    factories.make_facilitator(other, person, role="lead")
    publish_group(group=other, by=mo)


def cancel(group: Group, mo: Person) -> None:
    cancel_meeting(meeting=group.meetings.get(), by=mo, reason="The room is closed.")


def change_place(group: Group, mo: Person) -> None:
    update_place(place=group.place, by=mo, town="Bradford")


def change_lines(group: Group, mo: Person) -> None:
    group.organisation.runs_site = True
    group.organisation.save(update_fields=["runs_site"])
    add_crisis_line(
        by=mo,
        country="GB",
        name="New line",
        instructions="Any time.",
        phone="0800 000",
        reviewed_on=timezone.localdate(),
    )


@pytest.mark.parametrize(
    "change", [change_status, publish_another, cancel, change_place, change_lines]
)
def test_after_a_change_the_page_is_sent(
    client: Client, group: Group, meeting: Meeting, mo: Person, change
) -> None:
    page = client.get("/groups/")
    change(group, mo)
    answer = again(client, page)

    assert answer.status_code == 200
    assert answer["ETag"] != page["ETag"]


def test_pages_change_with_the_clock(
    client: Client, group: Group, at_noon: time_machine.Traveller
) -> None:
    page = client.get("/groups/")
    at_noon.shift(timedelta(seconds=40))
    assert again(client, page).status_code == 304
    at_noon.shift(timedelta(seconds=10))
    assert again(client, page).status_code == 200


def test_what_an_answer_depends_on_is_told_apart(client: Client, group: Group) -> None:
    asked = [
        ("/groups/", {}),
        ("/groups/?q=grief", {}),
        ("/groups/?q=grie", {}),
        ("/es/groups/", {}),
        ("/groups/", {"accept-language": "es"}),
        ("/groups/", {"hx-request": "true"}),
        ("/groups/", {"hx-request": "true", "hx-history-restore-request": "true"}),
        ("/groups/", {"host": "127.0.0.1"}),
    ]
    marks = [client.get(path, headers=headers)["ETag"] for path, headers in asked]
    assert len(set(marks)) == len(asked)
    assert all(mark.startswith('W/"') for mark in marks)


def test_all_visitors_get_the_same_mark(group: Group) -> None:
    assert Client().get("/groups/")["ETag"] == Client().get("/groups/")["ETag"]


def test_a_compressed_page_has_the_mark_of_the_plain_one(client: Client, group: Group) -> None:
    plain = client.get("/groups/")
    compressed = client.get("/groups/", headers={"accept-encoding": "gzip"})
    assert compressed["Content-Encoding"] == "gzip"
    assert compressed["ETag"] == plain["ETag"]


def test_who_is_signed_in_gets_every_page_anew(
    client: Client, as_ben: Client, group: Group
) -> None:
    page = client.get("/groups/grief-on-tuesdays/")
    answer = again(as_ben, page, "/groups/grief-on-tuesdays/")
    assert answer.status_code == 200
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(("status", "code"), [(GroupStatus.CLOSED, 410), (GroupStatus.DRAFT, 404)])
def test_only_a_page_that_is_there_has_a_mark(
    client: Client, group: Group, status: GroupStatus, code: int
) -> None:
    Group.everything.update(status=status, published_at=NOON)
    answer = client.get("/groups/grief-on-tuesdays/")
    assert answer.status_code == code
    assert "ETag" not in answer.headers


@override_settings(DEBUG=True)
def test_pages_that_are_being_worked_on_have_no_mark(client: Client, group: Group) -> None:
    assert "ETag" not in client.get("/groups/").headers


def test_an_action_that_ends_late_is_seen_as_well(db: None) -> None:
    """Its line came first, and is seen only after one with a higher number."""
    first = record(by=None, action="test", about="site").pk
    AuditEntry.objects.bulk_create([AuditEntry(pk=first + 2, actor="system", action="b")])
    before = state_of_site()
    AuditEntry.objects.bulk_create([AuditEntry(pk=first + 1, actor="system", action="a")])
    assert state_of_site() != before


def test_asked_again_within_a_second_nothing_is_read_at_all(
    client: Client, group: Group, kept: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page = client.get("/groups/")
    with django_assert_num_queries(0):
        assert again(client, page).status_code == 304


def test_with_a_new_mark_comes_what_another_process_changed(
    client: Client, group: Group, kept: None
) -> None:
    """The lines are kept for a minute; a change elsewhere must not hide behind a new mark."""
    assert b"Samaritans" not in client.get("/groups/").content
    factories.make_crisis_line()
    record(by=None, action="crisis_line.added", about="site")
    caches["process"].delete(KEY)  # a second goes by
    assert b"Samaritans" in client.get("/groups/").content


def test_nobody_learns_from_a_mark_when_somebody_joins(client: Client, group: Group) -> None:
    page = client.get("/groups/")
    for action in UNNOTICED:
        record(by=None, action=action, about="membership:1")
        caches["process"].delete(KEY)
        assert again(client, page).status_code == 304


def code_of_actions() -> str:
    files = [*Path("accounts").rglob("*.py"), *Path("directory").rglob("*.py")]
    return "".join(it.read_text() for it in files if it.name != "freshness.py")


def test_what_must_not_be_noticed_are_actions_that_there_are() -> None:
    code = code_of_actions()
    assert [action for action in UNNOTICED if f'"{action}"' not in code] == []


def test_nothing_that_people_do_about_themselves_is_noticed() -> None:
    of_people = "consent|cover|membership|private_calendar|room_watch|seat"
    actions = set(re.findall(rf'"((?:{of_people})\.[a-z_]+)"', code_of_actions()))
    assert len(actions) > 20
    assert actions - set(UNNOTICED) == set()


def test_that_a_group_is_full_is_seen_within_a_minute(
    client: Client, group: Group, at_noon: time_machine.Traveller
) -> None:
    page = client.get("/groups/")
    at_noon.shift(timedelta(minutes=1))
    caches["process"].delete(KEY)
    assert again(client, page).status_code == 200
