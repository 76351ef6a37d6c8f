from __future__ import annotations

from typing import cast

from django.core.cache import caches

from directory.models import CrisisLine, SiteProfile

# Every page shows these and they change a few times a year: each process keeps them this long.
KEPT_SECONDS = 60
PROFILE_KEY = "site-profile"
LINES_KEY = "crisis-lines"


def site_profile() -> SiteProfile:
    """The site's own name, contact and country."""
    kept = caches["process"].get_or_set(PROFILE_KEY, _read_profile, KEPT_SECONDS)
    return cast("SiteProfile", kept)


def crisis_lines_of(country: str) -> list[CrisisLine]:
    """The lines of this country; where none are known, those that hold everywhere."""
    kept = caches["process"].get_or_set(LINES_KEY, _read_lines, KEPT_SECONDS)
    lines = cast("dict[str, list[CrisisLine]]", kept)
    return lines.get(country) or lines.get("", [])


def forget_site() -> None:
    """Called by the actions that change what is kept here."""
    caches["process"].delete_many([PROFILE_KEY, LINES_KEY])


def _read_profile() -> SiteProfile:
    return SiteProfile.objects.first() or SiteProfile()


def _read_lines() -> dict[str, list[CrisisLine]]:
    by_country: dict[str, list[CrisisLine]] = {}
    for line in CrisisLine.objects.all():
        by_country.setdefault(line.country, []).append(line)
    return by_country
