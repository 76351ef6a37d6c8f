"""Cancelled dates that take place after all, and what a date is about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import (
    cancel_meeting,
    edit_meeting,
    move_meeting,
    restore_meeting,
)
from directory.emails import render
from directory.models import Group, Meeting, ScheduleChange
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db


def refused_as(code: str) -> Any:
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def off(group: Group, next_week: datetime) -> Meeting:
    return factories.make_meeting(group, next_week, status="cancelled", reason="Ill.")


class TestRestored:
    def test_it_takes_place_and_people_are_told(
        self, off: Meeting, ben: Person, fay: Person
    ) -> None:
        restored = restore_meeting(meeting=off, by=fay)
        assert (restored.is_cancelled, restored.reason, restored.version) == (False, "", 2)
        assert OutgoingMail.objects.get().kind == "schedule_changed"

    def test_not_one_that_goes_ahead(self, meeting: Meeting, fay: Person) -> None:
        with refused_as("not-cancelled"):
            restore_meeting(meeting=meeting, by=fay)

    def test_not_one_that_has_begun(self, off: Meeting, fay: Person) -> None:
        start = timezone.now() - timedelta(minutes=5)
        Meeting.everything.update(starts_at=start, ends_at=start + timedelta(hours=1))
        with refused_as("over"):
            restore_meeting(meeting=off, by=fay)

    def test_not_where_another_date_is(self, off: Meeting, group: Group, fay: Person) -> None:
        factories.make_meeting(group, off.starts_at + timedelta(minutes=30))
        with refused_as("another-date"):
            restore_meeting(meeting=off, by=fay)

    def test_not_by_somebody_elses_facilitator(self, off: Meeting, gil: Person) -> None:
        with refused_as("not-yours"):
            restore_meeting(meeting=off, by=gil)


class TestWhileNobodyKnows:
    """It was cancelled a moment ago."""

    @pytest.fixture
    def just_off(self, meeting: Meeting, ben: Person, fay: Person) -> Meeting:
        return cancel_meeting(meeting=meeting, by=fay, reason="Ill.")

    def test_nobody_is_told_of_either(self, just_off: Meeting, fay: Person) -> None:
        restored = restore_meeting(meeting=just_off, by=fay)
        assert (restored.is_cancelled, restored.version) == (False, 3)
        assert OutgoingMail.objects.get().state == "dropped"

    def test_the_page_says_so(self, as_fay: Client, just_off: Meeting) -> None:
        address = reverse("restore_meeting", args=[just_off.pk])
        page = as_fay.get(address).content.decode()
        assert "so nobody gets an e-mail now" in page
        # There is nobody to be spared one.
        assert 'name="tells_nobody"' not in page
        assert as_fay.post(address, {"version": just_off.version}).status_code == 302

    def test_once_they_know_they_are_told(self, just_off: Meeting, fay: Person) -> None:
        ScheduleChange.objects.update(undo_until=timezone.now())
        restore_meeting(meeting=just_off, by=fay)
        kinds = OutgoingMail.objects.order_by("created_at").values_list("kind", "state")
        assert list(kinds) == [("meeting_cancelled", "waiting"), ("schedule_changed", "waiting")]


class TestItsPage:
    @pytest.fixture
    def page(self, off: Meeting) -> str:
        return reverse("restore_meeting", args=[off.pk])

    def test_it_says_who_is_told_and_when(self, as_fay: Client, page: str, ben: Person) -> None:
        shown = as_fay.get(page).content.decode()
        assert "This concerns 1 person." in shown
        assert "The mail goes out in five minutes." in shown

    def test_in_one_press(self, as_fay: Client, page: str, off: Meeting, ben: Person) -> None:
        answer = as_fay.post(page, {"version": 1})
        assert answer.url == reverse("facilitated_meeting", args=[off.pk])
        assert not Meeting.everything.get().is_cancelled
        assert OutgoingMail.objects.get().person == ben

    def test_a_stale_tab_restores_once(self, as_fay: Client, page: str, ben: Person) -> None:
        for _ in range(2):
            assert as_fay.post(page, {"version": 1}).status_code == 302
        assert OutgoingMail.objects.count() == 1

    def test_without_telling(self, as_fay: Client, page: str, ben: Person) -> None:
        as_fay.post(page, {"version": 1, "tells_nobody": "on"})
        assert not Meeting.everything.get().is_cancelled
        assert OutgoingMail.objects.count() == 0

    def test_where_another_date_is_nothing_changes(
        self, as_fay: Client, page: str, off: Meeting
    ) -> None:
        factories.make_meeting(off.group, off.starts_at)
        shown = as_fay.post(page, {"version": 1}).content.decode()
        assert "The group already meets at that time." in shown
        assert Meeting.everything.get(pk=off.pk).is_cancelled

    def test_one_that_goes_ahead_leads_to_its_own_page(
        self, as_fay: Client, meeting: Meeting
    ) -> None:
        answer = as_fay.get(reverse("restore_meeting", args=[meeting.pk]))
        assert answer.url == reverse("facilitated_meeting", args=[meeting.pk])

    def test_not_for_strangers_members_and_moderators(
        self, page: str, as_ada: Client, as_ben: Client, as_mo: Client
    ) -> None:
        answers = [client.post(page, {"version": 1}) for client in (as_ada, as_ben, as_mo)]
        assert [answer.status_code for answer in answers] == [404, 403, 403]


class TestTheme:
    def test_nobody_is_told_and_what_waits_stays_true(
        self, meeting: Meeting, ben: Person, fay: Person, next_week: datetime
    ) -> None:
        move_meeting(meeting=meeting, by=fay, starts_at=next_week + timedelta(days=1))
        edited = edit_meeting(meeting=meeting, by=fay, theme=" Sleep ")
        assert (edited.theme, edited.version) == ("Sleep", 2)
        assert render(OutgoingMail.objects.get())

    def test_not_once_the_date_is_over(self, tonight: Meeting, fay: Person) -> None:
        Meeting.everything.update(ends_at=timezone.now())
        with refused_as("over"):
            edit_meeting(meeting=tonight, by=fay, theme="Sleep")

    def test_not_by_somebody_elses_facilitator(self, meeting: Meeting, gil: Person) -> None:
        with refused_as("not-yours"):
            edit_meeting(meeting=meeting, by=gil, theme="Sleep")

    def test_on_its_page(self, as_fay: Client, meeting: Meeting) -> None:
        page = reverse("edit_meeting", args=[meeting.pk])
        assert as_fay.post(page, {"theme": "x" * 121}).context["form"].errors.keys() == {"theme"}
        as_fay.post(page, {"theme": "Sleep"})
        assert Meeting.everything.get().theme == "Sleep"
