"""`manage.py worker` as the process of its own that it is, on the tests' database.

Run as a program, this is the same worker, but for its death: it kills itself by SIGKILL at the
step that DIE_AT names, when it comes there for the time that DIE_AT_TIME says.
"""

from __future__ import annotations

import os
import re
import signal
import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg.conninfo import make_conninfo

SECONDS = 60


# In the order in which a mail gets there.
CLAIM_NOT_COMMITTED, CLAIMED, CONNECTED, ADDRESSED = "claim", "claimed", "connected", "addressed"
TAKEN, MARK_NOT_COMMITTED, MARKED = "taken", "mark", "marked"
STEPS = (CLAIM_NOT_COMMITTED, CLAIMED, CONNECTED, ADDRESSED, TAKEN, MARK_NOT_COMMITTED, MARKED)


@contextmanager
def running_worker(
    *, smtp_port: int, die_at: str = "", time: int = 1
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker that sends its mail to a server on `smtp_port`; it is killed at the end.

    With `die_at` it dies at this one of STEPS, when it is there for the nth time.
    """
    program = ["-m", __name__] if die_at else ["manage.py", "worker"]
    worker = subprocess.Popen(
        [sys.executable, *program],
        cwd=Path(settings.BASE_DIR),
        env={
            **os.environ,
            "WAYMEET_ENV": "test",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DIE_AT": die_at,
            "DIE_AT_TIME": str(time),
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
    end = monotonic() + SECONDS
    while not is_so():
        assert monotonic() < end, "It did not happen."
        sleep(0.05)


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


class Death:
    """Waits at one step of this process's way through the outbox."""

    def __init__(self, step: str, time: int) -> None:
        self.step, self.left = step, time
        self.written = ""

    def come_to(self, step: str) -> None:
        """Die, if this is the step and the time."""
        self.left -= step == self.step
        if step == self.step and not self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def look(self, execute: Any, sql: str, *rest: Any) -> Any:
        """Note which part of a mail's row was written last."""
        done = execute(sql, *rest)
        if match := WRITTEN.search(sql):
            self.written = match[1]
        return done

    def commit(self, commit: Callable[[Any], None], connection: Any) -> None:
        """Commit what was written, with a step before it and one after."""
        before, after = COMMITS.get(self.written, ("", ""))
        self.written = ""
        self.come_to(before)
        commit(connection)
        self.come_to(after)

    def after(self, owner: Any, name: str, step: str) -> None:
        """Make a step of what follows a method of a class."""
        method = getattr(owner, name)

        def then(*arguments: Any, **named: Any) -> Any:
            done = method(*arguments, **named)
            self.come_to(step)
            return done

        setattr(owner, name, then)


# Where one statement marks a mail and claims the next, the mark comes first.
WRITTEN = re.compile(r"\bupdate accounts_outgoingmail set (attempts|state)\b", re.I)
COMMITS = {"attempts": (CLAIM_NOT_COMMITTED, CLAIMED), "state": (MARK_NOT_COMMITTED, MARKED)}


def main() -> None:
    """Be a worker until the step."""
    death = Death(os.environ["DIE_AT"], int(os.environ["DIE_AT_TIME"]))
    commit = BaseDatabaseWrapper._commit
    BaseDatabaseWrapper._commit = lambda self: death.commit(commit, self)
    connection_created.connect(
        lambda connection, **_named: connection.execute_wrappers.append(death.look), weak=False
    )
    death.after(smtplib.SMTP, "connect", CONNECTED)
    death.after(smtplib.SMTP, "rcpt", ADDRESSED)
    death.after(smtplib.SMTP, "data", TAKEN)
    execute_from_command_line(["manage.py", "worker"])


if __name__ == "__main__":
    main()
