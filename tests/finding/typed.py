"""What the finder finds by words alone, with their spelling as it is."""

from __future__ import annotations

from django.utils import timezone

from directory.models.finder import FinderQuerySet
from directory.queries.search import Search, entries_matching


def entries_with(words: str) -> FinderQuerySet:
    return entries_matching(Search(words=words), timezone.now())


def names_with(words: str) -> list[str]:
    return sorted(entries_with(words).values_list("name", flat=True))
