"""Where the bars of a chart stand, in the units of its own drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 180
STEP = 64
BAR = 40
ROOM_ABOVE = 24
ROOM_BELOW = 28


@dataclass(frozen=True)
class Bar:
    """One bar; `middle` is where its words stand."""

    label: str
    value: int
    x: int
    y: int
    height: int
    middle: int
    value_y: int


@dataclass(frozen=True)
class Bars:
    """A drawing of bars and its size."""

    width: int
    height: int
    base: int
    label_y: int
    bar_width: int
    bars: tuple[Bar, ...]


def bars_of(rows: Sequence[tuple[str, int]]) -> Bars:
    """Return the bars for (name, number) rows; the largest number fills the height."""
    largest = max((value for _name, value in rows), default=0) or 1
    base = ROOM_ABOVE + HEIGHT
    bars = []
    for place, (label, value) in enumerate(rows):
        height = round(HEIGHT * value / largest)
        x = place * STEP + (STEP - BAR) // 2
        top = base - height
        bars.append(Bar(label, value, x, top, height, x + BAR // 2, top - 7))
    return Bars(
        width=max(1, len(rows)) * STEP,
        height=base + ROOM_BELOW,
        base=base,
        label_y=base + 19,
        bar_width=BAR,
        bars=tuple(bars),
    )
