"""The pages on which facilitators stand in for each other, and what who stands in sees."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.actions.cover import ask_for_cover as ask
from directory.actions.cover import offer_cover as offer
from directory.models import Cover, Facilitator, Group, Meeting, OnlineRoom, PlaceAccess
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db

ANSWERS = ("offer_cover", "decline_cover", "give_cover_back")
OF_MEETING = ("ask_for_cover", "withdraw_cover")


@pytest.fixture
def gil(group: Group) -> Person:
    """He runs another group of the same organisation."""
    person = factories.make_person("Gil", email="gil.planted@example.org")
    own = factories.make_group(organisation=group.organisation, name="Carers in Leeds")
    factories.make_facilitator(own, person)
    return person


@pytest.fixture
def hal(group: Group) -> Person:
    person = factories.make_person("Hal")
    factories.make_facilitator(factories.make_group(organisation=group.organisation), person)
    return person


@pytest.fixture
def asked(meeting: Meeting, fay: Person, gil: Person, hal: Person) -> Cover:
    """What Gil is asked, with Hal."""
    ask(meeting=meeting, by=fay, note="I have a cold.")
    return Cover.objects.get(person=gil)


@pytest.fixture
def covering(meeting: Meeting, fay: Person, gil: Person) -> Cover:
    """Gil stands in."""
    ask(meeting=meeting, by=fay, person=gil)
    return offer(cover=Cover.objects.get(), by=gil)


def page_of(client: Client, name: str, *keys: Any) -> str:
    return client.get(reverse(name, args=keys)).content.decode()


def post(client: Client, name: str, key: Any, **data: Any) -> str:
    """Press a button; returns the page that follows."""
    return client.post(reverse(name, args=[key]), data, follow=True).content.decode()


def state(cover: Cover) -> str:
    cover.refresh_from_db()
    return cover.state


def test_asked_offered_accepted(
    as_fay: Client, as_gil: Client, meeting: Meeting, gil: Person, hal: Person
) -> None:
    page = page_of(as_fay, "ask_for_cover", meeting.pk)
    assert "2 people" in page
    assert "Gil (Carers in Leeds)" in page
    asked = post(as_fay, "ask_for_cover", meeting.pk, whom="all", note="I have a cold.")
    assert "has not answered yet" in asked
    page = page_of(as_gil, "cover")
    assert "Grief on Tuesdays" in page
    assert "I have a cold." in page
    assert "<bdi>Fay</bdi> asks." in page
    cover = Cover.objects.get(person=gil)
    assert "Nobody has decided yet" in post(as_gil, "offer_cover", cover.pk)
    assert "Gil stands in" in post(as_fay, "accept_cover", cover.pk)
    assert "You stand in" in page_of(as_gil, "cover")
    assert "You stand in for this date" in page_of(as_gil, "facilitated_meeting", meeting.pk)


def test_asked_by_name(as_fay: Client, as_gil: Client, meeting: Meeting, gil: Person) -> None:
    post(as_fay, "ask_for_cover", meeting.pk, whom=str(gil.pk))
    assert "If you say yes, it is settled" in page_of(as_gil, "cover")
    assert "the date is open to you" in post(as_gil, "offer_cover", Cover.objects.get().pk)


def test_declined_taken_back_and_given_back(
    as_fay: Client, as_gil: Client, asked: Cover, meeting: Meeting
) -> None:
    post(as_gil, "decline_cover", asked.pk)
    assert "cannot come" in page_of(as_fay, "cover")
    post(as_gil, "offer_cover", asked.pk)
    post(as_fay, "accept_cover", asked.pk)
    post(as_gil, "give_cover_back", asked.pk)
    assert state(asked) == "declined"
    assert "Fay, looks for somebody to stand in" in page_of(as_fay, "cover")
    post(as_fay, "withdraw_cover", meeting.pk)
    assert state(asked) == "withdrawn"
    assert "Can you stand in?" not in page_of(as_gil, "cover")


def test_too_late_a_kind_sentence_says_so(as_gil: Client, as_fay: Client, asked: Cover) -> None:
    post(as_fay, "withdraw_cover", asked.meeting_id)
    assert "Nobody is needed for this date any more." in post(as_gil, "offer_cover", asked.pk)
    assert "This offer no longer stands." in post(as_fay, "accept_cover", asked.pk)


def test_a_form_without_an_answer_says_so(as_fay: Client, meeting: Meeting, gil: Person) -> None:
    page = post(as_fay, "ask_for_cover", meeting.pk)
    assert "<title>Error:" in page
    assert "Please choose an answer" in page
    assert not Cover.objects.exists()


def test_who_asks_all_again_reads_why_not(as_fay: Client, asked: Cover) -> None:
    page = post(as_fay, "ask_for_cover", asked.meeting_id, whom="all")
    assert "Everybody who may stand in has been asked already." in page


def test_nobody_to_ask(as_fay: Client, meeting: Meeting) -> None:
    page = page_of(as_fay, "ask_for_cover", meeting.pk)
    assert "Nobody else runs a group of your organisation" in page


def test_the_weeks_tell_who_is_there(
    as_fay: Client, fay: Person, gil: Person, group: Group, next_week: datetime
) -> None:
    first, second = (factories.make_meeting(group, next_week + timedelta(days=n)) for n in (0, 7))
    cancelled = next_week + timedelta(days=14)
    factories.make_meeting(group, cancelled, status="cancelled", reason="Snow.")
    ask(meeting=first, by=fay)
    ask(meeting=second, by=fay, person=gil)
    offer(cover=Cover.objects.get(meeting=second), by=gil)
    page = page_of(as_fay, "cover")
    assert page.count("<h3>Week from Monday") == 3
    assert "Fay, looks for somebody to stand in" in page
    assert "Gil stands in" in page
    assert "Cancelled" in page


def one_more(day: int, fay: Person, gil: Person) -> None:
    """Fay asks for a date, Gil asks all for one of his, and Fay by name for another."""
    start = (timezone.now() + timedelta(days=7 + day)).replace(hour=12)
    for by in (fay, gil):
        group = by.facilitations.get().group
        ask(meeting=factories.make_meeting(group, start), by=by)
    later = factories.make_meeting(gil.facilitations.get().group, start + timedelta(hours=5))
    ask(meeting=later, by=gil, person=fay)
    offer(cover=Cover.objects.get(person=fay, by_name=True, state="asked"), by=fay)


@pytest.mark.parametrize("name", ["cover", "tonight"])
def test_no_query_grows_with_the_rows(
    as_fay: Client, fay: Person, gil: Person, name: str, django_assert_num_queries: Any
) -> None:
    address = reverse(name)
    one_more(0, fay, gil)
    as_fay.get(address)
    with CaptureQueriesContext(connection) as first:
        as_fay.get(address)
    for day in (1, 2):
        one_more(day, fay, gil)
    with django_assert_num_queries(len(first)):
        as_fay.get(address)


def test_a_line_on_the_overview(as_gil: Client, as_fay: Client, asked: Cover, gil: Person) -> None:
    assert "1 date waits for your answer." in page_of(as_gil, "tonight")
    assert "Somebody has to stand in" not in page_of(as_fay, "tonight")
    offer(cover=asked, by=gil)
    assert "1 date waits for your answer." in page_of(as_fay, "tonight")
    assert "Somebody has to stand in" not in page_of(as_gil, "tonight")


# What who stands in sees.


@pytest.fixture
def planted(group: Group, meeting: Meeting, ben: Person) -> None:
    """Ben comes, another member does not; the room has a code, and there is a link."""
    factories.make_seat(meeting, ben)
    factories.make_membership(group, factories.make_person("Ivo"))
    Group.everything.filter(pk=group.pk).update(format="hybrid")
    OnlineRoom.objects.create(group=group, url="https://rooms.example.org/j/planted")
    PlaceAccess.objects.create(place=group.place, door_code="2468")


@pytest.mark.usefixtures("planted")
def test_who_stands_in_sees_the_date_and_nothing_else(
    as_gil: Client, covering: Cover, group: Group, next_week: datetime
) -> None:
    page = page_of(as_gil, "facilitated_meeting", covering.meeting_id)
    for seen in ("Ben", "2468", "https://rooms.example.org/j/planted"):
        assert seen in page
    for hidden in ("Ivo", "Move this date", "Change the online room", "Say what it is about"):
        assert hidden not in page
    assert reverse("facilitated_group", args=[group.pk]) not in page
    other = factories.make_meeting(group, next_week + timedelta(days=7))
    closed = [
        *[("facilitated_group", group.pk), ("add_series", group.pk), ("add_meeting", group.pk)],
        *[("edit_online_room", group.pk), ("facilitated_meeting", other.pk)],
        *[("cancel_meeting", other.pk), ("count_attendance", other.pk)],
        *[("move_meeting", covering.meeting_id), ("edit_meeting", covering.meeting_id)],
        *[("restore_meeting", covering.meeting_id), ("ask_for_cover", covering.meeting_id)],
    ]
    for name, key in closed:
        address = reverse(name, args=[key])
        assert as_gil.get(address).status_code in (403, 404), name
        assert as_gil.post(address).status_code in (403, 404, 405), name


def test_who_stands_in_cancels_and_counts(as_gil: Client, gil: Person, covering: Cover) -> None:
    meeting = covering.meeting
    assert "Cancel this date?" in page_of(as_gil, "cancel_meeting", meeting.pk)
    with time_machine.travel(meeting.starts_at, tick=False):
        client = signed_in(gil)
        page = post(client, "count_attendance", meeting.pk, came=6, first_time=1)
        assert "The numbers are saved." in page
        post(client, "cancel_meeting", meeting.pk, reason="The boiler broke.", version=1)
    meeting.refresh_from_db()
    assert meeting.is_cancelled


def test_tonight_holds_the_dates_one_stands_in_at(gil: Person, covering: Cover) -> None:
    meeting, address = covering.meeting, reverse("tonight")
    assert "You stand in" in signed_in(gil).get(address).content.decode()
    for hours, is_shown in ((0, True), (20, True), (25, False)):
        with time_machine.travel(meeting.ends_at + timedelta(hours=hours), tick=False):
            page = signed_in(gil).get(address).content.decode()
        assert ("How many came?" in page) == is_shown


@pytest.mark.usefixtures("planted")
def test_a_day_later_the_date_is_closed(as_gil: Client, gil: Person, covering: Cover) -> None:
    with time_machine.travel(covering.meeting.ends_at + timedelta(days=1)):
        client = signed_in(gil)
        address = reverse("facilitated_meeting", args=[covering.meeting_id])
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("planted")
@pytest.mark.parametrize("standing", ["asked", "offered", "declined", "withdrawn"])
def test_who_does_not_stand_in_sees_the_request_alone(
    as_gil: Client, asked: Cover, standing: str
) -> None:
    now = asked.meeting.starts_at if standing == "offered" else None
    Cover.objects.filter(pk=asked.pk).update(state=standing, answered_for=now)
    for name in ("facilitated_meeting", "cancel_meeting", "count_attendance", "move_meeting"):
        assert as_gil.get(reverse(name, args=[asked.meeting_id])).status_code == 404
    page = page_of(as_gil, "cover")
    assert ("Grief on Tuesdays" in page) == (standing in {"asked", "offered"})
    for hidden in ("Ben", "Ivo", "2468", "rooms.example.org", "7 Carlton Hill"):
        assert hidden not in page


def test_who_runs_no_group_any_more_is_out_at_once(as_gil: Client, covering: Cover) -> None:
    Facilitator.objects.filter(person=covering.person).update(ended_at=timezone.now())
    address = reverse("facilitated_meeting", args=[covering.meeting_id])
    assert as_gil.get(address).status_code == 404


# The five questions.


def addresses(cover: Cover) -> list[tuple[str, str]]:
    of_meeting = [(name, reverse(name, args=[cover.meeting_id])) for name in OF_MEETING]
    of_cover = [(name, reverse(name, args=[cover.pk])) for name in (*ANSWERS, "accept_cover")]
    return [("cover", reverse("cover")), *of_meeting, *of_cover]


def status(client: Client, name: str, address: str) -> int:
    reads = name in {"cover", "ask_for_cover"}
    return (client.get if reads else client.post)(address).status_code


def test_a_stranger_finds_nothing_and_a_visitor_signs_in(
    client: Client, as_ada: Client, asked: Cover
) -> None:
    for name, address in addresses(asked):
        assert status(as_ada, name, address) == 404, name
        assert status(client, name, address) == 302, name


def test_too_small_a_part(as_ben: Client, as_mo: Client, asked: Cover) -> None:
    for name, address in addresses(asked):
        own = name in ANSWERS
        assert status(as_ben, name, address) == (404 if own else 403), name
    assert as_mo.get(reverse("cover")).status_code == 403
    for name in ANSWERS:
        assert as_mo.post(reverse(name, args=[asked.pk])).status_code == 404


def test_another_organisations_facilitator_finds_nothing(other_group: Group, asked: Cover) -> None:
    zed = factories.make_person("Zed")
    factories.make_facilitator(other_group, zed)
    for name, address in addresses(asked)[1:]:
        assert status(signed_in(zed), name, address) == 404, name


def test_who_is_asked_neither_accepts_nor_asks(as_gil: Client, asked: Cover) -> None:
    for name in ("accept_cover", *OF_MEETING):
        key = asked.pk if name == "accept_cover" else asked.meeting_id
        assert as_gil.post(reverse(name, args=[key])).status_code == 404


@pytest.mark.parametrize("name", [*ANSWERS, "accept_cover", *OF_MEETING])
def test_a_bad_id_is_not_found(as_fay: Client, name: str) -> None:
    assert as_fay.post(reverse(name, args=[uuid4()])).status_code == 404


def test_looking_changes_nothing(as_gil: Client, as_fay: Client, asked: Cover) -> None:
    for name, address in addresses(asked):
        client = as_gil if name in ANSWERS else as_fay
        assert client.get(address).status_code == (
            200 if name in {"cover", "ask_for_cover"} else 405
        )
    assert as_fay.post(reverse("cover")).status_code == 405
    assert state(asked) == "asked"


def test_no_address_of_anybody_is_shown(as_fay: Client, asked: Cover) -> None:
    for page in (page_of(as_fay, "cover"), page_of(as_fay, "ask_for_cover", asked.meeting_id)):
        assert "Gil" in page
        assert "planted" not in page
        assert "@example.org" not in page
