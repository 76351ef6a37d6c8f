"""Finding a group in a browser: by words, by filters, in place, and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories


@pytest.fixture(autouse=True)
def listed(db: None) -> None:
    """Three groups: grief in London, pain online, and sober evenings in New York."""
    factories.make_crisis_line()
    tomorrow = timezone.now() + timedelta(days=1)
    grief = factories.make_topic(slug="grief", name="Grief and loss")
    loss = factories.make_topic(slug="bereavement", name="Bereavement", parent=grief)
    pain = factories.make_topic(slug="pain", name="Chronic pain")
    group = factories.make_group(
        slug="grief-on-tuesdays",
        name="Grief on Tuesdays",
        summary="A circle with tea.",
        topics=[loss],
        languages=["en"],
        access_features=["step-free"],
    )
    factories.make_meeting(group, tomorrow, status="cancelled", reason="No heating.")
    factories.make_meeting(group, tomorrow + timedelta(days=7))
    online = factories.make_online_group(slug="pain-online", name="Pain, online", topics=[pain])
    factories.make_meeting(online, tomorrow)
    away = factories.make_group(slug="sober", name="Sober", time_zone="America/New_York")
    moved = tomorrow + timedelta(days=2)
    factories.make_meeting(away, moved, original_start=tomorrow, reason="A fair in the hall.")


def results(page: Page) -> list[str]:
    return [card.get_attribute("data-group") for card in page.locator("[data-group]").all()]


def count(page: Page):
    return page.locator("#results-count")


def search(page: Page, words: str) -> None:
    page.get_by_label("What is it about?").fill(words)
    page.get_by_label("What is it about?").press("Enter")


def open_filters(page: Page) -> None:
    """On a phone they are behind one line; where there is room they stand open."""
    summary = page.get_by_text("Day, how it meets, topic and more")
    if summary.is_visible():
        summary.click()


def tick(page: Page, label: str) -> None:
    open_filters(page)
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Show groups").click()


def test_from_the_front_page_to_signing_up(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Talk with people who have been there"
    )
    search(page, "grief")
    expect(count(page)).to_have_text("1 group")
    page.get_by_role("link", name="Grief on Tuesdays").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grief on Tuesdays")
    expect(page.locator("[data-meeting]").first).to_contain_text("Cancelled")
    sign_up = page.get_by_role("link", name="Sign up")
    expect(sign_up).to_have_attribute("href", "/groups/grief-on-tuesdays/join/")


def test_the_same_without_javascript(page_without_script: Page) -> None:
    page = page_without_script
    page.goto("/")
    search(page, "grief")
    expect(count(page)).to_have_text("1 group")
    tick(page, "Online")
    expect(count(page)).to_have_text("0 groups")
    page.get_by_role("link", name="Remove filter: “grief”").click()
    expect(count(page)).to_have_text("1 group")
    assert results(page) == ["pain-online"]
    page.get_by_role("link", name="Pain, online").click()
    expect(page.get_by_role("link", name="Sign up")).to_be_visible()
    expect(page.get_by_role("button", name="Print this page")).to_be_hidden()


class TestInPlace:
    """With JavaScript only the form's counts and the results change."""

    def test_the_page_stays_and_the_result_is_announced(self, page: Page) -> None:
        page.goto("/groups/")
        expect(count(page)).to_have_text("3 groups")
        stays = page.evaluate_handle("document.getElementById('results-count')")
        button = page.get_by_role("button", name="Find", exact=True)
        page.get_by_label("What is it about?").fill("grief")
        button.click()
        expect(count(page)).to_have_text("1 group")
        # The status is the same element with other words: that is what gets read out.
        assert stays.evaluate("it => it.isConnected && it.textContent") == "1 group"
        assert count(page).get_attribute("role") == "status"
        expect(button).to_be_focused()
        expect(page).to_have_title("1 group – Find a group – Waymeet")
        assert page.url.endswith("/groups/?q=grief")
        assert results(page) == ["grief-on-tuesdays"]

    def test_counts_follow_and_what_is_open_stays_open(self, page: Page) -> None:
        page.goto("/groups/")
        open_filters(page)
        access = page.locator("#asked-access")
        access.get_by_text("Access", exact=True).click()
        box = page.get_by_label("Step-free", exact=True)
        expect(page.locator("#format-online-count")).to_have_text("1")
        box.check()
        button = page.get_by_role("button", name="Show groups")
        button.click()
        expect(count(page)).to_have_text("1 group")
        expect(page.locator("#format-online-count")).to_have_text("0")
        expect(button).to_be_focused()
        box.uncheck()
        button.press("Enter")
        expect(count(page)).to_have_text("3 groups")
        expect(page.locator("#format-online-count")).to_have_text("1")
        expect(box).to_be_visible()
        expect(box).not_to_be_checked()
        expect(button).to_be_focused()

    def test_back_and_on_show_what_was_there(self, page: Page) -> None:
        page.goto("/groups/")
        search(page, "grief")
        expect(count(page)).to_have_text("1 group")
        page.go_back()
        expect(count(page)).to_have_text("3 groups")
        expect(page.get_by_label("What is it about?")).to_have_value("")
        page.go_forward()
        expect(count(page)).to_have_text("1 group")
        expect(page.get_by_label("What is it about?")).to_have_value("grief")
        expect(page.get_by_role("button", name="Exit this page")).to_be_visible()

    def test_the_browser_keeps_nothing_of_it(self, page: Page) -> None:
        page.goto("/groups/")
        search(page, "grief")
        expect(count(page)).to_have_text("1 group")
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert page.context.cookies() == []

    def test_the_address_opens_the_same_list(self, page: Page) -> None:
        page.goto("/groups/")
        tick(page, "Online")
        expect(count(page)).to_have_text("1 group")
        page.reload()
        expect(count(page)).to_have_text("1 group")
        assert results(page) == ["pain-online"]


