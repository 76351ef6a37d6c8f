"""The queue of jobs: procrastinate, and nothing of it elsewhere.

A job is a row of our own database, written by the caller's connection: it exists exactly when
the transaction that asks for it commits.
"""

from __future__ import annotations

from typing import Any

from procrastinate.contrib.django import app

__all__ = ["app", "defer"]

SEND_MAIL = "send_mail"


def defer(task: str, *, lock: str | None = None, **arguments: Any) -> int:
    """Ask the worker to run `task` once this transaction commits; returns the job's number.

    Jobs that name the same `lock` run one after another.
    """
    return app.configure_task(task, lock=lock).defer(**arguments)
