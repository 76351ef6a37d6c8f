"""The queue of jobs: procrastinate, and nothing of it elsewhere.

A job is a row of our own database, written by the caller's connection: it exists exactly when
the transaction that asks for it commits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.manager import JobManager

__all__ = [
    "Backoff",
    "JobContext",
    "app",
    "defer",
    "defer_each",
    "forget_old_jobs",
    "live_locks",
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


class Backoff(BaseRetryStrategy):
    """Tries again after half a minute, then after twice as long each time, up to an hour.

    It never gives up by itself: what is tried decides when that is (the outbox by its attempts).
    """

    def get_retry_decision(
        self,
        *,
        exception: BaseException,  # noqa: ARG002 (procrastinate names it)
        job: Job,
    ) -> RetryDecision:
        """Say when to try again; the number of attempts is the job's own."""
        seconds = min(30 * 2 ** min(job.attempts, 10), 3600)
        return RetryDecision(retry_in={"seconds": seconds})


def defer(task: str, *, lock: str | None = None, **arguments: Any) -> int:
    """Ask the worker to run `task` once this transaction commits; returns the job's number.

    Jobs that name the same `lock` run one after another.
    """
    job = _manager.defer_job(_job(task, lock, arguments))
    return job.id or 0


def defer_each(
    task: str,
    arguments_by_lock: Mapping[str, dict[str, Any]],
    *,
    priority: int = 0,
    not_before: datetime | None = None,
) -> None:
    """Ask for many jobs of one task in one query, each with a lock of its own.

    Those of a higher `priority` are done before the others that wait.
    """
    jobs = [
        _job(task, lock, arguments, priority=priority, not_before=not_before)
        for lock, arguments in arguments_by_lock.items()
    ]
    if jobs:
        _manager.batch_defer_jobs(jobs)


def live_locks() -> QuerySet[Any, Any]:
    """Return the locks that waiting and working jobs hold, to be used inside another query."""
    live = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), lock__isnull=False)
    return live.values("lock")


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


def _job(
    task: str,
    lock: str | None,
    arguments: dict[str, Any],
    *,
    priority: int = 0,
    not_before: datetime | None = None,
) -> Job:
    return Job(
        scheduled_at=not_before,
        task_name=task,
        lock=lock,
        task_kwargs=arguments,
        priority=priority,
        queue=DEFAULT_QUEUE,
        queueing_lock=None,
    )
