"""The part of a group's address that is made from its name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import connection
from django.utils.text import slugify

from directory.models import Group
from directory.text.folding import fold

LONGEST = 80
ROOM_FOR_A_NUMBER = 6
# Any number that no other lock of ours has.
LOCK = 76_201
# Pages of the finder, whose addresses look like those of groups.
RESERVED = frozenset({"print"})


def free_slug(name: str, *, but: UUID | None = None) -> str:
    """Return an address for a group of this name that no other group has ("grief-in-leeds-2").

    `but` is the group's own id, whose address counts as free. A name without Latin letters gives
    an address without words. To be called inside a transaction: two groups of one name at the
    same moment take turns here, until the first is written.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    base = slugify(fold(name))[: LONGEST - ROOM_FOR_A_NUMBER].strip("-")
    if not base:
        return f"group-{uuid4().hex[:10]}"
    others = Group.everything.filter(slug__startswith=base)
    others = others.exclude(pk=but) if but else others
    taken = RESERVED.union(others.values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def fits_name(slug: str, name: str) -> bool:
    """Whether this address was made from this name, with or without a number."""
    base = slugify(fold(name))[: LONGEST - ROOM_FOR_A_NUMBER].strip("-")
    return bool(base) and re.fullmatch(rf"{re.escape(base)}(-\d+)?", slug) is not None


def free_slugs(names: Iterable[str]) -> list[str]:
    """Return an address for each of many new groups, as `free_slug` would one by one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    taken = set(RESERVED.union(Group.everything.order_by().values_list("slug", flat=True)))
    numbers: dict[str, int] = {}
    slugs = []
    for name in names:
        base = slugify(fold(name))[: LONGEST - ROOM_FOR_A_NUMBER].strip("-")
        slug = base or f"group-{uuid4().hex[:10]}"
        while slug in taken:
            numbers[base] = numbers.get(base, 1) + 1
            slug = f"{base}-{numbers[base]}"
        taken.add(slug)
        slugs.append(slug)
    return slugs
