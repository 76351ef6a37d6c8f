"""Reminders become owed when their time has come, and not before: until then dates change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.outbox import queue_selected
from directory.emails import kinds
from directory.queries.reminders import reminders_due


@transaction.atomic
def queue_reminders(now: datetime | None = None) -> int:
    """Owe everybody the reminders that are due; returns how many are new."""
    due = reminders_due(now or timezone.now())
    return queue_selected(kind=kinds.REMINDER, owed=due.values("about", "person_id"))
