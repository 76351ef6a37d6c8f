"""A feed names another day or time: the old dates end, the new ones begin, people are told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from directory.actions.meetings import cancel_meeting
from directory.choices import MeetingStatus
from directory.listings import ListedSeries
from directory.models import Group, Meeting, Seat, Series
from directory.queries.roster import members


def reschedule(group: Group, old: list[Series], new: ListedSeries | None, *, now: datetime) -> None:
    """Let a group meet as `new` says instead, from now on.

    Coming dates that nobody holds a place at are taken away; those with people are cancelled, and
    the people told. A change of length alone keeps the dates.
    """
    if new and len(old) == 1 and _differs_in_length_alone(old[0], new):
        _lengthen(old[0], new.duration_minutes, now)
        return
    for series in old:
        _end(series, now)
    if new is not None:
        Series.objects.create(
            group=group,
            first_on=now.astimezone(ZoneInfo(new.time_zone)).date(),
            starts_at_time=new.starts_at_time,
            duration_minutes=new.duration_minutes,
            time_zone=new.time_zone,
            rule=new.rule,
        )


def _differs_in_length_alone(old: Series, new: ListedSeries) -> bool:
    return (old.rule, old.starts_at_time, old.time_zone) == (
        new.rule,
        new.starts_at_time,
        new.time_zone,
    )


def _lengthen(series: Series, minutes: int, now: datetime) -> None:
    length = timedelta(minutes=minutes)
    usual = timedelta(minutes=series.duration_minutes)
    series.duration_minutes = minutes
    series.save(update_fields=("duration_minutes",))
    coming = Meeting.everything.filter(series=series, starts_at__gt=now)
    coming.filter(ends_at=F("starts_at") + usual).update(
        ends_at=F("starts_at") + length, version=F("version") + 1, updated_at=now
    )


def _end(series: Series, now: datetime) -> None:
    series.ended_at = now
    series.save(update_fields=("ended_at",))
    coming = Meeting.everything.filter(
        series=series, starts_at__gt=now, status=MeetingStatus.SCHEDULED
    ).order_by("starts_at")
    held = Seat.objects.filter(meeting=OuterRef("pk"))
    with_people = list(coming.filter(Exists(held)))
    if members().filter(group=series.group_id).exists():
        # Members come to every date: the next one tells them, the others need no mail each.
        with_people = list(dict.fromkeys([*coming[:1], *with_people]))
    for meeting in with_people:
        cancel_meeting(
            meeting=meeting, by=None, reason=_("The group meets at another time from now on.")
        )
    coming.exclude(id__in=[meeting.id for meeting in with_people]).delete()
