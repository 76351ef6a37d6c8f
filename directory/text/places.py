"""Names of places, as they are compared: "St. Albans" and "Saint Albans" are one."""

from __future__ import annotations

import re
import unicodedata

from directory.text.folding import fold

# Longer than any name, with its region and country.
LONGEST = 100
_DROPPED = re.compile(r"['’‘ʼʿ`´.·]")
_BREAKS = re.compile(r"[^\w,]+|_")
_SPACES = re.compile(r"\s+")
# Letters that Arabic, Persian and Urdu write differently, and that people type for each other.
_ARABIC = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ـ": ""})
_SHORT = {"saint": "st", "sainte": "ste"}


def typed(text: str) -> str:
    """Return what somebody typed in one short line: nothing invisible, no run of spaces."""
    kept = "".join(
        letter if unicodedata.category(letter)[0] != "C" else _instead_of(letter)
        for letter in text[: LONGEST * 4]
    )
    return _SPACES.sub(" ", kept).strip()[:LONGEST].strip()


def place_key(text: str) -> str:
    """Return the name of a place as it is compared: folded, without dots, hyphens and the like."""
    plain = _DROPPED.sub("", fold(text)).translate(_ARABIC)
    words = _BREAKS.sub(" ", plain.replace(",", " ")).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def name_keys(name: str) -> list[str]:
    """Return what one name of a place is found by: its key, and it folded, where they differ."""
    return list(dict.fromkeys(filter(None, (place_key(name), fold(name)))))


def _instead_of(letter: str) -> str:
    """A line break or a tab is a space; a mark of direction or a NUL is nothing."""
    return " " if letter.isspace() else ""
