"""What the sample's groups are called and say of themselves, put together from parts."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from directory.demo.sample.chances import early

WORDS = Path(__file__).with_name("words.toml")
# How many names of houses, paths and valleys there are: most occur in a few groups only.
PROPER_NAMES = 4000
SYLLABLES = (
    "ba bel bor cas cor dal den dro el fen gar hal har ing ker lan lo mar mel mor nor or pen quar "
    "ras rin sel sta tam tor ul ven wal win yar zel"
).split()
# One group in so many says a word that no other says.
GROUPS_A_RARE_WORD = 1000


@cache
def vocabulary() -> dict[str, Any]:
    """Return the lists of `words.toml`."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def rare_word(number: int) -> str:
    """Return a word that one group alone says: `number` 0 among the first thousand, and so on."""
    letters = ""
    while True:
        number, digit = divmod(number, len(SYLLABLES))
        letters = SYLLABLES[digit] + letters
        if not number:
            return f"ziv{letters}quo"


@lru_cache(maxsize=PROPER_NAMES)
def _proper(number: int) -> str:
    chance = Random(number)  # noqa: S311 (an invented name)
    return "".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3)))).capitalize()


def proper_name(chance: Random) -> str:
    """Return an invented name, a few of them again and again and most of them seldom."""
    return _proper(early(chance, range(PROPER_NAMES)))


@dataclass
class Wording:
    """What one group says, in its language: draws its parts once they are asked for."""

    chance: Random
    language: str
    topic: str
    town: str
    lists: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.lists = vocabulary()[self.language]

    def name(self) -> str:
        """Return a name for the group."""
        return self.say("names")[:120]

    def summary(self, number: int) -> str:
        """Return one or two sentences; some groups say a word of their own."""
        text = self.say("summaries")
        if number % GROUPS_A_RARE_WORD == GROUPS_A_RARE_WORD // 2:
            text = f"{text} {rare_word(number // GROUPS_A_RARE_WORD).capitalize()}."
        return text[:240]

    def description(self) -> str:
        """Return some sentences in two paragraphs."""
        sentences = [self.say("sentences") for _ in range(self.chance.randint(4, 9))]
        half = len(sentences) // 2
        return f"{' '.join(sentences[:half])}\n\n{' '.join(sentences[half:])}"

    def say(self, kind: str) -> str:
        """Return one of the lists' texts, filled in."""
        text: str = early(self.chance, self.lists[kind])
        while "{" in text:
            before, _, rest = text.partition("{")
            slot, _, after = rest.partition("}")
            text = f"{before}{self._part(slot)}{after}"
        return text

    def _part(self, slot: str) -> str:
        if slot[0].isupper():
            part = self._part(slot.lower())
            return part[:1].upper() + part[1:]
        if slot in ("topic", "town"):
            return str(getattr(self, slot))
        if slot == "proper":
            return proper_name(self.chance)
        return str(early(self.chance, self.lists[f"{slot}s"]))


def topic_words(slug: str, language: str) -> list[str]:
    """Return the words by which groups call a topic."""
    named: list[str] = _topics().get(slug, {}).get(language, [])
    return named or vocabulary()[language]["any_topic"]


def topics_by_frequency() -> list[str]:
    """Return the slugs of the topics that groups are most often about."""
    return list(_topics())


@cache
def _topics() -> dict[str, dict[str, list[str]]]:
    return {entry["slug"]: entry for entry in vocabulary()["topic"]}
