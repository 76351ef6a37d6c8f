"""Organisations of a sample, each at home in a town, with the houses where its groups meet."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, radians
from random import Random
from typing import Any

from directory.choices import PlaceShown
from directory.demo.sample.chances import early
from directory.demo.sample.rows import drawn_id
from directory.demo.sample.surroundings import LANGUAGES, SampleTown, Surroundings
from directory.demo.sample.wording import proper_name, vocabulary
from directory.geo import KM_A_DEGREE
from directory.models import Organisation, Place

PLACES = (3, 8)
# Of its places, so many lie in the organisation's own town.
AT_HOME = 0.6
SHARE_OF_AREAS = 0.12
QUARTERS = {
    "en": ("north", "south", "east", "west", "centre"),
    "es": ("norte", "sur", "este", "oeste", "centro"),
}


@dataclass
class Home:
    """An organisation, its town and its houses: those whose address is shown, and the others."""

    organisation: Organisation
    town: SampleTown
    open_places: list[tuple[Place, SampleTown]] = field(default_factory=list)
    area_places: list[tuple[Place, SampleTown]] = field(default_factory=list)

    @property
    def places(self) -> list[Place]:
        return [place for place, _town in (*self.open_places, *self.area_places)]


def language_of(country: str) -> str:
    """Return the language in which the sample speaks there: "en" or "es"."""
    return LANGUAGES.get(country, "en")


def make_home(number: int, surroundings: Surroundings, chance: Random) -> Home:
    """Return an organisation with places, none of them saved."""
    town = surroundings.town(chance)
    words = vocabulary()[language_of(town.country)]
    name = early(chance, words["organisations"])
    while "{proper}" in name:
        name = name.replace("{proper}", proper_name(chance), 1)
    organisation = Organisation(
        id=drawn_id(chance),
        name=f"{name.replace('{town}', town.name)[:100]} {number}",
        slug=f"sample-organisation-{number}",
        country=town.country,
        time_zone=town.time_zone,
    )
    home = Home(organisation, town)
    for position in range(chance.randint(*PLACES)):
        # The first shows its area alone and the second its address, both at home.
        is_area = position == 0 or (position > 1 and chance.random() < SHARE_OF_AREAS)
        stays = position <= 1 or chance.random() < AT_HOME
        where = town if stays else surroundings.towns[town.country].draw(chance)
        place = _place(organisation, where, words, chance, is_area=is_area)
        (home.area_places if is_area else home.open_places).append((place, where))
    return home


def _place(
    organisation: Organisation,
    town: SampleTown,
    words: dict[str, Any],
    chance: Random,
    *,
    is_area: bool,
) -> Place:
    latitude, longitude = _near(town, chance)
    quarter = chance.choice(QUARTERS[language_of(town.country)])
    return Place(
        id=drawn_id(chance),
        organisation=organisation,
        name=f"{proper_name(chance)} {early(chance, words['halls'])}",
        address=f"{chance.randint(1, 180)} {proper_name(chance)} {early(chance, words['streets'])}",
        town=town.name[:100],
        region=town.region[:100],
        country=town.country,
        shown=PlaceShown.AREA if is_area else PlaceShown.EXACTLY,
        area=f"{town.name}, {quarter}"[:120] if is_area else "",
        latitude=latitude,
        longitude=longitude,
    )


def _near(town: SampleTown, chance: Random) -> tuple[float, float]:
    """Return a point in the town: larger ones are wider."""
    spread_km = 0.4 + (town.population / 1_000_000) ** 0.5 * 6
    up = chance.gauss(0, spread_km) / KM_A_DEGREE
    along = chance.gauss(0, spread_km) / KM_A_DEGREE / max(0.1, cos(radians(town.latitude)))
    return round(town.latitude + up, 6), round((town.longitude + along + 180) % 360 - 180, 6)
