"""Countries in the words of the reader's language."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def country_name(code: str) -> str:
    """Return "Ireland" for "IE" (ISO 3166); a code that nobody knows as it is."""
    try:
        locale = Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    return str(locale.territories.get(code.upper(), code))
