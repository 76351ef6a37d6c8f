"""Names that give nobody away, for those who do not know what to call themselves."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext_lazy as _

THINGS = (
    _("Acorn"),
    _("Anchor"),
    _("Birch"),
    _("Breeze"),
    _("Brook"),
    _("Candle"),
    _("Cedar"),
    _("Clover"),
    _("Fern"),
    _("Harbour"),
    _("Hazel"),
    _("Heron"),
    _("Juniper"),
    _("Kettle"),
    _("Lantern"),
    _("Maple"),
    _("Meadow"),
    _("Otter"),
    _("Pebble"),
    _("Plum"),
    _("River"),
    _("Robin"),
    _("Sparrow"),
    _("Willow"),
)

# Joins letters in Persian, Hindi and others; everything else of its kind only hides.
_JOINERS = "\u200c\u200d"
# Letters and a symbol that are drawn as nothing.
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0"


def visible_name(name: str) -> str:
    """Return a name on one line, without what cannot be seen or turns the direction of a page.

    Empty where nothing is left that one could see.
    """
    seen = [
        letter
        for letter in name
        if letter in _JOINERS or letter.isspace() or unicodedata.category(letter)[0] != "C"
        if letter not in _BLANKS
    ]
    kept = " ".join("".join(seen).split())
    return kept if any(unicodedata.category(letter)[0] in "LNPS" for letter in kept) else ""


def suggest_name() -> str:
    """Suggest a display name such as “Heron 41”. Two people may have the same one."""
    return f"{secrets.choice(THINGS)} {secrets.randbelow(90) + 10}"
