"""Distances in the words that people use for them."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.geo import in_unit
from directory.text.locales import reader_language

# From here on nobody cares for a tenth.
FAR = 10
LENGTHS_KEPT = 2048


def spoken_length(length: float, unit: str) -> str:
    """Return "10 miles", "1 kilometre" or "2.4 miles"; `unit` is "mi" or "km"."""
    return _said_length(round(length, 1), unit, reader_language())


@lru_cache(maxsize=LENGTHS_KEPT)
def _said_length(length: float, unit: str, _language: str) -> str:
    whole = int(length) if length == int(length) else length
    number = number_format(whole, force_grouping=True)
    # Halves are told like more than one: "0.5 miles".
    several = 1 if length == 1 else max(2, ceil(length))
    if unit == "mi":
        words = ngettext("%(number)s mile", "%(number)s miles", several)
    else:
        words = ngettext("%(number)s kilometre", "%(number)s kilometres", several)
    return words % {"number": number}


def spoken_distance(km: float, unit: str, *, is_area: bool) -> str:
    """Return "2.4 miles", or "about 3 miles" where no more than an area is known."""
    distance = in_unit(km, unit)
    if is_area:
        return _("about %(distance)s") % {"distance": spoken_length(max(1, round(distance)), unit)}
    return spoken_length(round(distance) if distance >= FAR else distance, unit)
