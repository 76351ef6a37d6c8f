"""Languages by the names that people use for them, in the reader's language."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext_lazy

from directory.text.locales import reader_language, reader_locale

# Babel knows no sign languages.
SIGN_LANGUAGES = {
    "ase": gettext_lazy("American Sign Language"),
    "asf": gettext_lazy("Australian Sign Language"),
    "bfi": gettext_lazy("British Sign Language"),
    "isg": gettext_lazy("Irish Sign Language"),
    "nzs": gettext_lazy("New Zealand Sign Language"),
}


def spoken_language(code: str) -> str:
    """Return the name of an ISO 639 or BCP 47 code: "Portuguese"; an unknown code as it is."""
    return _said_language(code, reader_language())


@lru_cache(maxsize=2048)
def _said_language(code: str, _language: str) -> str:
    if code in SIGN_LANGUAGES:
        return str(SIGN_LANGUAGES[code])
    names = reader_locale().languages
    name = names.get(code.replace("-", "_")) or names.get(code.partition("-")[0]) or code
    return str(name[:1].upper() + name[1:])


@lru_cache(maxsize=1)
def language_codes() -> dict[str, str]:
    """Return the codes of all languages that have a name here, by their lower case."""
    known = [str(code).replace("_", "-") for code in Locale("en").languages]
    codes = [*known, *SIGN_LANGUAGES]
    return {code.lower(): code for code in codes}
