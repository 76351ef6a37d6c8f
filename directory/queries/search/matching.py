"""Which groups answer a search, and which of their dates. What is asked is a condition here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import FloatField, OuterRef

from directory.choices import AGE_BAND_YEARS, AgeBand, Format, MeetingStatus, Soon, Weekday
from directory.geo import EARTH_RADIUS_KM, cells_around
from directory.models import FinderEntry, Meeting
from directory.models.finder import FinderQuerySet
from directory.models.meetings import MeetingQuerySet
from directory.queries.search.asked import Near, Search
from directory.queries.search.words import asked_query
from directory.queries.search.written import Text, Written, all_of, any_of
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


GOES_AHEAD = f"date.status = '{MeetingStatus.SCHEDULED.value}'"
IS_ONLINE = f"entry.facets @> '{{format:{Format.ONLINE.value}}}'"


def entries_matching(search: Search, now: datetime, *, with_online: bool = False) -> FinderQuerySet:
    """Return the published groups that answer `search`, in no order.

    Groups that meet online alone are nowhere: they answer a search around a place when online is
    asked for too, or `with_online`.
    """
    answer = entry_answers(search, now, with_online=with_online)
    entries: FinderQuerySet = FinderEntry.objects.all()
    return entries.filter(Written(answer, "entry", "group_id")) if answer.sql != "true" else entries


def entry_answers(search: Search, now: datetime, *, with_online: bool = False) -> Text:
    """Return the condition that an entry of the finder answers `search`, as SQL."""
    wanted = []
    if search.words and (asked := asked_query(search.words)) is not None:
        wanted.append(Text(f"entry.words @@ {asked.sql}", asked.params))
    for kind, name in FACETS.items():
        if values := getattr(search, kind):
            facets = [f"{name}:{value}" for value in values]
            # What makes a group usable is needed all together; elsewhere one of several will do.
            wanted.append(_has_all(facets) if kind == "access" else _has_any(facets))
    flags = {"room:yes": search.has_room, "first-time:yes": search.first_time}
    wanted += [_has_all([flag]) for flag, is_asked in flags.items() if is_asked]
    if search.organisation:
        wanted.append(_is_under([f"organisation:{search.organisation}"]))
    if search.ages:
        wanted.append(any_of(_of_age(age) for age in search.ages))
    if search.near:
        is_asked = with_online or Format.ONLINE in search.formats
        wanted.append(_is_around(search.near, with_online=is_asked))
    if search.asks_when:
        wanted.append(_meets_then(search, now))
    return all_of(wanted)


def _has_all(facets: list[str]) -> Text:
    return Text("entry.facets @> %s::text[]", (facets,))


def _has_any(facets: list[str]) -> Text:
    return Text("entry.facets && %s::text[]", (facets,))


def _is_under(keys: list[str]) -> Text:
    return Text("entry.keys && %s::text[]", (keys,))


def _of_age(age: str) -> Text:
    since, until = AGE_BAND_YEARS[AgeBand(age)] if age in AgeBand.values else (age, age)
    return Text("(entry.min_age <= %s AND entry.max_age >= %s)", (int(until), int(since)))


def _is_around(near: Near, *, with_online: bool) -> Text:
    away = kilometres_to(near)
    within = Text(f"{away.sql} <= %s", (*away.params, near.radius_km))
    if cells := cells_around(near.latitude, near.longitude, near.radius_km):
        within = all_of([_is_under(cells), within])
    return any_of([within, Text(IS_ONLINE)]) if with_online else within


def kilometres_to(near: Near) -> Text:
    """Return how far an entry is from a point, by the haversine formula of `directory.geo`.

    Unlike one with asin(least(1, ...)) it is NULL where there is no point.
    """
    share = (
        "(power(sin(radians(entry.latitude - %s) / 2), 2)"
        " + power(sin(radians(entry.longitude - %s) / 2), 2)"
        " * cos(radians(%s)) * cos(radians(entry.latitude)))"
    )
    point = (near.latitude, near.longitude, near.latitude)
    arc = f"atan2(sqrt({share}), sqrt(abs(1 - {share})))"
    return Text(f"({2 * EARTH_RADIUS_KM} * {arc})", point * 2)


def distance_to(near: Near) -> Written:
    """Return the same for use in a query of entries."""
    return Written(kilometres_to(near), "entry", "group_id", FloatField())


def _meets_then(search: Search, now: datetime) -> Text:
    """It has a date that fits. Its hours tell; the dates, where those are out of date."""
    days = search.days or _days_of_soon(search.soon, now)
    times = search.times or _times_between(search)
    if days and times:
        hours = _is_under([f"at:{day}:{time}" for day in days for time in times])
    elif times:
        hours = _has_any([f"time:{time}" for time in times])
    else:
        hours = _has_any([f"day:{day}" for day in days or Weekday.values])
    of_dates = f"FROM directory_meeting AS date WHERE {GOES_AHEAD}"
    if search.soon and {*search.soon} <= AT_ONCE:
        # Few meetings are held at any one time, so they are looked for first.
        fits = date_fits(search, now)
        dates = f"SELECT date.group_id {of_dates} AND date.starts_at > %s AND {fits.sql}"
        return all_of([hours, Text(f"entry.group_id IN ({dates})", (now - LONGEST, *fits.params))])
    # The first that fits, rather than whether one does: so PostgreSQL looks at the dates of these
    # groups, and not at all that fit.
    fits = date_fits(search, now, is_online=IS_ONLINE)
    first = f"SELECT date.id {of_dates} AND date.group_id = entry.group_id AND {fits.sql} LIMIT 1"
    has_date = Text(f"({first}) IS NOT NULL", fits.params)
    if search.asks_moments:
        return all_of([hours, has_date])
    return all_of([hours, any_of([Text("entry.timetable_until > %s", (now,)), has_date])])


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
    return dates.filter(Written(date_fits(search, now), "date", "id"))


# Looked up for the one date; a condition on an entry knows it already.
OF_ONLINE_GROUP = (
    f"(SELECT it.format = '{Format.ONLINE.value}'"  # noqa: S608
    " FROM directory_group AS it WHERE it.id = date.group_id)"
)


def date_fits(search: Search, now: datetime, *, is_online: str = OF_ONLINE_GROUP) -> Text:
    """Return the condition that a date is not over and fits what is asked of dates, as SQL.

    `is_online` says in SQL whether its group only meets online.
    """
    wanted = [Text("date.ends_at > %s", (now,))]
    if search.days or search.times:
        slots = slots_of(search.days, search.times)
        wanted.append(Text("date.slot = ANY(%s::int[])", (slots,)))
    if search.starts_from is not None or search.starts_to is not None:
        wanted.append(_is_between(search))
    if search.soon:
        wanted.append(any_of(_is_soon(soon, search, now, is_online) for soon in search.soon))
    return all_of(wanted)


def _is_between(search: Search) -> Text:
    since, until = search.starts_from, search.starts_to
    begins = "timezone(date.time_zone, date.starts_at)::time"
    limits = []
    if since is not None:
        limits.append(Text(f"{begins} >= %s", (since,)))
    if until is not None:
        limits.append(Text(f"{begins} <= %s", (until,)))
    over_midnight = since is not None and until is not None and since > until
    return any_of(limits) if over_midnight else all_of(limits)


def _is_soon(soon: str, search: Search, now: datetime, is_online: str) -> Text:
    if soon == Soon.NOW:
        return Text("date.starts_at <= %s", (now,))
    if soon == Soon.NEXT:
        return Text("(date.starts_at > %s AND date.starts_at <= %s)", (now, now + NEXT))
    return _is_on_days(search.zone, now, *DAYS_OF[Soon(soon)], is_online)


def _is_on_days(zone: str, now: datetime, first: int, last: int, is_online: str) -> Text:
    """On these days as the place counts them; for a group that is only online, as the viewer."""
    counted = f"CASE WHEN {is_online} THEN %s ELSE date.time_zone END"
    ahead = f"timezone({counted}, date.starts_at)::date - timezone({counted}, %s)::date"
    # The limits say nothing new, but let an index find the days.
    return Text(
        f"({ahead} BETWEEN %s AND %s AND date.starts_at > %s AND date.starts_at < %s)",
        (
            *(zone, zone, now, first, last),
            *(now + timedelta(days=first) - FARTHEST, now + timedelta(days=last) + FARTHEST),
        ),
    )
