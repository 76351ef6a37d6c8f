"""What somebody typed into the search box, taken apart: words, "phrases" and -what to leave out.

Nothing is an error here: an open quote, a lone minus, symbols and control characters are what
people type, and they are passed over.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from directory.text.folding import fold
from directory.text.small_words import SMALL_WORDS

LONGEST = 200
MOST_TERMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„«»″", '"'))
# A phrase up to its second quote, or a run without spaces and quotes.
_PIECE = re.compile(r'(-?)(?:"([^"]*)"|([^\s"]+))')
_JOINERS = ("Mn", "Mc")
_STYLES = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Word:
    """One word, folded, and where it stands in what was typed."""

    text: str
    start: int
    end: int

    @property
    def is_small(self) -> bool:
        """Whether it says little by itself, in any language of the site."""
        return self.text in SMALL_WORDS


@dataclass(frozen=True)
class Term:
    """One word, or the words of a phrase, to be found or (`is_negated`) not to be found."""

    words: tuple[Word, ...]
    is_quoted: bool = False
    is_negated: bool = False
    # The last word typed: somebody may not have finished it.
    is_begun: bool = False

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True)
class AskedWords:
    """All that was asked for, in the order in which it was typed."""

    terms: tuple[Term, ...]

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.is_negated]

    @property
    def in_a_row(self) -> list[Word | None]:
        """The wanted words one after the other; None for a phrase, which is meant as it stands."""
        return [None if term.is_quoted else term.words[0] for term in self.wanted]

    @property
    def unwanted(self) -> list[Term]:
        return [term for term in self.terms if term.is_negated]


def parse(text: str) -> AskedWords:
    """Take apart what was typed, its first 200 characters; every text has an answer."""
    typed = text[:LONGEST].translate(_QUOTES)
    terms = [term for piece in _PIECE.finditer(typed) for term in _terms(piece)][:MOST_TERMS]
    if terms and _may_be_unfinished(terms[-1]):
        terms[-1] = Term(terms[-1].words, is_begun=True)
    return AskedWords(tuple(terms))


def words_of(text: str) -> list[Word]:
    """Return the words of a text: folded runs of letters and digits; "men's" is "men" and "s"."""
    return list(_words(text, 0))


def _terms(piece: re.Match[str]) -> Iterator[Term]:
    is_negated = piece[1] == "-"
    is_quoted = piece[2] is not None
    group = 2 if is_quoted else 3
    words = tuple(_words(piece[group], piece.start(group)))
    # What hangs together is left out together: -self-harm does not leave out "self".
    if words and (is_quoted or is_negated):
        yield Term(words, is_quoted=len(words) > 1 or is_quoted, is_negated=is_negated)
    else:
        yield from (Term((word,)) for word in words)


def _words(text: str, offset: int) -> Iterator[Word]:
    start = None
    for place, letter in enumerate(text + " "):
        if _belongs_to_a_word(letter, begins=start is None):
            start = place if start is None else start
        elif start is not None:
            folded = "".join(filter(_stays, fold(text[start:place])))
            if folded:
                yield Word(folded, offset + start, offset + place)
            start = None


def _belongs_to_a_word(letter: str, *, begins: bool) -> bool:
    if letter.isalnum():
        return True
    return not begins and _is_mark(letter)


def _stays(letter: str) -> bool:
    return letter.isalnum() or _is_mark(letter)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter) in _JOINERS and ord(letter) not in _STYLES


def _may_be_unfinished(term: Term) -> bool:
    plain = not term.is_quoted and not term.is_negated
    return plain and len(term.text) >= 2 and not term.words[0].is_small
