"""Saying that a group's page is wrong: no account, no cookie, and it changes nothing by itself."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import OutgoingMail, Person
from directory.emails import kinds, render
from directory.models import Correction, Group
from tests import factories
from tests.finding.pages import source, title, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_limit_yet")]
GROUP = "/groups/grief-on-tuesdays/"
PAGE = f"{GROUP}wrong/"
TOLD = {
    "about": "time",
    "text": "They begin at half past six now.",
    "address": "",
    "subject_line": "",
}


@pytest.fixture
def correction(group: Group, fay: Person) -> Correction:
    return Correction.objects.create(
        group=group, about="time", text="It begins at six.", address="planted.asker@example.org"
    )


def test_the_groups_page_leads_there(client: Client, group: Group) -> None:
    assert f'href="{PAGE}"' in source(client.get(GROUP))


def test_it_asks_for_little_and_sets_no_cookie(client: Client, group: Group) -> None:
    response = client.get(PAGE)
    assert title(response) == "Is something wrong here? – Waymeet"
    assert "You need no account, and no address." in words(response)
    assert not response.cookies


def test_it_is_kept_and_all_who_look_after_the_group_are_told(client, group, fay, mo) -> None:
    response = client.post(PAGE, TOLD)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}thanks/")
    assert not response.cookies
    kept = Correction.objects.values("about", "text", "address").get()
    assert kept == {"about": "time", "text": TOLD["text"], "address": ""}
    told = OutgoingMail.objects.filter(kind=kinds.CORRECTION_RECEIVED)
    assert {mail.person for mail in told} == {fay, mo}


@pytest.mark.parametrize("about", ["time", "place", "not-running"])
def test_a_tick_is_enough(client: Client, group: Group, about: str) -> None:
    assert client.post(PAGE, {"about": about}).status_code == 302


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"about": ""}, "about"),
        ({"about": "weather"}, "about"),
        ({"about": "other", "text": " "}, "text"),
        ({"text": "a" * 1001}, "text"),
        ({"address": "nowhere"}, "address"),
        ({"address": "a" * 243 + "@example.org"}, "address"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_lost(client, group, answer, fault) -> None:
    response = client.post(PAGE, {**TOLD, **answer})
    assert response.status_code == 200
    assert title(response).startswith("Error: ")
    assert list(response.context["form"].errors) == [fault]
    if fault != "text":
        assert TOLD["text"] in source(response)
    assert not Correction.objects.exists()


def test_however_many_say_so_the_page_stays_as_it_is(client: Client, group: Group) -> None:
    before = words(client.get(GROUP))
    rows = [Correction(group=group, about="not-running") for _ in range(30)]
    Correction.objects.bulk_create(rows)
    assert words(client.get(GROUP)) == before


class TestDealingWithIt:
    def address(self, correction: Correction) -> str:
        return f"/facilitate/corrections/{correction.pk}/"

    def test_it_is_read_without_the_address(self, as_fay, as_mo, correction, group) -> None:
        pages = [
            as_fay.get(f"/facilitate/groups/{group.pk}/"),
            as_mo.get(f"/moderate/groups/{group.pk}/"),
            as_mo.get(self.address(correction)),
        ]
        assert "The day or the time It begins at six." in words(pages[-1])
        for page in pages:
            assert "planted.asker" not in source(page)
            assert "The day or the time" in words(page)

    @pytest.mark.parametrize("answer", ["Thank you, it is right now.", ""])
    def test_who_left_an_address_hears_once(self, as_fay, correction, answer) -> None:
        for _ in range(2):
            assert as_fay.post(self.address(correction), {"answer": answer}).status_code == 302
        (mail,) = OutgoingMail.objects.filter(kind=kinds.CORRECTION_ANSWERED)
        message = render(mail)
        assert message.to == ["planted.asker@example.org"]
        assert answer in message.body[140:]
        assert "grief" not in f"{message.subject} {message.body[:140]}".lower()
        correction.refresh_from_db()
        assert correction.address == ""
        assert correction.settled_at is not None

    def test_without_an_address_no_mail_goes_out(self, as_fay, correction) -> None:
        Correction.objects.update(address="")
        as_fay.post(self.address(correction), {"answer": "Thank you."})
        assert not OutgoingMail.objects.exists()


class TestModeratorsOverview:
    SENTENCE = "Several people say that it does not meet any more."

    def test_a_group_that_may_have_ended_comes_first(self, as_mo, organisation, group) -> None:
        first = factories.make_group(organisation=organisation, name="Another group")
        Correction.objects.bulk_create(
            Correction(group=group, about="not-running") for _ in range(2)
        )
        told = words(as_mo.get("/moderate/"))
        assert self.SENTENCE in told
        assert told.index(group.name) < told.index(first.name)

    def test_one_alone_is_told_like_any_other(self, as_mo, group) -> None:
        Correction.objects.create(group=group, about="not-running")
        told = words(as_mo.get("/moderate/"))
        assert self.SENTENCE not in told
        assert "Somebody says that something on its page is wrong." in told

    def test_what_was_dealt_with_counts_no_longer(self, as_fay, as_mo, group) -> None:
        for _ in range(2):
            correction = Correction.objects.create(group=group, about="not-running")
        as_fay.post(f"/facilitate/corrections/{correction.pk}/", {"answer": ""})
        assert self.SENTENCE not in words(as_mo.get("/moderate/"))
