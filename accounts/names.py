"""Names that give nobody away, for those who do not know what to call themselves."""

from __future__ import annotations

import secrets

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


def suggest_name() -> str:
    """Suggest a display name such as “Heron 41”. Two people may have the same one."""
    return f"{secrets.choice(THINGS)} {secrets.randbelow(90) + 10}"
