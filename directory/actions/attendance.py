"""How many came to a meeting."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_meeting
from directory.models import Attendance, Meeting
from directory.refusals import refuse_if
from directory.rules.cover import why_not_run_meeting
from directory.rules.meetings import why_not_count


@transaction.atomic
def count_attendance(
    *, meeting: Meeting, by: Person | None, came: int, first_time: int = 0
) -> Attendance:
    """Write down how many heads came, and how many of them for the first time.

    Counting again replaces the numbers. Raises Refused.
    """
    now = timezone.now()
    locked = lock_meeting(meeting)
    refuse_if(
        why_not_run_meeting(locked, by)
        or why_not_count(locked, came=came, first_time=first_time, now=now)
    )
    attendance, _created = Attendance.objects.update_or_create(
        meeting=locked, defaults={"came": came, "first_time": first_time, "counted_at": now}
    )
    record(
        by=by,
        action="meeting.counted",
        about=locked,
        organisation=locked.group.organisation,
        came=came,
        first_time=first_time,
    )
    return attendance
