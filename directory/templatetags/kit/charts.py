"""How long the bars of a chart are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, its number, and its length in hundredths of the longest."""

    name: str
    number: int
    length: int


def bars_of(rows: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return the bars for (name, number) rows."""
    largest = max((number for _name, number in rows), default=0) or 1
    return [Bar(name, number, round(100 * number / largest)) for name, number in rows]
