"""Requests a second of the site's own server on this machine, compared with a bare view's."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from tests.bench.client import Asking
from tests.bench.databases import PROJECT, environment
from tests.bench.figures import Figure, spread_of
from tests.bench.mix import questions

ROUNDS = 20
SECONDS_A_ROUND = 0.6
SECONDS_TO_START = 60
# A mark holds for the minute, in which a browser does not keep more of them fresh.
PAGES_KEPT = 5
GROUPS = "SELECT slug FROM directory_group WHERE status = 'published' ORDER BY id LIMIT 40"


def measure_serving(size: int, url: str) -> list[Figure]:
    """Return the figures of a server with this database."""
    with _served(url) as (port, process):
        asked = {
            "bare": Asking(port, ["/bare/"]),
            "find": Asking(port, [path for it in questions() for path in it.paths]),
            "find_cached": Asking(
                port, [it.paths[0] for it in questions()[:PAGES_KEPT]], has_pages=True
            ),
            "group": Asking(port, _groups(url)),
        }
        for asking in asked.values():
            asking.requests_a_second(3)
        rates: dict[str, list[float]] = {name: [] for name in asked}
        for number in range(ROUNDS):
            print(f"  server, round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
            for name, asking in asked.items():
                rates[name].append(asking.requests_a_second(SECONDS_A_ROUND))
        memory = _memory_of_children(process.pid)
    return [*_ratios(rates), Figure("worker_rss_mb", size, memory, "MB")]


def _ratios(rates: dict[str, list[float]]) -> Iterator[Figure]:
    named = {
        "find": "find_rps_over_bare_view",
        "find_cached": "find_rps_cached_over_bare_view",
        "group": "group_page_over_bare_view",
    }
    for name, figure in named.items():
        ratios = [one / bare for one, bare in zip(rates[name], rates["bare"], strict=True)]
        yield Figure(figure, None, median(ratios), "×", spread_of(ratios))
    for name, values in rates.items():
        yield Figure(f"requests_per_second: {name}", None, median(values), "/s", spread_of(values))


@contextmanager
def _served(url: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.serve"],
        cwd=PROJECT,
        env={**environment(url), "PORT": str(port)},
    )
    try:
        _wait(port, process)
        yield port, process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/bare/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The site did not start; what it said is above.")


def _groups(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [f"/groups/{slug}/" for (slug,) in connection.execute(GROUPS).fetchall()]


def _memory_of_children(pid: int) -> float:
    """Return the megabytes of the largest process that this one started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return max(_resident(Path(f"/proc/{child}/status")) for child in [*children, str(pid)])


def _resident(status: Path) -> float:
    for line in status.read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
