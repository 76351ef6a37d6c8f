"""The values of our lists in the words that visitors read, kept for each language."""

from __future__ import annotations

from functools import lru_cache

from accounts.choices import Choices
from directory.text.locales import reader_language


def spoken_choices(choices: type[Choices]) -> dict[str, str]:
    """Return all values of a list with their labels, in order."""
    return _labels(choices, reader_language())


def spoken_choice(choices: type[Choices], value: str) -> str:
    """Return the label of one value."""
    return _labels(choices, reader_language())[value]


@lru_cache(maxsize=512)
def _labels(choices: type[Choices], _language: str) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
