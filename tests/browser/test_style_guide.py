"""Every component, as a browser sees it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.browser.accessible import scrolls_sideways


@pytest.fixture(autouse=True)
def crisis_line(db: None) -> None:
    factories.make_crisis_line(country="GB", phone="116 123", url="https://helpline.example.org/")


@pytest.mark.parametrize("address", ["/style-guide/", "/ar/style-guide/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_component_is_accessible(open_page, size, scheme, address, assert_accessible):
    page = open_page(viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    assert_accessible(page)


@pytest.mark.parametrize("address", ["/style-guide/", "/ar/style-guide/"])
def test_it_fits_the_narrowest_screen(open_page, address):
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(address)
    assert not scrolls_sideways(page)


def test_it_fits_with_letters_twice_as_large(open_page):
    page = open_page(viewport={"width": 375, "height": 812})
    page.goto("/style-guide/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)


def test_the_first_key_leads_past_the_header(page):
    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Skip to the main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_paper_shows_the_page_and_the_help_but_nothing_to_press(page):
    page.goto("/style-guide/")
    page.emulate_media(media="print")
    for hidden in (".exit-button", ".main-nav", ".footer-rest", "main .btn"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.get_by_text("116 123").first).to_be_visible()


def test_forced_colours_keep_the_focus_visible(open_page):
    page = open_page(forced_colors="active")
    page.goto("/style-guide/")
    page.locator("main .btn").first.focus()
    style = page.evaluate("getComputedStyle(document.activeElement).outline")
    assert "3px" in style
    assert "solid" in style


def test_the_readers_own_time_stands_beside_one_of_another_zone(open_page):
    page = open_page(timezone_id="Europe/London")
    page.goto("/style-guide/")
    shown = page.locator("main p:has(> time)").all_inner_texts()
    told = [text.replace("\u00a0", " ") for text in shown]
    assert told[0] == "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
    assert told[1] == (
        "Tuesday 24 November 2026, 2 pm to 3:30 pm, New York time (your time: Tuesday 7 pm)"
    )
