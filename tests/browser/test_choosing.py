"""Help me choose, the shortlist, sending on and paper, in a browser."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from directory.models import SiteProfile
from tests import factories
from tests.browser.accessible import scrolls_sideways
from tests.browser.conftest import SIZES

NEUTRAL = "https://www.bbc.co.uk"
NAMES = ("Grief on Tuesdays", "Grief on Sundays", "Grief online", "Grief walks", "Grief and tea")
PAGES = (
    "/choose/",
    "/choose/?step=where&q=grief",
    "/choose/?step=when",
    "/choose/?step=matters",
    "/shortlist/",
    "/shortlist/?q=grief&group=gone",
    "/shortlist/?group=grief-on-tuesdays&group=grief-online&group=gone",
    "/groups/print/",
    "/groups/print/?size=large&q=grief",
    "/groups/?q=grief&access=step-free&why=1",
)


@pytest.fixture(autouse=True)
def listed(db: None) -> None:
    """Five groups on grief; the first is step-free and has a date."""
    factories.make_crisis_line()
    topic = factories.make_topic(slug="grief", name="Grief and loss", description="For anybody.")
    loss = factories.make_topic(slug="bereavement", name="Bereavement", parent=topic)
    for name in NAMES:
        slug = name.lower().replace(" ", "-")
        make = factories.make_online_group if "online" in name else factories.make_group
        features = ["step-free"] if "Tuesdays" in name else []
        group = make(name=name, slug=slug, topics=[loss], access_features=features)
        factories.make_meeting(group, timezone.now() + timedelta(days=1))


def shortlist_link(page: Page):
    return page.get_by_role("link", name=re.compile("^Shortlist"))


def button_of(page: Page, name: str):
    return page.locator("[data-group]", has_text=name).get_by_role("button")


def take_off(page: Page, name: str):
    return page.locator(".compared > li", has_text=name).get_by_role("link").last


def compared(page: Page) -> list[str]:
    return page.locator(".compared h2").all_inner_texts()


def walk_through_the_questions(page: Page) -> None:
    page.goto("/choose/")
    page.locator("summary", has_text="Grief and loss").click()
    page.get_by_label("Bereavement", exact=True).check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("In person, in a room with others").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Question 3 of 4")).to_be_visible()
    page.get_by_role("link", name="I do not mind: go on without an answer").click()
    page.get_by_label("I can get in without steps").check()
    page.get_by_role("button", name="Show groups").click()


def test_four_questions_lead_to_a_group_that_fits(page: Page) -> None:
    walk_through_the_questions(page)
    row = page.locator("[data-group]")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("What fits: Bereavement · Step-free · In person")
    assert page.context.cookies() == []


def test_the_same_without_javascript(page_without_script: Page) -> None:
    page = page_without_script
    walk_through_the_questions(page)
    page.get_by_role("link", name="Grief on Tuesdays").click()
    page.get_by_role("link", name="Compare it with other groups").click()
    page.get_by_label("Its name, or what it is about").fill("walks")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("link", name="Add “Grief walks”").click()
    assert compared(page) == ["Grief on Tuesdays", "Grief walks"]
    take_off(page, NAMES[0]).click()
    assert compared(page) == ["Grief walks"]


def test_back_brings_the_answers_back(page: Page) -> None:
    page.goto("/choose/")
    page.get_by_label("In your own words").fill("my dad died")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Question 2 of 4")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_label("In your own words")).to_have_value("my dad died")


class TestShortlist:
    """The tab alone keeps it."""

    def test_from_the_list_to_side_by_side(self, page: Page) -> None:
        page.goto("/groups/")
        expect(shortlist_link(page)).to_be_hidden()
        for name in NAMES[:2]:
            button_of(page, name).click()
        expect(button_of(page, NAMES[0])).to_have_text(f"Take off the shortlist: {NAMES[0]}")
        expect(shortlist_link(page)).to_contain_text("(2)")
        shortlist_link(page).click()
        assert compared(page) == list(NAMES[:2])
        take_off(page, NAMES[0]).click()
        expect(shortlist_link(page)).to_contain_text("(1)")

    def test_a_groups_own_page_has_the_button_too(self, page: Page) -> None:
        page.goto("/groups/grief-walks/")
        page.get_by_role("button", name="Add to shortlist").click()
        expect(shortlist_link(page)).to_contain_text("(1)")
        page.get_by_role("button", name="Take off the shortlist").click()
        expect(shortlist_link(page)).to_be_hidden()
        assert page.evaluate("sessionStorage.length") == 0

    def test_a_fifth_does_not_fit(self, page: Page) -> None:
        page.goto("/groups/")
        for name in NAMES[:4]:
            button_of(page, name).click()
        fifth = button_of(page, NAMES[4])
        expect(fifth).to_have_text(f"Your shortlist is full: {NAMES[4]}")
        fifth.click(force=True)
        expect(shortlist_link(page)).to_contain_text("(4)")

    def test_rows_that_change_in_place_keep_their_own_buttons(self, page: Page) -> None:
        page.goto("/groups/")
        button_of(page, "Grief walks").click()
        page.get_by_label("What is it about?").fill("walks")
        page.get_by_label("What is it about?").press("Enter")
        expect(page.locator("[data-group]")).to_have_count(1)
        expect(page.locator(".shortlist-button")).to_have_count(1)
        button_of(page, "Grief walks").click()
        expect(shortlist_link(page)).to_be_hidden()

    def test_another_tab_knows_nothing_of_it(self, page: Page) -> None:
        page.goto("/groups/")
        button_of(page, NAMES[0]).click()
        assert page.evaluate("localStorage.length") == 0
        assert page.context.cookies() == []
        other = page.context.new_page()
        other.goto("/groups/")
        expect(shortlist_link(other)).to_be_hidden()

    def test_who_leaves_leaves_no_list_behind(self, open_page) -> None:
        SiteProfile.objects.update_or_create(pk=1, defaults={"exit_url": f"{NEUTRAL}/weather"})
        page = open_page(leaves_for=NEUTRAL)
        page.goto("/groups/")
        button_of(page, NAMES[0]).click()
        page.get_by_role("button", name="Exit this page").click()
        page.wait_for_url(f"{NEUTRAL}/**")
        page.goto("/groups/")
        expect(shortlist_link(page)).to_be_hidden()


class TestSendingOn:
    """Only the address goes."""

    def test_where_the_browser_can_send(self, page: Page) -> None:
        page.add_init_script(
            "navigator.share = (it) => { window.sent = it; return Promise.resolve(); }"
        )
        page.goto("/groups/grief-walks/?from=elsewhere")
        page.get_by_role("button", name="Send it on").click()
        sent = page.evaluate("window.sent")
        assert sent.pop("url").endswith("/groups/grief-walks/")
        assert sent == {"title": "A page for you", "text": "This page may be of use."}

    def test_where_it_can_copy(self, open_page) -> None:
        page = open_page(permissions=["clipboard-read", "clipboard-write"])
        page.goto("/shortlist/?group=grief-walks&group=grief-online")
        page.get_by_role("button", name="Copy the address").click()
        expect(page.get_by_text("Copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.endswith("/shortlist/?group=grief-walks&group=grief-online")

    def test_without_a_script_the_address_can_be_marked(self, page_without_script: Page) -> None:
        page = page_without_script
        page.goto("/groups/grief-walks/")
        expect(page.locator(".send-on code")).to_contain_text("/groups/grief-walks/")
        expect(page.get_by_role("button", name="Copy the address")).to_be_hidden()


class TestPaper:
    """A4 and Letter."""

    @pytest.mark.parametrize("paper", ["A4", "Letter"])
    @pytest.mark.parametrize(("size", "most"), [("small", 1), ("large", 3)])
    def test_a_few_groups_fit_on_a_sheet(self, open_page, paper, size, most) -> None:
        page = open_page(viewport=SIZES["desktop"])
        page.goto(f"/groups/print/?size={size}")
        sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))
        assert 1 <= len(sheets) <= most

    def test_on_paper_are_groups_and_no_controls(self, page: Page) -> None:
        page.goto("/groups/print/")
        page.emulate_media(media="print")
        expect(page.get_by_text("Grief walks")).to_be_visible()
        expect(page.get_by_role("img", name="QR code of this address")).to_be_visible()
        for gone in ("Exit this page", "Print this list"):
            expect(page.get_by_role("button", name=gone)).to_be_hidden()
        expect(page.get_by_role("link", name="Large print")).to_be_hidden()
        assert not scrolls_sideways(page)

    def test_a_groups_page_brings_its_code_to_paper(self, page: Page) -> None:
        page.goto("/groups/grief-walks/")
        code = page.get_by_role("img", name="QR code of this address")
        expect(code).to_be_hidden()
        page.emulate_media(media="print")
        expect(code).to_be_visible()
        expect(code).to_have_js_property("complete", value=True)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_page_is_accessible(open_page, address, language, assert_accessible) -> None:
    page = open_page()
    page.goto(language + address)
    page.evaluate("document.querySelectorAll('main details').forEach((it) => (it.open = true))")
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert_accessible(page)


@pytest.mark.parametrize("address", PAGES[::3])
def test_it_fits_the_narrowest_screen_with_large_letters(open_page, address) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(address)
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)
