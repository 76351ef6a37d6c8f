"""From a group's page to a place at its table, and out again, as people do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from directory.choices import AgreementKind, Joining
from directory.models import Group, Membership, Seat
from tests import factories
from tests.browser.pressing import follow, press
from tests.signing_up.accounts import newest_code

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[Page], None]
ADDRESS = "new@example.org"


@pytest.fixture(autouse=True)
def nobody_came_before(transactional_db: None) -> None:
    """Limits are counted in a table that is not emptied between tests."""
    cache.clear()


@pytest.fixture
def group() -> Group:
    factories.make_agreement()
    factories.make_agreement(AgreementKind.MEMBERSHIP, title="May we keep that you are in it?")
    group = factories.make_group(
        name="Grief on Tuesdays", slug="grief-on-tuesdays", adults_only=True
    )
    factories.make_meeting(group, timezone.now() + timedelta(days=2))
    return group


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def make_account(page: Page, check: Check) -> None:
    heading(page, "Make an account")
    check(page)
    press(page, "Send me a code")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    page.get_by_label("A name to go by").fill("Heron 41")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.get_by_role("radio", name="Yes").check()
    press(page, "Send me a code")
    heading(page, "Type in the code")
    check(page)
    page.get_by_label("The code from the e-mail").fill(newest_code(ADDRESS))
    press(page, "Go on")


def join(page: Page, check: Check) -> None:
    heading(page, "A few questions")
    check(page)
    page.get_by_label("I am 18 or over").check()
    page.get_by_label("I would rather listen").check()
    press(page, "Go on")
    heading(page, "Check and agree")
    check(page)
    page.get_by_label("I agree").check()
    press(page, "Join the group")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    page.get_by_label("Yes, you may keep").check()
    press(page, "Join the group")
    expect(page.get_by_text("You are in this group now.")).to_be_visible()
    check(page)


def give_back_and_take_again(page: Page, check: Check) -> None:
    """Whoever joins has a place at each date, and can say that they do not come."""
    expect(page.get_by_role("main")).to_contain_text("You have a place")
    press(page, "I cannot come this time")
    expect(page.get_by_text("You gave your place back.")).to_be_visible()
    check(page)
    press(page, "Take it again")
    expect(page.get_by_text("You have a place.", exact=True)).to_be_visible()
    assert Seat.objects.get().state == "confirmed"


def leave(page: Page, check: Check) -> None:
    follow(page, "Leave the group")
    heading(page, "Leave this group?")
    check(page)
    press(page, "Leave")
    heading(page, "Your meetings")
    check(page)
    assert Membership.objects.get().state == "left"


def whole_way(page: Page, group: Group, check: Check) -> None:
    page.goto(f"/groups/{group.slug}/")
    follow(page, "Sign up")
    heading(page, "Before you join")
    check(page)
    follow(page, "Make an account")
    make_account(page, check)
    join(page, check)
    give_back_and_take_again(page, check)
    leave(page, check)


def test_from_the_groups_page_to_a_place_and_out_again(
    page: Page, group: Group, assert_accessible: Check
) -> None:
    whole_way(page, group, assert_accessible)


def test_the_same_without_javascript(page_without_script: Page, group: Group) -> None:
    whole_way(page_without_script, group, lambda _page: None)


def test_signing_in_and_looking_around(page: Page, group: Group, assert_accessible: Check) -> None:
    person = factories.make_person("Ben", email=ADDRESS)
    membership = factories.make_membership(group, person)
    meeting = factories.make_meeting(group, status="cancelled", reason="Snow on the road")
    asked = factories.make_group(joining=Joining.ASK)
    request = factories.make_membership(asked, person, "asked")
    page.goto("/me/")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    press(page, "Send me a code")
    page.get_by_label("The code from the e-mail").fill(newest_code(ADDRESS))
    press(page, "Go on")
    heading(page, "Your meetings")
    for path in (
        "/me/",
        f"/me/groups/{membership.pk}/",
        f"/me/groups/{request.pk}/",
        f"/me/meetings/{meeting.pk}/",
        "/me/agreement/",
        "/me/settings/",
        "/accounts/email/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/ar/me/",
        f"/ar/me/groups/{membership.pk}/",
    ):
        page.goto(path)
        assert_accessible(page)


def test_the_pages_for_visitors(page: Page, group: Group, assert_accessible: Check) -> None:
    just_come = factories.make_group(joining=Joining.JUST_COME)
    for path in (
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/inactive/",
        "/ar/accounts/signup/",
        f"/ar/groups/{group.slug}/join/",
        f"/groups/{just_come.slug}/join/",
    ):
        page.goto(path)
        assert_accessible(page)


def test_the_open_room(page: Page, assert_accessible: Check) -> None:
    person = factories.make_person("Ben", email=ADDRESS)
    group = factories.make_online_group(name="Online evening")
    membership = factories.make_membership(group, person)
    factories.make_meeting(group, timezone.now() + timedelta(minutes=10))
    page.goto(f"/accounts/login/?next=/me/groups/{membership.pk}/")
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    press(page, "Send me a code")
    page.get_by_label("The code from the e-mail").fill(newest_code(ADDRESS))
    press(page, "Go on")
    expect(page.get_by_role("link", name="Go to the meeting")).to_be_visible()
    assert_accessible(page)
