"""The words that come with the software, read from the files beside this module.

They are loaded into the database once (`manage.py setup_site`); from then on the site's own
people edit them in the browser, and these files are no longer asked.
"""

from __future__ import annotations

import gzip
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent
FENCE = "+++"
GAZETTEER = HERE / "gazetteer"
CHUNK_BYTES = 1 << 18


@dataclass(frozen=True)
class Passage:
    """A stretch of an article. `facts` are the codes of what it rests on, for our tests only."""

    slug: str
    heading: str
    source: str
    body: str
    facts: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class ShippedArticle:
    slug: str
    title: str
    summary: str
    about: str
    opening: Passage
    parts: tuple[Passage, ...]
    evidence: Passage
    topics: tuple[str, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        return (self.opening, *self.parts, self.evidence)


@dataclass(frozen=True)
class ShippedNote:
    slug: str
    text: str
    origin: str
    source: str
    reason: str
    shown_on: tuple[str, ...]
    formats: tuple[str, ...]
    part: str = ""


@dataclass(frozen=True)
class ShippedTopic:
    slug: str
    name: str
    description: str
    words: tuple[str, ...] = ()
    under: tuple[ShippedTopic, ...] = ()


@dataclass(frozen=True)
class ShippedCrisisLine:
    country: str
    position: int
    name: str
    instructions: str
    reviewed_on: date
    source: str
    phone: str = ""
    text_number: str = ""
    url: str = ""
    is_emergency: bool = False


@dataclass(frozen=True)
class ShippedAgreement:
    kind: str
    number: int
    title: str
    source: str
    body: str


def articles() -> list[ShippedArticle]:
    """The articles, each a folder: `article.toml`, its opening, its parts, its evidence."""
    return [_article(folder) for folder in sorted((HERE / "articles").iterdir()) if folder.is_dir()]


def notes() -> list[ShippedNote]:
    """The confidentiality notes, in the order in which they are shown."""
    return [_made(ShippedNote, row) for row in _rows("notes.toml", "note")]


def topics() -> list[ShippedTopic]:
    """The topics of the upper level, each with those under it."""
    return [_topic(row) for row in _rows("topics.toml", "topic")]


def crisis_lines() -> list[ShippedCrisisLine]:
    """Where to get help now, in several countries."""
    return [_made(ShippedCrisisLine, row) for row in _rows("crisis_lines.toml", "line")]


def agreements() -> list[ShippedAgreement]:
    """The first wording of the confidentiality agreement and of the consent."""
    return [
        _made(ShippedAgreement, _with_header(file)) for file in sorted(HERE.glob("agreements/*.md"))
    ]


def towns() -> Iterator[bytes]:
    """The towns, cut from GeoNames: CSV in UTF-8, in pieces as they are unpacked."""
    with gzip.open(GAZETTEER / "towns.csv.gz") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def postcode_samples() -> dict[str, Path]:
    """Files with some postcodes, in the format of GeoNames, by country."""
    return {file.stem.partition("-")[2]: file for file in GAZETTEER.glob("postcodes-??.txt")}


def _article(folder: Path) -> ShippedArticle:
    about = tomllib.loads((folder / "article.toml").read_text("utf-8"))
    parts = sorted(
        (_passage(file) for file in folder.glob("[0-9]*.md")), key=lambda part: part.number
    )
    passages = {
        "opening": _passage(folder / "opening.md"),
        "parts": parts,
        "evidence": _passage(folder / "evidence.md"),
    }
    return _made(ShippedArticle, about | passages)


def _passage(file: Path) -> Passage:
    return _made(Passage, _with_header(file))


def _topic(row: dict[str, Any]) -> ShippedTopic:
    return _made(ShippedTopic, row | {"under": [_topic(child) for child in row.get("under", [])]})


def _rows(name: str, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((HERE / name).read_text("utf-8"))[table]
    return rows


def _with_header(file: Path) -> dict[str, Any]:
    """A Markdown file that begins with TOML between two fences; the rest becomes `body`."""
    before, header, body = file.read_text("utf-8").split(FENCE, 2)
    if before:
        raise ValueError(f"{file.name} has to begin with {FENCE}")
    return tomllib.loads(header) | {"body": body.strip()}


Shipped = TypeVar("Shipped")


def _made(kind: type[Shipped], row: dict[str, Any]) -> Shipped:
    """`row` as `kind`, lists as tuples; an unknown or missing word is an error."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if unknown := row.keys() - known:
        raise ValueError(f"{kind.__name__} does not know {', '.join(sorted(unknown))}")
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in row.items()})
