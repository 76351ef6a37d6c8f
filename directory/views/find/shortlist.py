"""A few groups side by side. Which ones stands in the address: no account, no cookie."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from directory.queries.search import Search, find_groups
from directory.queries.shortlist import MOST, Shortlist, shortlisted
from directory.views.public import public_page

LONGEST_SLUG = 80
LONGEST_WORDS = 200
SUGGESTIONS = 5


@public_page
def shortlist(request: HttpRequest) -> HttpResponse:
    """Compare up to four groups, and offer to add another."""
    typed = (slug.replace("\x00", "")[:LONGEST_SLUG] for slug in request.GET.getlist("group"))
    listed = shortlisted(slug for slug in typed if slug)
    context = {
        "shortlist": listed,
        "columns": [(column, _without(listed, column.group.slug)) for column in listed.columns],
        "address": address_of(listed.slugs),
        "most": MOST,
        **_others(request, listed),
    }
    return render(request, "find/shortlist.html", context)


def address_of(slugs: Iterable[str]) -> str:
    """Return the address that compares these groups."""
    query = urlencode({"group": list(slugs)}, doseq=True)
    return f"{reverse('shortlist')}?{query}" if query else reverse("shortlist")


def _without(listed: Shortlist, slug: str) -> str:
    return address_of(one for one in listed.slugs if one != slug)


def _others(request: HttpRequest, listed: Shortlist) -> dict[str, Any]:
    """Return groups that answer the words typed, each with the address that adds it."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS]
    if not words or listed.is_full:
        return {"words": words, "others": []}
    found = [row.group for row in find_groups(Search(words=words)).rows]
    others = [group for group in found if group.slug not in listed.slugs][:SUGGESTIONS]
    return {"words": words, "others": [(it, address_of([*listed.slugs, it.slug])) for it in others]}
