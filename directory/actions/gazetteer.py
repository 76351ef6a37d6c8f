"""Towns and postcodes, written by COPY: many rows at once, and never more than a few in memory."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from accounts.audit import record
from accounts.models import Person
from directory import content
from directory.actions.finder import refresh_whole_finder
from directory.models import Postcode, Town
from directory.models.copying import copy_csv_into, copy_into
from directory.queries.town_guesses import forget_towns
from directory.text.postcodes import compact, known_as

# country, postcode, place, three levels of region with their codes, latitude, longitude, accuracy
COLUMNS = 12
# Here the county, the second level, says more than the first.
NAMED_BY_COUNTY = {"GB", "IE"}
LONGEST_CODE, LONGEST_NAME, LONGEST_REGION = 20, 180, 120

STAGE_TOWNS = """
CREATE TEMPORARY TABLE shipped_town (
    id integer, name text, found_as text, country text, region text,
    latitude float8, longitude float8, population integer, time_zone text
) ON COMMIT DROP
"""
# A plain name is found as itself, so the file does not repeat it.
INSERT_TOWNS = """
INSERT INTO directory_town
    (id, name, folded_names, country, region, latitude, longitude, population, time_zone)
SELECT
    id, name,
    CASE WHEN found_as IS NULL THEN ARRAY[lower(name COLLATE "C")]
         ELSE string_to_array(found_as, '|') END,
    country, coalesce(region, ''), latitude, longitude, population, time_zone
FROM shipped_town
"""
STAGE_POSTCODES = """
CREATE TEMPORARY TABLE staged_postcode (
    line integer, code text, outer_codes text[], place_name text, region text,
    latitude float8, longitude float8
) ON COMMIT DROP
"""
# Several places may share a code: it lies between them, and has the name of the first.
INSERT_POSTCODES = """
INSERT INTO directory_postcode (country, code, place_name, region, latitude, longitude)
SELECT
    %(country)s, code, (array_agg(place_name ORDER BY line))[1],
    (array_agg(region ORDER BY line))[1], avg(latitude), avg(longitude)
FROM staged_postcode GROUP BY code
"""
# Who types only the first part of a code finds its middle also where the file has whole codes.
INSERT_OUTER_CODES = """
INSERT INTO directory_postcode (country, code, place_name, region, latitude, longitude)
SELECT
    %(country)s, outer_code, mode() WITHIN GROUP (ORDER BY place_name),
    mode() WITHIN GROUP (ORDER BY region), avg(latitude), avg(longitude)
FROM staged_postcode, unnest(outer_codes) AS outer_code GROUP BY outer_code
ON CONFLICT DO NOTHING
"""


class BrokenPostcodes(Exception):
    """What is wrong with a file of postcodes, as a sentence that names the line."""


def load_gazetteer(*, by: Person | None) -> int:
    """Put the towns that come with the software in place of those that are there.

    Returns how many there are now. Readers see the old ones until all of the new ones are in;
    then groups that show an area only are found around the new points.
    """
    towns = _replace_towns(by)
    refresh_whole_finder()
    return towns


@transaction.atomic
def load_postcodes(*, lines: Iterable[bytes], country: str, by: Person | None) -> int:
    """Put the postcodes of a file of GeoNames in place of those of this country (ISO 3166).

    Returns how many there are now. Lines of other countries, and those without a point, are
    passed over. Raises BrokenPostcodes, and then nothing has changed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE directory_postcode IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(STAGE_POSTCODES)
        columns = ("line", "code", "outer_codes", "place_name", "region", "latitude", "longitude")
        copy_into("staged_postcode", columns, _rows(lines, country))
        Postcode.objects.filter(country=country).delete()
        cursor.execute(INSERT_POSTCODES, {"country": country})
        codes = cursor.rowcount
        cursor.execute(INSERT_OUTER_CODES, {"country": country})
        codes += cursor.rowcount
        cursor.execute("DROP TABLE staged_postcode")
        cursor.execute("ANALYZE directory_postcode")
    if not codes:
        raise BrokenPostcodes(f"The file holds no postcode of {country}.")
    record(by=by, action="postcodes.loaded", about="gazetteer", country=country, codes=codes)
    return int(codes)


def load_what_is_missing(*, by: Person | None) -> dict[str, int]:
    """Load the towns while there are none, and the samples of countries without postcodes."""
    loaded = {"towns": 0 if Town.objects.exists() else load_gazetteer(by=by), "postcodes": 0}
    for country, file in content.postcode_samples().items():
        if not Postcode.objects.filter(country=country).exists():
            with file.open("rb") as lines:
                loaded["postcodes"] += load_postcodes(lines=lines, country=country, by=by)
    return loaded


@transaction.atomic
def _replace_towns(by: Person | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE directory_town IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(STAGE_TOWNS)
        copy_csv_into("shipped_town", content.towns())
        cursor.execute("DELETE FROM directory_town")
        cursor.execute(INSERT_TOWNS)
        towns = cursor.rowcount
        cursor.execute("DROP TABLE shipped_town")
        cursor.execute("ANALYZE directory_town")
    record(by=by, action="gazetteer.loaded", about="gazetteer", towns=towns)
    transaction.on_commit(forget_towns)
    return int(towns)


def _rows(lines: Iterable[bytes], country: str) -> Iterator[tuple[object, ...]]:
    for number, line in enumerate(lines, 1):
        try:
            row = _row(line.decode().rstrip("\r\n").split("\t"), country)
        except UnicodeDecodeError:
            raise BrokenPostcodes(f"Line {number} is not UTF-8.") from None
        except ValueError as error:
            raise BrokenPostcodes(f"Line {number} {error}.") from None
        if row:
            yield (number, *row)


def _row(values: list[str], country: str) -> tuple[object, ...] | None:
    """One line, or None where it is empty, without a point or about another country."""
    if values == [""]:
        return None
    if len(values) != COLUMNS:
        raise ValueError(f"has {len(values)} columns, not {COLUMNS} with tabs between them")
    if "\0" in "".join(values):
        raise ValueError("holds a NUL character")
    if values[0] != country or not (values[9] and values[10]):
        return None
    code = compact(values[1])
    if not code or len(code) > LONGEST_CODE:
        raise ValueError(f"has no postcode of at most {LONGEST_CODE} letters in its second column")
    known = known_as(values[1], country)
    outer = known[1:] if known and known[0] == code else ()
    region = (values[5] if country in NAMED_BY_COUNTY else "") or values[3]
    return code, list(outer), values[2][:LONGEST_NAME], region[:LONGEST_REGION], *_point(values)


def _point(values: list[str]) -> tuple[float, float]:
    try:
        latitude, longitude = float(values[9]), float(values[10])
    except ValueError:
        latitude = longitude = math.nan
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("has no point on the earth in its tenth and eleventh column")
    return latitude, longitude
