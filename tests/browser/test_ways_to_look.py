"""The week and the map in a browser: with eyes, keys, and without JavaScript."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.browser.accessible import scrolls_sideways

# One pixel, for a tile.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
LEEDS, LONDON, YORK = (53.7965, -1.5478), (51.5085, -0.1257), (53.9576, -1.0827)


@pytest.fixture(autouse=True)
def listed(db: None) -> None:
    """Groups in three towns, one of which shows its area only."""
    factories.make_town("Leeds", population=455_123)
    factories.make_town("London", latitude=LONDON[0], longitude=LONDON[1], population=8_961_989)
    factories.make_town("York", latitude=YORK[0], longitude=YORK[1], population=144_202)
    tomorrow = (timezone.now() + timedelta(days=1)).replace(hour=18, minute=0)
    for number, (name, point) in enumerate((("Grief", LEEDS), ("Tea", LONDON), ("Pain", LONDON))):
        place = factories.make_place(latitude=point[0], longitude=point[1])
        group = factories.make_group(name=name, slug=name.lower(), place=place)
        factories.make_meeting(group, tomorrow + timedelta(days=number))
    area = {"shown": "area", "area": "York", "latitude": 53.99, "longitude": -1.1}
    hidden = factories.make_group(name="Quiet", slug="quiet", place=factories.make_place(**area))
    factories.make_meeting(hidden, tomorrow, status="cancelled", reason="No heating.")


def open_map(page: Page, address: str = "/groups/?view=map") -> None:
    page.goto(address)
    page.get_by_role("button", name="Show the map").click()
    expect(page.get_by_text("The map is open.")).to_be_visible()
    expect(page.locator(".map-mark").first).to_be_visible()


class TestTheWeek:
    def test_a_cell_leads_to_the_meeting(self, page: Page, assert_accessible) -> None:
        page.goto("/groups/?view=week")
        grid = page.get_by_role("table", name="Meetings by day and part of the day")
        expect(grid.get_by_role("row")).to_have_count(8)
        expect(grid.get_by_role("cell", name="Cancelled")).to_be_visible()
        assert_accessible(page)
        assert page.locator("[data-group]").count() == 4
        grid.get_by_role("link", name="Grief").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Grief")

    def test_the_keyboard_goes_from_day_to_day(self, page: Page) -> None:
        page.goto("/groups/?view=week")
        links = page.locator(".week-grid a")
        names = links.all_inner_texts()
        links.first.focus()
        reached = []
        for _ in names:
            reached.append(page.evaluate("document.activeElement.innerText"))
            page.keyboard.press("Tab")
        assert reached == names

    def test_without_javascript_it_is_the_same(self, page_without_script: Page) -> None:
        page_without_script.goto("/groups/?view=week")
        expect(page_without_script.get_by_role("table").get_by_role("link")).to_have_count(4)


class TestTheMap:
    def test_nothing_of_it_is_loaded_before_the_press(self, page: Page) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto("/groups/?view=map")
        page.wait_for_load_state("networkidle")
        late = ("leaflet", "outline.json", "map.json")
        assert [url for url in asked if any(name in url for name in late)] == []
        page.get_by_role("button", name="Show the map").click()
        expect(page.get_by_text("The map is open.")).to_be_visible()
        assert all(any(name in url for url in asked) for name in late)

    def test_coming_closer_to_a_group(self, page: Page, assert_accessible) -> None:
        open_map(page)
        assert_accessible(page)
        page.get_by_role("button", name="2 groups around London").click()
        popup = page.locator(".leaflet-popup")
        expect(popup.get_by_role("link")).to_have_text(["Pain", "Tea"], use_inner_text=True)
        assert_accessible(page)
        popup.get_by_role("link", name="Tea").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tea")

    def test_an_area_is_drawn_as_an_area(self, open_page) -> None:
        page = open_page(viewport={"width": 1280, "height": 900})
        open_map(page, "/groups/?view=map&near=53.96,-1.08&radius=5")
        expect(page.locator("path.map-area")).to_be_visible()
        page.get_by_role("button", name="1 group around York").click()
        expect(page.get_by_text("Members are told the address.")).to_be_visible()

    def test_with_the_keyboard_alone(self, page: Page) -> None:
        page.goto("/groups/?view=map")
        page.get_by_role("button", name="Show the map").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("region", name="Map")).to_be_focused()
        mark = page.get_by_role("button", name="2 groups around London")
        expect(mark).to_be_visible()
        mark.focus()
        page.keyboard.press("Enter")
        first = page.locator(".leaflet-popup a[href^='/groups/']").first
        expect(first).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(".leaflet-popup")).to_have_count(0)
        expect(mark).to_be_focused()

    def test_on_a_phone_it_opens_where_one_looks(self, open_page) -> None:
        page = open_page(viewport={"width": 375, "height": 812})
        open_map(page)
        expect(page.locator(".map-canvas")).to_be_in_viewport(ratio=0.99)
        mark = page.get_by_role("button", name="2 groups around London")
        mark.focus()
        # The words need room above the mark, so that the map moves.
        page.keyboard.press("Enter")
        expect(page.locator(".leaflet-popup a[href^='/groups/']").first).to_be_focused()
        page.wait_for_timeout(500)
        page.keyboard.press("Escape")
        expect(mark).to_be_focused()

    def test_other_results_are_shown_on_the_open_map(self, page: Page) -> None:
        open_map(page)
        page.get_by_label("What is it about?").fill("tea")
        page.get_by_label("What is it about?").press("Enter")
        expect(page.locator("#results-count")).to_have_text("1 group")
        expect(page.locator(".map-mark")).to_have_count(1)
        expect(page.get_by_role("button", name="1 group around London")).to_be_visible()

    def test_without_javascript_towns_lead_to_their_groups(self, page_without_script) -> None:
        page = page_without_script
        page.goto("/groups/?view=map")
        expect(page.get_by_role("img", name="A map with a dot")).to_be_visible()
        expect(page.get_by_role("button", name="Show the map")).to_be_hidden()
        page.get_by_role("link", name="Around London").click()
        expect(page.locator("#results-count")).to_have_text("2 groups")

    def test_tiles_come_from_the_named_server_and_learn_nothing(self, open_page, settings) -> None:
        settings.MAP_TILES_URL = "https://tiles.example.org/{z}/{x}/{y}.png"
        settings.MAP_TILES_CREDIT = "Somebody’s map"
        page = open_page(leaves_for="https://tiles.example.org")
        referrers: list[str | None] = []

        def tile(route) -> None:
            referrers.append(route.request.headers.get("referer"))
            route.fulfill(status=200, content_type="image/png", body=PIXEL)

        page.route("https://tiles.example.org/**", tile)
        page.goto("/groups/?view=map&q=grief")
        assert referrers == []
        page.get_by_role("button", name="Show the map").click()
        expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
        assert referrers
        assert set(referrers) == {None}
        expect(page.get_by_text("Somebody’s map")).to_be_visible()


@pytest.mark.parametrize("language", ["", "/ar"])
@pytest.mark.parametrize("view", ["week", "map"])
@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_they_are_accessible(open_page, view, language, color_scheme, assert_accessible) -> None:
    page = open_page(color_scheme=color_scheme)
    if view == "map" and not language:
        open_map(page)
    else:
        page.goto(f"{language}/groups/?view={view}")
    assert_accessible(page)


@pytest.mark.parametrize("view", ["week", "map"])
def test_they_fit_the_narrowest_screen_with_large_letters(open_page, view) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"/groups/?view={view}")
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)
