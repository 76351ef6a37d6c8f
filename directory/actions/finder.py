"""Keeps the finder's entries: what can be found of a group is written when the group changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from directory.actions.finder_sql import DELETE, DELETE_GONE, INSERT, TOTALS
from directory.actions.vocabulary import learn_words
from directory.choices import GroupStatus
from directory.models import FinderEntry, FinderTotals, Group

BATCH = 1000
# Entries are written again so long before the first of their hours has gone by.
AHEAD = timedelta(weeks=2)


def refresh_finder(groups: Iterable[Group | UUID]) -> None:
    """Write what the finder knows of these groups; those that are not public leave it.

    Every action that changes anything of what a visitor reads about a group calls this
    in its own transaction.
    """
    ids = [group.pk if isinstance(group, Group) else group for group in groups]
    for start in range(0, len(ids), BATCH):
        _refresh(ids[start : start + BATCH])


@transaction.atomic
def _refresh(ids: list[UUID]) -> None:
    # Who waited here for another change reads that change afterwards, in a statement of its own.
    list(
        Group.everything.filter(pk__in=ids)
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute(DELETE, {"ids": ids})
        cursor.execute(INSERT, {"ids": ids, "now": timezone.now()})
    learn_words(ids)


def refresh_whole_finder() -> int:
    """Write all entries again, and return how many groups there are; for after a bulk load."""
    ids = list(Group.everything.filter(status=GroupStatus.PUBLISHED).values_list("pk", flat=True))
    refresh_finder(ids)
    with connection.cursor() as cursor:
        cursor.execute(DELETE_GONE)
    count_finder_totals()
    return len(ids)


def count_finder_totals() -> int:
    """Count how many groups have each facet, for the page that asks for nothing; returns them.

    Beside each filter of that page stands a number which is a few minutes old.
    """
    with connection.cursor() as cursor:
        cursor.execute(TOTALS)
        numbers = dict(cursor.fetchall())
    groups = numbers.pop("*", 0)
    counted = {"counted_at": timezone.now(), "groups": groups, "numbers": numbers}
    FinderTotals.objects.update_or_create(id=1, defaults=counted)
    return int(groups)


def refresh_late_entries(now: datetime | None = None) -> int:
    """Write again the entries whose timetable is about to run out, and those that are missing.

    Nothing of it is needed for a right answer: it keeps the answers quick.
    """
    soon = (now or timezone.now()) + AHEAD
    entries = FinderEntry.objects.filter(group=OuterRef("pk"))
    late = Group.objects.filter(
        ~Exists(entries) | Q(finder_entry__timetable_until__lt=soon)
    ).values_list("pk", flat=True)
    ids = list(late)
    refresh_finder(ids)
    return len(ids)
