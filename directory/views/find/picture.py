"""The map as everybody gets it: a picture that is drawn here, and the towns in words."""

from __future__ import annotations

from dataclasses import astuple
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from directory.choices import ResultView
from directory.forms.find.labels import spoken_groups
from directory.geo import RADII, distance_km, in_unit, unit_of
from directory.outline import outline_within
from directory.queries.map import HEIGHT, WIDTH, NamedMark, map_of
from directory.queries.marks import Mark
from directory.queries.search import Search
from directory.queries.site import site_profile
from directory.views.find.addresses import address
from directory.views.find.dots import picture_of

CLOSEST, CLOSEST_WITH_TILES = 11, 17
TOWNS_LISTED = 40


def map_look(request: HttpRequest, search: Search, now: datetime) -> dict[str, Any]:
    """Return what the map's part of a page shows before anybody asks for more."""
    shown = map_of(search, now)
    path = reverse("map_marks")
    return {
        "outline": outline_within(shown.frame, WIDTH),
        "width": WIDTH,
        "height": HEIGHT,
        "picture": picture_of(shown),
        "towns": [_town(request, it) for it in shown.marks[:TOWNS_LISTED]],
        "has_areas": any(it.mark.has_area for it in shown.marks),
        "elsewhere": [_town(request, it) for it in shown.elsewhere[:TOWNS_LISTED]],
        # The words that were searched for, which may be other than those typed.
        "marks_url": address(request, path, q=search.words),
        "bounds": ",".join(f"{edge:.4f}" for edge in astuple(shown.box)),
        "closest": closest_zoom(),
        "tiles": settings.MAP_TILES_URL,
        "credit": settings.MAP_TILES_CREDIT,
    }


def closest_zoom() -> int:
    """Return how close one can come: an outline is no finer than some kilometres."""
    return CLOSEST_WITH_TILES if settings.MAP_TILES_URL else CLOSEST


def around(town: str) -> str:
    """Return where a mark is: "Around Leeds"."""
    return _("Around %(town)s") % {"town": town} if town else _("Away from larger towns")


def groups_around(it: NamedMark) -> str:
    """Return what a mark says: "12 groups around Leeds"."""
    groups = spoken_groups(it.mark.tally)
    if not it.town:
        return groups
    return _("%(groups)s around %(town)s") % {"groups": groups, "town": it.town}


def _town(request: HttpRequest, it: NamedMark) -> dict[str, Any]:
    """Return a line of the list: where, how many, and the address of the results close to it."""
    url = close_to(request, it.mark, request.path, view=ResultView.MAP)
    return {"name": around(it.town), "number": spoken_groups(it.mark.tally), "url": url}


def close_to(request: HttpRequest, mark: Mark, path: str, **changes: str) -> str:
    """Return the address of the results that lie around a mark."""
    near = f"{mark.latitude:.2f},{mark.longitude:.2f}"
    return address(request, path, place="", near=near, radius=str(_radius(mark)), **changes)


def _radius(mark: Mark) -> int:
    """Return the least radius to choose that holds the whole mark, in the unit of the country."""
    corners = ((mark.box.north, mark.box.east), (mark.box.south, mark.box.west))
    km = max(distance_km(mark.latitude, mark.longitude, *corner) for corner in corners)
    # The point of the address is rounded to a kilometre.
    needed = in_unit(km + 1, unit_of(site_profile().country))
    return next((radius for radius in RADII if radius >= needed), RADII[-1])
