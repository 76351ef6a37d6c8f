"""Which groups answer a search, and which of their dates. What is asked is a condition here."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import FloatField, OuterRef

from directory.choices import AGE_BAND_YEARS, AgeBand, Format, MeetingStatus, Soon
from directory.geo import EARTH_RADIUS_KM, cells_around
from directory.models import FinderEntry, Meeting
from directory.models.finder import FinderQuerySet
from directory.models.meetings import LONGEST, MeetingQuerySet
from directory.queries.search.asked import Near, Search
from directory.queries.search.hours import DAYS_OF, NEXT, hours_fit
from directory.queries.search.words import asked_query
from directory.queries.search.written import (
    Text,
    Written,
    all_of,
    any_of,
    has_all,
    has_any,
    is_under,
)
from directory.slots import slots_of

AT_ONCE = {Soon.NOW, Soon.NEXT}
# Of a day that is so many days from today, on any clock, nothing is further away than this: a
# day, with what a change of the clock may add.
FARTHEST = timedelta(days=1, hours=2)
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


# Of what began longer ago nothing is read, however many years of dates there are.
IS_NOT_OVER = f"date.ends_at > %s AND date.starts_at > %s - interval '{LONGEST.days} day'"
# Cells so fine, and so few, that a topic or an hour is looked up in each; and what stands for
# one where groups meet online alone.
FINEST, MOST_PLACES, ONLINE = "cell0:", 32, "online"
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
    wanted, with_online = [], with_online or Format.ONLINE in search.formats
    places = _places(search, with_online=with_online)
    if search.words and (asked := asked_query(search.words)) is not None:
        wanted.append(Text(f"entry.words @@ {asked.sql}", asked.params))
    for kind, name in FACETS.items():
        if values := getattr(search, kind):
            facets = [f"{name}:{value}" for value in values]
            if kind == "access":
                # What makes a group usable is needed all together; of the others one will do.
                wanted.append(has_all(facets))
            else:
                wanted.append(has_any(facets, places if kind == "topics" else []))
    flags = {"room:yes": search.has_room, "first-time:yes": search.first_time}
    wanted += [has_all([flag]) for flag, is_asked in flags.items() if is_asked]
    if search.organisation:
        wanted.append(is_under([f"organisation:{search.organisation}"]))
    if search.ages:
        wanted.append(any_of(_of_age(age) for age in search.ages))
    if search.near:
        wanted.append(_is_around(search.near, with_online=with_online, is_there=bool(places)))
    if search.asks_when:
        wanted.append(_meets_then(search, now, places))
    return all_of(wanted)


def _places(search: Search, *, with_online: bool) -> list[str]:
    """The cells under which topics and hours are looked up; none where they are not."""
    near = search.near
    if near is None or not (search.topics or search.asks_when):
        return []
    cells = cells_around(near.latitude, near.longitude, near.radius_km)
    if not cells or len(cells) > MOST_PLACES or not cells[0].startswith(FINEST):
        return []
    return [*cells, ONLINE] if with_online else cells


def _of_age(age: str) -> Text:
    since, until = AGE_BAND_YEARS[AgeBand(age)] if age in AgeBand.values else (age, age)
    return Text("(entry.min_age <= %s AND entry.max_age >= %s)", (int(until), int(since)))


def _is_around(near: Near, *, with_online: bool, is_there: bool) -> Text:
    """It lies within the radius; where `is_there`, the map has been asked already."""
    away = kilometres_to(near)
    within = Text(f"{away.sql} <= %s", (*away.params, near.radius_km))
    cells = cells_around(near.latitude, near.longitude, near.radius_km)
    if cells and not is_there:
        within = all_of([is_under(cells), within])
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


def _meets_then(search: Search, now: datetime, places: list[str]) -> Text:
    """It has a date that fits. Its hours tell; the dates, where those are out of date."""
    hours = hours_fit(search, now, places)
    of_dates = f"FROM directory_meeting AS date WHERE {GOES_AHEAD}"
    if search.soon and {*search.soon} <= AT_ONCE:
        # Few meetings are held at any one time, so they are looked for first.
        fits = date_fits(search, now)
        dates = f"SELECT date.group_id {of_dates} AND {fits.sql}"
        return all_of([hours, Text(f"entry.group_id IN ({dates})", fits.params)])
    # The first that fits, rather than whether one does: so PostgreSQL looks at the dates of these
    # groups, and not at all that fit.
    fits = date_fits(search, now, is_online=IS_ONLINE)
    first = f"SELECT date.id {of_dates} AND date.group_id = entry.group_id AND {fits.sql} LIMIT 1"
    has_date = Text(f"({first}) IS NOT NULL", fits.params)
    if search.asks_moments:
        return all_of([hours, has_date])
    return all_of([hours, any_of([Text("entry.timetable_until > %s", (now,)), has_date])])


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
    wanted = [Text(IS_NOT_OVER, (now, now))]
    if search.days or search.times:
        slots = slots_of(search.days, search.times)
        at_hours = Text("date.slot = ANY(%s::int[])", (slots,))
        wanted.append(_often(at_hours) if search.soon else at_hours)
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
    ahead = days_ahead(zone, now, is_online)
    is_then = _often(Text(f"{ahead.sql} BETWEEN %s AND %s", (*ahead.params, first, last)))
    # The limits say nothing new, but let an index find the days.
    limits = now + timedelta(days=first) - FARTHEST, now + timedelta(days=last) + FARTHEST
    return all_of([is_then, Text("date.starts_at > %s AND date.starts_at < %s", limits)])


def days_ahead(zone: str, now: datetime, is_online: str) -> Text:
    """How many days after today a date is, as its place counts; online alone, as the viewer."""
    counted = f"CASE WHEN {is_online} THEN %s ELSE date.time_zone END"
    ahead = f"(timezone({counted}, date.starts_at)::date - timezone({counted}, %s)::date)"
    return Text(ahead, (zone, zone, now))


def _often(text: Text) -> Text:
    """Say that about half of the dates are so.

    Otherwise PostgreSQL takes them for a few, and reads all to put them in order, or looks for
    them by the hour of the week.
    """
    return Text(f"CASE WHEN {text.sql} THEN true ELSE false END", text.params)
