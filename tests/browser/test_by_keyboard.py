"""The schedule by keys and by ear: where the focus is, that it shows, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from directory.actions.series import add_series
from directory.models import Group, Series
from tests import factories
from tests.browser.test_facilitate import press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

OpenPage = Callable[..., Page]

RING = """() => {
  const here = document.activeElement;
  const button = document.querySelector(".exit-button").getBoundingClientRect();
  const box = here.getBoundingClientRect();
  const isApart = here.matches(".exit-button, .skip-link") || box.right <= button.left
    || box.left >= button.right || box.bottom <= button.top || box.top >= button.bottom;
  return [here.id || here.textContent.trim(), getComputedStyle(here).outlineStyle, isApart];
}"""
APART = """() => {
  const name = document.querySelector(".brand").getBoundingClientRect();
  const button = document.querySelector(".exit-button").getBoundingClientRect();
  return name.right <= button.left || name.top >= button.bottom;
}"""
HEARD = """() => {
  window.heard = 0;
  const seen = new MutationObserver((changes) => { window.heard += changes.length; });
  const region = document.querySelector("[aria-live]");
  seen.observe(region, { childList: true, subtree: true, characterData: true });
}"""


@pytest.fixture
def group() -> Group:
    return factories.make_group(name="Grief on Tuesdays")


@pytest.fixture
def fay(group: Group) -> Person:
    person = factories.make_person("Fay")
    factories.make_facilitator(group, person)
    return person


@pytest.fixture
def series(group: Group) -> Series:
    first_on = timezone.localdate() + timedelta(days=7)
    return add_series(
        group=group,
        by=None,
        first_on=first_on,
        starts_at_time=time(19),
        duration_minutes=90,
        rule="FREQ=WEEKLY",
    )


@pytest.fixture
def page(open_page: OpenPage, fay: Person, live_server) -> Page:
    page = open_page()
    sign_in(page, fay, live_server.url)
    return page


def test_what_was_done_is_read_first(page: Page, series: Series) -> None:
    meeting = series.meetings.earliest("starts_at")
    page.goto(f"/facilitate/meetings/{meeting.pk}/cancel/")
    page.get_by_label("Why is it cancelled?").fill("The hall is closed.")
    press(page, "Cancel it")
    done = page.get_by_role("status").filter(has_text="The date is cancelled.")
    expect(done).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_focus_shows_and_is_not_below_the_way_out(page: Page, series: Series) -> None:
    page.goto(f"/facilitate/series/{series.pk}/skip/")
    page.evaluate("document.activeElement.blur()")
    reached = []
    while not reached or reached[-1] != "Show me first":
        page.keyboard.press("Tab")
        name, ring, is_apart = page.evaluate(RING)
        assert (ring, is_apart) == ("solid", True), name
        reached.append(name)
    assert reached.count("id_first_on") > 1


@pytest.mark.parametrize("width", [320, 360, 375])
def test_the_name_of_the_site_keeps_away_from_the_way_out(open_page: OpenPage, width: int) -> None:
    page = open_page(viewport={"width": width, "height": 700})
    page.goto("/")
    assert page.evaluate(APART)


def test_dates_that_stay_the_same_are_not_told_again(page: Page, series: Series) -> None:
    page.goto(f"/facilitate/series/{series.pk}/edit/")
    region = page.locator("#next-dates")
    expect(region).to_contain_text("7 pm to 8:30 pm")
    page.evaluate(HEARD)
    with page.expect_response("**/series/dates/**"):
        page.get_by_label("Starts at").dispatch_event("input")
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == 0
    with page.expect_response("**/series/dates/**"):
        page.get_by_label("Starts at").fill("18:00")
    expect(region).to_contain_text("6 pm to 8:30 pm")
    assert page.evaluate("window.heard") > 0