def test_a_topic_brings_its_parts_and_its_chip_takes_it_away(page: Page) -> None:
    page.goto("/groups/")
    open_filters(page)
    page.get_by_text("Grief and loss", exact=True).click()
    page.get_by_label("All of: Grief and loss").check()
    page.get_by_role("button", name="Show groups").click()
    expect(count(page)).to_have_text("1 group")
    page.get_by_role("link", name="Remove filter: Grief and loss").click()
    expect(count(page)).to_have_text("3 groups")


def test_with_the_keyboard_alone(open_page) -> None:
    page = open_page(viewport={"width": 1280, "height": 900})
    page.goto("/groups/")
    page.get_by_label("What is it about?").focus()
    page.keyboard.type("pain")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Where?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(count(page)).to_have_text("1 group")
    expect(page.get_by_label("Where?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Near me")).to_be_focused()


class TestNearMe:
    """The browser is asked only when the button is pressed, and told of only roughly."""

    HERE = {"latitude": 53.797654, "longitude": -1.548765}

    @pytest.fixture(autouse=True)
    def leeds(self) -> None:
        place = factories.make_place(latitude=53.8, longitude=-1.55)
        factories.make_group(slug="close-by", place=place)

    def test_it_finds_what_is_close_by(self, open_page, size) -> None:
        page = open_page(viewport=size, geolocation=self.HERE, permissions=["geolocation"])
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url))
        page.goto("/groups/")
        page.get_by_label("Where?").fill("somewhere else")
        page.get_by_role("button", name="Near me").click()
        expect(count(page)).to_have_text("1 group")
        assert results(page) == ["close-by"]
        expect(page.get_by_role("button", name="Near me")).to_be_focused()
        assert "near=53.8%2C-1.55" in page.url
        expect(page.get_by_label("Where?")).to_have_value("")
        expect(page.get_by_text("Looking near where you are")).to_be_visible()
        assert not any("53.79" in address for address in sent)

    def test_a_town_typed_afterwards_is_believed(self, open_page) -> None:
        factories.make_town("York", latitude=53.96, longitude=-1.08)
        page = open_page(geolocation=self.HERE, permissions=["geolocation"])
        page.goto("/groups/?near=53.8,-1.55")
        page.get_by_label("Where?").fill("York")
        page.get_by_role("button", name="Find", exact=True).click()
        expect(
            page.get_by_role("link", name="Remove filter: Within 10 miles of York")
        ).to_be_visible()
        assert "near=" not in page.url

    def test_who_refuses_is_told_kindly(self, page: Page) -> None:
        page.goto("/groups/")
        page.get_by_role("button", name="Near me").click()
        told = "Your browser does not tell where you are. You can type a town instead."
        expect(page.get_by_text(told)).to_be_visible()
        assert "near=" not in page.url

    def test_without_javascript_there_is_no_such_button(self, page_without_script: Page) -> None:
        page_without_script.goto("/groups/")
        expect(page_without_script.locator("[data-near-button]")).to_be_hidden()


