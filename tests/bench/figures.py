from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import quantiles

AT_MOST, AT_LEAST = "at most", "at least"
# What a figure must be; all others are told for context.
BOUNDS = {
    "find_page_minus_sql_ms": (AT_MOST, 12),
    "find_growth_10k_to_100k": (AT_MOST, 3),
    "find_growth_10k_to_1m": (AT_MOST, 3),
    "find_rps_over_bare_view": (AT_LEAST, 0.04),
    "find_rps_cached_over_bare_view": (AT_LEAST, 0.3),
    "find_queries": (AT_MOST, 6),
    "group_page_over_bare_view": (AT_LEAST, 0.06),
    "saved_to_found_ms": (AT_MOST, 100),
    "generate_over_copy": (AT_MOST, 5),
    "import_over_json": (AT_MOST, 20),
    # Our own choice. Both are the work of icalendar; the rest is ours.
    "feed_over_parse": (AT_MOST, 2),
    "worker_rss_mb": (AT_MOST, 200),
    "first_visit_kb": (AT_MOST, 60),
    "first_visit_requests": (AT_MOST, 6),
    "first_visit_script_kb": (AT_MOST, 15),
}
# The result page has more to do in the browser than others.
BOUNDS_OF = {("first_visit_script_kb", "results"): (AT_MOST, 20)}


@dataclass(frozen=True)
class Figure:
    """One measured value: `n` says of how many, or of which page; `spread` is beside a median."""

    name: str
    n: int | str | None
    value: float
    unit: str
    spread: float | None = None

    @property
    def verdict(self) -> str:
        """Return whether it is what it must be, in words; empty where anything is right."""
        bound = BOUNDS_OF.get((self.name, str(self.n))) or BOUNDS.get(self.name)
        if not bound:
            return ""
        side, limit = bound
        is_within = self.value <= limit if side == AT_MOST else self.value >= limit
        return f"{'within' if is_within else 'OVER'} the bound ({side} {limit:g})"


def spread_of(values: Sequence[float]) -> float:
    """Return how far the middle half of the values lies apart."""
    first, _middle, third = quantiles(values, n=4)
    return third - first


def report(figures: Iterable[Figure], file: Path) -> None:
    """Print the figures as a table and write them as JSON."""
    rows = list(figures)
    for figure in rows:
        n = f"{figure.n:,}" if isinstance(figure.n, int) else figure.n or ""
        spread = "" if figure.spread is None else f"± {figure.spread / 2:.2f}"
        print(
            f"{figure.name:48} {n:>9} {figure.value:9.2f} {figure.unit:9} {spread:9}"
            f" {figure.verdict}".rstrip()
        )
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps([asdict(figure) for figure in rows], indent=1) + "\n")
    print(f"\nWritten to {file}")
