"""The place that somebody typed: a town or a postcode, from what was loaded into the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from directory.models import Postcode
from directory.queries.town_guesses import MOST_TYPOS, TownNames
from directory.queries.towns import TownRow, by_weight, lying_in, outweighs, towns_called
from directory.text import postcodes
from directory.text.countries import country_name
from directory.text.places import place_key, typed

MOST_OTHERS = 5
# More words than any name has.
MOST_WORDS = 8
# Fewer letters are the beginning of too much.
SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place to search around. Latitude and longitude are degrees, WGS 84.

    A postcode's spot has no population and no zone. `key` is what finds just this spot when it
    is typed; `home` is the country of the site, which a label need not name.
    """

    name: str
    region: str = ""
    country: str
    latitude: float
    longitude: float
    population: int = 0
    time_zone: str = ""
    key: str
    home: str = ""

    @property
    def label(self) -> str:
        """The place in the reader's language: "Leeds, West Yorkshire", "Paris, …, France"."""
        abroad = [country_name(self.country)] if self.country != self.home else []
        return ", ".join(dict.fromkeys(filter(None, (self.name, *_parts(self.region), *abroad))))


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What was found. `others` have the same name; `corrected` is the name taken for a typo.

    `note` is a sentence for the reader where nothing was found.
    """

    spot: Spot | None = None
    others: tuple[Spot, ...] = ()
    corrected: str = ""
    note: str = ""


def look_up(text: str, *, country: str) -> PlaceAnswer:
    """Find the place that somebody typed on a site of this country (ISO 3166).

    A postcode of the country, whole or its first part; a town by any of its names, with or
    without region or country ("Springfield, Illinois"); the beginning of a name; a mistyped one.
    Of several the largest at home is taken, then the largest in the same part of the world.
    One query, two where the name is not known as it is typed.
    """
    line = typed(text)
    if not line:
        return PlaceAnswer()
    words, codes = postcodes.split(line, country)
    if codes and (spot := _spot_of_postcode(codes, country)):
        return PlaceAnswer(spot)
    if (codes and not words) or _is_number(words):
        return PlaceAnswer(note=_note_on_postcode(country))
    return _Search(words, country).answer(guess=not codes)


class _Search:
    """One look for a town, which begins with what is certain and goes on to what is likely."""

    def __init__(self, text: str, home: str) -> None:
        pieces = [piece for piece in _parts(text.replace("،", ",")) if place_key(piece)]
        self.home = home
        self.names = TownNames(home)
        self.words = place_key(pieces[0]).split()[:MOST_WORDS] if pieces else []
        self.parts = pieces[1:MOST_WORDS]
        self.whole = " ".join(self.words)

    def answer(self, *, guess: bool) -> PlaceAnswer:
        """`guess` allows the second query, for a name that is no town's at home."""
        if not self.words:
            return PlaceAnswer(note=_note_on_place())
        keys = {*self._beginnings(), *self._ends(), *map(place_key, self.parts)}
        towns = towns_called(keys, home=self.home)
        certain = self._certain(towns)
        if certain and certain.spot and certain.spot.country == self.home:
            return certain
        return (
            (guess and self._region())
            or certain
            or (guess and self._guess())
            or self._hinted(towns)
            or PlaceAnswer(note=_note_on_place())
        )

    def _beginnings(self) -> dict[str, list[str]]:
        """Each name that the words may begin with, the longest first, and where it would lie."""
        return {
            " ".join(self.words[:end]): [*filter(None, [" ".join(self.words[end:])]), *self.parts]
            for end in range(len(self.words), 0, -1)
        }

    def _ends(self) -> list[str]:
        """Names that the words may end with, as in "near Leeds"."""
        return [" ".join(self.words[start:]) for start in range(1, len(self.words))]

    def _certain(self, towns: list[TownRow]) -> PlaceAnswer | None:
        for key, parts in self._beginnings().items():
            if found := lying_in(_called(towns, key), parts):
                return self._take(by_weight(found, key, home=self.home))
        return None

    def _region(self) -> PlaceAnswer | None:
        """For a whole county its largest town, and the next ones to choose from."""
        towns = [] if self.parts else self.names.in_region(self.whole)
        return self._take(towns, corrected=towns[0].name) if towns else None

    def _guess(self) -> PlaceAnswer | None:
        """The rest of a name that was begun, or what was mistyped."""
        begun = self._begun()
        likely = self._sounding_like(most_typos=1 if begun else MOST_TYPOS)
        is_begun = bool(begun) and begun[0].found_as[0].startswith(self.whole)
        is_typo = bool(likely) and not (
            is_begun and not outweighs(likely[0], begun[0], home=self.home)
        )
        if not is_typo:
            return self._take(begun) if begun else None
        name = likely[0].found_as[0]
        same = by_weight(_called(likely, name), name, home=self.home)
        return self._take(same, corrected=same[0].name)

    def _begun(self) -> list[TownRow]:
        if len(self.whole) < SHORTEST_BEGINNING:
            return []
        begun = lying_in(self.names.beginning_with(self.whole), self.parts)
        return by_weight(begun, self.whole, home=self.home)

    def _sounding_like(self, *, most_typos: int) -> list[TownRow]:
        return lying_in(self.names.sounding_like(self.whole, most_typos=most_typos), self.parts)

    def _hinted(self, towns: list[TownRow]) -> PlaceAnswer | None:
        """A town that is named among other words; what those mean nobody here knows."""
        parts, words = [place_key(it) for it in self.parts], [*self._beginnings(), *self._ends()]
        for keys in ([self.whole], *([part] for part in parts), words):
            named = [by_weight(_called(towns, key), key, home=self.home) for key in keys]
            named = [found for found in named if found]
            if named:
                firsts = by_weight([found[0] for found in named], "", home=self.home)
                found = next(found for found in named if found[0] == firsts[0])
                return self._take(found, corrected=found[0].name)
        return None

    def _take(self, towns: Sequence[TownRow], *, corrected: str = "") -> PlaceAnswer:
        """Take the first, offer the others: each once by the words that tell them apart."""
        spots = {spot.key: spot for spot in reversed([_spot(it, self.home) for it in towns])}
        first, *others = reversed(spots.values())
        return PlaceAnswer(first, tuple(others[:MOST_OTHERS]), corrected)


