"""The marks of the map that moves, and what its page may load."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from math import floor
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone

from directory.choices import ResultView
from directory.forms.find import FindForm
from directory.forms.find.labels import spoken_number
from directory.mercator import Box
from directory.models import Group
from directory.queries.map import TILES_A_SIDE, NamedMark, merged, named, towns_within
from directory.queries.marks import WORLD, Mark, marks_of
from directory.queries.search import Tally
from directory.views.find.more import and_more
from directory.views.find.picture import close_to, closest_zoom, groups_around
from directory.views.public import public_page

LEAST_ZOOM = 1
# From here on an area is wide enough on the screen to be seen as one.
AREAS_DRAWN_FROM = 8
TOWNS_NAMED = 24
# Pixels between two marks: each can be pressed with a thumb.
APART = 52
# No map is so wide. Whoever asks for the whole world, house by house, gets what fits on a screen.
WIDEST_SCREEN = 2500

View = Callable[..., HttpResponse]


def with_map_tiles(view: View) -> View:
    """Let a view that shows the map load pictures of the server that the operator named."""

    @wraps(view)
    def allowing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if settings.MAP_TILES_URL and request.GET.get("view") == ResultView.MAP:
            parts = urlsplit(settings.MAP_TILES_URL)
            tiles = f"{parts.scheme}://{parts.netloc}"
            response._csp_update = {"img-src": [tiles]}  # type: ignore[attr-defined] # read by csp
        return response

    return allowing


@public_page
def map_marks(request: HttpRequest) -> HttpResponse:
    """Return the marks of a part of the map that answer the address, and the towns to name."""
    find = FindForm(request.GET, path=request.path)
    box = _box(request.GET.get("bounds", ""))
    zoom = _zoom(request.GET.get("zoom", ""), box)
    marks = marks_of(find.search, timezone.now(), box=box, zoom=floor(zoom) + TILES_A_SIDE - 1)
    towns = towns_within(box)
    areas = [_point(mark) for mark in marks if mark.is_area and zoom >= AREAS_DRAWN_FROM]
    shown = named(merged(marks, zoom, apart=APART), zoom, towns)
    groups = _names(id_ for it in shown if _is_told(it.mark, zoom) for id_ in it.mark.ids)
    told = [_told(request, it, zoom, groups) for it in shown]
    largest = [(name, *point) for name, _people, *point in towns[:TOWNS_NAMED]]
    return JsonResponse({"marks": told, "areas": areas, "towns": largest})


def _point(mark: Mark) -> list[float]:
    return [round(mark.latitude, 4), round(mark.longitude, 4)]


def _zoom(typed: str, box: Box) -> float:
    """Return the zoom asked for, as far as a screen holds the box then."""
    try:
        asked = min(closest_zoom(), float(typed))
    except ValueError:
        asked = LEAST_ZOOM
    return max(LEAST_ZOOM, min(asked, box.zoom_to_fit(WIDEST_SCREEN, WIDEST_SCREEN)))


def _box(typed: str) -> Box:
    """Return the part of the world asked for, "west,south,east,north"; otherwise all of it."""
    try:
        west, south, east, north = map(float, typed.split(","))
    except ValueError:
        return WORLD
    if not (-360 <= west < east <= 360 and -90 <= south < north <= 90):
        return WORLD
    limits = WORLD
    return Box(
        max(limits.west, west),
        max(limits.south, south),
        min(limits.east, east),
        min(limits.north, north),
    )


def _is_told(mark: Mark, zoom: float) -> bool:
    """Whether a mark tells its groups by name; otherwise it is pressed to come closer."""
    return mark.is_one_point or mark.is_area or zoom >= closest_zoom()


def _names(ids: Iterable[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return name and address of these groups."""
    groups = Group.objects.filter(pk__in=list(ids)).values_list("pk", "name", "slug")
    return {pk: (name, reverse("group", args=[slug])) for pk, name, slug in groups}


def _told(
    request: HttpRequest, it: NamedMark, zoom: float, groups: dict[UUID, tuple[str, str]]
) -> dict[str, Any]:
    mark = it.mark
    told: dict[str, Any] = {
        "at": _point(mark),
        "number": spoken_number(mark.tally),
        "words": groups_around(it),
        "is_area": mark.is_area,
        "has_area": mark.has_area,
    }
    if not _is_told(mark, zoom):
        return told | {"box": [[mark.box.south, mark.box.west], [mark.box.north, mark.box.east]]}
    told["groups"] = sorted(groups[id_] for id_ in mark.ids if id_ in groups)
    left = mark.tally.number - len(told["groups"])
    if left > 0:
        told["more"] = {
            "words": and_more(Tally(left, is_more=mark.tally.is_more)),
            "url": close_to(request, mark, reverse("find_groups")),
        }
    return told
