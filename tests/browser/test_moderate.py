"""Mo puts a group up: from an empty list to a page that everybody finds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import OutgoingMail, Person
from directory.models import CrisisLine, EverydayWords, Group, Organisation, Topic
from tests import factories
from tests.browser.pressing import follow, press
from tests.signing_up.accounts import newest_code

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[Page], None]
ADDRESS = "mo@example.org"


@pytest.fixture(autouse=True)
def nobody_came_before(transactional_db: None) -> None:
    """Limits are counted in a table that is not emptied between tests."""
    cache.clear()


@pytest.fixture
def mo() -> Person:
    organisation = factories.make_organisation(name="Harbour Listening", runs_site=True)
    person = factories.make_person("Mo", email=ADDRESS)
    factories.make_moderator(organisation, person)
    above = factories.make_topic(name="Grief and loss")
    factories.make_topic(name="Bereavement", parent=above)
    factories.make_crisis_line()
    return person


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/?next=/moderate/")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    press(page, "Send me a code")
    page.get_by_label("The code from the e-mail").fill(newest_code(ADDRESS))
    press(page, "Go on")
    heading(page, "Groups you look after")


def put_up(page: Page, check: Check) -> None:
    follow(page, "Put up a group")
    heading(page, "Put up a group")
    check(page)
    press(page, "Save as a draft")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    page.get_by_label("Name of the group").fill("Grief on Tuesdays")
    page.get_by_role("radio", name="In person", exact=True).check()
    page.get_by_label("Place", exact=True).select_option("A place that is not in this list")
    page.get_by_label("Name of the building").fill("Quaker Meeting House")
    page.get_by_label("Town").fill("Leeds")
    page.get_by_role("radio", name="Sign up").check()
    press(page, "Save as a draft")
    heading(page, "Grief on Tuesdays")
    check(page)


def add_what_is_missing(page: Page, check: Check) -> None:
    expect(page.get_by_text("Needed before it can be published")).to_be_visible()
    follow(page, "Choose what the group is about.")
    check(page)
    page.get_by_text("Grief and loss", exact=True).click()
    page.get_by_label("Bereavement").check()
    page.get_by_label("What it is, in one or two sentences").fill("Tea and talk.")
    press(page, "Save")
    expect(page.get_by_text("Ready to publish")).to_be_visible()
    check(page)
    follow(page, "See it as visitors will")
    expect(page.get_by_text("As visitors will see it")).to_be_visible()
    check(page)
    follow(page, "Back to the group")


def invite_and_publish(page: Page, check: Check) -> None:
    follow(page, "Invite a facilitator")
    check(page)
    page.get_by_label("E-mail address").fill("fay@example.org")
    press(page, "Send the invitation")
    expect(page.get_by_text("The invitation is on its way.")).to_be_visible()
    check(page)
    assert OutgoingMail.objects.filter(kind="invitation", address="fay@example.org").exists()
    press(page, "Publish the group")
    expect(page.get_by_text("everybody can find this group now")).to_be_visible()
    check(page)
    page.goto("/groups/")
    expect(page.locator("[data-group='grief-on-tuesdays']")).to_be_visible()


def look_after_the_site(page: Page, check: Check) -> None:
    page.goto("/moderate/")
    check(page)
    follow(page, "The site's name, contact and crisis lines")
    check(page)
    page.get_by_label("Name of the site").fill("Harbour")
    press(page, "Save")
    expect(page.locator(".brand")).to_have_text("Harbour")
    follow(page, "Crisis lines")
    check(page)
    follow(page, "Samaritans")
    check(page)
    page.get_by_label("Number to call").fill("116 123 4")
    press(page, "Save")
    expect(page.locator("#help-now")).to_contain_text("116 123 4")
    assert CrisisLine.objects.get().phone == "116 123 4"


def whole_way(page: Page, check: Check) -> None:
    sign_in(page)
    check(page)
    put_up(page, check)
    add_what_is_missing(page, check)
    invite_and_publish(page, check)
    look_after_the_site(page, check)
    assert Group.objects.get().place.town == "Leeds"


def test_from_an_empty_list_to_a_page_that_everybody_finds(
    page: Page, mo: Person, assert_accessible: Check
) -> None:
    whole_way(page, assert_accessible)


def test_the_same_without_javascript(page_without_script: Page, mo: Person) -> None:
    whole_way(page_without_script, lambda _page: None)


def test_the_form_asks_only_what_fits(page: Page, mo: Person) -> None:
    sign_in(page)
    follow(page, "Put up a group")
    link, place = page.get_by_label("Link to the meeting"), page.get_by_label("Place", exact=True)
    days = page.get_by_label("People get an answer")
    for asked in (link, place, days):
        expect(asked).to_be_hidden()
    page.get_by_role("radio", name="Online", exact=True).check()
    expect(link).to_be_visible()
    expect(place).to_be_hidden()
    page.get_by_role("radio", name="In person and online").check()
    expect(place).to_be_visible()
    page.get_by_role("radio", name="Ask to join").check()
    expect(days).to_be_visible()


def test_the_other_pages(page: Page, mo: Person, assert_accessible: Check) -> None:
    organisation = Organisation.objects.get()
    group = factories.make_group(organisation=organisation, name="Bereaved")
    part = factories.make_facilitator(group, factories.make_person("Fay"), first_name="Fay")
    line = CrisisLine.objects.get()
    topic = Topic.objects.get(name="Bereavement")
    for words in ("dad died", "مات أبي"):
        EverydayWords.objects.create(words=words, topic=topic)
    sign_in(page)
    for path in (
        f"/moderate/organisations/{organisation.slug}/",
        f"/moderate/organisations/{organisation.slug}/places/",
        f"/moderate/places/{group.place.pk}/",
        f"/moderate/groups/{group.pk}/",
        f"/moderate/facilitators/{part.pk}/end/",
        "/moderate/site/missing/",
        "/moderate/site/words/?try=my+dad+died",
        f"/moderate/site/words/{topic.slug}/",
        f"/ar/moderate/site/words/{topic.slug}/",
        "/moderate/site/crisis-lines/new/",
        f"/moderate/site/crisis-lines/{line.pk}/remove/",
    ):
        page.goto(path)
        assert_accessible(page)


def test_the_administrators_site_under_our_policy(page: Page, mo: Person) -> None:
    Person.objects.update(is_staff=True, is_superuser=True)
    sign_in(page)
    for path in (
        "/admin/",
        "/admin/directory/topic/",
        "/admin/directory/topic/add/",
        "/admin/directory/article/add/",
        "/admin/accounts/auditentry/",
    ):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
