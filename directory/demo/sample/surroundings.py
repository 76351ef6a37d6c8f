"""The towns and topics that a sample is spread over, read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from directory.demo.sample.chances import Weighted
from directory.demo.sample.wording import topics_by_frequency
from directory.models import SiteProfile, Topic, Town

# Countries by the language that most groups there speak, for those the sample has words for.
COUNTRIES = {
    "en": ("GB", "IE", "US", "CA", "AU", "NZ", "ZA"),
    "es": ("ES", "MX", "AR", "CO", "CL"),
}
LANGUAGES = {country: language for language, those in COUNTRIES.items() for country in those}
HOME_SHARE = 0.7
# Big towns have fewer groups for their size, and the smallest have one now and then.
PEOPLE_TO_GROUPS = 0.85
SMALLEST = 800


class SampleTown(NamedTuple):
    name: str
    region: str
    country: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


@dataclass(frozen=True)
class Surroundings:
    """What every batch draws from."""

    countries: Weighted[str]
    towns: dict[str, Weighted[SampleTown]]
    topics: Weighted[str]
    topic_ids: dict[str, int]

    def town(self, chance: Random) -> SampleTown:
        """Return a town somewhere, by its population."""
        return self.towns[self.countries.draw(chance)].draw(chance)


def read_surroundings() -> Surroundings:
    """Return the towns of the site's country and some others, and the site's topics."""
    home = (SiteProfile.objects.first() or SiteProfile()).country
    towns: dict[str, list[SampleTown]] = defaultdict(list)
    for values in Town.objects.filter(country__in={home, *LANGUAGES}).values_list(
        *SampleTown._fields
    ):
        town = SampleTown(*values)
        towns[town.country].append(town)
    slugs = dict(Topic.objects.values_list("slug", "id"))
    frequent = [slug for slug in topics_by_frequency() if slug in slugs]
    return Surroundings(
        countries=_countries(home, towns),
        towns={country: _by_population(those) for country, those in towns.items()},
        topics=Weighted.long_tail([*frequent, *sorted(set(slugs) - set(frequent))], 0.8),
        topic_ids=slugs,
    )


def _by_population(towns: list[SampleTown]) -> Weighted[SampleTown]:
    return Weighted({it: max(it.population, SMALLEST) ** PEOPLE_TO_GROUPS for it in towns})


def _countries(home: str, towns: dict[str, list[SampleTown]]) -> Weighted[str]:
    others = {
        country: sum(town.population for town in towns[country]) + 1
        for country in sorted(towns)
        if country != home
    }
    everybody = sum(others.values())
    weights = {it: (1 - HOME_SHARE) * number / everybody for it, number in others.items()}
    if home in towns:
        weights[home] = HOME_SHARE
    return Weighted(weights)
