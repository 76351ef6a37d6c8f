"""How many groups there would be with each filter: counted once, and never beyond a bound."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from directory.choices import DayPart, Weekday
from directory.queries.search.asked import Search
from directory.queries.search.many import first_dates
from directory.queries.search.matching import FACETS, entry_answers
from directory.queries.search.soon import count_soon
from directory.queries.search.totals import all_groups, is_very_large
from directory.queries.search.written import Text

# Groups are counted so far; "1,000+" is as good an answer as 48,213.
COUNTED = 1000
# What the facets of a kind are called; `flags` are kinds of one value.
NAMES = FACETS | {
    "ages": "age",
    "days": "day",
    "times": "time",
    "has_room": "room",
    "first_time": "first-time",
}
# Several of these are needed together, so a further one is counted among those found.
TOGETHER = {"access", "has_room", "first_time"}
# Asked of dates, whatever the group.
MOMENTS = {"soon", "days", "times"}


@dataclass(frozen=True)
class Tally:
    """A number of groups; `is_more` says that there are at least so many."""

    number: int
    is_more: bool = False

    def __bool__(self) -> bool:
        return self.number > 0


Tallies = dict[str, dict[str, Tally]]


@dataclass(frozen=True)
class Counted:
    """How many groups answer, and how many would with each value of each kind of filter.

    `ids` are those that answer, as PostgreSQL writes an array, where all were counted.
    """

    total: Tally
    by_kind: Tallies
    ids: str = "{}"


def count(search: Search, now: datetime) -> Counted:
    """Count the groups that answer, and those beside each filter.

    Where more answer than are counted, the kinds in use have no numbers: whoever finds so many
    needs a further filter, and not a wider one. Nor have moments ("today") then, which are told
    by the dates, or where one of them is in use.
    """
    if not search.kinds and (of_all := all_groups(COUNTED)):
        return _of_all(of_all)
    own = _own_bases(search)
    too_dear = _too_dear(search, own)
    bases = [_base(search, kind, now) for kind in own if kind not in too_dear]
    numbers, ids = _read(_base(search, "", now), bases)
    total = _total(numbers[""])
    unknown = set(own) if total.is_more else too_dear
    by_kind = {
        kind: _of_kind(numbers[kind if kind in own else ""], kind)
        for kind in NAMES
        if kind not in unknown and not _is_unknown(search, kind)
    }
    if not total.is_more and not search.soon:
        soon = count_soon(ids, search, now) if total else {}
        by_kind["soon"] = {value: Tally(number) for value, number in soon.items() if number}
    return Counted(total, by_kind, ids)


def _of_all(numbers: dict[str, int]) -> Counted:
    """Tell of all groups, where there are more than are counted."""
    total = Tally(COUNTED, is_more=True)
    return Counted(total, {kind: _of_kind(numbers, kind) for kind in NAMES})


def _too_dear(search: Search, own: list[str]) -> set[str]:
    """Those kinds that would take long to count among very many groups.

    The beginning of a word is looked up anew for each; online groups of a topic are very many.
    """
    if not is_very_large():
        return set()
    if search.words:
        return set(own)
    return {"formats"} if search.near else set()


def _own_bases(search: Search) -> list[str]:
    """The kinds that are counted as if they were not in use: days and times go together.

    Around a place formats are too, since with "online" ticked there are groups from anywhere.
    """
    in_use = [kind for kind in search.kinds if kind in NAMES and kind not in TOGETHER]
    if search.near and "formats" not in in_use:
        in_use.append("formats")
    hours = [kind for kind in ("days", "times") if search.asks_when and kind not in in_use]
    return [kind for kind in (*in_use, *hours) if not _is_unknown(search, kind)]


def _is_unknown(search: Search, kind: str) -> bool:
    """Which days and times are left within an hour or a moment, only the dates could tell."""
    return search.asks_moments and kind in {"days", "times"}


def _answers(search: Search, kind: str, now: datetime) -> Text:
    # With "online" ticked, groups that meet online alone count, wherever one is.
    is_everywhere = kind == "formats" and search.near is not None
    asked = search.without(kind) if kind else search
    return entry_answers(asked, now, with_online=is_everywhere)


def _shown(search: Search, kind: str) -> Text:
    """The facets of a kind; an hour is one of a day, where days are asked for, and so on."""
    if kind == "times" and search.days:
        return _within(
            [f"at:{day}:{it}" for day in search.days for it in DayPart.values], "time", 3
        )
    if kind == "days" and search.times:
        hours = [f"at:{it}:{time}" for it in Weekday.values for time in search.times]
        return _within(hours, "day", 2)
    return Text("entry.facets")


def _within(hours: list[str], name: str, part: int) -> Text:
    """The days, or the parts of the day, of those of an entry's hours that are among `hours`."""
    return Text(
        f"ARRAY(SELECT DISTINCT '{name}:' || split_part(it, ':', {part})"  # noqa: S608
        " FROM unnest(entry.keys) AS it WHERE it = ANY(%s::text[]))",
        (hours,),
    )


