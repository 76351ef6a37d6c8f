"""What there is to choose from in the finder; each process keeps it for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, cast

from django.core.cache import caches
from django.db import connection, transaction

from directory.models import FinderEntry, Topic, Town
from directory.queries.site import KEPT_SECONDS
from directory.text.spoken_names import language_codes

KEY = "offered-to-choose"
ZONE_KEY = "zone-of"
# Asked of the index for each value by itself, so that no group has to be read. The planner cannot
# know that, and would rather look through all groups for each value that none has.
ALL_WAYS = "SELECT set_config('enable_seqscan', %s, true)"
IN_USE = f"""
SELECT facet FROM unnest(%s::text[]) AS facet
WHERE EXISTS (SELECT FROM {FinderEntry._meta.db_table} WHERE facets @> ARRAY[facet])
"""  # noqa: S608 (the name of our own table)


class TopicName(NamedTuple):
    """A topic, as much of it as the form shows: it is kept, and read again for each page."""

    pk: int
    slug: str
    name: str
    parent_id: int | None


@dataclass(frozen=True)
class Offered:
    """All topics, the slugs of those in use with what they are part of, and languages in use."""

    topics: list[TopicName]
    topics_in_use: frozenset[str]
    languages: tuple[str, ...]


def offered_to_choose() -> Offered:
    """Return what a published group has that can be chosen."""
    return cast("Offered", caches["process"].get_or_set(KEY, _read, KEPT_SECONDS))


def _read() -> Offered:
    rows = Topic.objects.values_list("pk", "slug", "name", "parent_id")
    topics = [TopicName(*row) for row in rows]
    languages = {f"language:{code}": code for code in language_codes().values()}
    slugs = {f"topic:{topic.slug}": topic.slug for topic in topics}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALL_WAYS, ["off"])
        cursor.execute(IN_USE, [[*languages, *slugs]])
        used = {facet for (facet,) in cursor.fetchall()}
        cursor.execute(ALL_WAYS, ["on"])
    return Offered(
        topics,
        frozenset(slug for facet, slug in slugs.items() if facet in used),
        tuple(code for facet, code in languages.items() if facet in used),
    )


def zone_of(country: str) -> str:
    """Return the time zone that most people of a country live by: that of its largest town."""
    key = f"{ZONE_KEY}:{country}"
    return cast("str", caches["process"].get_or_set(key, lambda: _zone(country), KEPT_SECONDS))


def _zone(country: str) -> str:
    towns = Town.objects.filter(country=country).order_by("-population")
    return towns.values_list("time_zone", flat=True).first() or "UTC"
