"""A process that answers requests as the site does, and says how long each took; no network.

It reads lines of JSON, `{"path": …}`, and writes one for each: milliseconds in all, of work in
this process, in SQL alone, the number of queries and the status. With `"explain": true` it writes
how PostgreSQL ran them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import RequestFactory

SILENT = ("SAVEPOINT", "RELEASE", "ROLLBACK")


class Clock:
    """Adds up what queries take, and keeps them."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.queries: list[tuple[str, Any]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # The driver's `execute` returns when all rows have come.
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - began
            self.queries.append((sql, params))


class Site:
    """The site's own handler behind all of its middleware."""

    def __init__(self) -> None:
        # A server keeps its connections between requests.
        request_started.disconnect(close_old_connections)
        request_finished.disconnect(close_old_connections)
        self.handler = WSGIHandler()
        self.requests = RequestFactory(SERVER_NAME="localhost")

    def ask(self, path: str) -> tuple[dict[str, Any], Clock]:
        """Answer one request, as a browser would send it."""
        language = "es" if path.startswith("/es/") else "en"
        environ = self._environ(path, {"accept-encoding": "gzip", "accept-language": language})
        clock = Clock()
        told: list[str] = []
        with connection.execute_wrapper(clock):
            began, began_working = time.perf_counter(), time.thread_time()
            response = self.handler(environ, lambda status, headers: told.append(status))
            size = len(b"".join(response))
            response.close()
            took, worked = time.perf_counter() - began, time.thread_time() - began_working
        answer = {
            "ms": took * 1000,
            "cpu_ms": worked * 1000,
            "sql_ms": clock.seconds * 1000,
            "queries": len(clock.queries),
            "status": told[0],
            "bytes": size,
        }
        return answer, clock

    def page(self, path: str) -> str:
        """Return a page as text."""
        response = self.handler(self._environ(path, {}), lambda status, headers: None)
        return b"".join(response).decode()

    def _environ(self, path: str, headers: dict[str, str]) -> dict[str, Any]:
        return self.requests.get(path, headers=headers).environ

    def explain(self, path: str) -> dict[str, Any]:
        """Return the plans of a page's queries, as PostgreSQL tells them."""
        # First what is read once a minute.
        self.ask(path)
        _answer, clock = self.ask(path)
        return {"plans": [{"sql": sql, "plan": plan} for sql, plan in _plans(clock)]}


def _plans(clock: Clock) -> Iterator[tuple[str, str]]:
    # Together, since a page may set something for the queries that follow.
    with _undone(), connection.cursor() as cursor:
        for sql, params in clock.queries:
            if sql.startswith(SILENT):
                continue
            if "set_config" in sql or not sql.lstrip().startswith(("SELECT", "WITH")):
                cursor.execute(sql, params)
                continue
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {sql}", params)
            yield sql, "\n".join(line for (line,) in cursor.fetchall())


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def main() -> None:
    """Answer until there are no more lines."""
    django.setup()
    # Whatever else prints must not come between the lines.
    answers, sys.stdout = sys.stdout, sys.stderr
    site = Site()
    for line in sys.stdin:
        asked = json.loads(line)
        answer = site.explain(asked["path"]) if asked.get("explain") else site.ask(asked["path"])[0]
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
