"""How PostgreSQL finds what each page shows: which indexes serve, so that a lost one is seen."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

from tests.bench.databases import FOLDER
from tests.bench.mix import questions
from tests.bench.pages import Asked

KEPT = Path(__file__).with_name("plans.txt")
EXPLAINED = FOLDER / "explain"
INDEX = re.compile(r"(?:using|Bitmap Index Scan on) ((?!pg_)\w+)")
SCANNED = re.compile(r"Seq Scan on (?P<table>\w+).*rows=(?P<rows>[\d.]+) loops=(?P<loops>\d+)\)")
REMOVED = "Rows Removed by Filter: "
# Some rows of a table may be read as they lie, until there are enough for a page or a bounded
# count. Such a share of as many as there are groups is too many: an index is lost.
TOO_MANY = 0.2
TITLE = """\
# Which indexes serve each kind of page, at {size:,} groups: written by `make bench PLANS=keep`,
# and compared by `make bench`. A table that is read through without an index is in capitals.
"""


def explain_pages(size: int, asked: Asked) -> dict[str, list[str]]:
    """Write the plans of all pages to var/bench/explain; return what each kind of page used."""
    folder = EXPLAINED / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    used: dict[str, set[str]] = {}
    for question in questions():
        plans = asked.ask(question.paths[0], explain=True)["plans"]
        told = [f"{it['sql']}\n\n{it['plan']}\n" for it in plans]
        name = re.sub(r"\W+", "-", question.name).strip("-")
        (folder / f"{name}.txt").write_text("\n\n".join([question.paths[0], *told]))
        used[question.name] = {
            one for it in plans for one in _used(it["plan"], most=size * TOO_MANY)
        }
    return {name: sorted(those) for name, those in used.items()}


def _used(plan: str, *, most: float) -> set[str]:
    return set(INDEX.findall(plan)) | {table.upper() for table in _read_through(plan, most)}


def _read_through(plan: str, most: float) -> Iterator[str]:
    """Yield the tables of which more rows than `most` were looked at without an index."""
    lines = [line.strip() for line in plan.splitlines()]
    for number, line in enumerate(lines):
        found = SCANNED.search(line)
        if not found:
            continue
        rows = float(found["rows"])
        for below in takewhile(lambda it: not it.startswith("->"), lines[number + 1 :]):
            rows += float(below.removeprefix(REMOVED)) if below.startswith(REMOVED) else 0
        if rows * int(found["loops"]) > most:
            yield found["table"]


def compare_plans(size: int, used: dict[str, list[str]], *, keep: bool) -> list[str]:
    """Return what is worse than it was when the plans were kept; or keep them as they are.

    Which of two good indexes serves a page may change with the hour. So one is lost when it
    serves no page any more, or where a page reads through a table that it did not read through.
    """
    if keep:
        lines = [f"{name}: {', '.join(those)}" for name, those in used.items()]
        KEPT.write_text(TITLE.format(size=size) + "\n".join(lines) + "\n")
        print(f"Written to {KEPT}", file=sys.stderr)
        return []
    before, now = _kept(), {name: set(those) for name, those in used.items()}
    lost = {it for it in _all(before) - _all(now) if it.islower()}
    return [f"{it} serves no page any more" for it in sorted(lost)] + [
        f"{name}: all of {it.lower()} is read"
        for name, those in now.items()
        for it in sorted(those - before.get(name, set()))
        if it.isupper()
    ]


def _all(used: dict[str, set[str]]) -> set[str]:
    return set().union(*used.values())


def _kept() -> dict[str, set[str]]:
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    told = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {name: set(those.split(", ")) - {""} for name, those in told}
