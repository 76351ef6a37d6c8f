"""The table of everyday words, in the hands of those who look after the site."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Person
from directory.actions.everyday_words import change_everyday_words
from directory.models import EverydayWords, Topic
from directory.refusals import Refused
from tests import factories
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def phrase(topic: Topic) -> EverydayWords:
    return EverydayWords.objects.create(words="dad died", topic=topic)


def words_of(topic: Topic) -> list[str]:
    return sorted(topic.everyday_words.values_list("words", flat=True))


def test_the_list_shows_topics_by_branch_with_some_words(
    as_mo: Client, site_runner: Person, phrase: EverydayWords
) -> None:
    factories.make_topic(name="Loss of a child", parent=phrase.topic)
    page = as_mo.get(reverse("everyday_words")).content.decode()
    assert "1 entry: <bdi>dad died</bdi>" in page
    assert "0 entries" in page
    assert reverse("words_of_topic", args=["bereavement"]) in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(
    count: int, as_mo: Client, site_runner: Person, django_assert_max_num_queries
) -> None:
    for _ in range(count):
        EverydayWords.objects.create(words="x", topic=factories.make_topic())
    with django_assert_max_num_queries(14):
        as_mo.get(reverse("everyday_words"))


def test_one_can_try_what_words_lead_to(
    as_mo: Client, site_runner: Person, phrase: EverydayWords
) -> None:
    def tried(words: str) -> str:
        page = as_mo.get(reverse("everyday_words"), {"try": words}).content.decode()
        return page.partition('<div role="status">')[2].partition("</div>")[0]

    assert ">Bereavement</a>" in tried("My dad has died <b>")
    assert "leads to no topic yet" in tried("rain")
    assert "leads to no topic yet" in tried("-dad died?\x00")


def test_words_are_added_and_taken_out(
    as_mo: Client, site_runner: Person, phrase: EverydayWords, topic: Topic
) -> None:
    address = reverse("words_of_topic", args=[topic.slug])
    new = "  Mum   died \n\nمات أبي، mum died\r\nDÁD died"
    page = as_mo.post(address, typed(as_mo.get(address), new=new), follow=True).content.decode()
    assert "2 entries added." in page
    assert words_of(topic) == ["dad died", "mum died", "مات أبي"]
    page = as_mo.post(address, {"gone": [phrase.pk, "987654321987654321987"]}, follow=True)
    assert "1 entry taken out." in page.content.decode()
    assert words_of(topic) == ["mum died", "مات أبي"]
    assert [entry.detail for entry in AuditEntry.objects.order_by("pk")] == [
        {"added": 2, "removed": 0},
        {"added": 0, "removed": 1},
    ]


def test_what_is_there_already_is_not_added_again(
    as_mo: Client, site_runner: Person, phrase: EverydayWords, topic: Topic
) -> None:
    address = reverse("words_of_topic", args=[topic.slug])
    page = as_mo.post(address, {"new": "Dad died"}, follow=True).content.decode()
    assert "All of that was there already." in page
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("", "Write new words, or tick words that should go."),
        ("grandad died\n???", "There is no word in “???”."),
        ("x" * 81, "is too long. Use the few words that matter."),
    ],
)
def test_words_that_lead_nobody_are_refused_kindly(
    new: str, said: str, as_mo: Client, site_runner: Person, topic: Topic
) -> None:
    address = reverse("words_of_topic", args=[topic.slug])
    page = as_mo.post(address, {"new": new}).content.decode()
    assert said in page
    assert "<title>Error:" in page
    assert words_of(topic) == []


def test_a_tick_stays_while_the_page_asks_again(
    as_mo: Client, site_runner: Person, phrase: EverydayWords
) -> None:
    address = reverse("words_of_topic", args=[phrase.topic.slug])
    page = as_mo.post(address, {"new": "???", "gone": [phrase.pk]}).content.decode()
    assert f'id="gone-{phrase.pk}" checked' in page


def test_only_those_who_run_the_site_change_words(
    mo: Person, ada: Person, phrase: EverydayWords
) -> None:
    for person in (mo, ada):
        with pytest.raises(Refused):
            change_everyday_words(
                topic=phrase.topic, by=person, added=["mum died"], removed=[phrase]
            )
    assert words_of(phrase.topic) == ["dad died"]
    assert not AuditEntry.objects.exists()


def test_the_action_refuses_what_the_page_refuses(site_runner: Person, topic: Topic) -> None:
    for words in ("", "–", "x" * 81):
        with pytest.raises(Refused):
            change_everyday_words(topic=topic, by=site_runner, added=[words])


def test_words_of_another_topic_are_not_taken_out(
    site_runner: Person, phrase: EverydayWords
) -> None:
    other = factories.make_topic()
    assert change_everyday_words(topic=other, by=site_runner, removed=[phrase]) == (0, 0)
    assert words_of(phrase.topic) == ["dad died"]
