"""Addresses in one string or in parts, countries by any name, and points on the map."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from directory.text.countries import country_code

_POSTCODES = (
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b", re.I),  # Britain
    re.compile(r"\b[A-Z]\d[A-Z]\s*\d[A-Z]\d\b", re.I),  # Canada
    re.compile(r"\b[AC-FHKNPRTV-Y]\d[\dW]\s*[0-9AC-FHKNPRTV-Y]{4}\b", re.I),  # Ireland
    re.compile(r"\b\d{5}-\d{4}\b|\b\d{3}\s\d{2}\b(?=\s[^\W\d])|\b\d{4}\s?[A-Z]{2}\b|\b\d{4,5}\b"),
)
# "75002 Paris", "1015 AA Amsterdam": the code stands before the town.
_BEFORE_TOWN = re.compile(r"(?:[A-Z]{1,2}-)?(?P<code>\d{4,5}(?:\s[A-Z]{2})?)\s+(?P<town>[^\W\d].*)")
_HOUSE_NUMBERS_FIRST = ("US", "CA", "AU", "NZ", "GB", "IE")
_COUNTY = re.compile(
    r".*shire|greater .+|west midlands|tyne and wear|merseyside|cumbria|northumberland"
    r"|county durham|co\.? .+|county .+"
    r"|cornwall|devon|dorset|somerset|kent|surrey|(?:east |west )?sussex|essex|suffolk|norfolk"
    r"|rutland|middlesex"
    r"|isle of wight|gwent|gwynedd|dyfed|powys|clwyd|fife|angus|moray|highland|tayside|lothian"
    r"|antrim|down|armagh|tyrone",
    re.I,
)
_REGION = re.compile(r"[A-Z]{2,3}")
# Roughly where countries lie: south, west, north, east, in degrees.
_BOXES = {
    "AT": (46, 9, 49.1, 17.2), "AU": (-55, 72, -9, 168), "BE": (49.4, 2.5, 51.6, 6.5),
    "BR": (-34, -74.1, 5.4, -28), "CA": (41.6, -141.1, 83.2, -52), "CH": (45.7, 5.9, 47.9, 10.6),
    "CZ": (48.5, 12, 51.1, 18.9), "DE": (47.2, 5.8, 55.1, 15.1), "DK": (54.5, 8, 57.8, 15.3),
    "ES": (27.6, -18.3, 43.9, 4.4), "FI": (59.4, 19, 70.2, 31.7), "FR": (41.2, -5.3, 51.2, 9.7),
    "GB": (49.8, -8.7, 61, 1.9), "GR": (34.7, 19.2, 41.9, 29.8), "HU": (45.7, 16, 48.7, 23),
    "IE": (51.3, -10.8, 55.5, -5.3), "IN": (6, 68, 35.7, 97.5), "IT": (35.4, 6.5, 47.2, 18.6),
    "JP": (20.2, 122.8, 45.7, 154), "MX": (14.4, -118.5, 32.8, -86.6),
    "NL": (50.7, 3.2, 53.7, 7.3), "NO": (57.8, 4, 81, 34), "NZ": (-53, 160, -29, 184),
    "PL": (48.9, 14, 55, 24.2), "PT": (29.9, -31.4, 42.2, -6.1), "SE": (55.2, 10.8, 69.2, 24.3),
    "US": (18, -179.2, 71.5, -65.9), "ZA": (-47.1, 16.3, -22, 38.1),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of an address; any may be empty. `country` is a code of ISO 3166."""

    street: str = ""
    town: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""


