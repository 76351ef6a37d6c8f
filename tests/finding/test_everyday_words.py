"""Everyday words lead to topics: "my dad has died" finds groups on bereavement."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from directory import content
from directory.actions.content import set_up_site
from directory.actions.everyday_words import change_everyday_words
from directory.models import EverydayWords, Topic
from directory.queries.everyday_words import topics_meant
from directory.queries.search.words import asked_query
from directory.text.asked_words import parse, words_of
from directory.text.everyday import Phrasebook, root
from directory.text.folding import fold
from directory.text.small_words import FILLERS, ORDINARY, OWN_NOUNS, SMALL_WORDS
from tests import factories
from tests.finding.typed import names_with


def meant(text: str, *phrases: str) -> list[list[str]]:
    """For each thing meant, the phrases that were recognised."""
    book = Phrasebook((phrase, str(number)) for number, phrase in enumerate(phrases))
    meanings = book.meanings(parse(text).in_a_row)
    return [[phrases[int(mark)] for mark in meaning.marks] for meaning in meanings]


@pytest.mark.parametrize(
    "text",
    [
        "dad died",
        "My dad has died",
        "my DÁD just died last week",
        "dads died",
        "it is 3 weeks since dad died",
    ],
)
def test_words_in_order_with_small_ones_between(text: str) -> None:
    assert meant(text, "dad died") == [["dad died"]]


@pytest.mark.parametrize(
    "text",
    [
        "died dad",
        "dad rain died",
        '"dad died"',
        'dad "who" died',
        "dad -died",
        "grandad died",
        "dad",
    ],
)
def test_other_words_do_not_mean_it(text: str) -> None:
    assert meant(text, "dad died") == []


def test_the_longer_phrase_counts() -> None:
    assert meant("my partner drinks", "drinks", "partner drinks") == [["partner drinks"]]
    assert meant("he drinks", "drinks", "partner drinks") == [["drinks"]]


def test_phrases_that_share_words_are_one_meaning() -> None:
    assert meant("dad died by suicide", "dad died", "died by suicide") == [
        ["dad died", "died by suicide"]
    ]


def test_two_meanings_stand_apart() -> None:
    assert meant("grief and drinking", "grief", "drinking") == [["grief"], ["drinking"]]


def test_one_phrase_of_two_topics() -> None:
    assert meant("survivors", "survivors", "survivor") == [["survivors", "survivor"]]


def test_small_words_matter_where_little_else_is_left() -> None:
    assert meant("I am out of work", "out of work") == [["out of work"]]
    assert meant("grief after work", "out of work") == []
    assert meant("looking after mum", "looking after") == [["looking after"]]
    assert meant("looking for somebody after lunch", "looking after") == []


def test_a_phrase_of_small_words_alone_has_to_be_all_that_is_asked() -> None:
    assert meant("ME", "me") == [["me"]]
    assert meant("help me", "me") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("carers", "carer"), ("الحزن", "حزن"), ("والاكتياب", "اكتياب"), ("للقلق", "قلق")],
)
def test_plurals_and_articles_are_the_same_word(one: str, other: str) -> None:
    assert root(one) == root(other)


def test_double_letters_need_not_be_right() -> None:
    for text in ("post natal depresion", "POST NATTAL DEPRESSION"):
        assert meant(text, "post natal depression") == [["post natal depression"]]


@pytest.mark.parametrize("word", ["loss", "ms", "الم", "لله", "gas"])
def test_what_only_looks_like_one_stays(word: str) -> None:
    assert root(word) == word


def test_lists_of_small_words_are_folded_and_apart() -> None:
    for words in (SMALL_WORDS, FILLERS, ORDINARY):
        assert {fold(word) for word in words} == words
    assert not SMALL_WORDS & FILLERS
    assert not (SMALL_WORDS | FILLERS) & ORDINARY
    assert OWN_NOUNS <= FILLERS
    # Words that mean something in another language of the site.
    assert not {"son", "sin", "ton", "sea", "pain"} & (SMALL_WORDS)


@pytest.mark.django_db
class TestFound:
    @pytest.fixture(autouse=True)
    def topics(self, db: None) -> None:
        whole = factories.make_topic(name="Grief and loss", slug="grief-and-loss")
        part = factories.make_topic(name="Bereavement", slug="bereavement", parent=whole)
        alcohol = factories.make_topic(name="Alcohol", slug="alcohol")
        said = {part: ("dad died", "murió mi padre", "ماتت أمي"), alcohol: ("drinking",)}
        for topic, phrases in said.items():
            for words in phrases:
                EverydayWords.objects.create(words=words, topic=topic)
        leeds, york = (factories.make_place(town=town) for town in ("Leeds", "York"))
        factories.make_group(name="Tea in Leeds", topics=[part], place=leeds)
        factories.make_group(name="Tea in York", topics=[part], place=york)
        factories.make_group(name="Dry", topics=[alcohol], summary="Sober together", place=york)
        factories.make_group(name="Words", summary="Her dad, who died, was a sailor.", place=york)

    def test_a_topic_or_these_very_words(self) -> None:
        assert names_with("my dad has died") == ["Tea in Leeds", "Tea in York", "Words"]

    def test_words_around_it_may_stay_away_but_not_others(self) -> None:
        assert names_with("I need help, my dad just died last week") == [
            "Tea in Leeds",
            "Tea in York",
            "Words",
        ]
        assert names_with("dad died leeds") == ["Tea in Leeds"]
        assert names_with("dad died rain") == []

    def test_all_that_is_meant_has_to_fit(self) -> None:
        assert names_with("drinking since dad died") == []
        both = Topic.objects.filter(slug__in=("bereavement", "alcohol"))
        factories.make_group(name="Both", topics=list(both))
        assert names_with("drinking since dad died") == ["Both"]

    @pytest.mark.parametrize("words", ["Murió mi padre", "murio mi padre", "ماتت امي", "مَاتَتْ أمّي"])
    def test_in_other_languages(self, words: str) -> None:
        assert names_with(words) == ["Tea in Leeds", "Tea in York"]

    def test_the_name_of_a_topic_is_a_phrase_too(self) -> None:
        # Its groups need not hold the words in a language that brings them to their stems.
        assert names_with("help with bereavements") == ["Tea in Leeds", "Tea in York"]
        assert names_with("grief and loss") == ["Tea in Leeds", "Tea in York"]

    def test_unwanted_words_are_taken_as_they_stand(self) -> None:
        assert names_with("dad died -sailor") == ["Tea in Leeds", "Tea in York"]
        assert "Dry" in names_with("-drinking")

    def test_an_editors_change_counts_at_once(
        self, kept: None, django_capture_on_commit_callbacks: object
    ) -> None:
        assert names_with("boozing") == []
        topic = Topic.objects.get(slug="alcohol")
        with django_capture_on_commit_callbacks(execute=True):
            change_everyday_words(topic=topic, by=None, added=["boozing"])
        assert names_with("boozing") == ["Dry"]
        with django_capture_on_commit_callbacks(execute=True):
            change_everyday_words(topic=topic, by=None, removed=topic.everyday_words.all())
        assert names_with("boozing") == []

    def test_they_are_read_once_a_minute(self, kept: None, django_assert_num_queries) -> None:
        asked_query("dad died")
        with django_assert_num_queries(0):
            asked_query("dad died")
        # The phrases, and how large the site is.
        caches["process"].clear()
        with django_assert_num_queries(2):
            asked_query("dad died")


@pytest.mark.django_db
class TestWordsForFilters:
    """What there is a filter for may as well be typed."""

    @pytest.fixture(autouse=True)
    def groups(self, db: None) -> None:
        grief = factories.make_topic(name="Bereavement", slug="bereavement")
        factories.make_group(
            name="Signed", topics=[grief], access_features=["step-free", "sign-language"]
        )
        factories.make_group(name="Online", topics=[grief], format="online", languages=["es"])
        factories.make_group(name="Both", topics=[grief], format="hybrid", audiences=["men"])
        factories.make_group(name="Wheels", summary="For people who use a wheelchair")

    @pytest.mark.parametrize(
        ("words", "names"),
        [
            ("wheelchair", ["Signed", "Wheels"]),
            ("wheelchair, BSL, bereavement", ["Signed"]),
            ("bereavement online", ["Both", "Online"]),
            ("face to face bereavement", ["Both", "Signed"]),
            ("bereavement in Spanish", ["Online"]),
            ("bereavement en español", ["Online"]),
            ("bereavement بالإسبانية", ["Online"]),
            ("men's bereavement", ["Both"]),
            ("bereavement -online", ["Both", "Signed"]),
            ("bereavement in french", []),
            ("format online", []),
            ("access:step-free", []),
        ],
    )
    def test_they_count_as_if_the_group_had_said_them(self, words: str, names: list[str]) -> None:
        assert names_with(words) == names


# What people type at night, and the topic they have to come to.
AT_NIGHT = {
    "my dad died": "bereavement",
    "can't cope since mum passed away": "bereavement",
    "lost my husband": "loss-of-a-partner",
    "my wife died of cancer": "loss-of-a-partner",
    "my brother killed himself": "bereavement-by-suicide",
    "we lost our baby": "pregnancy-and-baby-loss",
    "my son died": "loss-of-a-child",
    "husband left me": "separation-and-divorce",
    "panic attacks at night": "anxiety",
    "I can't get out of bed": "depression",
    "hearing voices": "hearing-voices",
    "post natal depresion": "postnatal-depression",
    "mum has just been diagnosed with dementia": "dementia-carers",
    "my husband hits me": "abuse-and-violence",
    "cutting myself again": "self-harm",
    "crying since the baby was born, new mum depressed": "postnatal-depression",
    "i have no friends": "loneliness",
    "I drink too much": "alcohol",
    "how to stop drinking": "alcohol",
    "he is drinking": "alcohol",
    "my husband drinks": "relatives-addiction",
    "son on drugs": "relatives-addiction",
    "lost all my money gambling": "gambling",
    "always in pain": "chronic-pain",
    "fibro": "chronic-pain",
    "ME/CFS": "long-covid",
    "crohns": "bowel-conditions",
    "looking after my mum": "carers",
    "mum has dementia": "dementia-carers",
    "my daughter is self harming": "relatives-mental-health",
    "son is autistic": "parents-of-disabled-children",
    "coming out to my parents": "lgbtq",
    "lost my job": "work-and-money",
    "drains in": "after-an-operation",
    "want to die": "mental-health",
    "duelo": "grief-and-loss",
    "ha muerto mi padre": "bereavement",
    "mi padre ha muerto": "bereavement",
    "mi marido bebe": "relatives-addiction",
    "dolor crónico": "chronic-pain",
    "depresión posparto": "postnatal-depression",
    "me siento sola": "loneliness",
    "deuil": "grief-and-loss",
    "j'ai perdu mon mari": "loss-of-a-partner",
    "dépression": "depression",
    "crises d'angoisse": "anxiety",
    "douleurs chroniques": "chronic-pain",
    "mon mari boit": "relatives-addiction",
    "arrêter l'alcool": "alcohol",
    "حزن": "grief-and-loss",
    "مات أبي": "bereavement",
    "اكتئاب ما بعد الولادة": "postnatal-depression",
    "الاكتئاب": "depression",
    "نوبات هلع": "anxiety",
    "إدمان الكحول": "alcohol",
    "ألم مزمن": "chronic-pain",
    "أشعر بالوحدة": "loneliness",
}


@pytest.mark.django_db
def test_what_is_shipped_leads_from_the_night_to_a_topic() -> None:
    set_up_site(by=None)
    for words, slug in AT_NIGHT.items():
        first, *others = topics_meant(words) or [[]]
        slugs = [topic.slug for topic in first]
        assert slug in slugs or slug in [one.slug for some in others for one in some], words


def test_what_is_shipped_is_usable() -> None:
    for branch in content.topics():
        for topic in (branch, *branch.under):
            folded = [fold(words) for words in topic.words]
            assert len(folded) == len(set(folded)), topic.slug
            assert all(words_of(words) and len(words) <= 80 for words in topic.words), topic.slug
            assert len(folded) >= 12, topic.slug
            assert any("\u0600" <= letter <= "\u06ff" for letter in "".join(folded)), topic.slug