def _is_number(text: str) -> bool:
    """No town is called so; it may be a postcode of another country."""
    return text.isascii() and text.replace(" ", "").replace("-", "").isdigit()


def _called(towns: Sequence[TownRow], key: str) -> list[TownRow]:
    return [town for town in towns if key in town.found_as]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _spot(town: TownRow, home: str) -> Spot:
    abroad = town.country if town.country != home else ""
    return Spot(
        name=town.name,
        region=town.region,
        country=town.country,
        latitude=town.latitude,
        longitude=town.longitude,
        population=town.population,
        time_zone=town.time_zone,
        key=", ".join(filter(None, (town.name, town.region, abroad))),
        home=home,
    )


def _spot_of_postcode(codes: Sequence[str], country: str) -> Spot | None:
    """The longest of the codes that is known."""
    known = Postcode.objects.filter(country=country, code__in=codes).order_by()
    longest = max(known, key=lambda it: len(it.code), default=None)
    if longest is None:
        return None
    code = postcodes.shown(longest.code, country)
    return Spot(
        name=code,
        region=longest.place_name or longest.region,
        country=country,
        latitude=longest.latitude,
        longitude=longest.longitude,
        key=code,
        home=country,
    )


def _note_on_postcode(country: str) -> str:
    if Postcode.objects.filter(country=country).exists():
        return gettext("We do not know this postcode. Check it, or type the name of a town.")
    return gettext(
        "Postcodes of this country (%(country)s) are not loaded here. Type the name of a town."
    ) % {"country": country_name(country)}


def _note_on_place() -> str:
    return gettext("We do not know this place. Check the spelling, or type a larger town nearby.")
