"""What it takes to write: one group, so that it is found; dates; a feed. Each in a copy."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import Any

from tests.bench.databases import PROJECT, copy_of, environment
from tests.bench.figures import Figure, spread_of


def measure_saving(size: int, url: str) -> list[Figure]:
    """From saving a group until a search answers with it."""
    ms = _changed("save", url)["ms"]
    return [Figure("saved_to_found_ms", size, median(ms), "ms", spread_of(ms))]


def measure_generating(size: int, url: str) -> list[Figure]:
    """Bringing all series twelve weeks ahead, over COPY of the same dates."""
    told = _changed("generate", url)
    return [
        Figure("generate_over_copy", size, median(told["ratios"]), "×", spread_of(told["ratios"])),
        Figure("generate_seconds", size, median(told["seconds"]), "s"),
    ]


def measure_importing(size: int, url: str) -> list[Figure]:
    """Importing a feed of so many rows, over reading its JSON and COPY of the rows it makes."""
    told = _changed("import", url)
    return [
        Figure("import_over_json", size, told["ratio"], "×"),
        Figure("import_seconds", size, told["seconds"], "s"),
    ]


def measure_mailing(url: str) -> list[Figure]:
    """Mail through a worker to an SMTP server, over the same messages in a loop of their own."""
    told = _changed("mail", url)
    rates, ratios = told["rates"], told["ratios"]
    return [
        Figure("mails_per_second", None, median(rates), "/s", spread_of(rates)),
        Figure("mail_over_smtp", None, median(ratios), "×", spread_of(ratios)),
    ]


def measure_signing_up(url: str) -> list[Figure]:
    """Places taken on 32 connections, for one date and for many, over writing the rows only."""
    figures = []
    for dates, told in _changed("seats", url).items():
        rates, ratios = told["rates"], told["ratios"]
        n = int(dates)
        figures += [
            Figure("signups_per_second", n, median(rates), "/s", spread_of(rates)),
            Figure("signup_over_insert", n, median(ratios), "×", spread_of(ratios)),
        ]
    return figures


def _changed(what: str, url: str) -> dict[str, Any]:
    with copy_of(url) as copied:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.changing", what],
            cwd=PROJECT,
            env=environment(copied),
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"Measuring “{what}” failed; what it said is above.")
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told
