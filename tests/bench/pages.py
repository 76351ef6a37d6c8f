"""How long the finder's pages take, and how much of it is SQL, at each size in turn."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import mean, median
from typing import Any

from tests.bench.databases import PROJECT, environment
from tests.bench.figures import Figure, spread_of
from tests.bench.mix import Question, questions

ROUNDS = 25
# Asked first and not measured: templates are compiled, caches filled.
WARMING = 3


@dataclass
class Asked:
    """A process that answers, and what its answers to each question took."""

    process: subprocess.Popen[str]
    ms: dict[Question, list[float]] = field(default_factory=lambda: defaultdict(list))
    sql_ms: dict[Question, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu_ms: dict[Question, list[float]] = field(default_factory=lambda: defaultdict(list))
    queries: dict[Question, list[int]] = field(default_factory=lambda: defaultdict(list))

    def ask(self, path: str, **more: Any) -> dict[str, Any]:
        """Return the answer to one request."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"path": path, **more}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"No answer to {path}; what went wrong is above.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def measure(self, question: Question, number: int) -> None:
        """Ask a question once more and note what it took."""
        path = question.paths[number % len(question.paths)]
        answer = self.ask(path)
        if not answer["status"].startswith("200"):
            raise SystemExit(f"{path} was answered with {answer['status']}.")
        if number >= WARMING:
            self.ms[question].append(answer["ms"])
            self.sql_ms[question].append(answer["sql_ms"])
            self.cpu_ms[question].append(answer["cpu_ms"])
            self.queries[question].append(answer["queries"])


@contextmanager
def asking(url: str) -> Iterator[Asked]:
    """Give a process that answers from this database."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.asking"],
        cwd=PROJECT,
        env=environment(url),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Asked(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(30)


def measure_pages(by_size: dict[int, Asked]) -> list[Figure]:
    """Ask the whole mix, all sizes in turn, and return the figures."""
    for number in range(WARMING + ROUNDS):
        print(f"  pages, round {number + 1} of {WARMING + ROUNDS}", file=sys.stderr, flush=True)
        for question in questions():
            for asked in by_size.values():
                asked.measure(question, number)
    figures = [figure for size, asked in by_size.items() for figure in _of_size(size, asked)]
    return [*figures, *_growth(by_size)]


def _of_size(size: int, asked: Asked) -> Iterator[Figure]:
    pages = {it: median(asked.ms[it]) for it in asked.ms}
    sqls = {it: median(asked.sql_ms[it]) for it in asked.sql_ms}
    own = [pages[it] - sqls[it] for it in pages]
    wide = mean(spread_of(asked.ms[it]) for it in pages)
    yield Figure("find_page_minus_sql_ms", size, mean(own), "ms", max(own) - min(own))
    yield Figure("find_page_ms", size, mean(pages.values()), "ms", wide)
    # The process's own work without any waiting: holds also on a busy machine.
    cpu = [median(asked.cpu_ms[it]) for it in pages]
    yield Figure("find_page_cpu_ms", size, mean(cpu), "ms", max(cpu) - min(cpu))
    yield Figure("find_page_over_sql", size, mean(pages.values()) / mean(sqls.values()), "×")
    # The page that asks most; what each process reads once a second or a minute is left out.
    most = max(median(counts) for counts in asked.queries.values())
    yield Figure("find_queries", size, most, "queries")
    for question, ms in pages.items():
        yield Figure(
            f"find_page_ms: {question.name}", size, ms, "ms", spread_of(asked.ms[question])
        )
        yield Figure(f"find_sql_ms: {question.name}", size, sqls[question], "ms")


def _growth(by_size: dict[int, Asked]) -> Iterator[Figure]:
    smallest, *larger = sorted(by_size)
    for size in larger:
        growths = {
            question: median(by_size[size].ms[question]) / median(by_size[smallest].ms[question])
            for question in by_size[size].ms
        }
        worst = max(growths, key=lambda it: growths[it])
        print(f"  grows most up to {size:,}: {worst.name}", file=sys.stderr)
        name = f"find_growth_{_short(smallest)}_to_{_short(size)}"
        yield Figure(name, None, growths[worst], "×", growths[worst] - min(growths.values()))


def _short(size: int) -> str:
    return f"{size // 1_000_000}m" if size % 1_000_000 == 0 else f"{size // 1000}k"
