"""All countries, languages and time zones, to choose from by name in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language, gettext

from directory.text.folding import fold
from directory.text.spoken_names import SIGN_LANGUAGES, spoken_language

# What Babel names beside countries: unions, outlying and made-up regions.
_NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
_SIGNED_IN = {"AU": "asf", "GB": "bfi", "IE": "isg", "NZ": "nzs", "US": "ase"}
_REGIONS = (
    *("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia"),
    *("Europe", "Indian", "Pacific"),
)
_FEWEST_PERCENT = 0.2
_MOST_LIKELY = 8


def countries() -> list[tuple[str, str]]:
    """Return (ISO 3166 code, name) of each country, by name."""
    found = [
        (code, name)
        for code, name in _locale().territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    ]
    return sorted(found, key=lambda country: fold(country[1]))


def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the IANA zones by region, as choices with a heading each."""
    return [(gettext("Everywhere"), [("UTC", "UTC")]), *_zones_by_region()]


def zone_of_country(country: str) -> str:
    """Return the zone of a country that has one only, else nothing."""
    of_country = get_global("territory_zones").get(country.upper(), [])
    return of_country[0] if len(of_country) == 1 else ""


def likely_languages(country: str) -> list[str]:
    """Return codes of the languages that most people of a country speak, sign language included."""
    spoken = get_global("territory_languages").get(country.upper(), {})
    common = sorted(
        (code for code, about in spoken.items() if _is_common(about)),
        key=lambda code: -spoken[code]["population_percent"],
    )
    codes = dict.fromkeys(code.partition("_")[0] for code in common[:_MOST_LIKELY])
    if country.upper() in _SIGNED_IN:
        codes[_SIGNED_IN[country.upper()]] = None
    return list(codes)


def language_codes(names: str) -> tuple[list[str], list[str]]:
    """Take apart names with commas between them: codes of those known, and the unknown names.

    Names may be in the reader's language or in English; codes themselves are known too.
    """
    known, unknown = [], []
    for name in filter(None, (part.strip() for part in names.replace(";", ",").split(","))):
        code = _codes_by_name(get_language() or "en").get(fold(name))
        if code:
            known.append(code)
        else:
            unknown.append(name)
    return known, unknown


@lru_cache(maxsize=8)
def _codes_by_name(language: str) -> dict[str, str]:
    codes: dict[str, str] = {}
    for locale in (Locale("en"), _locale(language)):
        for code, name in locale.languages.items():
            if "_" not in code:
                codes |= {fold(name): code, fold(code): code}
    return codes | {fold(spoken_language(code)): code for code in SIGN_LANGUAGES}


@lru_cache(maxsize=1)
def _zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    names = sorted(available_timezones())
    return [
        (region, [(name, _city(name)) for name in names if name.startswith(f"{region}/")])
        for region in _REGIONS
    ]


def _is_common(about: dict[str, Any]) -> bool:
    return bool(about["official_status"]) or about["population_percent"] >= _FEWEST_PERCENT


def _city(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ")


def _locale(language: str = "") -> Locale:
    try:
        return Locale.parse(language or get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
