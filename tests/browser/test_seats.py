"""A place at a full date goes from one person to the next: given back, held, taken by a button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OutgoingMail, Person
from directory.choices import AgreementKind
from directory.emails import kinds, render
from directory.models import Group, Meeting, Seat
from tests import factories
from tests.browser.pressing import follow, press, sign_in

pytestmark = pytest.mark.django_db(transaction=True)

Check = Callable[[Page], None]
OpenPage = Callable[..., Page]


@pytest.fixture
def group() -> Group:
    """Two places at each date, one of them kept for first-timers; a companion may come."""
    factories.make_agreement()
    factories.make_agreement(AgreementKind.MEMBERSHIP, title="May we keep that you are in it?")
    return factories.make_group(
        name="Grief on Tuesdays", slug="grief-on-tuesdays", allows_companions=True
    )


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group, timezone.now() + timedelta(days=2), capacity=1)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def come_to_one_date(page: Page, meeting: Meeting, check: Check) -> None:
    """Kit, who is not in the group, finds the date full and waits."""
    page.goto(f"/meetings/{meeting.pk}/")
    check(page)
    follow(page, "Wait for a place at this date")
    heading(page, "Before you come")
    check(page)
    follow(page, "Go on")
    heading(page, "Come to one date")
    check(page)
    press(page, "Wait for a place")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    page.get_by_label("I agree").check()
    page.get_by_label("Yes, you may keep").check()
    press(page, "Wait for a place")
    expect(page.get_by_text("You are the first in line.")).to_be_visible()
    check(page)


def give_back(page: Page, check: Check) -> None:
    """Ben, who is a member and has the one place, cannot come."""
    page.goto("/me/")
    heading(page, "Your meetings")
    check(page)
    press(page, "I cannot come this time")
    expect(page.get_by_text("You gave your place back.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it again")).to_be_visible()
    check(page)


def take_what_is_held(page: Page, kit: Person, check: Check) -> None:
    """The mail's link leads to a page with two buttons, and opening it takes nothing."""
    mail = OutgoingMail.objects.get(kind=kinds.SEAT_OFFERED, person=kit)
    message: Any = render(mail)
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    page.goto(link.removeprefix(settings.SITE_URL))
    expect(page.get_by_text("A place is held for you until")).to_be_visible()
    check(page)
    assert Seat.objects.get(person=kit).state == "offered"
    press(page, "Yes, I take it")
    expect(page.get_by_text("You have a place.", exact=True)).to_be_visible()
    check(page)
    assert Seat.objects.get(person=kit).state == "confirmed"


def test_a_place_goes_to_the_next_by_a_button(
    open_page: OpenPage,
    size: dict[str, int],
    live_server: Any,
    group: Group,
    meeting: Meeting,
    assert_accessible: Check,
) -> None:
    ben, kit = factories.make_person("Ben"), factories.make_person("Kit")
    factories.make_membership(group, ben)
    factories.make_seat(meeting, ben)
    bens, kits = open_page(viewport=size), open_page(viewport=size)
    sign_in(bens, ben, live_server.url)
    sign_in(kits, kit, live_server.url)
    come_to_one_date(kits, meeting, assert_accessible)
    give_back(bens, assert_accessible)
    take_what_is_held(kits, kit, assert_accessible)
    bens.goto(f"/me/meetings/{meeting.pk}/")
    expect(bens.get_by_text("This date is full.")).to_be_visible()
    assert_accessible(bens)


def test_a_facilitator_changes_order_and_places(
    page: Page, live_server: Any, group: Group, meeting: Meeting, assert_accessible: Check
) -> None:
    fay = factories.make_person("Fay")
    factories.make_facilitator(group, fay)
    for name, state in (("Ben", "confirmed"), ("Wim", "waiting"), ("Ola", "waiting")):
        person = factories.make_person(name)
        factories.make_membership(group, person)
        factories.make_seat(meeting, person, state)
    sign_in(page, fay, live_server.url)
    page.goto(f"/facilitate/meetings/{meeting.pk}/")
    assert_accessible(page)
    follow(page, "Places and waiting list")
    heading(page, "Places and waiting list")
    assert_accessible(page)
    follow(page, "Let go first")
    heading(page, "Let Ola go first?")
    assert_accessible(page)
    page.get_by_label("Why do they go first?").fill("Travels three hours.")
    press(page, "Change the order")
    expect(page.get_by_role("main").locator("ol > li").first).to_contain_text("Ola")
    follow(page, "Change how many places there are")
    heading(page, "Places at this date")
    assert_accessible(page)
    page.get_by_role("spinbutton", name="Places").fill("2")
    press(page, "Save")
    expect(page.get_by_role("heading", name="A place is held for")).to_be_visible()
    assert_accessible(page)
    assert Seat.objects.get(person__display_name="Ola").state == "offered"


def test_the_other_pages_of_places(
    page: Page, live_server: Any, group: Group, meeting: Meeting, assert_accessible: Check
) -> None:
    ben = factories.make_person("Ben")
    membership = factories.make_membership(group, ben)
    hybrid = factories.make_group(
        name="Both ways",
        format="hybrid",
        meeting_capacity=3,
        online_capacity=3,
        allows_companions=True,
    )
    factories.make_membership(hybrid, ben)
    both = factories.make_meeting(hybrid)
    mine = factories.make_meeting(hybrid, timezone.now() + timedelta(days=9))
    factories.make_seat(mine, ben)
    full = factories.make_group(capacity=1)
    factories.make_membership(full, factories.make_person())
    sign_in(page, ben, live_server.url)
    for path in (
        f"/me/meetings/{both.pk}/",
        f"/me/meetings/{mine.pk}/",
        f"/me/groups/{membership.pk}/away/",
        f"/groups/{full.slug}/room/",
        f"/groups/{full.slug}/",
        f"/meetings/{both.pk}/",
        f"/ar/me/meetings/{both.pk}/",
        f"/ar/meetings/{both.pk}/",
    ):
        page.goto(path)
        assert_accessible(page)
