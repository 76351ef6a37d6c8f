"""When a row meets."""

from __future__ import annotations

from django.utils.translation import gettext as _

from directory.exchange.clock import minutes_between, read_days, read_time
from directory.exchange.meeting_guide.fields import text_of
from directory.exchange.meeting_guide.reading import Reading, RowRefused
from directory.exchange.patterns import suggested_rule
from directory.listings import ListedSeries
from directory.recurrence import find_zone

USUAL_MINUTES = 60
LEAST_MINUTES = 5
LONG_MINUTES = 6 * 60


def time_zone_of(reading: Reading) -> str:
    """Return the row's own time zone, or the feed's where it names none that exists."""
    name = text_of(reading.row, "timezone", one_line=True)
    if not name:
        return reading.defaults.time_zone
    try:
        find_zone(name)
    except ValueError:
        reading.remark(_("There is no time zone “%(zone)s”; the feed's was taken."), zone=name[:60])
        return reading.defaults.time_zone
    return name


def series_of(reading: Reading, time_zone: str) -> ListedSeries | None:
    """Return the weekly rule of a row; None where it meets by appointment. Raises RowRefused."""
    try:
        days = read_days(reading.row.get("day"))
        start = read_time(reading.row.get("time"))
    except ValueError as error:
        raise RowRefused(str(error)) from error
    if start is None and days:
        raise RowRefused(_("It names a day but no time."))
    if start is not None and not days:
        raise RowRefused(_("It names a time but no day."))
    if start is None:
        return None
    try:
        minutes = minutes_between(start, read_time(reading.row.get("end_time"))) or 0
    except ValueError as error:
        reading.remark(_("%(why)s It counts as one hour long."), why=error)
        minutes = 0
    if minutes > LONG_MINUTES:
        reading.remark(_("It lasts %(hours)d hours; is that right?"), hours=minutes // 60)
    return ListedSeries(
        rule=f"FREQ=WEEKLY;BYDAY={','.join(days)}",
        starts_at_time=start,
        duration_minutes=minutes if minutes >= LEAST_MINUTES else USUAL_MINUTES,
        time_zone=time_zone,
    )


def suggest_rule(reading: Reading, notes: str, series: ListedSeries | None) -> None:
    """Remark on a monthly pattern in the notes, for a facilitator to take up."""
    days = tuple(series.rule.rpartition("=")[2].split(",")) if series else ()
    found = suggested_rule(notes, days)
    if found:
        rule, words = found
        reading.remark(
            _("Its notes say “%(words)s”: the rule may be %(rule)s."), words=words, rule=rule
        )
