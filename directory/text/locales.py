"""The reader's language, as Babel knows it."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def reader_locale() -> Locale:
    """Return the locale of the active language; plain English is told the British way."""
    return _locale_of(reader_language())


def reader_language() -> str:
    """Return the code of the active language; what is said in it can be kept under this."""
    return get_language() or "en"


@lru_cache(maxsize=32)
def _locale_of(language: str) -> Locale:
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
