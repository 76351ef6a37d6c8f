"""The notice that a change can be undone, and its button."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.models import Cover, Group, Meeting, ScheduleChange
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(meeting: Meeting, ben: Person, fay: Person) -> ScheduleChange:
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    return ScheduleChange.objects.get()


@pytest.fixture
def undo(change: ScheduleChange) -> str:
    return reverse("undo_change", args=[change.pk])


def group_page(meeting: Meeting) -> str:
    return reverse("facilitated_group", args=[meeting.group_id])


def date_page(meeting: Meeting) -> str:
    return reverse("facilitated_meeting", args=[meeting.pk])


@pytest.mark.parametrize("page_of", [group_page, date_page])
def test_both_pages_say_that_it_can_be_undone(
    as_fay: Client, meeting: Meeting, undo: str, page_of: Any
) -> None:
    page = as_fay.get(page_of(meeting)).content.decode()
    assert "A date was cancelled" in page
    assert re.search("1 person is told at .{4,8}, London time", page)
    assert f'action="{undo}"' in page
    ScheduleChange.objects.update(undo_until=timezone.now())
    assert undo not in as_fay.get(page_of(meeting)).content.decode()


def test_another_dates_page_says_nothing_of_it(
    as_fay: Client, group: Group, undo: str, next_week: datetime
) -> None:
    other = factories.make_meeting(group, next_week + timedelta(days=7))
    assert undo not in as_fay.get(date_page(other)).content.decode()


def test_the_other_facilitator_reads_who_made_it(meeting: Meeting, undo: str) -> None:
    cas = factories.make_person("Cas")
    factories.make_facilitator(meeting.group, cas)
    page = signed_in(cas).get(date_page(meeting)).content.decode()
    assert "Changed by Fay." in page
    assert undo in page


def test_a_mistake_that_nobody_is_told_of_can_be_undone(
    as_fay: Client, fay: Person, meeting: Meeting, next_week: datetime
) -> None:
    start = next_week + timedelta(hours=1)
    move_meeting(meeting=meeting, by=fay, starts_at=start, tells=False)
    assert "Nobody gets an e-mail about it." in as_fay.get(date_page(meeting)).content.decode()


def test_undone_in_one_press(as_fay: Client, meeting: Meeting, undo: str) -> None:
    answer = as_fay.post(undo, follow=True)
    assert answer.redirect_chain == [(group_page(meeting), 302)]
    assert "It is undone. Nobody was told." in answer.content.decode()
    assert not Meeting.everything.get().is_cancelled
    assert OutgoingMail.objects.get().state == "dropped"


def test_pressed_twice_it_says_so(as_fay: Client, undo: str) -> None:
    as_fay.post(undo)
    assert "This was undone already." in as_fay.post(undo, follow=True).content.decode()


def test_too_late_it_says_so(as_fay: Client, undo: str) -> None:
    ScheduleChange.objects.update(undo_until=timezone.now())
    page = as_fay.post(undo, follow=True).content.decode()
    assert "People are being told already" in page
    assert Meeting.everything.get().is_cancelled


def test_the_moderator_has_the_button_as_long_as_it_can_be_undone(
    as_mo: Client, meeting: Meeting, undo: str
) -> None:
    address = reverse("moderated_group", args=[meeting.group_id])
    page = as_mo.get(address).content.decode()
    assert "A date was cancelled" in page
    assert "Changed by Fay." in page
    # How many are told is how many are in the group.
    assert "Whoever comes is told at" in page
    assert "person is told" not in page
    assert f'action="{undo}"' in page
    assert undo not in as_mo.post(undo, follow=True).content.decode()
    ScheduleChange.objects.update(undone_at=None, undo_until=timezone.now())
    assert undo not in as_mo.get(address).content.decode()


def test_what_a_moderator_changed_they_undo(
    as_mo: Client, mo: Person, meeting: Meeting, ben: Person
) -> None:
    cancel_meeting(meeting=meeting, by=mo, reason="The hall is closed.")
    undo = reverse("undo_change", args=[ScheduleChange.objects.get().pk])
    page = as_mo.get(reverse("moderated_group", args=[meeting.group_id])).content.decode()
    assert f'action="{undo}"' in page
    assert "Changed by" not in page
    done = as_mo.post(undo, follow=True).content.decode()
    assert "It is undone. Nobody was told." in done
    meeting.refresh_from_db()
    assert not meeting.is_cancelled


def test_the_moderator_may_too(as_mo: Client, meeting: Meeting, undo: str) -> None:
    assert as_mo.post(undo).url == reverse("moderated_group", args=[meeting.group_id])
    assert not Meeting.everything.get().is_cancelled


def test_not_for_strangers_others_and_members(
    undo: str, as_ada: Client, as_gil: Client, as_ben: Client, client: Client
) -> None:
    answers = [visitor.post(undo).status_code for visitor in (as_ada, as_gil, as_ben, client)]
    assert answers == [404, 404, 403, 302]
    assert Meeting.everything.get().is_cancelled


class TestWhoStoodIn:
    @pytest.fixture
    def meeting(self, group: Group) -> Meeting:
        """Tomorrow at the latest: it is open to her."""
        return factories.make_meeting(group, timezone.now() + timedelta(hours=20))

    @pytest.fixture
    def pat(self, group: Group, meeting: Meeting) -> Person:
        """She runs another group of the organisation, and stands in at this date."""
        pat = factories.make_person("Pat")
        factories.make_facilitator(factories.make_group(organisation=group.organisation), pat)
        Cover.objects.create(meeting=meeting, person=pat, state="accepted")
        return pat

    def test_undoes_what_she_did_herself(self, pat: Person, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=pat, reason="Ill.")
        address = reverse("undo_change", args=[ScheduleChange.objects.get().pk])
        client = signed_in(pat)
        assert address in client.get(date_page(meeting)).content.decode()
        assert "It is undone." in client.post(address, follow=True).content.decode()
        assert not Meeting.everything.get().is_cancelled

    def test_but_nothing_of_the_others(self, pat: Person, meeting: Meeting, undo: str) -> None:
        client = signed_in(pat)
        assert undo not in client.get(date_page(meeting)).content.decode()
        assert client.post(undo).status_code == 404

    def test_and_no_more_once_somebody_else_does(self, pat: Person, meeting: Meeting) -> None:
        cancel_meeting(meeting=meeting, by=pat, reason="Ill.")
        Cover.objects.update(state="withdrawn")
        change = ScheduleChange.objects.get()
        page = signed_in(pat).post(reverse("undo_change", args=[change.pk]), follow=True)
        assert "This group is run by other people." in page.content.decode()
        assert Meeting.everything.get().is_cancelled


def test_a_bad_id_and_a_link_undo_nothing(as_fay: Client, undo: str) -> None:
    assert as_fay.post(reverse("undo_change", args=[uuid4()])).status_code == 404
    assert as_fay.get(undo).status_code == 405
    assert Meeting.everything.get().is_cancelled


def test_many_changes_cost_no_query_each(
    as_fay: Client,
    fay: Person,
    group: Group,
    undo: str,
    meeting: Meeting,
    next_week: datetime,
) -> None:
    as_fay.get(group_page(meeting))
    with CaptureQueriesContext(connection) as of_one:
        as_fay.get(group_page(meeting))
    for week in (1, 2):
        other = factories.make_meeting(group, next_week + timedelta(weeks=week))
        cancel_meeting(meeting=other, by=fay, reason="The hall is closed.")
    with CaptureQueriesContext(connection) as of_three:
        page = as_fay.get(group_page(meeting)).content.decode()
    assert page.count("A date was cancelled") >= 3
    assert len(of_three) == len(of_one)


def test_before_a_date_that_is_near_one_reads_that_people_are_told_at_once(
    as_fay: Client, group: Group, ben: Person
) -> None:
    soon = factories.make_meeting(group, timezone.now() + timedelta(hours=2))
    address = reverse("cancel_meeting", args=[soon.pk])
    assert "The mail goes out at once" in as_fay.get(address).content.decode()
    as_fay.post(address, {"reason": "Ill.", "version": 1})
    assert OutgoingMail.objects.get().send_after <= timezone.now()
    assert "undo_change" not in as_fay.get(date_page(soon)).content.decode()


def test_moved_to_this_evening_people_are_told_at_once(
    as_fay: Client, group: Group, ben: Person, meeting: Meeting
) -> None:
    soon = timezone.localtime(timezone.now() + timedelta(hours=2))
    data = {
        "on": soon.date().isoformat(),
        "at": f"{soon:%H:%M}",
        "duration_minutes": "60",
        "version": "1",
    }
    address = reverse("move_meeting", args=[meeting.pk])
    assert "The mail goes out at once" in as_fay.post(address, data).content.decode()


@pytest.mark.parametrize("name", ["cancel_meeting", "move_meeting"])
def test_only_a_mistake_corrected_nobody_is_told(
    as_fay: Client, meeting: Meeting, ben: Person, name: str, next_week: datetime
) -> None:
    data = {
        "reason": "Typed wrong.",
        "version": "1",
        "tells_nobody": "on",
        "on": next_week.date().isoformat(),
        "at": "18:00",
        "duration_minutes": "60",
    }
    address = reverse(name, args=[meeting.pk])
    if name == "move_meeting":
        page = as_fay.post(address, data).content.decode()
        assert "Nobody gets an e-mail." in page
        assert '<input type="hidden" name="tells_nobody" value="True"' in page
    as_fay.post(address, data | {"confirmed": "yes"})
    assert Meeting.everything.get().version == 2
    assert OutgoingMail.objects.count() == 0
