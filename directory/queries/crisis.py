from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from django.conf import settings

from directory.models import CrisisLine
from directory.models.site import CrisisLineQuerySet


def crisis_lines_by_country(first: str) -> list[tuple[str, list[CrisisLine]]]:
    """All lines: those of country `first`, the other countries, those that hold everywhere ("")."""
    by_country = {
        country: list(lines)
        for country, lines in groupby(
            CrisisLine.objects.order_by("country", "position", "id"), key=lambda line: line.country
        )
    }
    return sorted(by_country.items(), key=lambda entry: (entry[0] != first, not entry[0], entry[0]))


def crisis_lines_needing_review(today: date) -> CrisisLineQuerySet:
    """Lines that nobody has held against their source for `CRISIS_REVIEW_DAYS`, oldest first."""
    oldest = today - timedelta(days=settings.CRISIS_REVIEW_DAYS)
    return CrisisLine.objects.filter(reviewed_on__lt=oldest).order_by("reviewed_on", "country")
