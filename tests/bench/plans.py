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
# count. So many of them are too many: an index is lost.
MANY_ROWS = 5_000
TITLE = """\
# Which indexes serve each kind of page, at {size:,} groups: written by `make bench PLANS=keep`,
# and compared by `make bench`. A table of which many rows are read without an index
# is written in capitals.
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
        used[question.name] = {one for it in plans for one in _used(it["plan"])}
    return {name: sorted(those) for name, those in used.items()}


def _used(plan: str) -> set[str]:
    return set(INDEX.findall(plan)) | {table.upper() for table in _read_through(plan)}


def _read_through(plan: str) -> Iterator[str]:
    """Yield the tables of which many rows were looked at without an index."""
    lines = [line.strip() for line in plan.splitlines()]
    for number, line in enumerate(lines):
        found = SCANNED.search(line)
        if not found:
            continue
        rows = float(found["rows"])
        for below in takewhile(lambda it: not it.startswith("->"), lines[number + 1 :]):
            rows += float(below.removeprefix(REMOVED)) if below.startswith(REMOVED) else 0
        if rows * int(found["loops"]) >= MANY_ROWS:
            yield found["table"]


def compare_plans(size: int, used: dict[str, list[str]], *, keep: bool) -> list[str]:
    """Return what is worse than it was when the plans were kept; or keep them as they are."""
    if keep:
        lines = [f"{name}: {', '.join(those)}" for name, those in used.items()]
        KEPT.write_text(TITLE.format(size=size) + "\n".join(lines) + "\n")
        print(f"Written to {KEPT}", file=sys.stderr)
        return []
    return [
        f"{name}: {change}"
        for name, before in _kept().items()
        for change in _worse(before, set(used.get(name, ())))
    ]


def _worse(before: set[str], now: set[str]) -> list[str]:
    lost = [f"{it} is not used any more" for it in sorted(before - now) if it.islower()]
    return lost + [f"all of {it.lower()} is read" for it in sorted(now - before) if it.isupper()]


def _kept() -> dict[str, set[str]]:
    lines = KEPT.read_text().splitlines() if KEPT.exists() else []
    told = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {name: set(those.split(", ")) - {""} for name, those in told}
