"""A calendar of 500 dates: how large it is, and how long it takes beside reading it."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median

from tests.bench.databases import PROJECT, copy_of, environment
from tests.bench.figures import Figure, spread_of

DATES = 500


def measure_feeds(url: str) -> list[Figure]:
    """Ask for an organisation's calendar again and again, and have icalendar read each answer."""
    with copy_of(url) as copied:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.feeding", str(DATES)],
            cwd=PROJECT,
            env=environment(copied),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit("Measuring calendars failed; what it said is above.")
    told = json.loads(done.stdout.splitlines()[-1])
    ratios = [ms / read for ms, read in zip(told["ms"], told["read_ms"], strict=True)]
    return [
        Figure("feed_over_parse", DATES, median(ratios), "×", spread_of(ratios)),
        Figure("feed_ms", DATES, median(told["ms"]), "ms", spread_of(told["ms"])),
        Figure("feed_sql_ms", DATES, median(told["sql_ms"]), "ms", spread_of(told["sql_ms"])),
        Figure("feed_queries", DATES, told["queries"], "queries"),
        Figure("feed_kb", DATES, told["bytes"] / 1000, "kB"),
        Figure("feed_compressed_kb", DATES, told["compressed"] / 1000, "kB"),
    ]
