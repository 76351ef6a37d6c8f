"""Somebody who comes to single dates is turned away, comes again, and takes their yes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from directory.actions.calendars import renew_private_calendar
from directory.actions.seats import take_seat
from directory.actions.series import add_series, rearrange_series
from directory.choices import AgreementKind
from directory.models import Consent, Group, Meeting, PrivateCalendar, Series
from tests import factories
from tests.browser.pressing import follow, press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

Check = Callable[[Page], None]


@pytest.fixture
def meeting(group: Group, ada: Person, ben: Person) -> Meeting:
    """Ada comes to one date alone; Ben is in the group."""
    meeting = factories.make_meeting(group, timezone.now() + timedelta(days=3))
    factories.make_seat(meeting, ben)
    take_seat(
        meeting=meeting,
        by=ada,
        accepted_version=factories.current_agreement(),
        consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
    )
    return meeting


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def test_turned_away_and_let_come_again(
    page_without_script: Page,
    live_server: Any,
    meeting: Meeting,
    ada: Person,
    fay: Person,
    mo: Person,
) -> None:
    page = page_without_script
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/meetings/{meeting.pk}/")
    follow(page, "Turn away Ada")
    heading(page, "Turn Ada away?")
    follow(page, "What we agreed was not kept")
    expect(page.get_by_role("textbox")).to_contain_text("everybody has to feel safe here")
    press(page, "Turn away")
    expect(page.get_by_text("Done. They are told")).to_be_visible()
    sign_in(page, ada, live_server.url)
    page.goto("/me/")
    follow(page, meeting.group.name)
    expect(page.get_by_text("everybody has to feel safe here")).to_be_visible()
    page.goto(f"/meetings/{meeting.pk}/come/")
    expect(page.get_by_text("Other groups are glad to have you.")).to_be_visible()
    sign_in(page, mo, live_server.url)
    page.goto(f"/facilitate/groups/{meeting.group_id}/turned-away/")
    press(page, "Let them come again")
    expect(page.get_by_text("Nobody is turned away.")).to_be_visible()


def test_the_pages_of_it_are_accessible(
    page: Page,
    live_server: Any,
    meeting: Meeting,
    ada: Person,
    fay: Person,
    mo: Person,
    assert_accessible: Check,
) -> None:
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/meetings/{meeting.pk}/")
    assert_accessible(page)
    follow(page, "Turn away Ada")
    assert_accessible(page)
    press(page, "Turn away")
    page.goto(f"/facilitate/groups/{meeting.group_id}/turned-away/")
    assert_accessible(page)
    sign_in(page, mo, live_server.url)
    page.reload()
    assert_accessible(page)
    sign_in(page, ada, live_server.url)
    page.goto("/me/")
    assert_accessible(page)
    follow(page, meeting.group.name)
    assert_accessible(page)


def test_a_yes_is_taken_back_when_the_date_is_past(
    page: Page, live_server: Any, meeting: Meeting, ada: Person, assert_accessible: Check
) -> None:
    start = timezone.now() - timedelta(days=3)
    Meeting.everything.update(
        starts_at=start, original_start=start, ends_at=start + timedelta(hours=1)
    )
    sign_in(page, ada, live_server.url)
    page.goto("/me/")
    expect(page.get_by_text("What you said we may keep")).to_be_visible()
    assert_accessible(page)
    follow(page, "Take this back")
    heading(page, "Take back your yes?")
    assert_accessible(page)
    press(page, "Take it back")
    expect(page.get_by_text("Your yes is taken back")).to_be_visible()
    assert not Consent.objects.standing().filter(person=ada).exists()


def test_an_address_that_ends_soon(
    page: Page, live_server: Any, ada: Person, assert_accessible: Check
) -> None:
    renew_private_calendar(by=ada)
    PrivateCalendar.objects.update(expires_at=timezone.now() + timedelta(days=9))
    sign_in(page, ada, live_server.url)
    page.goto("/me/calendar/")
    expect(page.get_by_text("Its address ends soon")).to_be_visible()
    assert_accessible(page)


def test_dates_that_end_later(
    page: Page, live_server: Any, group: Group, fay: Person, mo: Person, assert_accessible: Check
) -> None:
    series = _split(group)
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/groups/{group.pk}/")
    assert_accessible(page)
    page.goto(f"/facilitate/series/{series.pk}/edit/")
    expect(page.get_by_text("These dates go on until")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/groups/{group.slug}/")
    assert_accessible(page)
    sign_in(page, mo, live_server.url)
    page.goto(f"/moderate/groups/{group.pk}/")
    expect(page.get_by_role("button", name="Undo").first).to_be_visible()
    assert_accessible(page)


def _split(group: Group) -> Series:
    """Every week at seven, and from the fourth date on at six."""
    day = timezone.localdate() + timedelta(days=3)
    times: dict[str, Any] = {
        "first_on": day,
        "duration_minutes": 90,
        "rule": f"FREQ=WEEKLY;BYDAY={'MO TU WE TH FR SA SU'.split()[day.weekday()]}",
    }
    at = timezone.now().replace(hour=19, minute=0).time().replace(second=0, microsecond=0)
    series = add_series(group=group, by=None, starts_at_time=at, **times)
    fourth = series.meetings.order_by("original_start")[3]
    rearrange_series(
        series=series,
        by=None,
        from_start=fourth.original_start,
        starts_at_time=at.replace(hour=18),
        time_zone=series.time_zone,
        skipped_on=[],
        **times,
    )
    return series
