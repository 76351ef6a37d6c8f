"""Public holidays of a country, and of a part of it, by name in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import holidays
from django.utils.translation import gettext

from directory.text.folding import fold
from directory.text.locales import reader_language
from directory.text.spoken_times import spoken_date

# Whose first letters of the postcode lie outside England. Wales has the holidays of England.
_BRITISH_AREAS = {
    "SCT": "AB DD DG EH FK G HS IV KA KW KY ML PA PH TD ZE",
    "NIR": "BT",
    "WLS": "CF LD LL NP SA",
}
_BRITISH_PARTS = {area: part for part, areas in _BRITISH_AREAS.items() for area in areas.split()}
_PLAIN_ENGLISH = "en_US"


@dataclass(frozen=True)
class PublicHoliday:
    """A day off and what it is called."""

    day: date
    name: str

    @property
    def in_words(self) -> str:
        """Return "Friday 25 December 2026: Christmas Day"."""
        return gettext("%(day)s: %(name)s") % {"day": spoken_date(self.day), "name": self.name}


def public_holidays(country: str, part: str, first: date, last: date) -> list[PublicHoliday]:
    """Return the holidays from `first` to `last`, both included, in their order.

    `country` is an ISO 3166 code; `part` one of `part_of_country`, or nothing. Empty for a
    country that the library does not know. A name that it has in no language of the reader's
    stays in that of the country.
    """
    years = range(first.year, last.year + 1)
    found = [day for year in years for day in _of_year(country, part, year, reader_language())]
    return [one for one in found if first <= one.day <= last]


def part_of_country(country: str, region: str, postcode: str = "") -> str:
    """Return the code of the part in which a place lies; nothing where that is not known.

    A region is known by its code or by its name. In Britain the postcode tells it.
    """
    if country == "GB" and (area := re.match(r"\s*([A-Za-z]{1,2})\d", postcode)):
        return _BRITISH_PARTS.get(area[1].upper(), "ENG")
    return _parts_by_name(country).get(fold(region), "") if region else ""


@lru_cache(maxsize=512)
def _of_year(country: str, part: str, year: int, language: str) -> tuple[PublicHoliday, ...]:
    try:
        known = holidays.country_holidays(
            country, subdiv=part or None, years=year, language=_language_of(country, language)
        )
    except NotImplementedError:
        return ()
    days = sorted(day for day in known if day.year == year)
    return tuple(PublicHoliday(day, _name(known.get_list(day))) for day in days)


def _name(names: list[str]) -> str:
    return ", ".join(dict.fromkeys(names))


@lru_cache(maxsize=512)
def _language_of(country: str, language: str) -> str | None:
    """Return the language of the names: the reader's, else the country's own."""
    known = holidays.list_localized_countries().get(country, [])
    of_reader = [one for one in known if one.partition("_")[0] == language.partition("-")[0]]
    if _PLAIN_ENGLISH in of_reader and len(of_reader) > 1:
        # There is a nearer English than the American one.
        of_reader.remove(_PLAIN_ENGLISH)
    return of_reader[0] if of_reader else getattr(_country(country), "default_language", None)


@lru_cache(maxsize=512)
def _parts_by_name(country: str) -> dict[str, str]:
    known = _country(country)
    if known is None:
        return {}
    names = {fold(code): code for code in known.subdivisions}
    return names | {fold(name): code for name, code in known.subdivisions_aliases.items()}


def _country(code: str) -> Any:
    """Return what the library knows of a country; None where it knows nothing."""
    is_known = code in holidays.list_supported_countries(include_aliases=False)
    return getattr(holidays, code) if is_known else None
