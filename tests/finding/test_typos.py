"""A mistyped word still finds: of the words that groups use, the nearest one is meant."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.actions.finder import refresh_finder
from directory.actions.vocabulary import learn_words, refresh_known_words
from directory.models import EverydayWords, Group, KnownWord
from directory.queries.vocabulary import Vocabulary, corrected
from directory.text.everyday import Phrasebook
from tests import factories

pytestmark = pytest.mark.django_db


def known(*words: str, topics: tuple[str, ...] = ()) -> Vocabulary:
    return Vocabulary(list(words), Phrasebook((topic, "zt1") for topic in topics))


@pytest.fixture
def grief(db: None) -> Group:
    return factories.make_group(
        name="Grief together", summary="Support for anxious people", description="Shipwrights"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("greif suport", "grief support"),
        ("Greif, Suport!", "grief, support!"),
        ("  greif   tuesday ", "  grief   tuesday "),
        ("'greif'", "'grief'"),
        ('"greif togehter"', '"grief together"'),
        ("anxoius", "anxious"),
        ("anxous", "anxious"),
        ("axnoius", "anxious"),
        ("supoort", "support"),
        ("grief suport -onlien", "grief support -onlien"),
        ("gréif", "grief"),
        # An ordinary word, though no group uses it.
        ("youth", ""),
        # Right, or too far from anything, or too short to say.
        ("grief support", ""),
        ("griefs", ""),
        ("grie", ""),
        ("grxxf", ""),
        ("anxqqqs", ""),
        ("grif2", ""),
        ("gif", ""),
        ("-greif", ""),
        ("the thier", ""),
        ("", ""),
        ("???", ""),
    ],
)
def test_what_was_meant(typed: str, meant: str, grief: Group) -> None:
    assert corrected(typed) == meant


def test_topics_and_everyday_words_are_known_where_no_group_is() -> None:
    topic = factories.make_topic(name="Bereavement")
    EverydayWords.objects.create(words="widowed", topic=topic)
    EverydayWords.objects.create(words="depresión", topic=topic)
    assert corrected("berevement suport") == "bereavement support"
    assert corrected("widwoed") == "widowed"
    # In the spelling of whoever wrote it, though accents need not be typed.
    assert corrected("depresoin") == "depresión"
    assert corrected("depresion") == ""


@pytest.mark.parametrize(
    ("typed", "meant", "language"),
    [("tristesa", "tristeza", "es"), ("soliltude", "solitude", "fr"), ("اكتاب", "اكتياب", "ar")],
)
def test_in_other_languages(typed: str, meant: str, language: str) -> None:
    said = {"es": "Vivir con tristeza", "fr": "La solitude", "ar": "مجموعة عن الاِكتئاب اكتئاب"}
    factories.make_group(name="A", summary=said[language], languages=[language])
    assert corrected(typed) == meant


class TestNearest:
    def test_fewer_mistakes_come_first(self) -> None:
        assert known("anxieties", "anxiety").nearest("anxeity") == "anxiety"

    def test_then_the_same_first_letter(self) -> None:
        assert known("brief", "grief").nearest("griaf") == "grief"
        assert known("bain", "pain").nearest("paiin") == "pain"
        assert known("gain", "pain").nearest("paim") == "pain"

    def test_then_what_the_site_is_about_and_then_what_is_in_more_groups(self) -> None:
        assert known("supports", "supper").nearest("suppor") == "support"
        assert known("caring", "caving").nearest("caning") == "caring"
        assert known("caving", "caring").nearest("caning") == "caving"
        assert known("caving", topics=("caring",)).nearest("caning") == "caring"

    def test_short_words_may_have_one_mistake_and_long_ones_two(self) -> None:
        assert known("grief").nearest("gravf") == ""
        assert known("sorrow").nearest("sarrew") == "sorrow"
        assert known("sorrow").nearest("sarrev") == ""

    def test_what_says_little_is_not_guessed(self) -> None:
        assert known("other").nearest("zither") == ""
        assert known(topics=("other addictions",)).nearest("zither") == ""
        assert known("brother").nearest("brohter") == "brother"

    def test_two_letters_that_changed_places_are_one_mistake(self) -> None:
        assert known("pain").nearest("pian") == "pain"

    def test_small_words_are_known_but_never_meant(self) -> None:
        assert known().has("there")
        assert known("there").nearest("theer") == ""

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(max_size=20))
    def test_any_text_has_an_answer(self, text: str) -> None:
        assert isinstance(corrected(text), str)


def counted() -> dict[str, int]:
    return dict(KnownWord.objects.values_list("word", "groups"))


class TestLearning:
    def test_words_of_what_everybody_may_read(self) -> None:
        organisation = factories.make_organisation(name="Harbour Listening")
        place = factories.make_place(
            organisation, name="Plantedhouse", town="Shipley", region="Yorkshire"
        )
        group = factories.make_group(
            organisation=organisation,
            place=place,
            name="Élan 2026",
            summary="Drink/drugs: the men’s talk",
            who_for="Welders",
            description="Plantedword",
            private_notes="Plantedsecret",
        )
        person = factories.make_person("Quentina")
        factories.make_facilitator(group, person, first_name="Quentina")
        refresh_finder([group])
        assert set(counted()) == {
            *("harbour", "listening", "shipley", "yorkshire", "elan", "drink", "drugs", "talk"),
            "welders",
        }

    def test_a_place_that_shows_its_area_teaches_no_more(self) -> None:
        organisation = factories.make_organisation(name="X")
        place = factories.make_place(
            organisation, town="Plantedtown", area="Moorside", shown="area"
        )
        factories.make_group(name="Y", organisation=organisation, place=place)
        assert set(counted()) == {"moorside"}

    def test_a_draft_teaches_nothing(self) -> None:
        factories.make_group(name="Plantedword", status="draft")
        assert counted() == {}

    def test_saving_only_adds_and_the_night_counts_anew(self, grief: Group) -> None:
        other = factories.make_group(name="Grief again")
        assert counted()["grief"] == 1
        refresh_known_words()
        assert (counted()["grief"], counted()["again"]) == (2, 1)
        Group.everything.filter(pk=other.pk).update(name="Rain")
        refresh_finder([other])
        assert {"again", "rain"} <= counted().keys()
        refresh_known_words()
        assert "again" not in counted()
        assert (counted()["grief"], counted()["rain"]) == (1, 1)

    def test_one_statement_however_many_groups(
        self, grief: Group, django_assert_num_queries
    ) -> None:
        groups = [grief.pk, factories.make_group().pk]
        with django_assert_num_queries(1):
            learn_words(groups)
        with django_assert_num_queries(1):
            refresh_known_words()

    def test_a_mistake_is_understood_within_a_minute(self, kept: None, grief: Group) -> None:
        assert corrected("shipwrigth") == ""
        factories.make_group(name="Shipwright")
        assert corrected("shipwrigth") == ""
        caches["process"].clear()
        assert corrected("shipwrigth") == "shipwright"
