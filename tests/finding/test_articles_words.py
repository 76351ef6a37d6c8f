"""What the shipped article says: the facts, their caution, plain words, nobody else's sentences."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from directory import content
from tests.finding.reading_age import grade, syllables_of

ARTICLE = content.articles()[0]
NOTES = content.notes()
PASSAGES = {fact: passage for passage in ARTICLE.passages for fact in passage.facts}
SHOWN = {
    **{f"article: {passage.slug}": passage.body for passage in ARTICLE.passages},
    **{f"note: {note.slug}": f"{note.text} {note.reason}" for note in NOTES},
    **{f"agreement: {agreement.kind}": agreement.body for agreement in content.agreements()},
    "topics": " ".join(
        f"{topic.name}. {topic.description}"
        for parent in content.topics()
        for topic in (parent, *parent.under)
    ),
    "about": f"{ARTICLE.summary} {ARTICLE.about}",
}
ALL_FACTS = (
    *("A1", "A2", "B1", "B2", "B3", "B4", "B5", "C1", "C2", "C3", "C4", "D1", "D2", "D3", "D4"),
    *("E1", "E2", "E3", "E4", "F1", "F2", "F3", "G1", "G2", "G3"),
)
CAUTIOUS = {
    "A1": "can give you two things",
    "A2": "cannot always give",
    "B1": "can be a comfort",
    "B2": "can also pass on",
    "B3": "can get answers",
    "B4": "can also help you take the next step",
    "C2": "can get practical tips",
    "C3": "some may last for life",
    "C4": "many people who take part say",
    "D1": "can mean most of all",
    "D2": "may inspire each other",
    "D3": "worth looking around and trying more than one",
    "D4": "ideally, try to go often enough",
    "E1": "can give people the courage",
    "E2": "not everyone will feel at ease",
    "E4": "can help most of all",
    "F1": "the article holds that",
    "F3": "can give you a sense of belonging, and hope",
    "G1": "we have not checked it",
    "G2": "may improve hope and empowerment",
    "G3": "does not appear to have an effect on clinical symptoms",
}
NOISE = (
    *("lithium", "avoidant", "california", "find a therapist", "affordable", "discretion"),
    *("neighborhood", "neighbourhood", "drains pipes", "preconception", "seclusion"),
    *("blog article", "leave a reply", "required fields"),
)
UNKIND = (
    "suffer",
    "committed suicide",
    "addict ",
    "addicts",
    "alcoholic",
    "you must",
    "you should",
)
TREATS = re.compile(r"\b(cures?|heals?|treats? (?:your|an?|the|this))\b", re.IGNORECASE)
QUOTATIONS = (
    "everything discussed in the group is confidential",
    "a safe, judgement-free environment",
    "respectful of one another",
)


def test_the_article_has_five_parts_by_their_names() -> None:
    assert [part.heading for part in ARTICLE.parts] == [
        "Shared experience",
        "Empathy",
        "Sense of community",
        "Confidentiality",
        "Stigma",
    ]
    assert [part.number for part in ARTICLE.parts] == [1, 2, 3, 4, 5]


def test_every_fact_is_told_once() -> None:
    told = [fact for passage in ARTICLE.passages for fact in passage.facts]
    assert sorted(told) == sorted(ALL_FACTS)


@pytest.mark.parametrize("fact", CAUTIOUS)
def test_a_fact_keeps_its_caution(fact: str) -> None:
    text = " ".join(PASSAGES[fact].body.replace("**", "").lower().split())
    assert text.count(CAUTIOUS[fact]) == 1


@pytest.mark.parametrize("fact", ["C1", "C4", "D2"])
def test_what_is_said_strongly_has_the_evidence_on_its_page(fact: str) -> None:
    assert PASSAGES[fact] in ARTICLE.parts
    assert {"G2", "G3"} <= set(ARTICLE.evidence.facts)


@pytest.mark.parametrize("fact", ["C4", "D2"])
def test_the_strongest_claims_point_to_the_evidence(fact: str) -> None:
    assert "(#evidence)" in PASSAGES[fact].body


@pytest.mark.parametrize("name", SHOWN)
def test_no_noise_and_no_unkind_words(name: str) -> None:
    text = f"{SHOWN[name].lower()} "
    assert [word for word in (*NOISE, *UNKIND) if word in text] == []


@pytest.mark.parametrize("name", SHOWN)
def test_nobody_promises_a_treatment(name: str) -> None:
    assert TREATS.findall(SHOWN[name]) == []


@pytest.mark.parametrize("name", [name for name in SHOWN if not name.startswith("note")])
def test_a_text_is_read_at_eleven(name: str) -> None:
    assert grade(SHOWN[name]) <= 6


def test_the_notes_are_read_at_eleven() -> None:
    # One note alone is too short to measure.
    assert grade("\n".join(f"{note.text}\n{note.reason}" for note in NOTES)) <= 6


def test_no_code_of_a_fact_is_shown() -> None:
    assert [name for name, text in SHOWN.items() if re.search(r"\b[A-G][1-5]\b", text)] == []


def test_a_quotation_is_one_of_three_and_names_the_article() -> None:
    texts = [passage.body for passage in ARTICLE.passages] + [note.reason for note in NOTES]
    for text in texts:
        for quotation in QUOTATIONS:
            if quotation in text:
                assert f"“{quotation}”" in text
                assert f"“{ARTICLE.title}”" in text


@pytest.mark.parametrize(
    ("word", "count"), [("stigma", 2), ("people", 2), ("confidentiality", 6), ("shared", 1)]
)
def test_syllables_are_counted_near_enough(word: str, count: int) -> None:
    assert syllables_of(word) == count


@pytest.mark.skipif(not os.environ.get("ARTICLES_DIR"), reason="ARTICLES_DIR is not set")
def test_no_eight_words_in_a_row_are_the_sources() -> None:
    sources = Path(os.environ["ARTICLES_DIR"]).glob("source-*.txt")
    theirs = {run for source in sources for run in runs_of(source.read_text("utf-8"))}
    ours = {run for text in SHOWN.values() for run in runs_of(text)}
    assert len(theirs) > 1000
    assert ours & theirs == set()


def runs_of(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z']+", text.lower().replace("’", "'"))
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}
