"""One's own calendar: an address that is shown once, renewed and deleted."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Person
from directory.models import Group, Meeting, PrivateCalendar
from tests import factories
from tests.browser.test_facilitate import heading, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[Page], None]


@pytest.fixture
def ben() -> Person:
    """He has a place at a date."""
    group = factories.make_group(name="Grief on Tuesdays", slug="grief-on-tuesdays")
    person = factories.make_person("Ben")
    factories.make_membership(group, person)
    factories.make_seat(factories.make_meeting(group), person)
    return person


def shown_path(page: Page) -> str:
    return urlsplit(page.locator(".copyable code").inner_text()).path


def whole_way(page: Page, check: Check) -> None:
    page.goto("/me/")
    page.get_by_role("link", name="Your dates in your own calendar").click()
    heading(page, "Your calendar")
    check(page)
    press(page, "Make my address")
    expect(page.get_by_text("You see it only now")).to_be_visible()
    check(page)
    first = shown_path(page)
    assert "SUMMARY:Appointment" in page.request.get(first).text()
    page.get_by_label("title of the dates").fill("Choir")
    press(page, "Save")
    expect(page.get_by_text("Saved.")).to_be_visible()
    check(page)
    assert "SUMMARY:Choir" in page.request.get(first).text()
    press(page, "Make a new address")
    expect(page.get_by_text("You see it only now")).to_be_visible()
    assert page.request.get(first).status == 404
    press(page, "Delete the address")
    expect(page.get_by_text("The address leads nowhere any more.")).to_be_visible()
    assert not PrivateCalendar.objects.exists()


def test_an_address_is_made_used_renewed_and_deleted(
    page: Page, ben: Person, live_server, assert_accessible: Check
) -> None:
    sign_in(page, ben, live_server.url)
    whole_way(page, assert_accessible)


def test_the_same_without_javascript(page_without_script: Page, ben: Person, live_server) -> None:
    sign_in(page_without_script, ben, live_server.url)
    whole_way(page_without_script, lambda _page: None)


def test_the_address_is_copied_by_a_button(open_page, ben: Person, live_server) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, ben, live_server.url)
    page.goto("/me/calendar/")
    press(page, "Make my address")
    press(page, "Copy the address")
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert shown_path(page) in page.evaluate("navigator.clipboard.readText()")


def test_in_arabic_and_where_one_takes_a_date_along(
    page: Page, ben: Person, live_server, assert_accessible: Check
) -> None:
    sign_in(page, ben, live_server.url)
    page.goto("/ar/me/calendar/")
    assert_accessible(page)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.locator(".copyable")).to_be_visible()
    assert_accessible(page)
    for path in (
        f"/groups/{Group.objects.get().slug}/",
        f"/meetings/{Meeting.objects.get().pk}/",
        f"/me/meetings/{Meeting.objects.get().pk}/",
        f"/organisations/{Group.objects.get().organisation.slug}/",
    ):
        page.goto(path)
        expect(page.get_by_role("link", name="Google Calendar")).to_be_visible()
        assert_accessible(page)
