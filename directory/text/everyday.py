"""What somebody's own words stand for: "my dad has died" is about the topic bereavement."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from directory.text.asked_words import Word, words_of
from directory.text.small_words import FILLERS

# "and the", "with the" and the like, which Arabic writes as part of the word.
_ARABIC_ARTICLES = (*(f"{small}ال" for small in "وفبك"), "ال", "لل")
_DOUBLE = re.compile(r"(.)\1")


@dataclass(frozen=True)
class Meaning:
    """Some of the words asked for, by their places among them, and what they stand for."""

    places: tuple[int, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Phrase:
    """Words to be found in this order; only if `is_tight`, with nothing at all between them."""

    roots: tuple[str, ...]
    mark: str
    is_tight: bool = False


class Phrasebook:
    """Everyday words and the marks they stand for, made quick to look up.

    A mark is what entries of the finder hold among their words: a topic's, or a filter's.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self.vocabulary: dict[str, str] = {}
        self._by_first: dict[str, list[Phrase]] = defaultdict(list)
        self._whole: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for phrase, mark in phrases:
            self._add(phrase, mark)

    def meanings(self, words: Sequence[Word | None]) -> list[Meaning]:
        """Return what these words mean, each of them in one meaning at most.

        Of two phrases, one within the other, the longer one counts: "partner drinks" is not
        about drinking alone. Phrases that share words are one meaning with several marks.
        None stands for something that no phrase reaches across.
        """
        roots = [_sound(word.text) if word else "" for word in words]
        found = {(tuple(range(len(words))), mark) for mark in self._whole.get(tuple(roots), ())}
        for start, first in enumerate(roots):
            for phrase in self._by_first.get(first, ()):
                if places := _places(phrase, start, roots, words):
                    found.add((places, phrase.mark))
        return _together([hit for hit in found if not _is_within_another(hit, found)])

    def _add(self, phrase: str, mark: str) -> None:
        words = words_of(phrase)
        self.vocabulary.update((word.text, phrase[word.start : word.end].lower()) for word in words)
        roots = tuple(_sound(word.text) for word in words)
        if all(word.is_small for word in words):
            # "Me" the illness: only where nothing else was asked for.
            self._whole[roots].append(mark)
        elif _needs_its_small_words(words):
            # "Out of work" is not in "after work", nor "looking after" in "looking for".
            self._by_first[roots[0]].append(Phrase(roots, mark, is_tight=True))
        else:
            telling = tuple(_sound(word.text) for word in words if not word.is_small)
            self._by_first[telling[0]].append(Phrase(telling, mark))


def root(word: str) -> str:
    """Return a word without plural and article, for comparing: "carers" and "carer" are one."""
    if word.isascii():
        is_plural = len(word) > 3 and word.endswith("s") and not word.endswith("ss")
        return word[:-1] if is_plural else word
    article = next((one for one in _ARABIC_ARTICLES if word.startswith(one)), "")
    return word[len(article) :] if len(word) - len(article) >= 3 else word


def _sound(word: str) -> str:
    """The root with single letters for double ones, about which people and languages differ."""
    return _DOUBLE.sub(r"\1", root(word))


def _places(
    phrase: Phrase, start: int, roots: Sequence[str], words: Sequence[Word | None]
) -> tuple[int, ...]:
    """Where the words of the phrase stand, with nothing between them that says much."""
    places = [start]
    for wanted in phrase.roots[1:]:
        here = places[-1] + 1
        while here < len(words) and roots[here] != wanted and _may_be_between(words[here], phrase):
            here += 1
        if here == len(words) or roots[here] != wanted:
            return ()
        places.append(here)
    return tuple(places)


def _may_be_between(word: Word | None, phrase: Phrase) -> bool:
    return not phrase.is_tight and _says_little(word)


def _needs_its_small_words(words: Sequence[Word]) -> bool:
    """Whether little would be left without them. A single letter is the rest of "Crohn's"."""
    telling = [word for word in words if not word.is_small]
    small = [word for word in words if word.is_small and len(word.text) > 1]
    return all(map(_says_little, words)) or (len(telling) == 1 and bool(small))


def _says_little(word: Word | None) -> bool:
    return word is not None and (word.is_small or word.text in FILLERS)


def _is_within_another(
    hit: tuple[tuple[int, ...], str], found: Iterable[tuple[tuple[int, ...], str]]
) -> bool:
    return any(set(hit[0]) < set(places) for places, _mark in found)


def _together(hits: Iterable[tuple[tuple[int, ...], str]]) -> list[Meaning]:
    groups: list[tuple[set[int], set[str]]] = []
    for places, mark in sorted(hits):
        joined = (set(places), {mark})
        apart = []
        for group in groups:
            if group[0] & joined[0]:
                joined = (group[0] | joined[0], group[1] | joined[1])
            else:
                apart.append(group)
        groups = [*apart, joined]
    return [Meaning(tuple(sorted(places)), tuple(sorted(marks))) for places, marks in groups]
