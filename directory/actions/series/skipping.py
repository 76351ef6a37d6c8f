from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.changes import finish
from directory.actions.series.generating import generate_meetings
from directory.actions.series.rows import begin_planned, leave_out, lock_series, restore
from directory.choices import ChangeKind
from directory.models import ScheduleChange, Series
from directory.queries.planned import planned_skip, planned_unskip
from directory.refusals import refuse_if
from directory.rules.series import (
    LAST_BEFORE_FIRST,
    why_not_as_seen,
    why_not_days,
    why_not_skip,
    why_not_unskip,
)
from directory.text.spoken_days import days_between


@transaction.atomic
def skip_days(
    *,
    series: Series,
    by: Person | None,
    first_on: date,
    last_on: date,
    also: Iterable[date] = (),
    reason: str,
    tells: bool = True,
) -> ScheduleChange:
    """Leave out the days from one to another, both included, whatever the rule says of them.

    `also` are single days beside them. Dates that are there are cancelled for this reason.
    Raises Refused.
    """
    now = timezone.now()
    locked = lock_series(series, by=by)
    refuse_if(why_not_as_seen(locked, series.ended_at))
    refuse_if(why_not_days(first_on, last_on, now=now))
    days = sorted({*days_between(first_on, last_on), *also})
    plan = planned_skip(series=locked, days=days, by=by, now=now, locks=True)
    refuse_if(why_not_skip(locked, days, plan, reason=reason))
    change = begin_planned(plan, locked, ChangeKind.SKIPPED, reason=reason, tells=tells)
    _skip_only(locked, {*locked.skipped_on, *days})
    leave_out(plan, reason=reason)
    return finish(change)


@transaction.atomic
def unskip_days(
    *,
    series: Series,
    by: Person | None,
    first_on: date,
    last_on: date,
    tells: bool = True,
) -> ScheduleChange:
    """Leave these days out no longer; dates that were cancelled for that take place after all.

    Dates that were cancelled by themselves stay so. Raises Refused.
    """
    now = timezone.now()
    locked = lock_series(series, by=by)
    refuse_if(why_not_as_seen(locked, series.ended_at))
    refuse_if(LAST_BEFORE_FIRST if last_on < first_on else None)
    days = days_between(first_on, last_on)
    plan = planned_unskip(series=locked, days=days, by=by, now=now, locks=True)
    refuse_if(why_not_unskip(locked, days, plan, now=now))
    change = begin_planned(plan, locked, ChangeKind.RESTORED, tells=tells)
    _skip_only(locked, set(locked.skipped_on).difference(days))
    restore(plan.restored)
    generate_meetings(series=locked, now=now, check_gaps=True, keeps_finder=False)
    return finish(change, made=locked.meetings.filter(created_at__gte=now))


def _skip_only(series: Series, days: set[date]) -> None:
    series.skipped_on = sorted(days)
    series.save(update_fields=("skipped_on",))
