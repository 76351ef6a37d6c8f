"""On which public holidays a group would meet."""

from __future__ import annotations

from datetime import datetime, timedelta

from directory.models import Group, Series
from directory.text.public_holidays import PublicHoliday, part_of_country, public_holidays

LOOKED_AHEAD = timedelta(days=366)


def holidays_met(series: Series, now: datetime) -> list[PublicHoliday]:
    """Return the public holidays of the next 12 months on which a series has a date, in order.

    They are those of the group's country, and of the part of it in which the group's place lies
    where that is known. The series need not be saved. Raises ValueError for a rule that cannot
    be read.
    """
    days = {start.date() for start in series.starts(after=now, before=now + LOOKED_AHEAD)}
    if not days:
        return []
    country, part = _where(series.group)
    return [one for one in public_holidays(country, part, min(days), max(days)) if one.day in days]


def _where(group: Group) -> tuple[str, str]:
    """Return the group's country and the part of it; the place counts, where there is one."""
    place = group.place
    if place is None or place.country != group.country:
        return group.country, ""
    return group.country, part_of_country(group.country, place.region, place.postal_code)
