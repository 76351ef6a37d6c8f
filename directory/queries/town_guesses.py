"""What somebody may have meant whose words are no town's name: from names kept in memory."""

from __future__ import annotations

from functools import cached_property
from itertools import repeat
from math import log10
from typing import NamedTuple, cast

from django.core.cache import caches
from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from directory.models import Town
from directory.queries.towns import COLUMNS, TownRow
from directory.text.places import place_key

# Towns hardly ever change; whoever loads them anew tells this process at once, the others wait.
KEPT_SECONDS = 3600
NAMES_KEY = "town-names"
# Elsewhere only a city may be meant by half a name or a mistyped one.
CITY_ABROAD = 50_000
MOST_FOUND = 200
MOST_OF_A_REGION = 6
MOST_TYPOS = 3
BETWEEN_VALUES, BETWEEN_NAMES = "\t", "|"


class _Kept(NamedTuple):
    """All the towns at home with each of their names, and cities elsewhere with the usual one.

    Beside each name is the number of its town. A town is one text, since few of some ten thousand
    are ever looked at. `regions` are those at home, each with the numbers of its largest towns.
    """

    home: str
    names: list[str]
    numbers: list[int]
    towns: list[str]
    regions: dict[str, list[int]]


class TownNames:
    """The names of towns as somebody in this country (ISO 3166) would mean them.

    Names are read when they are first asked for, and then kept in this process.
    """

    def __init__(self, home: str) -> None:
        self.home = home

    def beginning_with(self, beginning: str) -> list[TownRow]:
        """The towns whose name begins so."""
        names = self._kept.names
        places = [place for place, name in enumerate(names) if name.startswith(beginning)]
        return list(dict.fromkeys(self._town_of(place) for place in places))

    def sounding_like(self, key: str, *, most_typos: int = MOST_TYPOS) -> list[TownRow]:
        """What a mistyped name may have meant, the likeliest first."""
        allowed = min(_typos_allowed(key), most_typos)
        if not allowed:
            return []
        near = process.extract(
            key,
            self._kept.names,
            # Two letters that changed places count once.
            scorer=DamerauLevenshtein.distance,
            score_cutoff=allowed,
            limit=MOST_FOUND,
        )
        likely = []
        for name, distance, place in near:
            town = self._town_of(place)
            # A name that few use is one typo farther away.
            typos = int(distance) + (name != town.found_as[0])
            if typos <= allowed and (typos == 1 or name[0] == key[0]):
                likely.append((self._unlikely(key, name, typos, town), town.id, town))
        return list(dict.fromkeys(town for _score, _id, town in sorted(likely)))

    def in_region(self, key: str) -> list[TownRow]:
        """The largest towns at home in the region of this name."""
        kept = self._kept
        return [_town(kept.towns[number]) for number in kept.regions.get(key, [])]

    def _unlikely(self, key: str, name: str, typos: int, town: TownRow) -> float:
        """How unlikely it is that this was meant: a typo weighs more than ten thousand people."""
        is_first_wrong = name[0] != key[0]
        is_abroad = town.country != self.home
        return typos + is_first_wrong / 2 + is_abroad - log10(town.population + 1) / 4

    def _town_of(self, place: int) -> TownRow:
        return _town(self._kept.towns[self._kept.numbers[place]])

    @cached_property
    def _kept(self) -> _Kept:
        kept = caches["process"].get(NAMES_KEY)
        if kept is None or kept.home != self.home:
            kept = _read_names(self.home)
            caches["process"].set(NAMES_KEY, kept, KEPT_SECONDS)
        return cast("_Kept", kept)


def forget_towns() -> None:
    """Called by the action that changes what is kept here."""
    caches["process"].delete(NAMES_KEY)


def _read_names(home: str) -> _Kept:
    towns = Town.objects.filter(Q(country=home) | Q(population__gte=CITY_ABROAD))
    names: list[str] = []
    numbers: list[int] = []
    lines: list[str] = []
    regions: dict[str, list[int]] = {}
    # The largest come first.
    for number, values in enumerate(towns.values_list(*COLUMNS)):
        row = TownRow(*values)
        called = row.found_as if row.country == home else row.found_as[:1]
        names.extend(called)
        numbers.extend(repeat(number, len(called)))
        lines.append(_line(row))
        for region in row.region.split(",") if row.country == home else ():
            largest = regions.setdefault(place_key(region), [])
            largest.extend([number] if len(largest) < MOST_OF_A_REGION else [])
    return _Kept(home, names, numbers, lines, regions)


def _line(town: TownRow) -> str:
    values = town._replace(found_as=BETWEEN_NAMES.join(town.found_as))
    return BETWEEN_VALUES.join(map(str, values))


def _town(line: str) -> TownRow:
    number, name, found_as, country, region, *figures, time_zone = line.split(BETWEEN_VALUES)
    latitude, longitude, population = figures
    return TownRow(
        int(number),
        name,
        tuple(found_as.split(BETWEEN_NAMES)),
        country,
        region,
        float(latitude),
        float(longitude),
        int(population),
        time_zone,
    )


def _typos_allowed(key: str) -> int:
    """In three letters none, or everything would sound like everything; in six two."""
    return (len(key) > 3) + (len(key) > 5) + (len(key) > 13)
