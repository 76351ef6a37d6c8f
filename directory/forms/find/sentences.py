"""A whole sentence in the box for words: "anything tonight, near Croydon" read as filters.

Only where the words as they stand find nothing, and only what is certain: the rest stays a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict

from directory.forms.find.form import FindForm
from directory.geo import unit_of
from directory.queries.site import site_profile
from directory.queries.towns import TownRow, by_weight, towns_called
from directory.queries.vocabulary import phrasebook
from directory.text import postcodes
from directory.text.asked_words import Word, words_of
from directory.text.places import place_key
from directory.text.small_words import FILLERS, ORDINARY
from directory.text.whole_sentences import (
    ANYTHING,
    BEFORE_A_FILTER,
    BEFORE_A_PLACE,
    IN,
    NEAR,
    filters_said,
)

LONGEST_NAME, LONGEST_UNKNOWN = 4, 2
SHORTEST_NAME = 3
# By its bare name, among other words, only a place of so many people is meant: "hope" and "deal"
# are villages, too. Elsewhere it has to be a city in any case.
TOWN, CITY_ABROAD = 10_000, 50_000
# The first word of a name, and the one after its last.
Place = tuple[int, int]
_BREAK = re.compile(r"[,;:!?،؛؟]")


@dataclass
class _Sentence:
    """Words of which some are taken out as filters; the others are left to be looked for."""

    text: str
    words: list[Word]
    taken: set[int] = field(default_factory=set)
    # Where a distance was said, so that a place comes next.
    distances: set[int] = field(default_factory=set)

    def take(self, start: int, end: int, *, with_small: frozenset[str]) -> None:
        """Take these words out, with the small ones right before them."""
        self.taken.update(range(start, end))
        while start and start - 1 not in self.taken and self.words[start - 1].text in with_small:
            start -= 1
            self.taken.add(start)

    def before(self, start: int) -> str:
        """Return the word right before this one, folded."""
        return self.words[start - 1].text if start else ""

    def written(self, start: int, end: int) -> str:
        """Return some of the words as they were typed."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    @cached_property
    def meant(self) -> set[int]:
        """The words that stand for a topic, or for what groups have: they are no place."""
        meanings = phrasebook().meanings(list(self.words))
        return {place for meaning in meanings for place in meaning.places}

    @property
    def rest(self) -> str:
        """Return what is left to look for; nothing where that says too little by itself."""
        left = [at for at in range(len(self.words)) if at not in self.taken]
        says_something = any(at in self.meant or not _is_idle(self.words[at]) for at in left)
        return " ".join(self.written(at, at + 1) for at in left) if says_something else ""


def read_sentence(query: QueryDict, find: FindForm) -> QueryDict | None:
    """Return the address that says by filters what a sentence in `query` says of day and place.

    None where it says none of that. Whoever quotes words, or leaves some out, knows what to type.
    """
    text = find.search.words
    if not text or '"' in text or " -" in f" {text}":
        return None
    sentence = _Sentence(text, words_of(text))
    country = site_profile().country
    runs = filters_said(sentence.words, unit=unit_of(country))
    for run in runs:
        sentence.take(run.start, run.end, with_small=BEFORE_A_FILTER)
    sentence.distances.update(run.end - 1 for run in runs if run.is_distance)
    place = "" if find.search.near else _place(sentence, country)
    if not place and all(run.is_distance for run in runs):
        return None
    asked = query.copy()
    for name, value in (pair for run in runs for pair in run.parameters):
        if value not in asked.getlist(name):
            asked.appendlist(name, value)
    asked["q"] = sentence.rest
    if place:
        asked["place"] = place
    return asked


def _place(sentence: _Sentence, country: str) -> str:
    """Take the name of a place out of a sentence; empty where it has none."""
    for start, end in _runs_left(sentence, 2):
        if postcodes.known_as(sentence.written(start, end), country):
            return _taken(sentence, start, end)
    runs = [*_runs_left(sentence, LONGEST_NAME)]
    if known := _known(sentence, runs, country):
        return _taken(sentence, *known)
    short = (run for run in runs if run[1] - run[0] <= LONGEST_UNKNOWN)
    surely = next((run for run in short if _is_surely_a_place(sentence, run[0])), None)
    return _taken(sentence, *surely) if surely else ""


def _is_surely_a_place(sentence: _Sentence, start: int) -> bool:
    """Whether what comes now is a place even if nobody knows it: "near …", "10 miles from …"."""
    before = sentence.before(start)
    return before in NEAR or (before in BEFORE_A_PLACE and start - 2 in sentence.distances)


def _known(sentence: _Sentence, runs: Sequence[Place], country: str) -> Place | None:
    """Return the words that are a town's name, rather those after "in" than others."""
    keys = {run: place_key(sentence.written(*run)) for run in runs}
    keys = {run: key for run, key in keys.items() if len(key) >= SHORTEST_NAME}
    towns = towns_called(keys.values(), home=country) if keys else []
    found = []
    for run, key in keys.items():
        called = by_weight((town for town in towns if key in town.found_as), key, home=country)
        if called and _is_meant(sentence, run, called[0], country):
            is_said = sentence.before(run[0]) in NEAR | IN
            found.append((is_said, run[1] - run[0], called[0].country == country, run))
    return max(found)[-1] if found else None


def _is_meant(sentence: _Sentence, run: Place, town: TownRow, country: str) -> bool:
    before = sentence.before(run[0])
    if town.country != country:
        return before in NEAR or town.population >= CITY_ABROAD
    is_all = run == (0, len(sentence.words))
    return is_all or before in NEAR | IN or town.population >= TOWN


def _runs_left(sentence: _Sentence, longest: int) -> Iterator[Place]:
    """Return words next to each other that nobody has taken and that mean nothing else."""
    closed = sentence.taken | sentence.meant
    for start in range(len(sentence.words)):
        for end in range(min(len(sentence.words), start + longest), start, -1):
            words = sentence.words[start:end]
            is_free = not closed.intersection(range(start, end))
            is_one = not _BREAK.search(sentence.written(start, end))
            if is_free and is_one and not _is_idle(words[0]) and not _is_idle(words[-1]):
                yield start, end


def _is_idle(word: Word) -> bool:
    return word.is_small or any(word.text in words for words in (ANYTHING, FILLERS, ORDINARY))


def _taken(sentence: _Sentence, start: int, end: int) -> str:
    sentence.take(start, end, with_small=BEFORE_A_PLACE | {"close"})
    return sentence.written(start, end)
