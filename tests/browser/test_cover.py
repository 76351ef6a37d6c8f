"""Somebody is ill: another asks, a third offers, is accepted and sees the date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Person
from directory.models import Cover, Group, Meeting
from tests import factories
from tests.browser.test_facilitate import follow, heading, press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

Check = Callable[[Page], None]


@pytest.fixture
def group(organisation: Any) -> Group:
    """It meets in a week and the week after; Ben comes."""
    group = factories.make_group(organisation=organisation, name="Grief on Tuesdays")
    first = factories.make_meeting(group, timezone.now() + timedelta(days=7))
    factories.make_meeting(group, timezone.now() + timedelta(days=14))
    ben = factories.make_person("Ben")
    factories.make_membership(group, ben)
    factories.make_seat(first, ben)
    return group


@pytest.fixture
def gil(group: Group) -> Person:
    person = factories.make_person("Gil")
    own = factories.make_group(organisation=group.organisation, name="Carers in Leeds")
    factories.make_facilitator(own, person, first_name=person.display_name)
    return person


@pytest.fixture
def hal(group: Group) -> Person:
    person = factories.make_person("Hal")
    own = factories.make_group(organisation=group.organisation, name="Living with pain")
    factories.make_facilitator(own, person, first_name=person.display_name)
    return person


def ask_all(page: Page, check: Check) -> None:
    page.goto("/facilitate/")
    follow(page, "Grief on Tuesdays")
    page.goto(f"/facilitate/meetings/{Meeting.everything.order_by('starts_at')[0].pk}/")
    check(page)
    follow(page, "Ask somebody to stand in")
    heading(page, "Ask somebody to stand in")
    expect(page.get_by_label("Everybody who runs a group")).to_be_checked()
    check(page)
    page.get_by_label("A few words to them").fill("I have a cold.")
    page.get_by_role("main").get_by_role("button", name="Ask", exact=True).click()
    heading(page, "Standing in for each other")
    expect(page.get_by_text("has not answered yet").first).to_be_visible()
    check(page)


def offer(page: Page, check: Check) -> None:
    page.goto("/facilitate/")
    check(page)
    follow(page, "Read and answer")
    heading(page, "Standing in for each other")
    expect(page.get_by_text("I have a cold.")).to_be_visible()
    check(page)
    press(page, "Yes, I can")
    expect(page.get_by_text("You said yes. Nobody has decided yet.")).to_be_visible()
    check(page)


def accept(page: Page, check: Check) -> None:
    page.goto("/facilitate/cover/")
    check(page)
    page.get_by_role("button", name="Yes, please Gil").click()
    expect(page.get_by_text("Gil stands in, and knows it.")).to_be_visible()
    expect(page.get_by_text("Gil stands in", exact=True)).to_be_visible()
    check(page)


def six_days_later() -> None:
    """Let the date they stand in at be tomorrow."""
    tomorrow = timezone.now() + timedelta(hours=20)
    meeting = Cover.objects.accepted().get().meeting
    meeting.starts_at, meeting.ends_at = tomorrow, tomorrow + timedelta(minutes=90)
    meeting.save()
    Cover.objects.update(answered_for=tomorrow)


def run_the_date(page: Page, check: Check) -> None:
    page.goto("/facilitate/cover/")
    check(page)
    page.get_by_role("heading", name="Grief on Tuesdays").get_by_role("link").click()
    expect(page.get_by_text("You stand in for this date")).to_be_visible()
    expect(page.get_by_text("opens to you on")).to_be_visible()
    expect(page.get_by_text("1 person has a place")).to_have_count(0)
    check(page)
    six_days_later()
    page.reload()
    expect(page.get_by_text("1 person has a place")).to_be_visible()
    check(page)
    press(page, "I cannot come after all")
    expect(page.get_by_text("The others are asked anew.")).to_be_visible()


def whole_journey(
    open_page: Any, site: str, people: list[Person], check: Check, **how: Any
) -> None:
    """Each looks at it in a browser of their own."""
    pages = [open_page(**how) for _ in people]
    for page, person in zip(pages, people, strict=True):
        sign_in(page, person, site)
    fays, gils = pages
    ask_all(fays, check)
    offer(gils, check)
    accept(fays, check)
    run_the_date(gils, check)


def test_somebody_stands_in(
    open_page: Any,
    size: dict[str, int],
    fay: Person,
    gil: Person,
    hal: Person,
    live_server: Any,
    assert_accessible: Check,
) -> None:
    whole_journey(open_page, live_server.url, [fay, gil], assert_accessible, viewport=size)
    assert set(Cover.objects.values_list("person__display_name", "state")) == {
        ("Gil", "declined"),
        ("Hal", "asked"),
    }


def test_the_same_without_javascript(
    open_page: Any, fay: Person, gil: Person, hal: Person, live_server: Any
) -> None:
    people = [fay, gil]
    whole_journey(open_page, live_server.url, people, lambda _page: None, java_script_enabled=False)


def test_a_moderator_asks_by_name_with_the_keyboard(
    page: Page, mo: Person, gil: Person, group: Group, live_server: Any, assert_accessible: Check
) -> None:
    sign_in(page, mo, live_server.url)
    page.goto("/moderate/")
    assert_accessible(page)
    follow(page, "See which, and ask somebody")
    heading(page, "Dates that need somebody")
    assert_accessible(page)
    page.get_by_role("link", name="Ask somebody").first.focus()
    page.keyboard.press("Enter")
    heading(page, "Ask somebody to stand in")
    page.get_by_label("Everybody who runs a group").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Gil (Carers in Leeds)")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Can you?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("has not answered yet")).to_be_visible()
    assert_accessible(page)
    assert Cover.objects.get().by_name


def test_right_to_left(
    open_page: Any,
    fay: Person,
    gil: Person,
    group: Group,
    live_server: Any,
    assert_accessible: Check,
) -> None:
    page = open_page()
    sign_in(page, fay, live_server.url)
    meeting = group.meetings(manager="everything").first()
    for path in ("cover/", f"meetings/{meeting.pk}/cover/", f"meetings/{meeting.pk}/"):
        page.goto(f"/ar/facilitate/{path}")
        assert_accessible(page)
