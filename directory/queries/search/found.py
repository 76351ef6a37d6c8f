"""A page of the groups that answer a search, in the order asked for.

Few groups are put in order as a whole; where more answer than are counted, only a page is
(`many`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import F, UUIDField, Value
from django.utils import timezone

from directory.choices import SortOrder
from directory.geo import distance_km
from directory.models import FinderEntry
from directory.queries.prepared import Prepared
from directory.queries.search.asked import Near, Search
from directory.queries.search.many import along_the_map
from directory.queries.search.matching import entries_matching
from directory.queries.search.order import few_in_order, in_order, many_in_order
from directory.queries.search.rows import AnyOf, GroupRow, group_rows
from directory.queries.search.tallies import COUNTED, Tallies, Tally, count
from directory.queries.search.written import Text
from directory.queries.vocabulary import corrected

PAGE_SIZE = 20
# Shown where nothing lies within the radius.
NEAREST_SHOWN = 10
# Python and the database reckon distances alike, to some metres.
ALL_BUT_NOTHING_KM = 0.01


@dataclass
class Found:
    """A page of groups.

    `corrected` are the words that were searched for instead of those typed; `is_beyond` says
    that nothing lies within the radius and these are the nearest, which `search` then reaches.
    """

    search: Search
    rows: list[GroupRow]
    total: Tally
    tallies: Tallies = field(default_factory=dict)
    page: int = 1
    corrected: str = ""
    is_beyond: bool = False
    page_size: int = PAGE_SIZE

    @property
    def page_count(self) -> int:
        """How many pages there are; of more groups than are counted, the first thousand's."""
        return max(1, -(-self.total.number // self.page_size))


def find_groups(
    search: Search,
    *,
    sort: str = SortOrder.SOONEST,
    page: int = 1,
    page_size: int = PAGE_SIZE,
    now: datetime | None = None,
) -> Found:
    """Return a page of the published groups that answer `search`, with counts.

    Words that nothing answers are tried again with their spelling corrected. A page that does
    not exist is the first one.
    """
    now = now or timezone.now()
    counted = count(search, now)
    instead = ""
    if not counted.total and search.words and (instead := corrected(search.words)):
        counted = count(replace(search, words=instead), now)
        # The nearest ones beyond the radius are looked for with the words that were meant, too.
        instead = instead if counted.total or search.near else ""
    search = replace(search, words=instead or search.words)
    if not counted.total and search.near:
        rows = nearest_beyond(search, search.near, now)
        instead = instead if rows else ""
        search = _reaching(search, search.near, rows)
        return Found(search, rows, Tally(len(rows)), counted.by_kind, 1, instead, bool(rows))
    found = Found(search, [], counted.total, counted.by_kind, page, instead, page_size=page_size)
    found.page = page if page <= found.page_count else 1
    found.rows = _rows(_ids(found, counted.ids, sort, now), search, now)
    return found


def _ids(found: Found, ids: str, sort: str, now: datetime) -> list[UUID]:
    if not found.total:
        return []
    start = (found.page - 1) * found.page_size
    end = start + found.page_size
    if found.total.is_more:
        return many_in_order(found.search, sort, now, start, end)
    among = Text("entry.group_id = ANY(%s::uuid[])", (ids,))
    return few_in_order(among, found.search, sort, now, start, end)


def as_far_as_needed(search: Search, now: datetime) -> Search:
    """Return the search with a radius that reaches the nearest groups, where it reaches none."""
    if not search.near or entries_matching(search, now).exists():
        return search
    return _reaching(search, search.near, nearest_beyond(search, search.near, now))


def _reaching(search: Search, near: Near, rows: list[GroupRow]) -> Search:
    furthest = max((row.distance_km for row in rows if row.distance_km), default=0)
    wider = max(near.radius_km, furthest + ALL_BUT_NOTHING_KM)
    return replace(search, near=replace(near, radius_km=wider))


def nearest_beyond(search: Search, near: Near, now: datetime) -> list[GroupRow]:
    """Return the nearest groups that answer all but the radius."""
    rest = entries_matching(search.without("near"), now).filter(latitude__isnull=False)
    if rest[COUNTED : COUNTED + 1].exists():
        ids = along_the_map(rest, search, near, now, NEAREST_SHOWN)
    else:
        ordered = in_order(rest, search, SortOrder.NEAREST, now)
        ids = list(ordered.values_list("pk", flat=True)[:NEAREST_SHOWN])
    return _rows(ids, search, now)


def _rows(ids: list[UUID], search: Search, now: datetime) -> list[GroupRow]:
    if not ids:
        return []
    by_id = {entry.pk: entry for entry in ENTRIES.objects(ids=ids)}
    there = [by_id[one] for one in ids if one in by_id]
    rows = group_rows([entry.group for entry in there], now, search)
    for row, entry in zip(rows, there, strict=True):
        row.facets = frozenset(entry.facets)
        row.is_area = entry.is_area
        row.distance_km = _away(entry, search.near)
    return rows


def _away(entry: FinderEntry, near: Near | None) -> float | None:
    if near is None or entry.latitude is None or entry.longitude is None:
        return None
    return distance_km(near.latitude, near.longitude, entry.latitude, entry.longitude)


# What a row tells of a group and its place, or gives as a reason.
TOLD = (
    *("facets", "latitude", "longitude", "is_area"),
    *("group__slug", "group__name", "group__summary", "group__who_for", "group__audiences"),
    *("group__format", "group__country", "group__joining", "group__cost", "group__cost_note"),
    *("group__languages", "group__access_features", "group__place"),
    *("group__place__area", "group__place__town", "group__place__region"),
)
ENTRIES: Prepared[FinderEntry] = Prepared(
    lambda ids: (
        FinderEntry.objects.filter(
            AnyOf(F("group_id"), Value(ids, output_field=ArrayField(UUIDField())))
        )
        .select_related("group__place")
        .only(*TOLD)
    ),
    ids=[UUID(int=1)],
)
