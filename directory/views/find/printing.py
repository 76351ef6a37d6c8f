"""The groups of a search on paper: a list for the pocket, or in large print."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from directory.forms.find import FindForm, Links
from directory.forms.find.labels import spoken_groups
from directory.queries.calendar import running_series_of
from directory.queries.groups import with_addresses
from directory.queries.search import Found, find_groups
from directory.views.public import public_page

# More fill a book, not a pocket.
MOST = 200
SMALL, LARGE = "small", "large"


@public_page
def print_groups(request: HttpRequest) -> HttpResponse:
    """Lay out the groups that answer an address, two columns to a page or one in large print."""
    find = FindForm(request.GET, path=reverse("print_groups"))
    found = find_groups(find.search, sort=find.sort, page_size=MOST)
    context = {
        "found": found,
        "counted": spoken_groups(found.total),
        "is_cut": found.total.number > MOST,
        "most": MOST,
        "filters": [chip.label for chip in Links(find).chips],
        "entries": _entries(found),
        "as_of": timezone.localtime(),
        **_look(request, find),
    }
    return render(request, "find/print_groups.html", context)


def _entries(found: Found) -> list[dict[str, Any]]:
    """Return each group with the rules by which it meets."""
    groups = with_addresses(row.group.pk for row in found.rows)
    series = running_series_of(groups.values())
    return [
        {"row": row, "group": groups[row.group.pk], "series": series[row.group.pk]}
        for row in found.rows
        if row.group.pk in groups
    ]


def _look(request: HttpRequest, find: FindForm) -> dict[str, Any]:
    """Return the size of the letters, the addresses of both, and that of the page itself."""
    size = LARGE if request.GET.get("size") == LARGE else SMALL
    query = find.query(view="", why="")
    results = reverse("find_groups")
    return {
        "is_large": size == LARGE,
        "small_url": find.address(view="", why=""),
        "large_url": find.address(view="", why="", size=LARGE),
        "results_url": f"{results}?{query}" if query else results,
    }
