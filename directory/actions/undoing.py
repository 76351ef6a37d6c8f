"""What undoing a change of dates does to rows and mails. Called under the locks of `changes`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import MailState
from accounts.models import OutgoingMail
from accounts.outbox import queue_for_all, send_soon
from accounts.references import reference
from directory.actions.locks import kind_when_busy
from directory.actions.waiting_mails import ABOUT_A_CHANGE, ABOUT_A_DATE
from directory.choices import MeetingStatus
from directory.emails import kinds
from directory.models import Meeting, ScheduleChange, Series
from directory.queries.changes import (
    about_change,
    has_changed_since,
    meetings_after,
    meetings_before,
    series_after,
    series_before,
)
from directory.queries.roster import seats_held
from directory.refusals import Refused, refuse_if
from directory.rules.changes import CHANGED_SINCE, TAKEN_SINCE, TOLD_ALREADY

# What a change of dates changes of them; places and the theme are changed elsewhere.
PUT_BACK = (
    "series_id",
    "original_start",
    "planned_start",
    "starts_at",
    "ends_at",
    "time_zone",
    "status",
    "reason",
)


@dataclass(frozen=True)
class Rows:
    """The rows that a change left, locked and as they are now, by their keys."""

    meetings: dict[UUID, Meeting]
    series: dict[UUID, Series]


def rows_as_left(change: ScheduleChange) -> Rows:
    """Lock what the change touched and made. Raises Refused when any of it changed since."""
    left_series = {row.pk: row for row in series_after(change)}
    left = {row.pk: row for row in meetings_after(change)}
    with kind_when_busy():
        series = Series.objects.filter(pk__in=left_series).order_by("pk")
        meetings = Meeting.everything.filter(pk__in=left).order_by("pk")
        rows = Rows(
            series={row.pk: row for row in series.select_for_update(no_key=True)},
            meetings={row.pk: row for row in meetings.select_for_update(of=("self",), no_key=True)},
        )
    same = (
        rows.meetings.keys() == left.keys()
        and rows.series.keys() == left_series.keys()
        and not any(has_changed_since(rows.meetings[pk], left[pk]) for pk in left)
        and not any(has_changed_since(rows.series[pk], left_series[pk]) for pk in left_series)
    )
    refuse_if(None if same else CHANGED_SINCE)
    return rows


def drop_mails(change: ScheduleChange) -> int:
    """See to it that nobody is told; returns how many would have been.

    Waits for a worker that is sending one of these mails, and then raises Refused.
    """
    owed = Q(kind__in=ABOUT_A_CHANGE, about=about_change(change))
    # One that told nobody took the mails of others along; they go on.
    for row in meetings_before(change) if change.tells_at else ():
        owed |= Q(kind__in=ABOUT_A_DATE, about=reference(row), version__gt=row.version)
    with kind_when_busy():
        mails = list(OutgoingMail.objects.filter(owed).order_by("pk").select_for_update())
    # A mail that was tried may have been taken, whatever was heard of it.
    if any(mail.state != MailState.DROPPED and mail.attempts for mail in mails):
        raise Refused(TOLD_ALREADY)
    waiting = [mail.pk for mail in mails if mail.state == MailState.WAITING]
    OutgoingMail.objects.filter(pk__in=waiting).update(
        state=MailState.DROPPED, finished_at=timezone.now()
    )
    return len(waiting)


def put_back(change: ScheduleChange, rows: Rows, *, now: datetime) -> None:
    """Give dates and series what they had, with higher versions. Raises Refused."""
    before = meetings_before(change)
    refuse_if(None if _is_free(change, before) else TAKEN_SINCE)
    for series in series_before(change):
        series.save(force_update=series.pk in rows.series)
    gone = [row for row in before if row.pk not in rows.meetings]
    back = [row for row in before if row.pk in rows.meetings]
    for row in gone:
        row.version += 1
        row.save(force_insert=True)
    left = {pk: row.version for pk, row in rows.meetings.items()}
    changed = [row for row in back if _put_back(rows.meetings[row.pk], row, now=now)]
    there = [rows.meetings[row.pk] for row in changed]
    Meeting.everything.bulk_update(there, (*_FIELDS, "version", "updated_at"))
    for row in changed:
        then = row.version if change.tells_at else left[row.pk]
        _owe_again(row, then, version=rows.meetings[row.pk].version)


def remove_made(change: ScheduleChange) -> None:
    """Remove what the change made, and the dates that its series have had since."""
    made = change.before.get("made", {})
    known = [row.pk for row in meetings_before(change)]
    dates = Meeting.everything.filter(
        Q(pk__in=made.get("meetings", [])) | Q(series__in=made.get("series", []))
    ).exclude(pk__in=known)
    taken = seats_held().filter(meeting__in=dates, membership=None)
    kept = list(Meeting.everything.filter(pk__in=taken.values("meeting")))
    for meeting in kept:
        _cancel_taken(meeting)
    dates.exclude(pk__in=[meeting.pk for meeting in kept]).delete()
    Series.objects.filter(pk__in=made.get("series", [])).delete()


_FIELDS = tuple("series" if name == "series_id" else name for name in PUT_BACK)


def _put_back(meeting: Meeting, before: Meeting, *, now: datetime) -> bool:
    if all(getattr(meeting, name) == getattr(before, name) for name in PUT_BACK):
        return False
    for name in PUT_BACK:
        setattr(meeting, name, getattr(before, name))
    meeting.version += 1
    meeting.updated_at = now
    return True


def _is_free(change: ScheduleChange, before: Iterable[Meeting]) -> bool:
    """Tell whether no other date of the group is at the times that are to come back."""
    wanted = [row for row in before if not row.is_cancelled]
    if not wanted:
        return True
    made = change.before.get("made", {})
    others = (
        Meeting.everything.filter(
            group=change.group_id,
            starts_at__lt=max(row.ends_at for row in wanted),
            ends_at__gt=min(row.starts_at for row in wanted),
        )
        .going_ahead()
        .exclude(pk__in=[row.pk for row in before])
        .exclude(pk__in=made.get("meetings", []))
        .exclude(series__in=made.get("series", []))
    )
    taken = list(others.values_list("starts_at", "ends_at"))
    return not any(
        start < row.ends_at and end > row.starts_at for row in wanted for start, end in taken
    )


def _owe_again(meeting: Meeting, then: int, *, version: int) -> None:
    """Let mails about the version that a date had then be about what it is again.

    They wait, or were dropped because the date was no longer as they said.
    """
    mails = OutgoingMail.objects.filter(
        kind__in=ABOUT_A_DATE,
        about=reference(meeting),
        version=then,
        state__in=(MailState.WAITING, MailState.DROPPED),
    )
    ids = list(mails.values_list("pk", flat=True))
    if not ids:
        return
    OutgoingMail.objects.filter(pk__in=ids).update(
        version=version, state=MailState.WAITING, finished_at=None, attempts=0
    )
    send_soon()


def _cancel_taken(meeting: Meeting) -> None:
    """Cancel a date that was there for some minutes, and tell who took a place at it."""
    meeting.status = MeetingStatus.CANCELLED
    meeting.reason = _("The group stays with its other dates.")
    meeting.series = None
    meeting.version += 1
    meeting.save(update_fields=("status", "reason", "series", "version", "updated_at"))
    seats = seats_held().filter(meeting=meeting, membership=None).select_related("person")
    queue_for_all(
        kind=kinds.MEETING_CANCELLED,
        about=meeting,
        people=[seat.person for seat in seats],
        version=meeting.version,
    )
