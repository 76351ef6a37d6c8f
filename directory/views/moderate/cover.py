"""Dates of one's organisations at which somebody is missing."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from directory.loaders.moderate import ask_to_moderate
from directory.queries.cover import with_cover
from directory.queries.cover_missing import dates_to_staff

PAGE_SIZE = 30


@require_safe
def moderated_cover(request: SignedInRequest) -> HttpResponse:
    """Show the dates that need somebody, those within two days first."""
    ask_to_moderate(request.user)
    now = timezone.now()
    dates = dates_to_staff(request.user, now).select_related("group__organisation", "group__place")
    page = Paginator(dates, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = with_cover(page.object_list, now)
    context = {
        "soon": [row for row in rows if row.is_soon],
        "later": [row for row in rows if not row.is_soon],
        "page": page,
    }
    return render(request, "moderate/cover.html", context)
