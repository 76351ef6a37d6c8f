"""How many groups the whole site has, as the worker counts now and then."""

from __future__ import annotations

from django.core.cache import caches

from directory.models import FinderTotals

TOTALS_KEY = "finder-totals"
KEPT_SECONDS = 60
# The site has so many times more groups than are counted in a search.
MANY = 2
# On a site of more, a page has to leave out what takes long among so many.
VERY_MANY = 200_000


def all_groups(counted: int) -> dict[str, int]:
    """Return the numbers of all groups for each facet, where there are far more than `counted`.

    So many more that they are not fewer a few minutes later; otherwise it is empty.
    """
    groups, numbers = _totals()
    return numbers if groups > MANY * counted else {}


def is_very_large() -> bool:
    """Whether the site has so many groups that not everything can be looked up for each page."""
    return _totals()[0] > VERY_MANY


def _totals() -> tuple[int, dict[str, int]]:
    totals: tuple[int, dict[str, int]] | None = caches["process"].get(TOTALS_KEY)
    if totals is None:
        row = FinderTotals.objects.first()
        totals = (row.groups, dict(row.numbers)) if row else (0, {})
        caches["process"].set(TOTALS_KEY, totals, KEPT_SECONDS)
    return totals
