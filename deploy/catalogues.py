"""The message catalogues in locale/, kept with Babel, since a fresh machine may lack gettext.

`update` brings them up to the sentences in the source, `check` says what is out of
step, `compile` writes the files that the site reads. Only the .po files are committed.
Django turns a template into something like Python; Babel reads both.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("es", "fr", "ar")
SOURCES = ("accounts", "config", "directory")
LAZY = {f"{name}_lazy": spec for name, spec in DEFAULT_KEYWORDS.items() if "gettext" in name}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY}
TRANSLATORS = ["Translators:"]


def main() -> None:
    """Do what the one argument names."""
    jobs = {"update": update, "check": check, "compile": compile_all}
    if sys.argv[1:] and sys.argv[1] in jobs:
        jobs[sys.argv[1]]()
    else:
        sys.exit(f"Say one of: {', '.join(jobs)}")


def update() -> None:
    """Write every catalogue anew: sentences that are new come in, those that went go."""
    for language in LANGUAGES:
        path = po_file(language)
        catalogue = read(path, language) if path.exists() else new_catalogue(language)
        catalogue.update(template(), no_fuzzy_matching=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, ignore_obsolete=True)
        done = sum(1 for message in catalogue if message.id and is_translated(message.string))
        print(f"{path.relative_to(ROOT)}: {done} of {len(catalogue)} sentences translated")


def check() -> None:
    """End with what keeps a catalogue from being in step with the source."""
    wanted = {key(message) for message in template() if message.id}
    problems = []
    for language in LANGUAGES:
        path = po_file(language)
        if not path.exists():
            problems.append(f"{path.relative_to(ROOT)} is missing")
            continue
        problems += problems_of(read(path, language), wanted, str(path.relative_to(ROOT)))
    if problems:
        sys.exit("\n".join([*problems, "Run `make messages`, and translate."]))


def problems_of(catalogue: Catalog, wanted: set[object], name: str) -> Iterator[str]:
    """Name what is wrong in one catalogue. A sentence without a translation is not."""
    have = {key(message) for message in catalogue if message.id}
    if wanted != have:
        yield f"{name}: {len(wanted - have)} sentences are missing, {len(have - wanted)} are gone"
    if catalogue.fuzzy:
        yield f"{name}: the header is marked fuzzy, so nothing would be compiled"
    for message in catalogue:
        if message.fuzzy and message.id:
            yield f"{name}: marked fuzzy: {message.id!r}"
        if is_translated(message.string):
            yield from (f"{name}: {error}: {message.id!r}" for error in message.check(catalogue))


def compile_all() -> None:
    """Write the .mo beside each .po that is newer than it."""
    for language in LANGUAGES:
        source = po_file(language)
        target = source.with_suffix(".mo")
        if not source.exists():
            continue
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with target.open("wb") as file:
            write_mo(file, read(source, language))


def template() -> Catalog:
    """Return all sentences of the source."""
    catalogue = Catalog(fuzzy=False)
    for name, message, comments, context in sentences():
        catalogue.add(message, locations=[(name, 1)], auto_comments=comments, context=context)
    return catalogue


def sentences() -> Iterator[tuple[str, object, list[str], str | None]]:
    """Read each sentence with the file it is in, its comments and its context."""
    for folder in SOURCES:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from found_in(path, path.read_bytes())
    # Only now: reading templates is Django's, and compiling needs none of it.
    from django.utils.translation.template import templatize  # noqa: PLC0415

    for path in sorted((ROOT / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt"}:
            # In brackets, since what is indented in a template means nothing.
            yield from found_in(path, f"({templatize(path.read_text())}\n)".encode())


def found_in(path: Path, code: bytes) -> Iterator[tuple[str, object, list[str], str | None]]:
    """Read the sentences of one file of Python, or of what looks like it."""
    options = {"encoding": "utf-8"}
    found: Iterable[tuple[int, object, list[str], str | None]] = extract(
        "python", io.BytesIO(code), KEYWORDS, TRANSLATORS, options
    )
    for _line, message, comments, context in found:
        yield path.relative_to(ROOT).as_posix(), message, comments, context


def new_catalogue(language: str) -> Catalog:
    """Return a catalogue without sentences."""
    return Catalog(
        locale=language,
        project="Waymeet",
        copyright_holder="The Waymeet contributors",
        msgid_bugs_address="the project's issue tracker",
        last_translator="The Waymeet contributors",
        language_team="The Waymeet contributors",
        header_comment="# Waymeet in another language. See docs/running.md, Languages.",
        fuzzy=False,
    )


def read(path: Path, language: str) -> Catalog:
    """Return the catalogue in `path`."""
    with path.open("rb") as file:
        return read_po(file, locale=language)


def po_file(language: str) -> Path:
    """Return where the catalogue of `language` is."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def key(message: object) -> object:
    """Return what makes a sentence the same sentence."""
    return (getattr(message, "context", None), getattr(message, "id", None))


def is_translated(text: object) -> bool:
    """Return whether a translation is there, all plural forms included."""
    return all(text) if isinstance(text, tuple | list) else bool(text)


if __name__ == "__main__":
    main()
