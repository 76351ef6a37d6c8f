"""A facilitator's week, as it is done with a thumb or a mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import OutgoingMail, Person
from directory.choices import Format, Joining, MembershipState
from directory.invitation_links import invitation_token
from directory.mail_links import stop_token
from directory.models import Attendance, Facilitator, Group, Invitation, Meeting, Membership
from tests import factories
from tests.browser.pressing import follow, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]

Check = Callable[[Page], None]


@pytest.fixture
def group() -> Group:
    """It meets right now, in a room and online; Ola asks to join, and Wim waits."""
    group = factories.make_group(
        name="Grief on Tuesdays", joining=Joining.ASK, format=Format.HYBRID
    )
    tonight = factories.make_meeting(group, timezone.now() - timedelta(minutes=20))
    for name, wishes in (
        ("Ben", {"would_rather_listen": True}),
        ("Kit", {"access_needs": "Chair"}),
    ):
        person = factories.make_person(name)
        factories.make_membership(group, person, **wishes)
        factories.make_seat(tonight, person)
    asked = MembershipState.ASKED
    factories.make_membership(group, factories.make_person("Ola"), asked, message="May I come?")
    factories.make_membership(group, factories.make_person("Wim"), MembershipState.WAITING)
    return group


def press(page: Page, words: str) -> None:
    page.get_by_role("main").get_by_role("button", name=words).click()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def take_up_the_invitation(page: Page, group: Group, check: Check) -> None:
    until = timezone.now() + timedelta(days=3)
    row = Invitation.objects.create(group=group, email="fay@example.org", expires_at=until)
    page.goto(f"/facilitate/invitations/{invitation_token(row.pk)}/")
    heading(page, "Will you help to run this group?")
    check(page)
    page.get_by_label("First name shown to visitors").fill("Fay")
    page.get_by_label("Show my first name to visitors").check()
    press(page, "Yes, I will help")
    heading(page, "Grief on Tuesdays")
    check(page)
    assert Facilitator.objects.get().group == group


def answer_ola(page: Page, check: Check) -> None:
    follow(page, "Ola")
    heading(page, "Ola asks to join")
    check(page)
    follow(page, "Not this time")
    follow(page, "Another group may suit better")
    check(page)
    follow(page, "Say yes after all")
    press(page, "Welcome them to the group")
    expect(page.get_by_text("They are in the group now.")).to_be_visible()
    assert Membership.objects.get(person__display_name="Ola").state == "active"


def plan_the_winter(page: Page, check: Check) -> None:
    follow(page, "Add dates that repeat")
    heading(page, "Add dates that repeat")
    check(page)
    press(page, "Show me the dates")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    in_a_week = timezone.localdate() + timedelta(days=7)
    page.get_by_role("group", name="On which days?").get_by_label("Tuesday").check()
    page.get_by_label("Every how many weeks?").select_option("2")
    page.get_by_label("First date").fill(in_a_week.isoformat())
    page.get_by_label("Starts at").fill("19:00")
    page.get_by_label("Ends at").fill("20:30")
    press(page, "Show me the dates")
    heading(page, "Are these the right dates?")
    expect(page.get_by_role("main").locator("ol > li")).to_have_count(5)
    check(page)
    press(page, "Yes, add these dates")
    expect(page.get_by_text("The dates are added")).to_be_visible()


def add_one_date(page: Page, check: Check) -> None:
    follow(page, "Add a single date")
    check(page)
    on = timezone.localdate() + timedelta(days=200)
    page.get_by_label("Day").fill(on.isoformat())
    page.get_by_label("Starts at").fill("10:00")
    press(page, "Add this date")
    expect(page.get_by_text("The date is added.")).to_be_visible()


def replace_the_link(page: Page, check: Check) -> None:
    follow(page, "Change the online room")
    check(page)
    page.get_by_label("Link").fill("https://rooms.example.org/j/planted")
    press(page, "Save for all coming dates")
    expect(page.get_by_role("link", name="https://rooms.example.org/j/planted")).to_be_visible()


def run_tonight(page: Page, group: Group, check: Check) -> None:
    follow(page, "Today and next")
    heading(page, "Today and next")
    check(page)
    follow(page, group.name)
    expect(page.get_by_role("main")).to_contain_text("2 people have a place")
    check(page)
    page.get_by_label("People who came").fill("1")
    page.get_by_label("Of them for the first time").fill("2")
    press(page, "Save the numbers")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    check(page)
    page.get_by_label("People who came").fill("5")
    press(page, "Save the numbers")
    expect(page.get_by_text("The numbers are saved.")).to_be_visible()
    assert Attendance.objects.get().came == 5


def move_and_cancel(page: Page, check: Check) -> None:
    second = Meeting.everything.order_by("starts_at")[1]
    page.goto(f"/facilitate/meetings/{second.pk}/")
    follow(page, "Move this date")
    check(page)
    page.get_by_label("New start").fill("20:00")
    page.get_by_label("Why is it moved?").fill("The hall is taken.")
    press(page, "Show me first")
    heading(page, "Move it like this?")
    check(page)
    press(page, "Move it")
    expect(page.get_by_text("The date is moved.")).to_be_visible()
    check(page)
    follow(page, "Cancel this date")
    check(page)
    page.get_by_label("Why is it cancelled?").fill("The hall has no heating.")
    press(page, "Cancel it")
    expect(page.get_by_text("The date is cancelled.")).to_be_visible()
    check(page)
    kinds = OutgoingMail.objects.filter(person__display_name="Ben").values_list("kind", flat=True)
    assert sorted(kinds) == ["dates_added", "dates_added", "meeting_cancelled", "meeting_moved"]


def tell_visitors_a_name(page: Page, check: Check) -> None:
    page.goto("/facilitate/listing/")
    check(page)
    page.get_by_label("Show me to visitors").uncheck()
    press(page, "Save")
    expect(page.get_by_text("Saved.")).to_be_visible()


def whole_week(page: Page, group: Group, check: Check) -> None:
    take_up_the_invitation(page, group, check)
    answer_ola(page, check)
    plan_the_winter(page, check)
    add_one_date(page, check)
    replace_the_link(page, check)
    run_tonight(page, group, check)
    move_and_cancel(page, check)
    tell_visitors_a_name(page, check)


@pytest.fixture
def fay(group: Group) -> Person:
    return factories.make_person("Fay", email="fay@example.org")


def test_a_facilitators_week(
    page: Page, group: Group, fay: Person, live_server: object, assert_accessible: Check
) -> None:
    sign_in(page, fay, live_server.url)
    whole_week(page, group, assert_accessible)


def test_the_same_without_javascript(
    page_without_script: Page, group: Group, fay: Person, live_server: object
) -> None:
    sign_in(page_without_script, fay, live_server.url)
    whole_week(page_without_script, group, lambda _page: None)


def test_mail_is_stopped_by_a_button(page: Page, fay: Person, assert_accessible: Check) -> None:
    page.goto(f"/mail/stop/{stop_token(fay.pk)}/")
    assert_accessible(page)
    press(page, "Stop all e-mail")
    heading(page, "You get no more e-mail from us")
    assert_accessible(page)
    assert page.context.cookies() == []


def test_right_to_left(
    open_page: object, group: Group, fay: Person, live_server: object, assert_accessible: Check
) -> None:
    page = open_page()
    sign_in(page, fay, live_server.url)
    factories.make_facilitator(group, fay)
    meeting = Meeting.everything.get()
    for path in (
        "",
        f"groups/{group.pk}/",
        f"meetings/{meeting.pk}/",
        f"meetings/{meeting.pk}/move/",
    ):
        page.goto(f"/ar/facilitate/{path}")
        assert_accessible(page)
