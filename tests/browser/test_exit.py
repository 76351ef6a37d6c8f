"""Leaving by the button, by the keyboard, and without JavaScript; then Back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from directory.queries.site import site_profile

NEUTRAL = "https://www.bbc.co.uk"
SIGNED_IN_PAGE = "/accounts/email/"


@pytest.fixture
def page(open_page, size):
    return open_page(viewport=size, leaves_for=NEUTRAL)


@pytest.fixture
def sign_in(live_server, client, ben):
    """Hand a page the session of Ben."""

    def do(page):
        client.force_login(ben)
        cookie = client.cookies["session"]
        page.context.add_cookies(
            [{"name": "session", "value": cookie.value, "url": live_server.url, "httpOnly": True}]
        )

    return do


def has_left(page):
    page.wait_for_url(f"{NEUTRAL}/**")
    assert page.url == site_profile().exit_url
    expect(page).to_have_title("Weather")


def test_the_button_leaves_in_the_same_tab(page):
    page.goto("/style-guide/")
    page.get_by_role("button", name="Exit this page").click()
    has_left(page)
    assert len(page.context.pages) == 1


def test_the_page_left_is_not_behind_back(page):
    page.goto("about:blank")
    page.goto("/style-guide/")
    page.get_by_role("button", name="Exit this page").click()
    has_left(page)
    page.go_back()
    assert page.url == "about:blank"


def test_shift_three_times_leaves(page):
    page.goto("/style-guide/")
    status = page.locator("[data-exit] [role=status]")
    page.keyboard.press("Shift")
    expect(status).to_have_text(re.compile("2 more"))
    page.keyboard.press("Shift")
    expect(status).to_have_text(re.compile("1 more"))
    page.keyboard.press("Shift")
    has_left(page)


def test_capital_letters_do_not_leave(page):
    page.goto("/style-guide/")
    page.locator("#sg-search").focus()
    for letter in "ABCD":
        page.keyboard.press(f"Shift+{letter}")
    expect(page.locator("#sg-search")).to_have_value("ABCD")
    page.wait_for_timeout(200)
    assert page.url.endswith("/style-guide/")


def test_shift_pressed_slowly_does_not_leave(page):
    page.clock.install()
    page.goto("/style-guide/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.clock.run_for(5_100)
    expect(page.locator("[data-exit] [role=status]")).to_have_text("Leaving was stopped.")
    page.keyboard.press("Shift")
    assert page.url.endswith("/style-guide/")


def test_it_signs_out_and_back_shows_nothing_signed_in(page, sign_in):
    sign_in(page)
    page.goto(SIGNED_IN_PAGE)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/style-guide/")
    page.get_by_role("button", name="Exit this page").click()
    has_left(page)
    page.go_back()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)
    assert "/accounts/login/" in page.url


def test_it_leaves_without_javascript(open_page, size, sign_in):
    page = open_page(viewport=size, leaves_for=NEUTRAL, java_script_enabled=False)
    sign_in(page)
    page.goto("/style-guide/")
    page.get_by_role("button", name="Exit this page").click()
    has_left(page)
    page.goto(SIGNED_IN_PAGE)
    assert "/accounts/login/" in page.url


def test_what_has_the_focus_is_never_under_the_button(open_page, size):
    page = open_page(viewport={"width": size["width"], "height": 600})
    page.goto("/style-guide/")
    for _step in range(70):
        page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) is False, page.evaluate("document.activeElement.outerHTML")
    for _step in range(70):
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(HIDDEN) is False, page.evaluate("document.activeElement.outerHTML")


# Whether the exit button lies wholly over what has the focus.
HIDDEN = """() => {
  const focused = document.activeElement;
  const button = document.querySelector(".exit-button");
  if (focused === button || focused === document.body) return false;
  const [over, under] = [button.getBoundingClientRect(), focused.getBoundingClientRect()];
  return under.top < over.bottom && under.bottom > over.top
    && under.left < over.right && under.right > over.left && window.scrollY > 0;
}"""