def _base(search: Search, kind: str, now: datetime) -> Text:
    """So many of the entries among which a kind is counted; "" stands for what was found."""
    shown, prefix = _shown(search, kind), f"{NAMES[kind]}:" if kind else ""
    if search.soon and not {*search.kinds} - MOMENTS:
        # Nearly every date of that day is one: along the calendar they are soon together.
        among = first_dates(search, Text("true"), now)
    else:
        answers = _answers(search, kind, now)
        among = Text(f"FROM directory_finderentry AS entry WHERE {answers.sql}", answers.params)
    sql = f"SELECT %s::text, %s::text, {shown.sql}, entry.group_id {among.sql} LIMIT {COUNTED + 1}"
    return Text(sql, (kind, prefix, *shown.params, *among.params))


def _read(found: Text, own: list[Text]) -> tuple[dict[str, dict[str, int]], str]:
    """Return, for each kind that is counted by itself, how many have each facet; and which.

    "*" is all. Which groups answer is told where all of them are counted.
    """
    own_sql = " UNION ALL ".join(f"({base.sql})" for base in own) or NOTHING
    params = [param for base in (found, *own) for param in base.params]
    numbers: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(COUNT.format(found=found.sql, own=own_sql, most=COUNTED, ids=IDS), params)
        for kind, facet, number in cursor.fetchall():
            numbers[kind][facet] = number
    ids = next(iter(numbers.pop(IDS, {"{}": 0})))
    return numbers, ids


NOTHING = "SELECT '', '', '{}'::text[], NULL::uuid LIMIT 0"
# Where the groups themselves are told, in the place of a kind.
IDS = "ids"
# What was found shows all its facets, and a kind that is counted by itself its own alone.
COUNT = """
WITH found (kind, prefix, shown, id) AS MATERIALIZED ({found}),
    own (kind, prefix, shown, id) AS MATERIALIZED (
        SELECT * FROM ({own}) AS bases WHERE (SELECT count(*) FROM found) <= {most})
SELECT '', '*', count(*) FROM found
UNION ALL
SELECT '{ids}', array_agg(id)::text, 0 FROM found HAVING count(*) BETWEEN 1 AND {most}
UNION ALL
SELECT '', facet, count(*) FROM (SELECT unnest(shown) AS facet FROM found) AS facets
GROUP BY facet
UNION ALL
SELECT kind, '*', count(*) FROM own GROUP BY kind
UNION ALL
SELECT kind, facet, count(*) FROM (SELECT kind, prefix, unnest(shown) AS facet FROM own) AS facets
WHERE starts_with(facet, prefix)
GROUP BY kind, facet
"""


def _total(numbers: dict[str, int]) -> Tally:
    total = numbers.get("*", 0)
    return Tally(min(total, COUNTED), is_more=total > COUNTED)


def _of_kind(numbers: dict[str, int], kind: str) -> dict[str, Tally]:
    is_cut = numbers.get("*", 0) > COUNTED
    start = f"{NAMES[kind]}:"
    return {
        facet.removeprefix(start): Tally(min(number, COUNTED) if is_cut else number, is_more=is_cut)
        for facet, number in numbers.items()
        if facet.startswith(start)
    }
