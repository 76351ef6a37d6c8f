"""How PostgreSQL finds what each page shows: which indexes serve, so that a lost one is seen."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tests.bench.databases import FOLDER
from tests.bench.mix import questions
from tests.bench.pages import Asked

KEPT = Path(__file__).with_name("plans.txt")
EXPLAINED = FOLDER / "explain"
INDEX = re.compile(r"(?:using|Bitmap Index Scan on) (\w+)")
WHOLE_TABLE = re.compile(r"Seq Scan on (\w+)")
# A look through all of one of these is a lost index, whatever else is right.
LARGE = {"directory_group", "directory_meeting", "directory_finderentry", "directory_town"}
TITLE = """\
# Which indexes serve each kind of page, at {size:,} groups: written by `make bench PLANS=keep`,
# and compared by `make bench`. A table that is read through is written in capitals.
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
    whole = {it.upper() for it in WHOLE_TABLE.findall(plan) if it in LARGE}
    return set(INDEX.findall(plan)) | whole


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
