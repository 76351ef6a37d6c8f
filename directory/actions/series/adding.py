from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group
from directory.actions.series.generating import generate_meetings
from directory.models import Group, Series
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.series import why_not_add_series


@transaction.atomic
def add_series(
    *,
    group: Group,
    by: Person | None,
    first_on: date,
    starts_at_time: time,
    duration_minutes: int,
    rule: str,
    time_zone: str | None = None,
    skipped_on: Iterable[date] = (),
) -> Series:
    """Let a group meet by a rule of `directory.recurrence`, and make its dates 12 weeks ahead.

    The time is wall-clock time of the zone, the group's unless named. Raises Refused.
    """
    locked = lock_group(group)
    series = Series(
        group=locked,
        first_on=first_on,
        starts_at_time=starts_at_time,
        duration_minutes=duration_minutes,
        time_zone=time_zone or locked.time_zone,
        rule=rule,
        skipped_on=sorted(set(skipped_on)),
    )
    refuse_if(
        why_not_run(locked, by)
        or why_not_plan(locked)
        or why_not_add_series(series, now=timezone.now())
    )
    series.save(force_insert=True)
    made = generate_meetings(series=series)
    record(by=by, action="series.added", about=series, organisation=locked.organisation, dates=made)
    return series
