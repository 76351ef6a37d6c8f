"""Changes of dates undone within five minutes: nobody hears of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from accounts.models import AuditEntry, OutgoingMail, Person
from directory.actions.changes import begin, finish, undo_change
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.choices import ChangeKind, MeetingStatus
from directory.models import Group, Meeting, ScheduleChange
from tests import factories

pytestmark = pytest.mark.django_db


def rearrange(group: Group, by: Person, meetings: list[Meeting], days: int) -> ScheduleChange:
    change = begin(group=group, by=by, kind=ChangeKind.REARRANGED, meetings=meetings)
    for meeting in meetings:
        meeting.starts_at += timedelta(days=days)
        meeting.ends_at += timedelta(days=days)
        meeting.version += 1
        meeting.save()
    return finish(change)


def test_several_dates_are_put_back(
    group: Group, fay: Person, ben: Person, meeting: Meeting, next_week: datetime
) -> None:
    other = factories.make_meeting(group, next_week + timedelta(days=7))
    change = rearrange(group, fay, [meeting, other], 1)
    assert OutgoingMail.objects.get().about == f"change:{change.pk}"
    undo_change(change=change, by=fay)
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.version) == (next_week, 3)
    assert OutgoingMail.objects.get().state == "dropped"
