"""A facilitator plans the year: dates that recur, seen while they are chosen, and changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from accounts.models import Person
from directory.actions.series import add_series
from directory.models import Group, ScheduleChange, Series
from tests import factories
from tests.browser.test_facilitate import follow, heading, press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

Check = Callable[[Page], None]


@pytest.fixture
def group() -> Group:
    group = factories.make_group(name="Grief on Tuesdays")
    for name in ("Ben", "Kit"):
        factories.make_membership(group, factories.make_person(name))
    return group


@pytest.fixture
def fay(group: Group) -> Person:
    person = factories.make_person("Fay")
    factories.make_facilitator(group, person)
    return person


@pytest.fixture
def series(group: Group) -> Series:
    """Mondays and Fridays, from next week on."""
    return add_series(
        group=group,
        by=None,
        first_on=timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday()),
        starts_at_time=time(19),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=MO,FR",
    )


def asked(page: Page, question: str) -> Locator:
    return page.get_by_role("group", name=question, exact=True)


def choose_first_and_third_thursday(page: Page) -> None:
    page.get_by_label("On some weekdays of the month").check()
    asked(page, "Which ones of the month?").get_by_label("First").check()
    asked(page, "Which ones of the month?").get_by_label("Third").check()
    asked(page, "On which days?").get_by_label("Thursday").check()
    page.get_by_label("First date").fill((timezone.localdate() + timedelta(days=3)).isoformat())
    page.get_by_label("Starts at").fill("19:00")
    page.get_by_label("Ends at").fill("20:30")


def save_the_dates(page: Page, check: Check) -> None:
    press(page, "Show me the dates")
    heading(page, "Are these the right dates?")
    expect(page.get_by_role("main")).to_contain_text("The first and third Thursday of the month")
    expect(page.get_by_role("main").locator("ol > li")).to_have_count(5)
    check(page)
    press(page, "Yes, add these dates")
    expect(page.get_by_text("The dates are added")).to_be_visible()
    assert Series.objects.get().rule == "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH,3TH"


def test_the_next_dates_are_seen_while_they_are_chosen(
    page: Page, group: Group, fay: Person, live_server: object, assert_accessible: Check
) -> None:
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/groups/{group.pk}/series/new/")
    told = page.locator("#next-dates")
    expect(told).to_contain_text("the next dates are shown here")
    expect(page.get_by_label("On which day of the month?")).to_be_hidden()
    choose_first_and_third_thursday(page)
    expect(told.get_by_role("listitem")).to_have_count(5)
    expect(told).to_contain_text("The first and third Thursday of the month")
    expect(told.get_by_role("listitem").first).to_contain_text("7 pm to 8:30 pm, London time")
    assert_accessible(page)
    assert not Series.objects.exists()
    save_the_dates(page, assert_accessible)


def test_all_questions_are_there_without_javascript(
    page_without_script: Page, group: Group, fay: Person, live_server: object
) -> None:
    page = page_without_script
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/groups/{group.pk}/series/new/")
    expect(page.locator("#next-dates")).to_contain_text("You see them on the next page")
    choose_first_and_third_thursday(page)
    save_the_dates(page, lambda _page: None)


def test_this_and_the_following_dates_are_changed(
    page: Page, series: Series, fay: Person, live_server: object, assert_accessible: Check
) -> None:
    sign_in(page, fay, live_server.url)
    third = series.meetings.order_by("starts_at")[2]
    page.goto(f"/facilitate/meetings/{third.pk}/")
    follow(page, "Change this and the following dates")
    heading(page, "Change dates that repeat")
    expect(page.locator("#next-dates").get_by_role("listitem")).to_have_count(5)
    assert_accessible(page)
    asked(page, "On which days?").get_by_label("Friday").uncheck()
    page.get_by_label("Starts at").fill("18:30")
    press(page, "Show me first")
    heading(page, "Change the dates like this?")
    expect(page.get_by_role("main")).to_contain_text("This concerns 2 people.")
    assert_accessible(page)
    press(page, "Change the dates")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Why?").fill("The hall is taken on Fridays.")
    press(page, "Change the dates")
    expect(page.get_by_text("The dates are changed.")).to_be_visible()
    assert_accessible(page)
    assert Series.objects.get(follows=series).rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=MO"


def test_a_summer_is_left_out_and_the_dates_end(
    page: Page, series: Series, fay: Person, live_server: object, assert_accessible: Check
) -> None:
    sign_in(page, fay, live_server.url)
    second = series.meetings.order_by("starts_at")[1]
    page.goto(f"/facilitate/groups/{series.group_id}/")
    follow(page, "Leave out days")
    assert_accessible(page)
    page.get_by_label("First day", exact=True).fill(second.starts_at.date().isoformat())
    last = second.starts_at.date() + timedelta(days=6)
    page.get_by_label("Last day", exact=True).fill(last.isoformat())
    press(page, "Show me first")
    expect(page.get_by_role("main")).to_contain_text("2 dates are cancelled")
    assert_accessible(page)
    page.get_by_label("Why?").fill("A short break.")
    press(page, "Leave them out")
    expect(page.get_by_text("These days are left out.")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^End\b")).click()
    heading(page, "End these dates?")
    assert_accessible(page)
    press(page, "Show me first")
    page.get_by_label("Why?").fill("The course is over.")
    press(page, "End these dates")
    expect(page.get_by_text("These dates no longer repeat.")).to_be_visible()
    assert ScheduleChange.objects.exclude(kind="added").count() == 2


def test_right_to_left(
    open_page: Callable[..., Page],
    series: Series,
    fay: Person,
    live_server: object,
    assert_accessible: Check,
) -> None:
    page = open_page()
    sign_in(page, fay, live_server.url)
    for path in ("edit/", "skip/", "end/"):
        page.goto(f"/ar/facilitate/series/{series.pk}/{path}")
        assert_accessible(page)
