"""The coming dates of a search, for whoever follows it in a calendar of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from directory.models import Meeting
from directory.queries.search import (
    Search,
    as_far_as_needed,
    entries_matching,
    meetings_matching,
)
from directory.queries.vocabulary import corrected

FOLLOWED_FOR = timedelta(weeks=4)
MOST = 200


def dates_to_follow(search: Search, now: datetime | None = None) -> tuple[list[Meeting], bool]:
    """Return the dates of the next four weeks that answer, and whether there are more.

    Cancelled ones too; 200 at most, each with its group and place. Words that nothing answers are
    tried with their spelling corrected, and where the radius is empty it reaches the nearest, as
    on the page.
    """
    now = now or timezone.now()
    if search.words and not entries_matching(search, now).exists():
        search = replace(search, words=corrected(search.words) or search.words)
    search = as_far_as_needed(search, now)
    dates = meetings_matching(search, now).filter(starts_at__lt=now + FOLLOWED_FOR)
    found = list(dates.for_listing()[: MOST + 1])
    return found[:MOST], len(found) > MOST
