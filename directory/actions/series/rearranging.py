from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.changes import finish
from directory.actions.series.generating import generate_meetings
from directory.actions.series.rows import begin_planned, carry, leave_out, lock_series, restore
from directory.choices import ChangeKind
from directory.models import ScheduleChange, Series
from directory.queries.planned import planned_change, planned_end
from directory.queries.recurring import Times, new_times
from directory.refusals import refuse_if
from directory.rules.series import (
    why_not_as_seen,
    why_not_end,
    why_not_rearrange,
    why_not_recur,
)


@transaction.atomic
def rearrange_series(
    *,
    series: Series,
    by: Person | None,
    from_start: datetime | None,
    reason: str = "",
    tells: bool = True,
    **times: Unpack[Times],
) -> ScheduleChange:
    """Let a group meet at other times from a date on, and tell whom it concerns.

    `from_start` is the original start of the first date that changes (None: all that are to
    come); the series ends there, and a new one that follows it begins on `first_on`. Where the old
    one was to end later, the new one ends then, and what followed the old one follows the new.

    Dates of the old one take slots of the new (`directory.queries.pairing`), and people keep their
    places at them; those without a slot are cancelled for this reason. What is past stays, and
    what was moved or cancelled by hand. Raises Refused.
    """
    now = timezone.now()
    old = lock_series(series, by=by)
    refuse_if(why_not_as_seen(old, series.ended_at, from_start=from_start))
    wanted = new_times(old, from_start=from_start, **times)
    refuse_if(why_not_recur(wanted, now=now))
    plan = planned_change(
        series=old, wanted=wanted, from_start=from_start, by=by, now=now, locks=True
    )
    refuse_if(why_not_rearrange(old, wanted, plan, reason=reason, now=now))
    later = list(old.followed_by.all())
    change = begin_planned(plan, old, ChangeKind.REARRANGED, also=later, reason=reason, tells=tells)
    _end(old, from_start, now)
    wanted.save(force_insert=True)
    Series.objects.filter(pk__in=[one.pk for one in later]).update(follows=wanted)
    carry(plan.paired, to=wanted, reason=reason)
    leave_out(plan, reason=reason)
    restore(plan.restored)
    generate_meetings(series=wanted, now=now, keeps_finder=False)
    made = wanted.meetings.exclude(pk__in=[it.pk for it in plan.touched])
    return finish(change, made=[wanted, *made])


@transaction.atomic
def end_series(
    *,
    series: Series,
    by: Person | None,
    from_start: datetime | None,
    reason: str,
    tells: bool = True,
) -> ScheduleChange:
    """Let dates recur no longer, from the original start of one of them on (None: from now).

    Those to come by the rule are cancelled for this reason; what was moved by hand stays. Raises
    Refused.
    """
    now = timezone.now()
    locked = lock_series(series, by=by)
    refuse_if(why_not_as_seen(locked, series.ended_at, from_start=from_start))
    plan = planned_end(series=locked, from_start=from_start, by=by, now=now, locks=True)
    refuse_if(why_not_end(plan, reason=reason))
    change = begin_planned(plan, locked, ChangeKind.ENDED, reason=reason, tells=tells)
    _end(locked, from_start, now)
    leave_out(plan, reason=reason)
    return finish(change)


def _end(series: Series, from_start: datetime | None, now: datetime) -> None:
    """Let the series have no dates from then on; those before, which are there, stay its own."""
    series.ended_at = now if from_start is None else max(from_start, now)
    series.save(update_fields=("ended_at",))