def test_whose_today_is_meant_is_said_only_where_it_matters(open_page) -> None:
    page = open_page(timezone_id="Asia/Tokyo")
    page.goto("/groups/")
    search(page, "pain")
    expect(count(page)).to_have_text("1 group")
    assert "zone=" not in page.url
    tick(page, "In the next seven days")
    expect(page.get_by_role("link", name="Remove filter: In the next seven days")).to_be_visible()
    assert "zone=Asia%2FTokyo" in page.url


def test_the_ways_to_look_keep_the_list_below(page: Page) -> None:
    page.goto("/groups/?format=online")
    page.get_by_role("link", name="Week", exact=True).click()
    expect(page.get_by_role("heading", name="The next seven days")).to_be_visible()
    assert results(page) == ["pain-online"]
    page.get_by_role("link", name="Map", exact=True).click()
    expect(page.get_by_role("heading", name="Where the groups meet")).to_be_visible()
    assert results(page) == ["pain-online"]
    assert "format=online" in page.url


def test_in_another_order(page: Page) -> None:
    page.goto("/groups/?q=pain")
    page.get_by_role("link", name="Best match first").click()
    expect(page.get_by_role("link", name="Best match first")).to_have_attribute(
        "aria-current", "true"
    )
    assert results(page) == ["pain-online"]


def test_nothing_found_offers_a_way_on(page: Page) -> None:
    page.goto("/groups/?q=grief&format=online&topic=nope")
    expect(count(page)).to_have_text("0 groups")
    expect(page.get_by_text("We do not know these values:")).to_contain_text("nope")
    assert results(page) == []
    page.get_by_role("link", name="Leave out Online").click()
    expect(count(page)).to_have_text("1 group")


def test_meetings_by_date(page: Page) -> None:
    page.goto("/meetings/")
    expect(count(page)).to_have_text("4 meetings")
    expect(page.locator("[data-meeting]", has_text="Cancelled")).to_have_count(1)
    moved = page.locator("[data-meeting]", has_text="Moved")
    expect(moved).to_contain_text("New York time")
    moved.get_by_role("link").click()
    expect(page.get_by_text("This meeting was moved")).to_be_visible()


def test_saying_what_is_missing(page: Page) -> None:
    page.goto("/missing/")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("What were you looking for?").fill("A group for fathers")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert page.context.cookies() == []


def test_data_for_search_engines_is_let_through(page: Page) -> None:
    page.goto("/groups/pain-online/")
    read = "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').text).name"
    assert page.evaluate(read) == "Pain, online"


def test_a_page_can_be_printed(page: Page) -> None:
    page.goto("/groups/pain-online/")
    page.evaluate("window.print = () => document.body.setAttribute('data-printed', '')")
    page.get_by_role("button", name="Print this page").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "")
