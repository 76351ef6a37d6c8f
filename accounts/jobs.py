"""The queue of jobs: procrastinate, and nothing of it elsewhere.

A job is a row of our own database, written by the caller's connection: it exists exactly when
the transaction that asks for it commits.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker

__all__ = ["app", "defer", "run_worker", "worker_was_seen"]

SEND_MAIL = "send_mail"
SECONDS_TO_FINISH = 20


def defer(task: str, *, lock: str | None = None, **arguments: Any) -> int:
    """Ask the worker to run `task` once this transaction commits; returns the job's number.

    Jobs that name the same `lock` run one after another.
    """
    return app.configure_task(task, lock=lock).defer(**arguments)


def run_worker() -> None:
    """Run what is in the queue until this process is told to stop (SIGINT, SIGTERM).

    A job that is at work then is finished first. The worker notes every few
    seconds that it is alive: `worker_was_seen`.
    """
    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(name="worker", shutdown_graceful_timeout=SECONDS_TO_FINISH)


def worker_was_seen(*, within_seconds: int) -> bool:
    """Return whether a worker has noted that it is alive."""
    since = timezone.now() - timedelta(seconds=within_seconds)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
