"""Whether a group may meet by a rule; the sentence when it may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from directory.models import Meeting, Series
from directory.recurrence import occurrences
from directory.refusals import Refusal
from directory.rules.meetings import PLANNED_AHEAD, too_far, why_not_length, why_not_zone

COMPARED_AHEAD = timedelta(weeks=12)


def why_not_add_series(series: Series, *, now: datetime) -> Refusal | None:
    """Say why a group cannot meet by this series, which is not saved yet.

    It may have begun long ago, but has to have a date to come, and none at the time of another.
    """
    refusal = why_not_zone(series.time_zone) or why_not_length(series.duration_minutes)
    if refusal:
        return refusal
    if series.first_on > (now + PLANNED_AHEAD).date():
        return too_far()
    try:
        coming = list(coming_starts(series, now=now, limit=1))
    except ValueError:
        return Refusal(
            "unclear-rule", _("We cannot work out dates from this. Choose the days again.")
        )
    if not coming:
        return Refusal("no-dates", _("This gives no dates to come. Check the first date."))
    return _why_not_beside(series, now)


def coming_starts(
    series: Series, *, now: datetime, limit: int | None = None, before: datetime | None = None
) -> Iterator[datetime]:
    """Return the next dates of a series. Raises ValueError for a rule that cannot be read."""
    return occurrences(
        series.rule, series.start_local, series.time_zone, after=now, before=before, limit=limit
    )


def _why_not_beside(series: Series, now: datetime) -> Refusal | None:
    """Find the same series, or other meetings at the same time."""
    group = series.group
    same = group.series.filter(
        ended_at=None,
        first_on=series.first_on,
        starts_at_time=series.starts_at_time,
        rule=series.rule,
    )
    if same.exists():
        return Refusal("already-there", _("These dates are already there."))
    others = Meeting.everything.filter(group=group, ends_at__gt=now).going_ahead()
    taken = list(others.values_list("starts_at", "ends_at"))
    length = timedelta(minutes=series.duration_minutes)
    for start in coming_starts(series, now=now, before=now + COMPARED_AHEAD):
        begins = start.astimezone(UTC)
        if any(begins < other_end and other < begins + length for other, other_end in taken):
            return Refusal(
                "another-date", _("The group already meets at some of these times. Choose others.")
            )
    return None
