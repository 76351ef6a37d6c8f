"""The dates that a series has by its rule, those that are there, and the series that takes over."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import TypedDict, Unpack
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from directory.choices import MeetingStatus
from directory.models import Group, Meeting, ScheduleChange, Series
from directory.models.meetings import LONGEST
from directory.queries.pairing import begin_of_period
from directory.recurrence import begun_later, find_zone, parse

# So far ahead dates are made.
AHEAD = timedelta(weeks=12)
Span = tuple[datetime, datetime]
# No date that is to come can be older than a change from before that.
LOOKED_BACK = timedelta(weeks=30)


def is_fixed(meeting: Meeting) -> bool:
    """Tell whether a date was moved or cancelled by hand."""
    return meeting.is_cancelled or meeting.starts_at != meeting.original_start


def coming_dates(
    series: Series,
    from_start: datetime | None = None,
    *,
    now: datetime | None = None,
    locks: bool = False,
) -> list[Meeting]:
    """Return the dates of a series that are still to come by its rule, from one of them on.

    `from_start` is the original start of that one, None for all. Of a series that ends later, those
    before its end: what it was left with after that is no date of its rule. With `locks` they are
    held until the transaction ends.
    """
    dates = Meeting.everything.filter(series=series, original_start__gt=now or timezone.now())
    if from_start is not None:
        dates = dates.filter(original_start__gte=from_start)
    if series.ended_at is not None:
        dates = dates.filter(original_start__lt=series.ended_at)
    # Always locked in this order: nobody waits in a ring.
    dates = dates.order_by("starts_at", "id")
    return list(dates.select_for_update(of=("self",), no_key=True) if locks else dates)


def starts_by_rule(series: Series, *, after: datetime, before: datetime) -> list[datetime]:
    """Return the starts that a series has, on its clock, without the days that are left out.

    Raises ValueError for a rule that cannot be read.
    """
    skipped = set(series.skipped_on)
    return [it for it in series.starts(after=after, before=before) if it.date() not in skipped]


def last_day(series: Series, *, now: datetime) -> date | None:
    """Return the local day of the last date of a series that ends later; None for any other."""
    if series.ended_at is None or series.is_over:
        return None
    starts = starts_by_rule(series, after=now, before=series.ended_at)
    return starts[-1].date() if starts else None


def taken_by_hand(groups: Collection[UUID], *, after: datetime) -> dict[UUID, list[Span]]:
    """Return when each of these groups meets by no rule: single dates, and those that were moved.

    They may be there long before the dates that recur; a group has one meeting at a time.
    """
    # By the start as well, for the sake of the index.
    dates = Meeting.everything.filter(
        group__in=groups, ends_at__gt=after, starts_at__gt=after - LONGEST
    ).going_ahead()
    by_hand = dates.filter(Q(series=None) | ~Q(starts_at=F("original_start"))).order_by()
    taken: dict[UUID, list[Span]] = {}
    for group, start, end in by_hand.values_list("group_id", "starts_at", "ends_at"):
        taken.setdefault(group, []).append((start, end))
    return taken


def dates_to_be_made(
    group: Group, *, after: datetime, before: datetime, but: Series | None = None
) -> list[Span]:
    """Return when a group will meet by its rules in a time for which no dates are made yet.

    Those of the series `but` are left out.
    """
    series = group.series.filter(Q(ended_at=None) | Q(ended_at__gt=after))
    if but is not None:
        series = series.exclude(pk=but.pk)
    return [
        (start, start + timedelta(minutes=one.duration_minutes))
        for one in series
        for start in starts_by_rule(one, after=after, before=before)
    ]


def overlaps(start: datetime, end: datetime, taken: Iterable[Span]) -> bool:
    """Tell whether a date would be held while one of the others is."""
    return any(start < other_end and other < end for other, other_end in taken)


class Times(TypedDict):
    """When a group meets: a local day and time, minutes, a rule, a zone, and days left out."""

    first_on: date
    starts_at_time: time
    duration_minutes: int
    rule: str
    time_zone: str
    skipped_on: Iterable[date]


def new_times(series: Series, *, from_start: datetime | None, **times: Unpack[Times]) -> Series:
    """Return the series, not saved, that takes over from this one, as far as this one goes on.

    `from_start` is the original start of the first date that changes, None for all to come. It
    begins on `first_on`; where that lies before the week (or month) of the first date that
    changes, it goes on as if it had begun then and nothing had come of it so far.
    """
    days = sorted(set(times["skipped_on"]))
    wanted = Series(group=series.group, follows=series, **{**times, "skipped_on": days})
    wanted.ended_at = series.ended_at
    if from_start is None:
        return wanted
    try:
        split = from_start.astimezone(find_zone(wanted.time_zone)).date()
        if wanted.first_on < begin_of_period(split, monthly=pairs_by_month(series, wanted)):
            wanted.rule, wanted.first_on = begun_later(
                wanted.rule, wanted.start_local, wanted.time_zone, split
            )
    except ValueError:  # the rules of `why_not_recur` say so
        return wanted
    return wanted


def pairs_by_month(series: Series, wanted: Series) -> bool:
    """Tell whether dates are paired within months: either rule is monthly."""
    try:
        before = parse(series.rule).monthly
    except ValueError:  # it gave no dates, so any rule takes over from it
        before = False
    return before or parse(wanted.rule).monthly


def left_behind(series: Series, *, now: datetime, locks: bool = False) -> list[Meeting]:
    """Return the dates to come that series before this one in its row were left with.

    They were moved or cancelled, and had no slot when the next series took over.
    """
    before: list[UUID] = []
    while series.follows is not None and series.follows.pk not in before:
        series = series.follows
        before.append(series.pk)
    if not before:
        return []
    dates = Meeting.everything.filter(series__in=before, original_start__gt=now)
    dates = dates.order_by("starts_at", "id")
    found = dates.select_for_update(of=("self",), no_key=True) if locks else dates
    return [it for it in found if is_fixed(it)]


def left_out_before(
    group: Group, meetings: Collection[Meeting], *kinds: str, now: datetime
) -> list[Meeting]:
    """Return those of these dates that a change of one of these kinds cancelled, and none since."""
    if not meetings:
        return []
    changes = ScheduleChange.objects.standing().filter(
        group=group, kind__in=kinds, made_at__gt=now - LOOKED_BACK
    )
    versions = {
        (kept["id"], int(kept["version"]) + 1)
        for before in changes.values_list("before", flat=True)
        for kept in before.get("meetings", [])
        if kept["status"] == MeetingStatus.SCHEDULED
    }
    return [it for it in meetings if it.is_cancelled and (str(it.id), it.version) in versions]