@lru_cache(maxsize=4096)
def read_address(text: str, *, near: str = "") -> Address:
    """Take an address in one string apart: street, town, region, postcode, country.

    From its end, where addresses are alike: "8 High St, Leeds LS1 4AB, UK" as well as
    "4127 61 St, Red Deer, Alberta, T4N 9Z9, Canada". `near` is the country that is meant where
    the address names none.
    """
    parts = [part.strip() for part in text.replace("\n", ",").split(",") if part.strip()]
    country = country_code(parts[-1]) if parts and len(parts) > 1 else ""
    if country:
        parts.pop()
        while parts and country_code(parts[-1]) == country and len(parts) > 1:
            parts.pop()
    postal_code = _take_postcode(parts, country or near)
    region = _take_region(parts, country or near)
    town = parts.pop() if parts and not _is_street(parts[-1]) else ""
    return Address(
        street=", ".join(parts), town=town, region=region, postal_code=postal_code, country=country
    )


def _take_postcode(parts: list[str], country: str) -> str:
    """Take the postcode out of the last two parts, wherever it stands in them."""
    if (
        parts
        and country not in _HOUSE_NUMBERS_FIRST
        and (found := _BEFORE_TOWN.fullmatch(parts[-1]))
    ):
        parts[-1] = found["town"]
        return found["code"]
    for place in range(len(parts) - 1, max(-1, len(parts) - 3), -1):
        for number, pattern in enumerate(_POSTCODES):
            codes = list(pattern.finditer(parts[place]))
            if not codes or (number == 3 and _is_street(parts[place])):
                continue
            code = codes[-1]
            parts[place] = " ".join(
                (parts[place][: code.start()] + parts[place][code.end() :]).split()
            )
            if not parts[place]:
                parts.pop(place)
            return code[0].upper() if number < 3 else code[0]
    return ""


def _is_street(part: str) -> bool:
    """Whether a part begins with a house number, a unit or the like: no town does."""
    return bool(re.match(r"#|\d|(?:suite|unit|room|rm|flat|apt|po box)\b", part, re.I))


def _take_region(parts: list[str], country: str) -> str:
    """Take a province or state: what stands alone behind the town, as "MA" or "Alberta"."""
    if len(parts) < 2:
        return ""
    last = parts[-1]
    if country in ("GB", "IE", "") and len(parts) > 2 and _COUNTY.fullmatch(last):
        return parts.pop()
    if _REGION.fullmatch(last) or (country in ("CA", "US", "AU") and not _is_street(parts[-2])):
        return parts.pop()
    found = re.fullmatch(r"(?P<town>.+?)\s+(?P<region>[A-Z]{2,3})", last)
    if found and country in ("CA", "US", "AU", ""):
        parts[-1] = found["town"]
        return found["region"]
    if country in ("CA", "US", "AU") and len(parts) > 2:
        return parts.pop()
    return ""


def read_point(
    latitude: Any, longitude: Any, country: str
) -> tuple[float | None, float | None, str]:
    """Return a point in degrees and a remark, "" where all is well.

    A point that cannot be right (off the earth, 0/0, swapped, far from its country) is left out.
    """
    if latitude in (None, "") and longitude in (None, ""):
        return None, None, ""
    north, east = _degrees(latitude), _degrees(longitude)
    if north is None or east is None:
        return None, None, _("Its point on the map cannot be read, and was left out.")
    doubt = _doubt(north, east, country)
    return (None, None, doubt) if doubt else (north, east, "")


def _degrees(value: Any) -> float | None:
    try:
        degrees = float(str(value).strip())
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) else None


def _doubt(north: float, east: float, country: str) -> str:
    if (north, east) == (0, 0):
        return _("Its point on the map is 0/0, and was left out.")
    if _is_inside(north, east, country):
        return ""
    if country in _BOXES and _is_inside(east, north, country):
        return _("Latitude and longitude seem swapped, and were left out.")
    if abs(north) > 90 or abs(east) > 180:
        return _("Its point is not on the map, and was left out.")
    return _("Its point lies far from its country, and was left out.")


def _is_inside(north: float, east: float, country: str) -> bool:
    if abs(north) > 90 or abs(east) > 180:
        return False
    if country not in _BOXES:
        return True
    south, west, top, right = _BOXES[country]
    return south <= north <= top and (west <= east <= right or west <= east + 360 <= right)
