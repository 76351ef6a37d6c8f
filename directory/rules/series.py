"""Whether a group may meet by a rule, and change it; the sentence when it may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from directory.models import Group, Meeting, Series
from directory.queries.planned import PlannedChange
from directory.queries.recurring import (
    AHEAD,
    Span,
    dates_to_be_made,
    overlaps,
    starts_by_rule,
)
from directory.recurrence import parse
from directory.refusals import Refusal
from directory.rules.meetings import (
    NO_REASON,
    PLANNED_AHEAD,
    too_far,
    why_not_length,
    why_not_zone,
)
from directory.text.spoken_times import spoken_date

MOST_SKIPPED_AT_ONCE = 366
# Beyond so many days left out one after the other, no date is looked for.
MOST_LOOKED_AT = 1_000
# So far beyond the first date are two rules compared.
COMPARED = timedelta(days=366)

UNCLEAR_RULE = Refusal(
    "unclear-rule", _("We cannot work out dates from this. Choose the days again.")
)
ANOTHER_DATE = Refusal(
    "another-date", _("The group already meets at some of these times. Choose others.")
)
FAR_AHEAD = _("The group will meet at that time already on {date}. Choose other times.")
LAST_BEFORE_FIRST = Refusal(
    "last-before-first", _("The last day has to be the first one or come after it.")
)
ENDED = Refusal(
    "already-ended",
    _("These dates were changed or came to an end meanwhile. See what they are now, then go on."),
)


def why_not_add_series(series: Series, *, now: datetime) -> Refusal | None:
    """Say why a group cannot meet by this series, which is not saved yet.

    It may have begun long ago, but has to have a date to come, and none at the time of another.
    """
    return (
        why_not_recur(series, now=now)
        or _why_not_twice(series)
        or _why_not_beside(series.group, _spans(series, now=now), now=now)
        or _why_not_beside_rules(series, now=now)
    )


def why_not_recur(series: Series, *, now: datetime) -> Refusal | None:
    """Say why these times, which are not saved yet, give no dates that can be planned."""
    refusal = why_not_zone(series.time_zone) or why_not_length(series.duration_minutes)
    if refusal:
        return refusal
    if series.first_on > (now + PLANNED_AHEAD).date():
        return too_far()
    try:
        first = _first_coming(series, now)
    except ValueError as error:
        # It says what to use instead, which forms never need and programs do.
        return Refusal(UNCLEAR_RULE.code, format_lazy("{} {}", UNCLEAR_RULE.message, str(error)))
    if first is None:
        return _no_dates(series)
    return too_far() if first > now + PLANNED_AHEAD else None


def why_not_change(series: Series) -> Refusal | None:
    """Say why nothing of this series is changed any more.

    One that ends later still has the dates before that, and they can be changed.
    """
    return ENDED if series.is_over else None


def why_not_as_seen(
    series: Series, ended_at: datetime | None, *, from_start: datetime | None = None
) -> Refusal | None:
    """Say why a change does not fit any more: somebody has ended the series meanwhile, or earlier.

    `ended_at` is its end as whoever makes the change saw it; `from_start` the first date meant.
    """
    if series.ended_at != ended_at:
        return ENDED
    if from_start and series.ended_at and from_start >= series.ended_at:
        return ENDED
    return None


def why_not_rearrange(
    series: Series, wanted: Series, plan: PlannedChange, *, reason: str, now: datetime
) -> Refusal | None:
    """Say why `wanted` cannot take over from this series as planned.

    `why_not_recur(wanted)` comes first.
    """
    if plan.is_nothing and _is_same(series, wanted):
        return Refusal("same-time", _("That is how the group meets already. Change something."))
    spans = [(it.starts_at, it.ends_at) for it in plan.carried] + _lasting(plan.new, wanted)
    spans += [(it.starts_at, it.ends_at) for it in plan.restored]
    given_up = {it.id for it in plan.touched} - {it.id for it in plan.stays}
    return (
        _why_not_unexplained(plan, reason)
        or _why_not_beside(plan.group, spans, now=now, but=given_up)
        or _why_not_beside_rules(wanted, now=now, but=series)
    )


def why_not_end(plan: PlannedChange, *, reason: str) -> Refusal | None:
    """Say why a series cannot end as planned."""
    return _why_not_unexplained(plan, reason)


def why_not_days(first_on: date, last_on: date, *, now: datetime) -> Refusal | None:
    """Say why these are not days that can be left out: both are among them."""
    if last_on < first_on:
        return LAST_BEFORE_FIRST
    if (last_on - first_on).days >= MOST_SKIPPED_AT_ONCE:
        return Refusal("too-many-days", _("Leave out a year at most at one time."))
    # A day is over everywhere half a day after it is over in London.
    if last_on < (now - timedelta(hours=12)).date():
        return Refusal("days-over", _("These days have passed. Choose days that are to come."))
    return too_far() if last_on > (now + PLANNED_AHEAD).date() else None


def why_not_skip(
    series: Series, days: Collection[date], plan: PlannedChange, *, reason: str
) -> Refusal | None:
    """Say why these days cannot be left out as planned."""
    if set(series.skipped_on).issuperset(days) and plan.is_nothing:
        return Refusal("already-skipped", _("These days are left out already."))
    return _why_not_unexplained(plan, reason)


def why_not_unskip(
    series: Series, days: Collection[date], plan: PlannedChange, *, now: datetime
) -> Refusal | None:
    """Say why dates cannot come again on these days as planned."""
    if not set(series.skipped_on).intersection(days):
        return Refusal("not-skipped", _("None of these days is left out."))
    spans = [(it.starts_at, it.ends_at) for it in plan.restored] + _lasting(plan.new, series)
    return _why_not_beside(plan.group, spans, now=now, but={it.id for it in plan.restored})


def _first_coming(series: Series, now: datetime) -> datetime | None:
    skipped = set(series.skipped_on)
    coming = series.starts(after=now, limit=MOST_LOOKED_AT)
    return next((start for start in coming if start.date() not in skipped), None)


def _no_dates(series: Series) -> Refusal:
    if series.ended_at is not None:
        return Refusal(
            "no-dates",
            _("This gives no date before these dates end. Choose other days."),
        )
    rule = parse(series.rule)
    if rule.until and not rule.until_is_utc and rule.until.date() < series.first_on:
        return Refusal("ends-before-first", _("The last day has to come after the first date."))
    return Refusal("no-dates", _("This gives no dates to come. Check the first date."))


def _why_not_unexplained(plan: PlannedChange, reason: str) -> Refusal | None:
    """Whoever planned to come has to read why a date is off."""
    return NO_REASON if plan.cancelled and not reason.strip() else None


def _why_not_twice(series: Series) -> Refusal | None:
    same = series.group.series.filter(
        ended_at=None,
        first_on=series.first_on,
        starts_at_time=series.starts_at_time,
        rule=series.rule,
    )
    if same.exists():
        return Refusal("already-there", _("These dates are already there."))
    return None


def _is_same(series: Series, wanted: Series) -> bool:
    names = ("starts_at_time", "duration_minutes", "time_zone", "rule", "skipped_on")
    return all(getattr(series, name) == getattr(wanted, name) for name in names)


def _spans(series: Series, *, now: datetime) -> list[Span]:
    starts = starts_by_rule(series, after=now, before=now + AHEAD)
    return _lasting((start.astimezone(UTC) for start in starts), series)


def _lasting(starts: Iterable[datetime], series: Series) -> list[Span]:
    lasts = timedelta(minutes=series.duration_minutes)
    return [(start, start + lasts) for start in starts]


def _why_not_beside_rules(
    series: Series, *, now: datetime, but: Series | None = None
) -> Refusal | None:
    """Find a date by another rule of the group at one of these times, in the year to come.

    Beyond the weeks for which dates are made. Two rules that do not meet within a year of theirs
    hardly ever do.
    """
    after = now + AHEAD
    first = _first_coming(series, after)
    if first is None:
        return None
    before = first + COMPARED
    taken = dates_to_be_made(series.group, after=after, before=before, but=but)
    starts = starts_by_rule(series, after=after, before=before) if taken else []
    for begins, ends in _lasting(starts, series):
        if overlaps(begins, ends, taken):
            return Refusal(
                ANOTHER_DATE.code, format_lazy(FAR_AHEAD, date=spoken_date(begins.date()))
            )
    return None


def _why_not_beside(
    group: Group, spans: Collection[Span], *, now: datetime, but: Collection[UUID] = ()
) -> Refusal | None:
    """Find another meeting at one of these times: a group has one at a time."""
    if not spans:
        return None
    others = Meeting.everything.filter(group=group, ends_at__gt=now).going_ahead()
    taken = list(others.exclude(id__in=but).values_list("starts_at", "ends_at"))
    for begins, ends in spans:
        if overlaps(begins, ends, taken):
            return ANOTHER_DATE
    return None
