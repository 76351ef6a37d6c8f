"""Towns by name: the rows of the gazetteer, and which of several is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from babel.core import get_global
from django.db.models import BooleanField, Case, F, Func, Value, When

from directory.models import Town
from directory.queries.prepared import Prepared
from directory.text.countries import country_code
from directory.text.places import place_key
from directory.text.states import state_name

MOST_ROWS = 200
# A town at home outweighs any city elsewhere, and one in the same part of the world ten
# elsewhere. That only some call it so counts against it.
AT_HOME, SAME_PART, NICKNAME = 10_000, 10, 0.02
MUCH_LARGER = 10
# The one part of Britain that regions do not name, since all others do.
ENGLAND = "england"
NATIONS = ("scotland", "wales", "northern ireland")


class TownRow(NamedTuple):
    """A town as it is looked up. `found_as` are its names as they are compared."""

    id: int
    name: str
    found_as: Sequence[str]
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    time_zone: str


COLUMNS = (
    *("id", "name", "folded_names", "country", "region"),
    *("latitude", "longitude", "population", "time_zone"),
)


def towns_called(keys: Iterable[str], *, home: str) -> list[TownRow]:
    """The towns that have one of these names (`place_key`), those of the home country first."""
    return [TownRow(*values) for values in _CALLED.rows(keys=list(keys), home=home)]


class _HasAny(Func):
    """Whether an array has any value of another. That one is one parameter, however long."""

    arity = 2
    arg_joiner = " && "
    template = "(%(expressions)s)"
    output_field = BooleanField()


_CALLED: Prepared[Town] = Prepared(
    lambda keys, home: (
        Town.objects.filter(
            _HasAny(F("folded_names"), Value(keys, output_field=Town.folded_names.field))
        )
        .order_by(Case(When(country=home, then=Value(0)), default=Value(1)), "-population", "id")
        .values_list(*COLUMNS)[:MOST_ROWS]
    ),
    keys=["the names"],
    home="the country",
)


def by_weight(towns: Iterable[TownRow], key: str, *, home: str) -> list[TownRow]:
    """The towns with the one that is most likely meant by the name first."""
    return sorted(towns, key=lambda town: (-_weight(town, key, home), town.id))


def outweighs(town: TownRow, other: TownRow, *, home: str) -> bool:
    """Whether a town is so much larger that a typo is likelier than the other, half typed."""
    return _weight(town, "", home) > MUCH_LARGER * _weight(other, "", home)


def lying_in(towns: Iterable[TownRow], parts: Sequence[str]) -> list[TownRow]:
    """Those of the towns that lie in each of these regions or countries, in people's words."""
    return [town for town in towns if all(_lies_in(town, part) for part in parts)]


def _weight(town: TownRow, key: str, home: str) -> float:
    weight = float(town.population + 1)
    if town.country == home:
        weight *= AT_HOME
    elif _part_of_world(town.time_zone) in _parts_of_country(home):
        weight *= SAME_PART
    return weight if town.found_as[0].startswith(key) else weight * NICKNAME


@lru_cache(maxsize=8)
def _parts_of_country(country: str) -> frozenset[str]:
    zones = get_global("territory_zones").get(country, [])
    return frozenset(_part_of_world(zone) for zone in zones)


def _part_of_world(zone: str) -> str:
    """Zones are named after the continent or ocean they lie in: "Europe/London"."""
    return zone.partition("/")[0]


def _lies_in(town: TownRow, part: str) -> bool:
    """Whether `part` is its region, a word of that, its letters, or the country."""
    key, region = place_key(part), place_key(town.region)
    if key == ENGLAND:
        return town.country == "GB" and not any(nation in region for nation in NATIONS)
    if f" {key} " in f" {region} " or (region and f" {region} " in f" {key} "):
        return True
    if place_key(state_name(key, town.country)) == region != "":
        return True
    return key not in NATIONS and country_code(part) == town.country
