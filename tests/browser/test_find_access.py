"""The pages of finding, as axe reads them: two sizes, two directions, dark, narrow, large."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from directory.actions.content import set_up_site
from directory.choices import Format, GroupStatus
from directory.models import FacilitatorProfile, Meeting, Topic
from tests import factories
from tests.browser.accessible import scrolls_sideways
from tests.browser.conftest import SIZES

PAGES = (
    "/",
    "/groups/",
    "/groups/?q=no+reason+to+live,+near+York,+tonight",
    "/groups/?q=nothing&format=online&day=mon&topic=nope",
    "/groups/?q=greif&place=York&radius=50&access=step-free&from=01:00&sort=nearest",
    "/groups/?place=Nowhere&view=week",
    "/groups/?near=53.8,-1.5&view=map",
    "/meetings/",
    "/groups/tells-all/",
    "/groups/rests/",
    "/groups/tells-all/ask/",
    "/groups/tells-all/ask/thanks/",
    "/groups/tells-all/wrong/",
    "/groups/tells-all/wrong/thanks/",
    "MEETING",
    "/facilitators/",
    "FACILITATOR",
    "/organisations/harbour/",
    "/missing/",
    "/missing/thanks/",
)


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    """A site with one group that tells all that can be told."""
    set_up_site(by=None)
    for region, population in (("Yorkshire", 150_000), ("Elsewhere", 100)):
        factories.make_town(
            "York", region=region, population=population, latitude=53.96, longitude=-1.08
        )
    now = timezone.now()
    organisation = factories.make_organisation(
        name="Harbour", slug="harbour", description="We are **small**.", contact_phone="020 7946 0"
    )
    group = factories.make_group(
        organisation=organisation,
        slug="tells-all",
        name="Grief on Tuesdays",
        format=Format.HYBRID,
        place=factories.make_place(organisation, latitude=53.8, longitude=-1.55),
        topics=list(Topic.objects.filter(slug__in=["bereavement", "chronic-pain"])),
        summary="A circle with tea.",
        who_for="People who have lost somebody",
        audiences=["carers"],
        description="One person **speaks** at a time.",
        what_it_is_not="It is not therapy.",
        languages=["en", "ar"],
        access_features=["step-free", "captions"],
        which_door="The blue door",
        who_greets="Fay, by the door",
        usual_size_from=6,
        usual_size_to=12,
        confirmed_on=now.date() - timedelta(days=400),
        joining="ask",
    )
    factories.make_series(group)
    week = timedelta(days=7)
    factories.make_meeting(group, now + week, status="cancelled", reason="No heating.")
    factories.make_meeting(group, now + 2 * week, original_start=now + week, reason="A fair.")
    factories.make_meeting(group, now + 3 * week)
    factories.make_facilitator(group, factories.make_person(), first_name="Fay")
    rests = {"status": GroupStatus.PAUSED, "published_at": now}
    factories.make_group(slug="rests", organisation=organisation, **rests)


def address(page_name: str) -> str:
    if page_name == "FACILITATOR":
        return f"/facilitators/{FacilitatorProfile.objects.get().public_id}/"
    if page_name != "MEETING":
        return page_name
    moved = Meeting.objects.exclude(reason="").last()
    return f"/meetings/{moved.pk}/"


@pytest.mark.parametrize("page_name", PAGES)
@pytest.mark.parametrize("language", ["", "/ar"])
def test_every_page_is_accessible(open_page, page_name, language, assert_accessible) -> None:
    page = open_page()
    page.goto(language + address(page_name))
    page.evaluate("document.querySelectorAll('main details').forEach((it) => (it.open = true))")
    for size in SIZES.values():
        page.set_viewport_size(size)
        assert_accessible(page)


@pytest.mark.parametrize("page_name", ["/", "/groups/", "/groups/tells-all/"])
def test_in_the_dark(open_page, page_name, assert_accessible) -> None:
    page = open_page(color_scheme="dark")
    page.goto(page_name)
    assert_accessible(page)


@pytest.mark.parametrize("page_name", PAGES)
def test_it_fits_the_narrowest_screen_with_large_letters(open_page, page_name) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(address(page_name))
    assert not scrolls_sideways(page)
    page.set_viewport_size({"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not scrolls_sideways(page)


@pytest.mark.parametrize(
    "form", ["/missing/", "/groups/tells-all/ask/", "/groups/tells-all/wrong/"]
)
def test_a_form_with_a_mistake_is_accessible(page: Page, assert_accessible, form: str) -> None:
    page.goto(form)
    page.get_by_role("main").get_by_role("button", name="Send").click()
    assert_accessible(page)
