"""The pages on which facilitators stand in for each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.actions.cover import accept_offer, ask_for_cover, give_cover_back, offer_cover
from directory.actions.meetings import move_meeting
from directory.models import Cover, Group, Meeting
from tests import factories
from tests.facilitating.cover.steps import START, page_of, post, state

pytestmark = pytest.mark.django_db


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
    assert "Thank you. You stand in." in post(as_gil, "offer_cover", Cover.objects.get().pk)


def test_declined_taken_back_and_given_back(
    as_fay: Client, as_gil: Client, asked: Cover, meeting: Meeting
) -> None:
    post(as_gil, "decline_cover", asked.pk)
    assert "cannot come" in page_of(as_fay, "cover")
    post(as_gil, "offer_cover", asked.pk)
    post(as_fay, "accept_cover", asked.pk)
    post(as_gil, "give_cover_back", asked.pk)
    assert state(asked) == "declined"
    assert "You, until somebody stands in" in page_of(as_fay, "cover")
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
    ask_for_cover(meeting=first, by=fay)
    ask_for_cover(meeting=second, by=fay, person=gil)
    offer_cover(cover=Cover.objects.get(meeting=second), by=gil)
    page = page_of(as_fay, "cover")
    assert page.count("<h3>Week from Monday") == 3
    assert "You, until somebody stands in" in page
    assert "Gil stands in" in page
    assert "Cancelled" in page


def test_the_weeks_hold_where_one_stands_in_oneself(
    as_gil: Client, as_fay: Client, gil: Person, covering: Cover
) -> None:
    weeks = page_of(as_gil, "cover").partition("Who is there in the next twelve weeks")[2]
    assert "Grief on Tuesdays" in weeks
    assert "You stand in" in weeks
    give_cover_back(cover=covering, by=gil)
    assert "Grief on Tuesdays" not in page_of(as_gil, "cover")
    # He is asked nothing about it, and the group that looks for somebody is not his.
    move_meeting(meeting=covering.meeting, by=None, starts_at=START + timedelta(days=1))
    assert "Your groups look for somebody" not in page_of(as_gil, "cover")
    assert "Your groups look for somebody" in page_of(as_fay, "cover")


def test_a_yes_before_a_move_is_no_search_of_ones_own(as_gil: Client, covering: Cover) -> None:
    move_meeting(meeting=covering.meeting, by=None, starts_at=START + timedelta(days=1))
    page = page_of(as_gil, "cover")
    assert "Can you come at the new time, too?" in page
    assert "Your groups look for somebody" not in page
    assert "Moved: can you still come?" in page_of(as_gil, "tonight")


def test_ones_own_list_says_how_far_it_is(
    as_fay: Client, asked: Cover, gil: Person, fay: Person
) -> None:
    says = "Asked for somebody to stand in: nobody has said yes yet"
    group = asked.meeting.group_id
    for name, keys in (("tonight", ()), ("facilitated_group", (group,))):
        assert says in page_of(as_fay, name, *keys)
    offer_cover(cover=asked, by=gil)
    assert "Somebody can stand in: say yes" in page_of(as_fay, "tonight")
    accept_offer(cover=asked, by=fay)
    for name, keys in (("tonight", ()), ("facilitated_group", (group,))):
        assert "Gil stands in" in page_of(as_fay, name, *keys)


def one_more(day: int, fay: Person, gil: Person) -> None:
    """Fay asks for a date, Gil asks all for one of his, and Fay by name for another."""
    start = (timezone.now() + timedelta(days=7 + day)).replace(hour=12)
    for by in (fay, gil):
        group = by.facilitations.get().group
        ask_for_cover(meeting=factories.make_meeting(group, start), by=by)
    later = factories.make_meeting(gil.facilitations.get().group, start + timedelta(hours=5))
    ask_for_cover(meeting=later, by=gil, person=fay)
    offer_cover(cover=Cover.objects.get(person=fay, by_name=True, state="asked"), by=fay)


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
    offer_cover(cover=asked, by=gil)
    assert "1 date waits for your answer." in page_of(as_fay, "tonight")
    assert "Somebody has to stand in" not in page_of(as_gil, "tonight")


def test_no_address_of_anybody_is_shown(as_fay: Client, asked: Cover) -> None:
    for page in (page_of(as_fay, "cover"), page_of(as_fay, "ask_for_cover", asked.meeting_id)):
        assert "Gil" in page
        assert "planted" not in page
        assert "@example.org" not in page
