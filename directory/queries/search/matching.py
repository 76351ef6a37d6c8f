"""Which groups answer a search, and which of their dates. What is asked is a condition here."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs, ATan2, Cos, Power, Radians, Sin, Sqrt
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from directory.choices import AGE_BAND_YEARS, AgeBand, Format, Soon, Weekday
from directory.geo import EARTH_RADIUS_KM, cells_around
from directory.models import FinderEntry, Meeting
from directory.models.finder import FinderQuerySet
from directory.models.meetings import LocalDay, LocalTime, MeetingQuerySet
from directory.queries.search.asked import Near, Search
from directory.queries.search.words import condition
from directory.slots import slot_of, slots_of, times_of

# "In the next hours".
NEXT = timedelta(hours=3)
WEEK_DAYS = 7
AT_ONCE = {Soon.NOW, Soon.NEXT}
# A meeting that is still going on began at most so long ago.
LONGEST = timedelta(days=1)
# A day that is so many days from today, anywhere on earth, is no further away than this.
FARTHEST = timedelta(days=2)
# From how many hours before now to how many after it these may be, on the clocks of all zones.
REACH = {
    Soon.NOW: (-36, 14),
    Soon.NEXT: (-12, 17),
    Soon.TODAY: (-36, 38),
    Soon.TOMORROW: (-12, 62),
}
# From how many days after today to how many, the last one included.
DAYS_OF = {Soon.TODAY: (0, 0), Soon.TOMORROW: (1, 1), Soon.WEEK: (0, WEEK_DAYS - 1)}
# The kinds of filter that are facets, with what their facets are called.
FACETS = {
    "topics": "topic",
    "audiences": "audience",
    "access": "access",
    "languages": "language",
    "formats": "format",
    "costs": "cost",
    "joining": "joining",
}


def entries_matching(search: Search, now: datetime, *, with_online: bool = False) -> FinderQuerySet:
    """Return the published groups that answer `search`, in no order.

    Groups that meet online alone are nowhere: they answer a search around a place when online is
    asked for too, or `with_online`.
    """
    entries = FinderEntry.objects.all()
    if search.words and (asked := condition(search.words)) is not None:
        entries = entries.filter(asked)
    for kind, name in FACETS.items():
        if values := getattr(search, kind):
            entries = _having(entries, kind, [f"{name}:{value}" for value in values])
    flags = {"room:yes": search.has_room, "first-time:yes": search.first_time}
    for flag, is_asked in flags.items():
        entries = entries.with_all([flag]) if is_asked else entries
    if search.organisation:
        entries = entries.under([f"organisation:{search.organisation}"])
    if search.ages:
        entries = entries.filter(_of_ages(search.ages))
    if search.near:
        is_asked = with_online or Format.ONLINE in search.formats
        entries = _around(entries, search.near, with_online=is_asked)
    return _meeting_then(entries, search, now) if search.asks_when else entries


def _having(entries: FinderQuerySet, kind: str, facets: list[str]) -> FinderQuerySet:
    # What makes a group usable is needed all together; elsewhere one of several will do.
    return entries.with_all(facets) if kind == "access" else entries.with_any(facets)


def _of_ages(ages: tuple[str, ...]) -> Q:
    wanted = Q()
    for age in ages:
        since, until = AGE_BAND_YEARS[AgeBand(age)] if age in AgeBand.values else (age, age)
        wanted |= Q(min_age__lte=int(until), max_age__gte=int(since))
    return wanted


def distance_to(near: Near) -> Combinable:
    """Kilometres from an entry to a point, by the haversine formula of `directory.geo`."""
    up = Power(Sin(Radians(F("latitude") - Value(near.latitude)) / 2.0), 2)
    along = Power(Sin(Radians(F("longitude") - Value(near.longitude)) / 2.0), 2)
    share = up + Cos(Radians(Value(near.latitude))) * Cos(Radians(F("latitude"))) * along
    # Unlike ASin(Least(1, …)) it is NULL where there is no point.
    arc = ATan2(Sqrt(share), Sqrt(Abs(1.0 - share)), output_field=FloatField())
    return 2 * EARTH_RADIUS_KM * arc


def _around(entries: FinderQuerySet, near: Near, *, with_online: bool) -> FinderQuerySet:
    cells = cells_around(near.latitude, near.longitude, near.radius_km)
    within = Q(away__lte=near.radius_km)
    if cells:
        within &= Q(keys__overlap=cells)
    if with_online:
        within |= Q(facets__contains=[f"format:{Format.ONLINE}"])
    return entries.alias(away=distance_to(near)).filter(within)


def _meeting_then(entries: FinderQuerySet, search: Search, now: datetime) -> FinderQuerySet:
    """Those with a date that fits. Their hours tell; the dates, where those are out of date."""
    days = search.days or _days_of_soon(search.soon, now)
    times = search.times or _times_between(search)
    if days and times:
        entries = entries.under(f"at:{day}:{time}" for day in days for time in times)
    elif times:
        entries = entries.with_any(f"time:{time}" for time in times)
    else:
        entries = entries.with_any(f"day:{day}" for day in days or Weekday.values)
    if search.soon and {*search.soon} <= AT_ONCE:
        # Few meetings are held at any one time, so they are looked for first.
        dates = Meeting.everything.going_ahead().filter(starts_at__gt=now - LONGEST)
        return entries.filter(pk__in=fitting_dates(dates, search, now).values("group_id"))
    # The first that fits, rather than whether one does: so PostgreSQL looks at the dates of these
    # groups, and not at all that fit.
    entries = entries.alias(fitting=Subquery(dates_of_group(search, now).values("pk")[:1]))
    if search.asks_moments:
        return entries.filter(fitting__isnull=False)
    return entries.filter(Q(timetable_until__gt=now) | Q(fitting__isnull=False))


def _days_of_soon(soon: tuple[str, ...], now: datetime) -> list[str]:
    """The weekdays that it may be then, on any clock; empty means any."""
    if not soon or Soon.WEEK in soon:
        return []
    days = set()
    for one in soon:
        since, until = REACH[Soon(one)]
        first = (now + timedelta(hours=since)).date()
        last = (now + timedelta(hours=until)).date()
        days |= {(first + timedelta(days=it)).weekday() for it in range((last - first).days + 1)}
    return [Weekday.values[day] for day in sorted(days)]


def _times_between(search: Search) -> list[str]:
    """The parts of the day that a meeting between these hours may belong to; empty means any."""
    since, until = search.starts_from, search.starts_to
    if since is None or until is None:
        return []
    end = until.hour if since <= until else until.hour + 24
    hours = {hour % 24 for hour in range(since.hour, end + 1)}
    slots = {slot_of(datetime(2001, 1, 1, hour)) for hour in hours}  # noqa: DTZ001
    return sorted({time for slot in slots for time in times_of(slot)})


def dates_of_group(search: Search, now: datetime) -> MeetingQuerySet:
    """The dates of an entry's group that go ahead and fit, for use inside a query of entries."""
    dates = Meeting.everything.filter(group=OuterRef("pk")).going_ahead()
    return fitting_dates(dates, search, now).order_by()


