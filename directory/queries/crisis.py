from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext

from directory.models import CrisisLine
from directory.models.site import CrisisLineQuerySet
from directory.text.countries import country_name


@dataclass(frozen=True)
class CountryLines:
    """The crisis lines of one country; no country means those that hold everywhere."""

    country: str
    lines: tuple[CrisisLine, ...]

    @property
    def name(self) -> str:
        return country_name(self.country) if self.country else gettext("Everywhere else")

    @property
    def anchor(self) -> str:
        return self.country.lower() or "everywhere"

    @property
    def oldest_review(self) -> date:
        return min(line.reviewed_on for line in self.lines)


def crisis_lines_by_country(first: str) -> list[CountryLines]:
    """All lines: those of country `first`, the other countries by name, those for everywhere."""
    lines = CrisisLine.objects.order_by("country", "position", "id")
    by_country = [
        CountryLines(country, tuple(of_country))
        for country, of_country in groupby(lines, key=lambda line: line.country)
    ]
    return sorted(
        by_country, key=lambda entry: (entry.country != first, not entry.country, entry.name)
    )


def crisis_lines_needing_review(today: date) -> CrisisLineQuerySet:
    """Lines that nobody has held against their source for `CRISIS_REVIEW_DAYS`, oldest first."""
    oldest = today - timedelta(days=settings.CRISIS_REVIEW_DAYS)
    return CrisisLine.objects.filter(reviewed_on__lt=oldest).order_by("reviewed_on", "country")
