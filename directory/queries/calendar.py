"""The dates of groups, in the order in which people meet them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import groupby
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from directory.choices import MeetingStatus
from directory.models import Group, Meeting, Organisation, Series
from directory.queries.prepared import Prepared

DATES_SHOWN = 3
# So long does a calendar file keep dates that are over, cancelled ones among them.
KEPT_DAYS = 28
MOST_OF_ORGANISATION = 1000
# Some of the soonest meetings are of one group: so many are read to find several groups.
READ_FOR_ONE_SHOWN = 8
MOST_CHANGED = 12
NOT_ENDED: Prepared[Series] = Prepared(
    lambda group, now: _not_ended(now).filter(group=group).select_related("follows"),
    group=UUID(int=1),
    now=datetime.min.replace(tzinfo=UTC),
)
CHANGED: Prepared[Meeting] = Prepared(
    lambda group, now: _changed(now).filter(group=group)[:MOST_CHANGED],
    group=UUID(int=1),
    now=datetime.min.replace(tzinfo=UTC),
)


@dataclass(frozen=True)
class Day:
    """The meetings of one date, each by the calendar of its own place."""

    date: date
    meetings: list[Meeting]


def next_dates(
    group: Group, count: int = DATES_SHOWN, now: datetime | None = None
) -> list[Meeting]:
    """Return the next dates of a group; cancelled and moved ones stay, and are shown as such."""
    return _next_dates(count).objects(group=group.pk, now=now or timezone.now())


@cache
def _next_dates(count: int) -> Prepared[Meeting]:
    return Prepared(
        lambda group, now: Meeting.everything.filter(group=group).coming(now)[:count],
        group=UUID(int=1),
        now=datetime.min.replace(tzinfo=UTC),
    )


def changes_ahead(
    group: Group, dates: Sequence[Meeting], now: datetime | None = None
) -> list[Meeting]:
    """Return which dates up to the last of `dates` are cancelled, or at another time.

    Told from the time that people know to the new one, whichever comes first or last: who stands
    at the door on the old day has to read of a date that went far ahead, or is over.
    """
    changed = CHANGED.objects(group=group.pk, now=now or timezone.now())
    until = dates[-1].starts_at if dates else datetime.max.replace(tzinfo=UTC)
    return [date for date in changed if min(date.original_start, date.starts_at) <= until]


def dates_for_calendar(group: Group, now: datetime | None = None) -> list[Meeting]:
    """Return all coming dates of a group and those of the last weeks, cancelled ones included."""
    dates = Meeting.everything.filter(group=group, ends_at__gt=kept_since(now))
    return list(dates.order_by("starts_at", "id"))


def dates_of_organisation(
    organisation: Organisation, now: datetime | None = None
) -> tuple[list[Meeting], bool]:
    """Return the same of all the published groups of an organisation, and whether there are more.

    They are 1,000 at most, each with its group and place, which are read once and not for each.
    """
    groups = Prefetch("group", queryset=Group.everything.select_related("place"))
    dates = Meeting.objects.filter(
        group__organisation=organisation, ends_at__gt=kept_since(now)
    ).order_by("starts_at", "id")
    found = list(dates.prefetch_related(groups)[: MOST_OF_ORGANISATION + 1])
    return found[:MOST_OF_ORGANISATION], len(found) > MOST_OF_ORGANISATION


def kept_since(now: datetime | None = None) -> datetime:
    """Return from when on a calendar file holds dates."""
    return (now or timezone.now()) - timedelta(days=KEPT_DAYS)


def running_series(group: Group, now: datetime | None = None) -> list[Series]:
    """Return the rules by which the group meets at present, those that end later among them."""
    now = now or timezone.now()
    return [one for one in NOT_ENDED.objects(group=group.pk, now=now) if _still_has_dates(one, now)]


def running_series_of(
    groups: Iterable[Group], now: datetime | None = None
) -> dict[UUID, list[Series]]:
    """Return the rules by which each of these groups meets at present."""
    now = now or timezone.now()
    running: dict[UUID, list[Series]] = {group.pk: [] for group in groups}
    for series in _not_ended(now).filter(group__in=list(running)):
        if _still_has_dates(series, now):
            running[series.group_id].append(series)
    return running


def _changed(now: datetime) -> QuerySet[Meeting]:
    """Cancelled and moved dates, until both the time before and the new one are over."""
    length = F("ends_at") - F("starts_at")
    changed = Q(status=MeetingStatus.CANCELLED) | ~Q(starts_at=F("original_start"))
    not_over = Q(ends_at__gt=now) | Q(original_start__gt=now - length)
    return Meeting.everything.filter(changed, not_over).order_by("starts_at", "id")


def _not_ended(now: datetime) -> QuerySet[Series]:
    return Series.objects.filter(Q(ended_at=None) | Q(ended_at__gt=now))


def _still_has_dates(series: Series, now: datetime) -> bool:
    return next(series.starts(after=now, limit=1), None) is not None


def soonest_meetings(count: int, now: datetime | None = None) -> list[Meeting]:
    """Return the next date that goes ahead of each of a few groups, soonest first."""
    coming = Meeting.objects.coming(now).going_ahead().for_listing()
    next_of: dict[object, Meeting] = {}
    for meeting in coming[: count * READ_FOR_ONE_SHOWN]:
        next_of.setdefault(meeting.group_id, meeting)
    return list(next_of.values())[:count]


def local_day(meeting: Meeting) -> date:
    """Return the date on which a meeting begins where it is held."""
    return meeting.local_start.date()


def by_day(meetings: Iterable[Meeting]) -> list[Day]:
    """Put meetings under their dates; they come in the order of `local_day`."""
    return [Day(day, list(held)) for day, held in groupby(meetings, key=local_day)]
