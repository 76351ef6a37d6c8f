"""Measure, print a table, and write var/bench.json.

`N` names a further size, 1000000; `ONLY` some of `PARTS`, with commas; `PLANS=keep` keeps the
plans of the queries as they are now, to be compared with later.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from tests.bench.databases import databases
from tests.bench.feeds import measure_feeds
from tests.bench.figures import Figure, report
from tests.bench.first_visit import first_visit
from tests.bench.pages import asking, measure_pages
from tests.bench.plans import compare_plans, explain_pages
from tests.bench.serving import measure_serving
from tests.bench.site import running_demo
from tests.bench.writing import (
    measure_generating,
    measure_importing,
    measure_mailing,
    measure_saving,
    measure_signing_up,
)
from tests.browser import chromium

SIZES = [10_000, 100_000]
# Requests a second, and how PostgreSQL finds, are measured at this size, or the largest below it.
COMPARED_AT = 100_000

Urls = dict[int, str]


def pages(urls: Urls) -> list[Figure]:
    """The finder's pages in the process, at each size in turn."""
    with ExitStack() as stack:
        return measure_pages({size: stack.enter_context(asking(url)) for size, url in urls.items()})


def serving(urls: Urls) -> list[Figure]:
    """The finder's pages through the server, beside a bare view."""
    compared = _compared(urls)
    figures = measure_serving(compared, urls[compared])
    largest = max(urls)
    if largest != compared:
        figures += [it for it in measure_serving(largest, urls[largest]) if it.n == largest]
    return figures


def saving(urls: Urls) -> list[Figure]:
    """How soon a change is found."""
    return measure_saving(_compared(urls), urls[_compared(urls)])


def generating(urls: Urls) -> list[Figure]:
    """Making dates, beside COPY."""
    return measure_generating(min(urls), urls[min(urls)])


def signing_up(urls: Urls) -> list[Figure]:
    """Taking places at one date and at many, beside writing the same rows."""
    return measure_signing_up(urls[min(urls)])


def mailing(urls: Urls) -> list[Figure]:
    """Mail through the worker, beside the same mail over one connection."""
    return measure_mailing(urls[min(urls)])


def importing(urls: Urls) -> list[Figure]:
    """Importing a feed, beside reading it and COPY."""
    return measure_importing(min(urls), urls[min(urls)])


def following(urls: Urls) -> list[Figure]:
    """A calendar of many dates, beside reading it."""
    return measure_feeds(urls[min(urls)])


def visiting(urls: Urls) -> list[Figure]:
    """A first visit with a browser."""
    if reason := chromium.why_not():
        print(f"No first visit: {reason}.", file=sys.stderr)
        return []
    with running_demo() as address:
        return first_visit(address)


PARTS: dict[str, Callable[[Urls], list[Figure]]] = {
    it.__name__: it
    for it in (
        pages,
        serving,
        saving,
        generating,
        signing_up,
        mailing,
        importing,
        following,
        visiting,
    )
}


def main() -> None:
    """Run the benchmarks."""
    sizes = sorted({*SIZES, int(os.environ.get("N") or SIZES[-1])})
    chosen = [it for it in os.environ.get("ONLY", "").split(",") if it] or [*PARTS, "plans"]
    figures: list[Figure] = []
    worse: list[str] = []
    with databases(sizes) as urls:
        for name in chosen:
            print(f"{name} …", file=sys.stderr, flush=True)
            if name == "plans":
                worse = plans(urls)
            else:
                figures += PARTS[name](urls)
    if figures:
        report(figures, Path("var/bench.json"))
    if worse:
        raise SystemExit("\n".join(["", "PostgreSQL finds worse than before:", *worse]))


def plans(urls: Urls) -> list[str]:
    """Explain all queries at each size, and compare those of one with what was kept."""
    used = {}
    for size, url in urls.items():
        with asking(url) as asked:
            used[size] = explain_pages(size, asked)
    compared = _compared(urls)
    return compare_plans(compared, used[compared], keep=os.environ.get("PLANS") == "keep")


def _compared(urls: Urls) -> int:
    return max(size for size in urls if size <= COMPARED_AT)


if __name__ == "__main__":
    main()
