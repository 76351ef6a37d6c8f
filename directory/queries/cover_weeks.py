"""Who is there in the next weeks, week by week, at the dates that somebody has to do with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Q

from accounts.models import Person
from directory.models import Group, Meeting
from directory.queries.cover import LOOKS_AHEAD, DateCover, with_cover
from directory.queries.cover_access import covered_by


@dataclass(frozen=True)
class Week:
    """The dates of one week, from the Monday on."""

    monday: date
    dates: list[DateCover]


def coming_by_week(groups: Iterable[Group], person: Person, now: datetime) -> list[Week]:
    """Return the dates of the next twelve weeks, week by week. Three queries.

    Those of these groups, and those of others at which this person stands in.
    """
    own = Q(group__in=list(groups)) | Q(pk__in=covered_by(person, now).values("pk"))
    dates = Meeting.everything.filter(own).coming(now)
    soon = dates.filter(starts_at__lt=now + LOOKS_AHEAD).for_listing()
    rows = sorted(with_cover(soon, now), key=lambda row: (_monday(row), row.meeting.starts_at))
    return [Week(monday, list(dates)) for monday, dates in groupby(rows, key=_monday)]


def _monday(row: DateCover) -> date:
    day = row.meeting.local_day
    return day - timedelta(days=day.weekday())
