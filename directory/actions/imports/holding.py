"""The groups that a feed is about to change are held first, all of them, and nobody is waited for.

Whoever holds many rows and waits for another may be waited for in turn. So a group that somebody
else holds is asked for once more a little later, and then left to the next run.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from uuid import UUID

from directory.actions.imports.terms import ImportReport
from directory.models import Group, ImportedListing

ATTEMPTS = 2
AGAIN_AFTER_SECONDS = 2.0
GROUPS_A_STATEMENT = 1_000


def hold_groups(rows: Iterable[ImportedListing], report: ImportReport) -> set[UUID]:
    """Hold the groups of these rows until the end of the transaction; returns their keys.

    Each row of these has its group then; of those that somebody else holds the report speaks.
    """
    asked = {row.group_id: row for row in rows if row.group_id}
    there: dict[UUID, Group] = {}
    for attempt in range(ATTEMPTS):
        missing = sorted(asked.keys() - there.keys())
        if missing and attempt:
            time.sleep(AGAIN_AFTER_SECONDS)
        there |= _held(missing)
    for key, row in asked.items():
        if key in there:
            row.group = there[key]
        else:
            report.busy_with(row.key)
    return set(there)


def _held(keys: Collection[UUID]) -> dict[UUID, Group]:
    wanted = list(keys)
    found: dict[UUID, Group] = {}
    for start in range(0, len(wanted), GROUPS_A_STATEMENT):
        groups = Group.everything.filter(id__in=wanted[start : start + GROUPS_A_STATEMENT])
        free = groups.select_related("place", "online_room").select_for_update(
            of=("self",), no_key=True, skip_locked=True
        )
        found |= {group.id: group for group in free.order_by("id")}
    return found
