"""Measure, print a table, and write var/bench.json."""

from __future__ import annotations

from pathlib import Path

from tests.bench.figures import report
from tests.bench.first_visit import first_visit
from tests.bench.site import running_demo
from tests.browser import chromium


def main() -> None:
    """Run all benchmarks."""
    if reason := chromium.why_not():
        raise SystemExit(f"The benchmarks need a browser: {reason}.")
    with running_demo() as address:
        figures = first_visit(address)
    report(figures, Path("var/bench.json"))


if __name__ == "__main__":
    main()
