"""What asking a group and correcting its page have in common: limits, who reads, and floods."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.models import Correction, Group, Question
from directory.models.asked import LATELY
from directory.rules.asking import WAITING_AT_MOST
from directory.views.find.asking import TIMES_A_DAY
from tests import factories
from tests.finding.pages import source, title, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_yet")]
GROUP = "/groups/grief-on-tuesdays/"
ASKED = {"text": "Is there a lift?", "address": "planted.asker@example.org"}
TOLD = {"about": "time", "text": "They begin at half past six now."}
# The page, what is sent, what is kept, and where it is answered.
PAGES: dict[str, tuple[str, dict[str, str], Any, str]] = {
    "ask": (f"{GROUP}ask/", ASKED, Question, "/facilitate/questions/"),
    "wrong": (f"{GROUP}wrong/", TOLD, Correction, "/facilitate/corrections/"),
}


@pytest.fixture(params=PAGES)
def kind(request: pytest.FixtureRequest, group: Group, fay: Person) -> str:
    return request.param


@pytest.fixture
def answer_page(kind: str, group: Group) -> str:
    row = PAGES[kind][2].objects.create(group=group, **PAGES[kind][1])
    return f"{PAGES[kind][3]}{row.pk}/"


def waiting(kind: str) -> int:
    return PAGES[kind][2].objects.open().count()


def send(client: Client, kind: str, **changes: str) -> Any:
    page, sent, _rows, _answers = PAGES[kind]
    return client.post(page, {**sent, "subject_line": "", **changes})


def fill(kind: str, group: Group, number: int) -> None:
    rows = PAGES[kind][2]
    said = [PAGES[kind][1] | {"text": f"Is there a lift? {it}"} for it in range(number)]
    rows.objects.bulk_create(rows(group=group, **one) for one in said)


def test_a_browser_without_a_token_may_send_it_and_gets_no_cookie(kind: str) -> None:
    response = send(Client(enforce_csrf_checks=True), kind)
    assert (response.status_code, response["Location"]) == (302, f"{PAGES[kind][0]}thanks/")
    assert not response.cookies


def test_a_program_is_thanked_and_a_second_tab_is_heard_once(client: Client, kind: str) -> None:
    assert send(client, kind, subject_line="Buy now").status_code == 302
    assert waiting(kind) == 0
    for _ in range(2):
        send(client, kind)
    assert waiting(kind) == 1


def test_other_methods_and_unknown_groups_are_refused(client: Client, kind: str) -> None:
    page = PAGES[kind][0]
    assert client.put(page).status_code == 405
    assert client.post(f"{page}thanks/").status_code == 405
    assert client.get(page.replace("grief-on-tuesdays", "nowhere")).status_code == 404


class TestLimits:
    def test_within_an_hour_few_come_from_one_connection(self, client, kind, organisation) -> None:
        for number in range(6):
            other = factories.make_group(slug=f"other-{number}", organisation=organisation)
            factories.make_facilitator(other, factories.make_person())
            page = PAGES[kind][0].replace("grief-on-tuesdays", other.slug)
            assert client.post(page, PAGES[kind][1]).status_code == 302
        response = send(client, kind)
        assert response.status_code == 429
        assert "within the hour" in words(response)
        assert PAGES[kind][1]["text"] in source(response)

    def test_one_group_gets_few_a_day_from_one_connection(self, client, kind) -> None:
        for number in range(5):
            assert send(client, kind, text=f"{number}").status_code == 302
        response = send(client, kind)
        assert response.status_code == 429
        assert "Please send yours tomorrow." in words(response)
        assert PAGES[kind][1]["text"] in source(response)
        assert send(client, kind, text="From another connection").status_code == 429
        assert waiting(kind) == 5

    def test_no_connection_alone_keeps_others_out(self, client, kind) -> None:
        assert TIMES_A_DAY * LATELY.days < WAITING_AT_MOST
        start = timezone.now()
        for day in range(3):
            with time_machine.travel(start + timedelta(days=day, minutes=day), tick=False):
                codes = [send(client, kind, text=f"{day} {it}").status_code for it in range(6)]
                assert codes == [302] * 5 + [429]
        assert waiting(kind) == 15

    def test_a_flood_from_many_addresses_ends_and_goes_by(self, client, kind, group) -> None:
        fill(kind, group, 40)
        response = send(client, kind)
        assert "Many people have written to this group." in words(response)
        assert PAGES[kind][1]["text"] in source(response)
        assert waiting(kind) == 40
        with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
            assert send(client, kind).status_code == 302


class TestWhoReadsIt:
    @pytest.mark.parametrize(("who", "code"), [("ada", 404), ("gil", 404), ("ben", 403)])
    def test_nobody_else(self, request, kind, answer_page, group, who, code) -> None:
        client = request.getfixturevalue(f"as_{who}")
        for page in (answer_page, f"/facilitate/groups/{group.pk}/aside/"):
            assert client.get(page).status_code == code
            assert client.post(page, {"answer": "x", "rows": "x"}).status_code == code
        assert waiting(kind) == 1

    def test_a_visitor_is_asked_to_sign_in_and_a_bad_id_is_not_there(
        self, client, as_fay, answer_page, group
    ) -> None:
        for page in (answer_page, f"/facilitate/groups/{group.pk}/aside/"):
            assert "/accounts/login/" in client.get(page)["Location"]
            assert as_fay.put(page).status_code == 405
        for folder in ("questions/", "corrections/", "groups/"):
            missing = f"/facilitate/{folder}7d0f0000-0000-4000-8000-000000000000/"
            assert as_fay.get(missing).status_code == 404
            assert as_fay.get(f"{missing}aside/").status_code == 404


class TestPuttingAside:
    @pytest.fixture
    def page(self, group: Group, fay: Person) -> str:
        return f"/facilitate/groups/{group.pk}/aside/"

    def test_several_at_once_without_a_mail_and_in_the_audit_trail(self, as_fay, group, page, fay):
        for kind in PAGES:
            fill(kind, group, 3)
        assert page in source(as_fay.get(f"/facilitate/groups/{group.pk}/"))
        shown = as_fay.get(page)
        assert words(shown).count("Is there a lift?") == 6
        assert "planted.asker" not in source(shown)
        kept = Question.objects.latest("pk")
        rows = [row.pk for kind in (Question, Correction) for row in kind.objects.all()]
        rows.remove(kept.pk)
        response = as_fay.post(page, {"rows": rows})
        assert response["Location"] == f"/facilitate/groups/{group.pk}/"
        assert (waiting("ask"), waiting("wrong")) == (1, 0)
        assert [row.pk for row in Question.objects.exclude(address="")] == [kept.pk]
        assert not OutgoingMail.objects.exists()
        trail = AuditEntry.objects.filter(actor=f"person:{fay.pk}").values_list("action", flat=True)
        assert sorted(trail) == ["correction.put_aside"] * 3 + ["question.put_aside"] * 2

    def test_all_can_be_ticked_at_once(self, as_mo, group, page) -> None:
        fill("ask", group, 3)
        assert source(as_mo.get(page)).count(" checked") == 0
        assert source(as_mo.get(f"{page}?all")).count(" checked") == 3
        rows = list(Question.objects.values_list("pk", flat=True))
        assert as_mo.post(page, {"rows": rows})["Location"] == f"/moderate/groups/{group.pk}/"

    def test_what_is_not_ticked_or_not_there_is_said(self, as_fay, group, page) -> None:
        assert "Nothing is waiting." in words(as_fay.get(page))
        fill("ask", group, 1)
        other = Question.objects.create(
            group=factories.make_group(), text="To others", address="a@example.org"
        )
        for rows, told in (([], "Please tick at least one."), ([other.pk], "dealt with some")):
            response = as_fay.post(page, {"rows": rows})
            assert title(response).startswith("Error: ")
            assert told in words(response)
        assert waiting("ask") == 2
