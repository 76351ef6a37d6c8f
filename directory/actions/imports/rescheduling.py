"""A feed names another day or time: the old dates end, the new ones begin, people are told."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from directory.actions.changes import begin, finish
from directory.actions.locks import kind_when_busy, lock_meetings
from directory.choices import ChangeKind, MeetingStatus
from directory.listings import ListedSeries
from directory.models import Group, Meeting, Seat, Series
from directory.models.meetings import MeetingQuerySet
from directory.queries.roster import members
from directory.refusals import Refused

ATTEMPTS = 2
OTHER_TIMES = _("The group meets at other times from now on.")
OTHER_LENGTH = _("The meetings end at another time from now on.")


def hold_dates(group: Group, *, now: datetime) -> list[Series] | None:
    """Hold the series of a group that go on, and its coming dates; returns the series.

    The caller holds the group. Somebody else who holds one of them is waited for twice, as long as
    the database waits for a lock; then None, and none of them is held.
    """
    for _attempt in range(ATTEMPTS):
        with suppress(Refused):
            return _hold_dates(group, now)
    return None


@transaction.atomic
def _hold_dates(group: Group, now: datetime) -> list[Series]:
    with kind_when_busy():
        running = Series.objects.filter(group=group, ended_at=None).order_by("pk")
        held = list(running.select_for_update(of=("self",), no_key=True))
    coming = Meeting.everything.filter(series__in=held, starts_at__gt=now).order_by()
    lock_meetings(coming.values_list("pk", flat=True))
    return held


def reschedule(group: Group, old: list[Series], new: ListedSeries | None, *, now: datetime) -> None:
    """Let a group meet as `new` says instead, from now on.

    Coming dates that nobody holds a place at are taken away; those with people are cancelled, and
    the people told in one mail. A change of length alone keeps the dates, and people are told of
    the new end. The caller holds group, series and dates (`hold_dates`).
    """
    if new and len(old) == 1 and _differs_in_length_alone(old[0], new):
        _lengthen(group, old[0], new.duration_minutes, now)
        return
    dates = Meeting.everything.filter(series__in=old, starts_at__gt=now)
    known = _known_to_people(group, dates)
    kind = ChangeKind.REARRANGED if new else ChangeKind.ENDED
    change = None
    if known:
        change = begin(
            group=group,
            by=None,
            kind=kind,
            reason=str(OTHER_TIMES),
            meetings=list(dates),
            series=old,
        )
    _end(old, dates, known, now)
    made = [_begin(group, old, new, now)] if new else []
    if change:
        finish(change, made=made)


def _known_to_people(group: Group, dates: MeetingQuerySet) -> list[UUID]:
    """Return the dates that go ahead and that people have a place at; of members, the next one."""
    coming = dates.going_ahead().order_by("starts_at")
    held = Exists(Seat.objects.filter(meeting=OuterRef("pk")))
    known = list(coming.filter(held).values_list("pk", flat=True))
    if members().filter(group=group).exists():
        # It tells those who come without a place.
        known += [pk for pk in coming.values_list("pk", flat=True)[:1] if pk not in known]
    return known


def _end(old: list[Series], dates: MeetingQuerySet, known: list[UUID], now: datetime) -> None:
    Series.objects.filter(pk__in=[series.pk for series in old]).update(ended_at=now)
    dates.going_ahead().exclude(pk__in=known).delete()
    dates.filter(pk__in=known).update(
        status=MeetingStatus.CANCELLED,
        reason=str(OTHER_TIMES),
        version=F("version") + 1,
        updated_at=now,
    )


def _begin(group: Group, old: list[Series], new: ListedSeries, now: datetime) -> Series:
    return Series.objects.create(
        group=group,
        first_on=now.astimezone(ZoneInfo(new.time_zone)).date(),
        starts_at_time=new.starts_at_time,
        duration_minutes=new.duration_minutes,
        time_zone=new.time_zone,
        rule=new.rule,
        # Its page says for a while what was before.
        follows=old[0] if len(old) == 1 else None,
    )


def _differs_in_length_alone(old: Series, new: ListedSeries) -> bool:
    return (old.rule, old.starts_at_time, old.time_zone) == (
        new.rule,
        new.starts_at_time,
        new.time_zone,
    )


def _lengthen(group: Group, series: Series, minutes: int, now: datetime) -> None:
    """Let coming dates of the usual length last as long as the feed says now."""
    length = timedelta(minutes=minutes)
    usual = timedelta(minutes=series.duration_minutes)
    coming = Meeting.everything.filter(series=series, starts_at__gt=now)
    usual_ones = coming.filter(ends_at=F("starts_at") + usual)
    dates = list(usual_ones)
    change = None
    if _known_to_people(group, usual_ones):
        change = begin(
            group=group,
            by=None,
            kind=ChangeKind.REARRANGED,
            reason=str(OTHER_LENGTH),
            meetings=dates,
            series=[series],
        )
    series.duration_minutes = minutes
    series.save(update_fields=("duration_minutes",))
    Meeting.everything.filter(pk__in=[date.pk for date in dates]).update(
        ends_at=F("starts_at") + length, version=F("version") + 1, updated_at=now
    )
    if change:
        finish(change)
