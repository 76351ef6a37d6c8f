from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.changes import begin, finish
from directory.actions.locks import lock_group
from directory.actions.series.generating import generate_meetings
from directory.choices import ChangeKind
from directory.models import Group, Series
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.series import why_not_add_series


class More(TypedDict, total=False):
    """The zone, where it is not the group's, and the days that are left out."""

    time_zone: str | None
    skipped_on: Iterable[date]


@transaction.atomic
def add_series(
    *,
    group: Group,
    by: Person | None,
    first_on: date,
    starts_at_time: time,
    duration_minutes: int,
    rule: str,
    tells: bool = True,
    **more: Unpack[More],
) -> Series:
    """Let a group meet by a rule of `directory.recurrence`, and make its dates 12 weeks ahead.

    The time is wall-clock time of the zone, the group's unless named. The group is told by one
    mail each, in five minutes or at once; nobody is without `tells`. Raises Refused.
    """
    locked = lock_group(group)
    series = Series(
        group=locked,
        first_on=first_on,
        starts_at_time=starts_at_time,
        duration_minutes=duration_minutes,
        time_zone=more.get("time_zone") or locked.time_zone,
        rule=rule,
        skipped_on=sorted(set(more.get("skipped_on", ()))),
    )
    refuse_if(
        why_not_run(locked, by)
        or why_not_plan(locked)
        or why_not_add_series(series, now=timezone.now())
    )
    change = begin(group=locked, by=by, kind=ChangeKind.ADDED, meetings=[], tells=tells)
    series.save(force_insert=True)
    generate_meetings(series=series, keeps_finder=False)
    finish(change, made=[series, *series.meetings.all()])
    return series
