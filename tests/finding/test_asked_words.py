"""What somebody typed: taken apart, and found in what groups say of themselves."""

from __future__ import annotations

import re

import pytest
from django.contrib.postgres.search import SearchRank
from django.db import connection
from django.db.models import F
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directory.queries.search.words import asked_query, parts_of
from directory.text.asked_words import LONGEST, MOST_TERMS, parse
from directory.text.folding import fold
from tests import factories
from tests.finding.typed import entries_with, names_with

TYPED = st.one_of(
    st.text(max_size=40),
    # What people type, and what could mean something to a parser.
    st.lists(
        st.sampled_from(
            [*"-\"'“”|&!:*()<>\\ \0", "grief", "the", "-", "ab", "é", "حزن", "1e5", ":*"]
        ),
        max_size=12,
    ).map("".join),
)


def terms(text: str) -> list[str]:
    """Each term in one line: -"not this phrase", begun*, word."""
    said = []
    for term in parse(text).terms:
        quote = '"' if term.is_quoted else ""
        begun = "*" if term.is_begun else ""
        said.append(f"{'-' * term.is_negated}{quote}{term.text}{quote}{begun}")
    return said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grief support", ["grief", "support*"]),
        ('"loss of a partner" grief', ['"loss of a partner"', "grief*"]),
        ('grief -online -"at home"', ["grief", "-online", '-"at home"']),
        ("grief -self-harm", ["grief", '-"self harm"']),
        ("self-harm", ["self", "harm*"]),
        ("men’s  MEN'S", ["men", "s", "men", "s"]),
        ("Dépression à Łódź", ["depression", "a", "lodz*"]),
        ("أَلَمٌ مُزمِن", ["الم", "مزمن*"]),
        ('an "open quote', ["an", "open", "quote*"]),
        ("“loss of a child”", ['"loss of a child"']),
        ("face to face -grief", ["face", "to", "face", "-grief"]),
        ("looking for the", ["looking", "for", "the"]),
        ("a", ["a"]),
        ("12 step", ["12", "step*"]),
        ("grief \U0001f494 \U0001f469\u200d\U0001f467", ["grief*"]),
        ("gri\0ef", ["gri", "ef*"]),
        ("\u202egrief\u202c", ["grief*"]),
    ],
)
def test_words_phrases_and_what_to_leave_out(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["", " ", "-", '"', '""', '-""', "???", "\0", "\u202e", "- -- '"])
def test_nothing_is_no_error(text: str) -> None:
    assert terms(text) == []


def test_a_very_long_text_is_cut() -> None:
    assert len(parse("x" * 5000).terms[0].text) == LONGEST
    assert len(parse(" ".join(map(str, range(99)))).terms) == MOST_TERMS


@given(TYPED)
def test_every_word_stands_where_it_says(text: str) -> None:
    for term in parse(text).terms:
        for word in term.words:
            assert word.text
            assert all(letter.isalnum() or letter in fold(text) for letter in word.text)
            assert 0 <= word.start < word.end <= len(text)


