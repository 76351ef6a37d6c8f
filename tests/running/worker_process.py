"""`manage.py worker` as the process of its own that it is, on the tests' database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

SECONDS = 60


@contextmanager
def running_worker(*, smtp_port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker that sends its mail to a server on `smtp_port`; it is killed at the end."""
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=Path(settings.BASE_DIR),
        env={
            **os.environ,
            "WAYMEET_ENV": "test",
            "DATABASE_URL": _address_of_the_tests_database(),
            "MAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        kill(worker)


def kill(worker: subprocess.Popen[bytes]) -> None:
    """End a worker in the middle of whatever it does; it can clean up nothing."""
    if worker.poll() is None:
        worker.send_signal(signal.SIGKILL)
        worker.wait(SECONDS)


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for another process to have done something."""
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.05)


def forget_jobs() -> None:
    """Empty the queue's tables, which Django does not manage and so does not empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "truncate procrastinate_jobs, procrastinate_workers,"
            " procrastinate_events, procrastinate_periodic_defers cascade"
        )


def _address_of_the_tests_database() -> str:
    given = connection.get_connection_params()
    parts = ("host", "port", "user", "password", "dbname")
    return make_conninfo(**{part: given[part] for part in parts if given.get(part)})
