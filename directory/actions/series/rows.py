"""What the changes of series write, all of it under the group's lock."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Person
from directory.actions.changes import begin
from directory.actions.locks import kind_when_busy, lock_group
from directory.choices import GroupStatus, MeetingStatus
from directory.models import Meeting, ScheduleChange, Series
from directory.queries.planned import Carried, PlannedChange
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_plan, why_not_run
from directory.rules.series import why_not_change

CARRIED = (
    "series",
    "original_start",
    "planned_start",
    "starts_at",
    "ends_at",
    "time_zone",
    "reason",
    "version",
    "updated_at",
)
SHOWN = ("status", "reason", "version", "updated_at")


def lock_series(series: Series, *, by: Person | None) -> Series:
    """Lock the group and then this row, against the generator; read both again.

    Raises Refused when this person may not change it, or it was replaced or ended meanwhile.
    """
    group = lock_group(series.group_id)
    refuse_if(why_not_run(group, by) or why_not_plan(group))
    with kind_when_busy():
        locked = Series.objects.select_for_update(of=("self",), no_key=True).get(pk=series.pk)
    locked.group = group
    refuse_if(why_not_change(locked))
    return locked


def begin_planned(
    plan: PlannedChange,
    series: Series,
    kind: str,
    *,
    also: Iterable[Series] = (),
    reason: str = "",
    tells: bool,
) -> ScheduleChange:
    """Keep all that the plan changes as it is before that; `also` are other series it changes."""
    return begin(
        group=plan.group,
        by=plan.by,
        kind=kind,
        reason=reason,
        meetings=plan.touched,
        series=[series, *also],
        tells=tells,
    )


def carry(paired: Iterable[Carried], *, to: Series, reason: str) -> None:
    """Give dates their slots by another series; whoever has a place there keeps it."""
    rows = [_carried(it, to, reason.strip()) for it in paired]
    Meeting.everything.bulk_update(rows, CARRIED)


def leave_out(plan: PlannedChange, *, reason: str) -> None:
    """Cancel the dates that are off, and remove those that nobody knows of."""
    _show(plan.cancelled, MeetingStatus.CANCELLED, reason.strip())
    Meeting.everything.filter(pk__in=[it.pk for it in plan.removed]).delete()


def restore(meetings: Iterable[Meeting]) -> None:
    """Let cancelled dates take place after all."""
    _show(meetings, MeetingStatus.SCHEDULED, "")


def _carried(carried: Carried, series: Series, reason: str) -> Meeting:
    meeting = carried.meeting
    is_changed = carried.is_changed
    # Of a draft nobody has read when its dates were to be.
    if carried.slot != meeting.original_start and series.group.status != GroupStatus.DRAFT:
        meeting.planned_start = meeting.before
    meeting.series = series
    meeting.original_start = carried.slot
    meeting.updated_at = timezone.now()
    if is_changed:
        meeting.starts_at, meeting.ends_at = carried.starts_at, carried.ends_at
        meeting.time_zone = carried.time_zone
        meeting.reason = reason
        meeting.version += 1
    return meeting


def _show(meetings: Iterable[Meeting], status: str, reason: str) -> None:
    rows = list(meetings)
    for meeting in rows:
        meeting.status, meeting.reason = status, reason
        meeting.version += 1
        meeting.updated_at = timezone.now()
    Meeting.everything.bulk_update(rows, SHOWN)
