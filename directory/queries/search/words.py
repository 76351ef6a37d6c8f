"""Words typed into the search box, as a question that PostgreSQL answers from an index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.contrib.postgres.search import SearchQuery

from directory.queries.search.totals import is_very_large
from directory.queries.vocabulary import phrasebook, vocabulary
from directory.text.asked_words import AskedWords, Term, Word, parse
from directory.text.everyday import Meaning, Phrasebook
from directory.text.small_words import FILLERS

# What entries hold beside the plain words: their stems in the languages of their group.
LATIN = ("english", "spanish", "french")
ARABIC = ("arabic",)
NOTHING = "''::tsquery"
MARKS = '"“”„«»″ '
# What is no lone comma.
_SAYS = re.compile(r"\w")


class AskedQuery(SearchQuery):
    """A tsquery written out by this module, with the words themselves as parameters."""

    def __init__(self, sql: str, params: tuple[str, ...]) -> None:
        super().__init__("")
        self.sql, self.params = sql, params

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, list[str]]:  # type: ignore[override]
        """Return it as it is; PostgreSQL makes one constant of it before it plans."""
        return self.sql, list(self.params)


def asked_query(words: str) -> AskedQuery | None:
    """Return what was typed as a query, also good for ranking. None: nothing asked.

    What holds no word at all, such as "???", is found nowhere.
    """
    return tsquery(_read(words), phrasebook()) if words.strip() else None


def _read(words: str) -> AskedWords:
    """Read what was typed; its last word may be the beginning of one.

    On a very large site one that is a word by itself is not: to collect all words that begin with
    it, from so many groups, would take longer than everything else.
    """
    asked = parse(words)
    last = asked.terms[-1] if asked.terms else None
    if last and last.is_begun and is_very_large() and vocabulary().holds(last.text):
        return replace(asked, terms=(*asked.terms[:-1], replace(last, is_begun=False)))
    return asked


def tsquery(asked: AskedWords, everyday: Phrasebook) -> AskedQuery:
    """Return entries' words that answer: all that is wanted, and nothing of what is not.

    Each word is looked for as it stands and as its stem in every language, so that nobody has to
    say in which language they type. Everyday words may be answered by what they stand for. Small
    words ("the") are left out, unless there is nothing else. With unwanted words alone, everything
    without them answers.
    """
    wanted = _all(_wanted(asked, everyday))
    unwanted = _all(_not(_term(term)) for term in asked.unwanted)
    parts = [part for part in (wanted, unwanted) if part[0]]
    sql, params = _all(parts) if parts else (NOTHING, ())
    return AskedQuery(sql, params)


Sql = tuple[str, tuple[str, ...]]


# What may be left out of the words, and what remains.
Parts = list[tuple[str, str]]


def parts_of(words: str) -> tuple[Parts, Parts]:
    """Return each of several things that were asked for, to be left out alone; then all but one.

    "Dad died drinking" are two. Both are empty where there is only one, and of two the one is the
    other's rest.
    """
    asked = parse(words)
    if len(asked.wanted) < 2:
        return [], []
    meanings, others = _things(asked, phrasebook())
    things = [*(meaning.places for meaning in meanings), *((place,) for place in others)]
    spans = sorted(_span(asked.wanted, places) for places in things)
    if len(spans) < 2:
        return [], []
    each = [_cut(words, [span]) for span in spans]
    alone = [_cut(words, [other for other in spans if other != span]) for span in spans]
    return each, alone if len(spans) > 2 else []


def _span(terms: list[Term], places: tuple[int, ...]) -> tuple[int, int]:
    first, last = terms[places[0]], terms[places[-1]]
    quotes = int(first.is_quoted)
    return max(0, first.words[0].start - quotes), last.words[-1].end + quotes


def _cut(words: str, spans: list[tuple[int, int]]) -> tuple[str, str]:
    ends = [0, *(end for _start, end in spans)]
    starts = [*(start for start, _end in spans), len(words)]
    around = " ".join(words[end:start] for end, start in zip(ends, starts, strict=True))
    rest = " ".join(piece for piece in around.split() if _SAYS.search(piece))
    part = " ".join(words[start:end].strip(MARKS) for start, end in spans)
    return part, rest.strip(",;")


def _things(asked: AskedWords, everyday: Phrasebook) -> tuple[list[Meaning], list[int]]:
    """What was meant, and the places of the other words that count."""
    terms = asked.wanted
    meanings = everyday.meanings(asked.in_a_row)
    told = {place for meaning in meanings for place in meaning.places}
    others = [
        place
        for place, term in enumerate(terms)
        if place not in told and (term.is_quoted or not _is_idle(term.words[0], meanings))
    ]
    telling = [place for place in others if not _is_small(terms[place])]
    return meanings, telling if telling or meanings else others


def _wanted(asked: AskedWords, everyday: Phrasebook) -> Iterator[Sql]:
    terms = asked.wanted
    meanings, others = _things(asked, everyday)
    yield from (_meant(meaning, terms) for meaning in meanings)
    yield from (_term(terms[place]) for place in others)


def _meant(meaning: Meaning, terms: list[Term]) -> Sql:
    """Either these very words, or what they stand for."""
    said = [terms[place] for place in meaning.places]
    itself = _all(_term(term) for term in said if len(said) == 1 or not _is_small(term))
    return _any([itself, *(("%s::tsquery", (f"'{mark}'",)) for mark in meaning.marks)])


def _is_idle(word: Word, meanings: list[Meaning]) -> bool:
    """Whether a word may stay away: it says little, and others have told what is meant."""
    return bool(meanings) and word.text in FILLERS


def _is_small(term: Term) -> bool:
    return not term.is_quoted and term.words[0].is_small


def _term(term: Term) -> Sql:
    """A word or a phrase, as it stands or as any of its stems that differs."""
    # Letters and digits are all that a word is made of, so that nothing in it needs escaping.
    quoted = f"'{term.text}'" + (":*" if term.is_begun else "")
    plain = "to_tsquery('simple', %s)"
    # A stem that is the word itself need not be looked up, or counted by the planner, twice.
    stems = [
        f"coalesce(nullif(to_tsquery('{config}', %s), {plain}), {NOTHING})"
        for config in _configs(term.text)
    ]
    return _any([(plain, (quoted,)), *((stem, (quoted, quoted)) for stem in stems)])


def _configs(text: str) -> tuple[str, ...]:
    if text.isascii():
        return LATIN
    return ARABIC if any("\u0600" <= letter <= "\u06ff" for letter in text) else ()


def _any(parts: Iterable[Sql]) -> Sql:
    return _joined(parts, " || ")


def _all(parts: Iterable[Sql]) -> Sql:
    return _joined(parts, " && ")


def _not(part: Sql) -> Sql:
    return f"!!{part[0]}", part[1]


def _joined(parts: Iterable[Sql], between: str) -> Sql:
    parts = [part for part in dict.fromkeys(parts) if part[0]]
    sql = between.join(sql for sql, _params in parts)
    params = tuple(param for _sql, params in parts for param in params)
    return (f"({sql})" if len(parts) > 1 else sql), params