@pytest.mark.django_db
class TestFound:
    @pytest.fixture(autouse=True)
    def groups(self, db: None) -> None:
        bereavement = factories.make_topic(name="Bereavement", slug="bereavement")
        organisation = factories.make_organisation(name="Harbour Listening")
        place = factories.make_place(organisation, town="Leeds")
        described = {
            "Tuesdays": {
                "summary": "Grieving together, men's evening. Drink/drugs welcome.Tea after.",
                "topics": [bereavement],
            },
            "Puente": {"summary": "Vivir con dolor crónico", "languages": ["es"]},
            "Le Pont": {"summary": "Après l'accouchement : dépressions", "languages": ["fr"]},
            "الجسر": {"summary": "للتعامل مع الحُزن والأَلم", "languages": ["ar"]},
            "Quiet": {"description": "We meet online, and the kettle is on."},
        }
        for name, fields in described.items():
            factories.make_group(name=name, organisation=organisation, place=place, **fields)

    @pytest.mark.parametrize(
        ("words", "name"),
        [
            ("grieves", "Tuesdays"),
            ("griev", "Tuesdays"),
            ("GRÍEV", "Tuesdays"),
            ("men's", "Tuesdays"),
            ("men’s evening", "Tuesdays"),
            ("mens", "Tuesdays"),
            ("drugs", "Tuesdays"),
            ("welcome tea", "Tuesdays"),
            ("the bereavement", "Tuesdays"),
            ("i am grieving", "Tuesdays"),
            ('"grieving together"', "Tuesdays"),
            ("dolores", "Puente"),
            ("cronic", "Puente"),
            ("el dolor cronico", "Puente"),
            ("dépression", "Le Pont"),
            ("depressif", "Le Pont"),
            ("l’accouchement", "Le Pont"),
            ("حزن", "الجسر"),
            ("الحزن", "الجسر"),
            ("والألم", "الجسر"),
            ("والالم", "الجسر"),
            ("kettles", "Quiet"),
            ("the", "Quiet"),
            ("harbour kettle -drugs", "Quiet"),
        ],
    )
    def test_one_group(self, words: str, name: str | None) -> None:
        assert names_with(words) == ([name] if name else [])

    @pytest.mark.parametrize(
        "words",
        ["rain", '"together grieving"', "grieving kettle", "???", "-", '"', "grieving -men"],
    )
    def test_no_group(self, words: str) -> None:
        assert names_with(words) == []

    def test_with_unwanted_words_alone_all_others_answer(self) -> None:
        assert "Quiet" not in names_with("-kettle")
        assert len(names_with("-kettle")) == len(names_with("harbour")) - 1 == 4

    def test_small_words_beside_others_are_left_out_and_never_match_all(self) -> None:
        assert names_with("with the grieving") == ["Tuesdays"]
        # "On", "les" and "con" are dropped by one language each; none of them lets all through.
        assert names_with("on") == ["Quiet"]
        assert names_with("con") == ["Puente"]

    def test_a_word_of_one_language_is_not_dropped_as_small_in_another(self) -> None:
        # "Son" says nothing in French and Spanish.
        assert names_with("son grieving") == []

    def test_an_apostrophe_in_the_words_of_a_group(self) -> None:
        group = factories.make_group(name="Fathers’ and men’s talk")
        for words in ("men's talk", "men’s", "mens talk", "fathers", "father's"):
            assert group.name in names_with(words), words

    def test_it_can_be_ranked(self) -> None:
        factories.make_group(name="Kettle")
        rank = SearchRank(F("words"), asked_query("kettle"))
        names = entries_with("kettle").order_by(rank.desc())
        assert [entry.name for entry in names] == ["Kettle", "Quiet"]

    def test_postgresql_makes_one_constant_of_it(self) -> None:
        plan = entries_with("grieving drugs").explain()
        assert "to_tsquery" not in plan
        # An index is asked with the same one as each row is.
        assert len(set(re.findall(r"'((?:[^']|'')*)'::tsquery", plan))) == 1

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(TYPED)
    @example("'")
    @example("\\")
    @example("''\\'':*")
    @example("\ud800")
    @example("½ ① ǆ")
    def test_nothing_that_can_be_typed_breaks_it(self, words: str) -> None:
        list(entries_with(words).values_list("pk"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", []),
        ("kettle", []),
        ("the kettle", []),
        ('"blue kettle"', []),
        ("kettle, choir", [("kettle", "choir"), ("choir", "kettle")]),
        ('"blue kettle" choir', [("blue kettle", "choir"), ("choir", '"blue kettle"')]),
        ("café choir -online", [("café", "choir -online"), ("choir", "café -online")]),
    ],
)
def test_each_of_several_things_can_be_left_out(words: str, parts: list[tuple[str, str]]) -> None:
    assert parts_of(words) == (parts, [])


@pytest.mark.django_db
def test_of_three_things_one_may_stay_alone() -> None:
    each, all_but_one = parts_of('kettle, "blue sky" choir -online')
    assert each[1] == ("blue sky", "kettle, choir -online")
    assert all_but_one == [
        ("blue sky choir", "kettle, -online"),
        ("kettle choir", '"blue sky" -online'),
        ("kettle blue sky", "choir -online"),
    ]


@pytest.mark.django_db
def test_where_nothing_is_asked_all_answer() -> None:
    factories.make_group(name="Kettle")
    for words in ("", " \n\t"):
        assert names_with(words) == ["Kettle"]


@pytest.mark.django_db
class TestFolding:
    """What is typed is folded in Python, what is stored in PostgreSQL: both come to the same."""

    # Letters that both know: Latin with its accents, Greek, Cyrillic, Hebrew, Arabic, Devanagari,
    # punctuation and symbols, Hangul.
    LETTERS = st.one_of(
        st.characters(min_codepoint=1, max_codepoint=0x2AF),
        st.characters(min_codepoint=0x300, max_codepoint=0x6FF),
        st.characters(min_codepoint=0x900, max_codepoint=0x97F),
        st.characters(min_codepoint=0x1E00, max_codepoint=0x206F),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    )

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(LETTERS, min_size=1, max_size=30))
    @example("Łódź İstanbul ẞ Straße Œuvre Ǆ")
    @example("ΟΔΟΣ Σίσυφος")
    @example("أَلَمٌ مُزمِن ـــ القُرى مدرسة ؤ ئ آ ٱ")
    @example("Ёлка й 한국 l’été ‘x’")
    def test_both_fold_alike(self, text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT waymeet_fold(%s)", [text])
            assert cursor.fetchone()[0] == fold(text)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Café", "cafe"),
            ("DÉPRESSION", "depression"),
            ("أمل", "امل"),
            ("إدمان", "ادمان"),
            ("آلام", "الام"),
            ("حُزْنٌ", "حزن"),
            ("ذاكرة", "ذاكره"),
            ("القرى", "القري"),
            ("حـــزن", "حزن"),
        ],
    )
    def test_ways_of_writing_one_word(self, one: str, other: str) -> None:
        assert fold(one) == fold(other)
