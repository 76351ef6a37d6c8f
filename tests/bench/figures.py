from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value: `n` says of how many, or of which page."""

    name: str
    n: int | str | None
    value: float
    unit: str
    spread: float | None = None


def report(figures: Iterable[Figure], file: Path) -> None:
    """Print the figures as a table and write them as JSON."""
    rows = list(figures)
    for figure in rows:
        print(f"{figure.name:24} {figure.n or '':>12} {figure.value:10.2f} {figure.unit}")
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps([asdict(figure) for figure in rows], indent=1) + "\n")
    print(f"\nWritten to {file}")
