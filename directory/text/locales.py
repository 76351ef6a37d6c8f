"""The reader's language, as Babel knows it."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def reader_locale() -> Locale:
    """Return the locale of the active language; plain English is told the British way."""
    language = get_language() or "en"
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
