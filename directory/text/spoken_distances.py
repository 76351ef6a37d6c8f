"""Distances in the words that people use for them."""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.geo import in_unit

# From here on nobody cares for a tenth.
FAR = 10


def spoken_length(number: int, unit: str) -> str:
    """Return "10 miles" or "1 kilometre"; `unit` is "mi" or "km"."""
    if unit == "mi":
        return ngettext("%(number)s mile", "%(number)s miles", number) % {"number": number}
    return ngettext("%(number)s kilometre", "%(number)s kilometres", number) % {"number": number}


def spoken_distance(km: float, unit: str, *, is_area: bool) -> str:
    """Return "2.4 miles", or "about 3 miles" where no more than an area is known."""
    distance = in_unit(km, unit)
    if is_area:
        about = {"distance": spoken_length(max(1, round(distance)), unit)}
        return _("about %(distance)s") % about
    if distance >= FAR:
        return spoken_length(round(distance), unit)
    tenths = {"number": number_format(round(distance, 1), 1)}
    return (_("%(number)s miles") if unit == "mi" else _("%(number)s kilometres")) % tenths
