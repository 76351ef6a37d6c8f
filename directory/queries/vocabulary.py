"""Words this site knows: what everyday words mean, and what a mistyped word may have meant.

Each process keeps them for a minute, as text; what is made of the text is remembered for as long
as the text stays the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import cast

from django.contrib.postgres.aggregates import StringAgg
from django.core.cache import caches
from rapidfuzz import process
from rapidfuzz.distance import OSA

from directory.models import EverydayWords, KnownWord, Topic
from directory.text.asked_words import Word, parse
from directory.text.everyday import Phrasebook, root
from directory.text.filter_words import filter_phrases
from directory.text.small_words import FILLERS, ORDINARY, OWN_NOUNS, SMALL_WORDS

KEPT_SECONDS = 60
PHRASES_KEY = "everyday-words"
WORDS_KEY = "known-words"
# With a topic's number: what its groups' entries hold among their words.
TOPIC_MARK = "zt"
SHORTEST = 4
# From so many letters on a word may have two mistakes.
LONG = 6
# So many mistakes are guesswork.
GUESSED = 2
MOST_KNOWN = 50_000


def phrasebook() -> Phrasebook:
    """What everyday words mean: topics, also by their names, and what there are filters for."""
    kept = caches["process"].get_or_set(PHRASES_KEY, _read_phrases, KEPT_SECONDS)
    return _phrasebook(cast("str", kept))


def corrected(words: str) -> str:
    """Return what was typed with the words that nobody knows replaced by the nearest known ones.

    Nothing where there is nothing to correct. For a search that found nothing.
    """
    known = vocabulary()
    text = words
    for word, is_begun in reversed(_to_check(words)):
        if not known.has(word.text, is_begun=is_begun) and (meant := known.nearest(word.text)):
            text = text[: word.start] + meant + text[word.end :]
    return text if text != words else ""


def vocabulary() -> Vocabulary:
    """The words of groups, of topics and of everyday words."""
    kept = caches["process"].get_or_set(WORDS_KEY, _read_words, KEPT_SECONDS)
    return _vocabulary(cast("str", kept), phrasebook())


def forget_everyday_words() -> None:
    """Called by the actions that change them."""
    caches["process"].delete(PHRASES_KEY)


class Vocabulary:
    """Known words, made quick to compare with. `counted` come with the most frequent first."""

    def __init__(self, counted: list[str], phrases: Phrasebook) -> None:
        self._own = {word: word for word in OWN_NOUNS} | phrases.vocabulary
        self._ranks = {word: rank for rank, word in enumerate(counted)}
        self._sorted = sorted(self._own.keys() | self._ranks.keys())
        self._roots = {root(word) for word in (*SMALL_WORDS, *FILLERS, *ORDINARY, *self._sorted)}
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in (self._ranks.keys() | self._own.keys()) - SMALL_WORDS:
            self._by_length[len(word)].append(word)

    def has(self, word: str, *, is_begun: bool = False) -> bool:
        """Whether a word is known: as it is, in another number, or as the beginning of one."""
        if root(word) in self._roots:
            return True
        here = bisect_left(self._sorted, word)
        return is_begun and here < len(self._sorted) and self._sorted[here].startswith(word)

    def holds(self, word: str) -> bool:
        """Whether a word is known exactly as it is."""
        return word in self._ranks or word in self._own

    def nearest(self, word: str) -> str:
        """Return the word that was probably meant, spelt with its accents; nothing if none is near.

        That is the one with the fewest mistakes, two letters that changed places being one. Of
        several it is one with the same first letter, then one that the site is about, then the
        one that is in most groups.
        """
        most = 1 if len(word) < LONG else 2
        near = [
            (mistakes, found[0] != word[0], found not in self._own, self._rank(found), found)
            for length in range(len(word) - most, len(word) + most + 1)
            for found, mistakes in self._within(most, word, length)
            # Nobody means "other" who types "zither": such words say too little to be guessed.
            if mistakes < GUESSED or found not in FILLERS
        ]
        if not near:
            return ""
        meant = min(near)[-1]
        return self._own.get(meant, meant)

    def _within(self, most: int, word: str, length: int) -> Iterator[tuple[str, int]]:
        of_length = self._by_length.get(length, [])
        for found, mistakes, _place in process.extract(
            word, of_length, scorer=OSA.distance, score_cutoff=most, limit=None
        ):
            yield found, int(mistakes)

    def _rank(self, word: str) -> int:
        return self._ranks.get(word, len(self._ranks))


def _to_check(words: str) -> list[tuple[Word, bool]]:
    return [
        (word, term.is_begun)
        for term in parse(words).wanted
        for word in term.words
        if _may_be_mistyped(word)
    ]


def _may_be_mistyped(word: Word) -> bool:
    return len(word.text) >= SHORTEST and word.text.isalpha() and not word.is_small


def _read_phrases() -> str:
    phrases = EverydayWords.objects.order_by().values_list("words", "topic_id")
    named = Topic.objects.order_by().values_list("name", "pk")
    return "\n".join(f"{topic}\t{words}" for words, topic in phrases.union(named, all=True))


@lru_cache(maxsize=2)
def _phrasebook(text: str) -> Phrasebook:
    pairs = (line.split("\t", 1) for line in text.split("\n") if line)
    topics = ((words, f"{TOPIC_MARK}{topic}") for topic, words in pairs)
    return Phrasebook([*topics, *filter_phrases()])


def _read_words() -> str:
    # Joined by the database: one long text comes quicker than so many rows.
    most_frequent = KnownWord.objects.order_by("-groups", "word")[:MOST_KNOWN]
    joined = StringAgg("word", delimiter="\n", order_by=("-groups", "word"))
    return most_frequent.aggregate(joined=joined)["joined"] or ""


@lru_cache(maxsize=2)
def _vocabulary(text: str, phrases: Phrasebook) -> Vocabulary:
    return Vocabulary(text.split("\n") if text else [], phrases)