def fitting_dates(dates: MeetingQuerySet, search: Search, now: datetime) -> MeetingQuerySet:
    """Return those of `dates` that are not over, at the days, times and moments asked for."""
    dates = dates.filter(ends_at__gt=now)
    if search.days or search.times:
        dates = dates.filter(slot__in=slots_of(search.days, search.times))
    if search.starts_from is not None or search.starts_to is not None:
        dates = dates.filter(_between(search))
    if search.soon:
        dates = dates.filter(_soon(search, now))
    return dates


def _between(search: Search) -> Q:
    since, until = search.starts_from, search.starts_to
    begins = LocalTime("time_zone", "starts_at")
    after = Q(GreaterThanOrEqual(begins, since)) if since is not None else Q()
    before = Q(LessThanOrEqual(begins, until)) if until is not None else Q()
    over_midnight = since is not None and until is not None and since > until
    return after | before if over_midnight else after & before


def _soon(search: Search, now: datetime) -> Q:
    wanted = Q()
    for soon in search.soon:
        if soon == Soon.NOW:
            wanted |= Q(starts_at__lte=now)
        elif soon == Soon.NEXT:
            wanted |= Q(starts_at__gt=now, starts_at__lte=now + NEXT)
        else:
            wanted |= _on_days(search.zone, now, *DAYS_OF[Soon(soon)])
    return wanted


class DaysAhead(Func):
    """How many days after today a date is, in a zone: DaysAhead(zone, starts_at, now)."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, zone: Any, moment: Any, now: datetime) -> None:
        super().__init__(LocalDay(zone, moment), LocalDay(zone, Value(now)))


def _on_days(zone: str, now: datetime, first: int, last: int) -> Q:
    """On these days as the place counts them; for a group that is only online, as the viewer."""
    counted = Case(
        When(group__format=Format.ONLINE, then=Value(zone)),
        default=F("time_zone"),
        output_field=CharField(),
    )
    ahead = DaysAhead(counted, "starts_at", now)
    days = Q(GreaterThanOrEqual(ahead, first)) & Q(LessThanOrEqual(ahead, last))
    # This says nothing new, but lets an index find the days.
    return days & Q(
        starts_at__gt=now + timedelta(days=first) - FARTHEST,
        starts_at__lt=now + timedelta(days=last) + FARTHEST,
    )
