"""Asking a group before one joins: no account, no cookie, and nobody learns an address."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.choices import GroupStatus
from directory.emails import kinds, render
from directory.models import Group, Question
from tests import factories
from tests.finding.pages import source, title, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_yet")]
PAGE = "/groups/grief-on-tuesdays/ask/"
ASKED = {
    "text": "Is there a lift?",
    "name": "Heron",
    "address": "Planted.Asker@example.org",
    "subject_line": "",
}


@pytest.fixture
def question(group: Group, fay: Person) -> Question:
    return Question.objects.create(
        group=group, text="Is there a lift?", name="Heron", address="planted.asker@example.org"
    )


def test_the_groups_page_leads_there(client: Client, group: Group) -> None:
    assert f'href="{PAGE}"' in source(client.get("/groups/grief-on-tuesdays/"))


def test_it_says_what_becomes_of_a_question_and_sets_no_cookie(client, group, fay) -> None:
    response = client.get(PAGE)
    assert title(response) == "Ask a question – Waymeet"
    assert "They do not see your address, and you do not see theirs." in words(response)
    assert not response.cookies
    assert fay.email not in source(response)


def test_it_is_kept_and_those_who_run_the_group_are_told(client, group, fay, mo) -> None:
    response = client.post(PAGE, ASKED)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}thanks/")
    assert not response.cookies
    kept = Question.objects.values("text", "name", "address", "language").get()
    assert kept == {
        "text": "Is there a lift?",
        "name": "Heron",
        "address": "planted.asker@example.org",
        "language": "en",
    }
    (mail,) = OutgoingMail.objects.all()
    assert (mail.kind, mail.person) == (kinds.QUESTION_RECEIVED, fay)


def test_the_thanks_are_a_page_of_their_own(client: Client, group: Group) -> None:
    assert "Your question is on its way" in words(client.get(f"{PAGE}thanks/"))


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "a" * 1001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"name": "a" * 61}, "name"),
        ({"address": ""}, "address"),
        ({"address": "nowhere"}, "address"),
        ({"address": "a" * 243 + "@example.org"}, "address"),
        # One letter that becomes two in lower case.
        ({"address": f"a@{'İ' * 60}.{'İ' * 60}.{'İ' * 60}.{'İ' * 57}.example.org"}, "address"),
        ({"address": "a@example.org\nBcc: b@example.org"}, "address"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, group, fay, answer, fault):
    response = client.post(PAGE, {**ASKED, **answer})
    assert response.status_code == 200
    assert title(response).startswith("Error: ")
    assert list(response.context["form"].errors) == [fault]
    for name in {"text", "name", "address"} - {fault}:
        assert ASKED[name] in source(response)
    assert not Question.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_where_nobody_could_answer_nothing_is_asked(client: Client, group: Group) -> None:
    told = words(client.get(PAGE))
    assert "Nobody is here at the moment who could answer for this group." in told
    assert "Harbour Listening" in told
    assert client.post(PAGE, ASKED).status_code == 200
    assert not Question.objects.exists()


def test_without_a_facilitator_the_moderators_are_told(client: Client, group, mo) -> None:
    client.post(PAGE, ASKED)
    (mail,) = OutgoingMail.objects.all()
    assert mail.person == mo
    assert f"/moderate/groups/{group.pk}/#asked" in render(mail).body


@pytest.mark.parametrize("status", [GroupStatus.DRAFT, GroupStatus.PAUSED, GroupStatus.CLOSED])
def test_a_group_that_is_not_public_is_not_asked(client, group, fay, status) -> None:
    Group.everything.update(status=status, published_at=timezone.now())
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, ASKED).status_code == 404
    assert client.get(f"{PAGE}thanks/").status_code == 404


class TestAnswering:
    def address(self, question: Question) -> str:
        return f"/facilitate/questions/{question.pk}/"

    def test_the_question_is_read_without_the_address(self, as_fay, question, group) -> None:
        listed = as_fay.get(f"/facilitate/groups/{group.pk}/")
        assert self.address(question) in source(listed)
        response = as_fay.get(self.address(question))
        assert "Is there a lift? Heron , asked on" in words(response)
        for page in (listed, response, as_fay.get("/facilitate/")):
            assert "planted.asker" not in source(page)

    def test_the_answer_is_mailed_once_and_the_address_is_gone(self, as_fay, question) -> None:
        for _ in range(2):
            response = as_fay.post(self.address(question), {"answer": "Yes, by the café."})
            assert response.status_code == 302
        (mail,) = OutgoingMail.objects.filter(kind=kinds.QUESTION_ANSWERED)
        assert mail.address == "planted.asker@example.org"
        assert "Yes, by the café." in render(mail).body
        question.refresh_from_db()
        assert (question.address, question.answer) == ("", "Yes, by the café.")

    def test_it_then_waits_no_longer(self, as_fay, question, group) -> None:
        as_fay.post(self.address(question), {"answer": "Yes."})
        assert self.address(question) not in source(as_fay.get(f"/facilitate/groups/{group.pk}/"))
        assert as_fay.get(self.address(question)).status_code == 302

    def test_a_moderator_may_answer_too(self, as_mo, question, group) -> None:
        page = f"/moderate/groups/{group.pk}/"
        assert self.address(question) in source(as_mo.get(page))
        response = as_mo.post(self.address(question), {"answer": "Yes."})
        assert response["Location"] == page

    def test_an_empty_answer_and_one_with_the_way_into_a_room_are_not_sent(
        self, as_fay, question
    ) -> None:
        for answer in ("", "Come to https://zoom.us/j/98765432101?pwd=planted"):
            response = as_fay.post(self.address(question), {"answer": answer})
            assert title(response).startswith("Error: ")
        question.refresh_from_db()
        assert question.address
        assert not OutgoingMail.objects.exists()


class TestMail:
    @pytest.fixture
    def answered(self, as_fay: Client, question: Question) -> OutgoingMail:
        Question.objects.update(language="fr")
        as_fay.post(f"/facilitate/questions/{question.pk}/", {"answer": "Yes, by the <b>café</b>."})
        return OutgoingMail.objects.get(kind=kinds.QUESTION_ANSWERED)

    def test_the_answer_stands_below_what_a_locked_screen_shows(self, answered) -> None:
        message = render(answered)
        seen_first = f"{message.subject} {message.from_email} {message.body[:140]}".lower()
        assert message.subject == "You have an update"
        for planted in ("grief", "caf", "harbour", "leeds", "fay", "lift"):
            assert planted not in seen_first
        assert "Grief on Tuesdays" in message.body[140:]
        assert "Yes, by the <b>café</b>." in message.body[140:]

    def test_it_holds_no_other_address_and_nothing_runs_in_it(self, answered, fay) -> None:
        message = render(answered)
        everything = message.message().as_string() + str(message.alternatives[0].content)
        assert fay.email not in everything
        assert "<b>" not in str(message.alternatives[0].content)
        assert message.to == ["planted.asker@example.org"]
        assert re.findall(r"https?://\S+", message.body) == ["http://localhost:8000/fr/"]

    def test_somebody_with_an_account_who_takes_no_mail_gets_none(self, answered, ada) -> None:
        Person.objects.filter(pk=ada.pk).update(
            email="planted.asker@example.org", is_safe_to_email=False
        )
        assert render(answered) is None

    def test_whoever_can_answer_is_told_only_that_something_waits(self, client, group, fay) -> None:
        client.post(PAGE, ASKED)
        message = render(OutgoingMail.objects.get())
        assert message.subject == "Someone is waiting for your answer"
        assert f"/facilitate/groups/{group.pk}/#asked" in message.body
        for planted in ("grief", "lift", "heron", "planted"):
            assert planted not in message.body.lower()

    def test_nobody_is_told_of_what_somebody_answered_meanwhile(self, client, group, fay) -> None:
        client.post(PAGE, ASKED)
        Question.objects.all().delete()
        assert render(OutgoingMail.objects.get()) is None

    def test_however_many_ask_few_mails_a_day_come(self, client, group, fay) -> None:
        for number in range(5):
            client.post(PAGE, {**ASKED, "text": f"Question {number}"})
        assert OutgoingMail.objects.count() == 3


def test_a_page_of_a_hidden_place_tells_no_more_than_the_area(client: Client) -> None:
    place = factories.make_place(address="99 Hidden Street", area="Leeds, north", shown="area")
    group = factories.make_group(slug="hidden", place=place, organisation=place.organisation)
    factories.make_facilitator(group, factories.make_person())
    for address in ("ask/", "ask/thanks/", "wrong/", "wrong/thanks/"):
        assert "Hidden Street" not in source(client.get(f"/groups/hidden/{address}"))
