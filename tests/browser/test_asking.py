"""Asking a group, and saying what is wrong: in a browser, by keyboard, with and without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accounts.models import Person
from directory.models import Correction, Group, Question
from tests import factories
from tests.browser.test_facilitate import press, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture(autouse=True)
def asked_group(transactional_db: None) -> Group:
    cache.clear()
    group = factories.make_group(slug="lantern", name="Lantern", format="online", who_greets="Fay")
    factories.make_facilitator(group, factories.make_person(), first_name="Fay", role="lead")
    return group


def ask(page: Page) -> None:
    page.goto("/groups/lantern/")
    page.get_by_role("link", name="Ask a question before you join").click()
    page.get_by_label("Your question").fill("Is there a lift?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(page.get_by_label("Your question")).to_have_value("Is there a lift?")
    page.get_by_label("Your e-mail address, for the answer").fill("heron@example.org")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your question is on its way")
    assert Question.objects.get().address == "heron@example.org"
    assert page.context.cookies() == []


def correct(page: Page) -> None:
    page.goto("/groups/lantern/")
    page.get_by_role("link", name="Is something wrong here? Tell us").click()
    page.get_by_label("The group does not meet any more").check()
    page.get_by_role("main").get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert Correction.objects.get().about == "not-running"
    assert page.context.cookies() == []


def test_somebody_asks(page: Page) -> None:
    ask(page)


def test_somebody_asks_without_script(page_without_script: Page) -> None:
    ask(page_without_script)


def test_somebody_says_what_is_wrong(page: Page) -> None:
    correct(page)


def test_somebody_says_what_is_wrong_without_script(page_without_script: Page) -> None:
    correct(page_without_script)


def test_it_goes_by_keyboard_alone(page: Page) -> None:
    page.goto("/groups/lantern/ask/")
    page.get_by_label("Your question").focus()
    page.keyboard.type("Is there a lift?")
    page.keyboard.press("Tab")
    page.keyboard.type("heron@example.org")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your question is on its way")


def test_the_way_from_a_group_to_its_facilitator_and_back(page: Page) -> None:
    page.goto("/groups/lantern/")
    page.get_by_role("link", name="Fay").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fay")
    page.get_by_role("link", name="Lantern").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lantern")


def test_a_facilitator_answers_and_deals_with_a_correction(
    page: Page, asked_group: Group, live_server: object, assert_accessible: Callable
) -> None:
    Question.objects.create(group=asked_group, text="Is there a lift?", address="a@example.org")
    Correction.objects.create(group=asked_group, about="time", text="It begins at six.")
    sign_in(page, Person.objects.get(), live_server.url)
    page.goto(f"/facilitate/groups/{asked_group.pk}/")
    assert_accessible(page)
    page.get_by_role("link", name="Question: Is there a lift?").click()
    assert_accessible(page)
    press(page, "Send the answer")
    assert_accessible(page)
    page.get_by_label("Your answer").fill("Yes, on the left.")
    press(page, "Send the answer")
    expect(page.get_by_text("Your answer is sent.")).to_be_visible()
    page.get_by_role("link", name="Said to be wrong: The day or the time").click()
    assert_accessible(page)
    press(page, "It is dealt with")
    expect(page.get_by_text("Dealt with.")).to_be_visible()
    expect(page.get_by_role("heading", name="Questions and corrections")).to_have_count(0)


def test_a_facilitator_puts_a_flood_aside(
    page: Page, asked_group: Group, live_server: object, assert_accessible: Callable
) -> None:
    for number in range(3):
        Correction.objects.create(group=asked_group, about="time", text=f"Buy now {number}")
    sign_in(page, Person.objects.get(), live_server.url)
    page.goto(f"/facilitate/groups/{asked_group.pk}/")
    page.get_by_role("link", name="Put several aside at once").click()
    press(page, "Put aside what is ticked")
    assert_accessible(page)
    page.get_by_role("link", name="Tick all of them").click()
    page.get_by_label("Buy now 1").uncheck()
    press(page, "Put aside what is ticked")
    expect(page.get_by_text("Put aside. Nobody gets a mail about it.")).to_be_visible()
    assert Correction.objects.open().get().text == "Buy now 1"
