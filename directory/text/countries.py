"""Countries by their code and by their names."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from directory.text.folding import fold

# Names that Babel does not give.
_COUNTRIES = {
    "usa": "US", "us": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US",
    "america": "US", "uk": "GB", "u.k.": "GB", "great britain": "GB", "britain": "GB",
    "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB", "eire": "IE",
    "republic of ireland": "IE", "deutschland": "DE", "espana": "ES", "italia": "IT",
    "suisse": "CH", "schweiz": "CH", "osterreich": "AT", "nederland": "NL", "holland": "NL",
    "belgie": "BE", "belgique": "BE", "danmark": "DK", "sverige": "SE", "norge": "NO",
    "suomi": "FI", "brasil": "BR", "czech republic": "CZ", "turkey": "TR", "aotearoa": "NZ",
}  # fmt: skip
_LANGUAGES = ("en", "es", "fr", "ar", "de")
_NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "ZZ")


def country_name(code: str) -> str:
    """Return "Ireland" for "IE" (ISO 3166); a code that nobody knows as it is."""
    try:
        locale = Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(locale.territories.get(code.upper(), code))


@lru_cache(maxsize=1024)
def country_code(name: str) -> str:
    """Return the code of a country by its code or its name ("USA", "Deutschland"), or ""."""
    folded = fold(name).strip(" .")
    if folded in _COUNTRIES:
        return _COUNTRIES[folded]
    return _by_name().get(folded, "")


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES:
                names.setdefault(fold(name), code)
                names.setdefault(code.lower(), code)
    return names
