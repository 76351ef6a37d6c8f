"""A date cancelled by mistake and on again before anybody hears; one moved, one restored."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OutgoingMail, Person
from directory.models import Group, Meeting, ScheduleChange
from tests import factories
from tests.browser.pressing import follow, press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

Check = Callable[[Page], None]


@pytest.fixture
def date(group: Group, ben: Person) -> Meeting:
    noon = (timezone.now() + timedelta(days=7)).replace(hour=12, minute=0)
    return factories.make_meeting(group, noon)


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def cancel(page: Page, date: Meeting, check: Check) -> None:
    page.goto(f"/facilitate/meetings/{date.pk}/")
    follow(page, "Cancel this date")
    says(page, "The mail goes out in five minutes. Until then you can undo it.")
    check(page)
    page.get_by_label("Why is it cancelled?").fill("The hall is closed.")
    press(page, "Cancel it")
    says(page, "1 person is told at")
    check(page)


def undo(page: Page, check: Check) -> None:
    press(page, "Undo")
    says(page, "It is undone. Nobody was told.")
    check(page)


def visitors_read(page: Page, group: Group, words: str, check: Check) -> None:
    page.goto(f"/groups/{group.slug}/")
    says(page, words)
    check(page)


def correct_a_mistake(page: Page, date: Meeting, check: Check) -> None:
    page.goto(f"/facilitate/meetings/{date.pk}/")
    follow(page, "Move this date")
    page.get_by_label("New start").fill("15:00")
    page.get_by_label("Do not tell anybody").check()
    press(page, "Show me first")
    says(page, "Nobody gets an e-mail.")
    check(page)
    press(page, "Move it")
    says(page, "Nobody gets an e-mail about it.")
    check(page)


def whole_journey(page: Page, date: Meeting, check: Check) -> None:
    cancel(page, date, check)
    undo(page, check)
    correct_a_mistake(page, date, check)
    undo(page, check)
    cancel(page, date, check)
    ScheduleChange.objects.update(undo_until=timezone.now())
    visitors_read(page, date.group, "A date has changed", check)
    page.goto(f"/facilitate/meetings/{date.pk}/")
    follow(page, "Let it take place after all")
    says(page, "It was cancelled: The hall is closed.")
    says(page, "This concerns 1 person.")
    check(page)
    press(page, "Yes, it takes place")
    says(page, "The date takes place after all.")
    follow(page, "Say what it is about")
    page.get_by_label("What it is about").fill("Sleep")
    check(page)
    press(page, "Save")
    says(page, "Sleep")
    visitors_read(page, date.group, "Sleep", check)
    states = OutgoingMail.objects.order_by("created_at").values_list("kind", "state")
    assert list(states) == [
        ("meeting_cancelled", "dropped"),
        ("meeting_cancelled", "waiting"),
        ("schedule_changed", "waiting"),
    ]


def test_changed_and_undone(
    page: Page, fay: Person, date: Meeting, live_server: Any, assert_accessible: Check
) -> None:
    sign_in(page, fay, live_server.url)
    whole_journey(page, date, assert_accessible)


def test_the_same_without_javascript(
    page_without_script: Page, fay: Person, date: Meeting, live_server: Any
) -> None:
    sign_in(page_without_script, fay, live_server.url)
    whole_journey(page_without_script, date, lambda _page: None)


def test_right_to_left(
    open_page: Any, fay: Person, date: Meeting, live_server: Any, assert_accessible: Check
) -> None:
    page = open_page(viewport={"width": 320, "height": 700})
    sign_in(page, fay, live_server.url)
    cancel(page, date, assert_accessible)
    for path in (
        f"meetings/{date.pk}/",
        f"groups/{date.group_id}/",
        f"meetings/{date.pk}/restore/",
    ):
        page.goto(f"/ar/facilitate/{path}")
        assert_accessible(page)
