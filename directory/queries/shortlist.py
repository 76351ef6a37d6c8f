"""A few groups side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directory.models import Group, Meeting, Series
from directory.queries.calendar import running_series_of
from directory.queries.search import group_rows

MOST = 4
# An address may name more; beyond these nobody looks.
MOST_READ = 12


@dataclass(frozen=True)
class ShortlistedGroup:
    """A group with the rules by which it meets, and its next date that goes ahead.

    `cancelled` are the dates before that one which do not.
    """

    group: Group
    series: list[Series]
    next_date: Meeting | None
    cancelled: list[Meeting]


@dataclass(frozen=True)
class Shortlist:
    """Groups in the order asked for, `MOST` at most; and what was asked for and is not there."""

    columns: list[ShortlistedGroup]
    missing: list[str]
    has_more: bool

    @property
    def slugs(self) -> list[str]:
        """The addresses of the groups."""
        return [column.group.slug for column in self.columns]

    @property
    def is_full(self) -> bool:
        """Whether no other group fits."""
        return len(self.columns) >= MOST


def shortlisted(slugs: Iterable[str], now: datetime | None = None) -> Shortlist:
    """Return the published groups among these; three queries, however many."""
    wanted = list(dict.fromkeys(slugs))[:MOST_READ]
    found = {
        group.slug: group
        for group in Group.objects.filter(slug__in=wanted).select_related("organisation", "place")
    }
    there = [found[slug] for slug in wanted if slug in found]
    missing = [slug for slug in wanted if slug not in found]
    series = running_series_of(there[:MOST], now)
    columns = [
        ShortlistedGroup(row.group, series[row.group.pk], row.next_date, row.cancelled)
        for row in group_rows(there[:MOST], now)
    ]
    return Shortlist(columns, missing[:MOST], has_more=len(there) > MOST)
