"""The queue of jobs: procrastinate, and nothing of it elsewhere.

A job is a row of our own database, written by the caller's connection: it exists exactly when
the transaction that asks for it commits.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Q
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.manager import JobManager

__all__ = [
    "JobContext",
    "app",
    "defer",
    "forget_old_jobs",
    "retry_stalled_jobs",
    "run_worker",
    "worker_was_seen",
]

SEND_MAIL = "send_mail"
SECONDS_TO_FINISH = 20
# A worker notes every ten seconds that it is alive; one that was killed does not.
SECONDS_UNTIL_STALLED = 30
HOURS_KEPT = 72

# The worker talks to the queue by a connection of its own. What our code asks for goes through
# Django's connection there too, or a job would begin before the rows it is about are committed.
_manager = JobManager(DjangoConnector())


def defer(
    task: str,
    *,
    priority: int = 0,
    not_before: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> int:
    """Ask the worker to run `task` once this transaction commits; returns the job's number.

    Those of a higher `priority` are done before the others that wait. Jobs that name the same
    `lock` run one after another.
    """
    job = Job(
        task_name=task,
        task_kwargs=arguments,
        priority=priority,
        scheduled_at=not_before,
        lock=lock,
        queueing_lock=None,
        queue=DEFAULT_QUEUE,
    )
    return _manager.defer_job(job).id or 0


def retry_stalled_jobs(*, silent_seconds: int = SECONDS_UNTIL_STALLED) -> int:
    """Put jobs back whose worker has died over them; returns how many."""
    silent = timezone.now() - timedelta(seconds=silent_seconds)
    stalled = ProcrastinateJob.objects.filter(
        Q(worker=None) | Q(worker__last_heartbeat__lt=silent), status="doing"
    )
    ids = list(stalled.values_list("id", flat=True))
    for job_id in ids:
        _manager.retry_job_by_id(job_id, retry_at=timezone.now())
    return len(ids)


async def forget_old_jobs(context: JobContext) -> None:
    """Delete jobs that ended some days ago, however they ended."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=HOURS_KEPT, include_failed=True, include_cancelled=True, include_aborted=True
    )


def run_worker() -> None:
    """Run what is in the queue until this process is told to stop (SIGINT, SIGTERM).

    A job that is at work then is finished first. The worker notes every few
    seconds that it is alive: `worker_was_seen`.
    """
    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as worker_app:
        worker_app.run_worker(name="worker", shutdown_graceful_timeout=SECONDS_TO_FINISH)


def worker_was_seen(*, within_seconds: int) -> bool:
    """Return whether a worker has noted that it is alive."""
    since = timezone.now() - timedelta(seconds=within_seconds)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=since).exists()
