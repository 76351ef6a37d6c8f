"""The front page, and the finder by group and by date."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from directory.choices import Format
from directory.forms.find import FindForm
from directory.models import Article
from directory.queries.calendar import by_day, soonest_meetings
from directory.queries.search import (
    group_rows,
    groups_found,
    hits_without,
    meetings_found,
    online_instead,
    topics_to_choose,
)
from directory.views.public import public_page

PAGE_SIZE = 20
SOONEST_SHOWN = 4
ARTICLES_SHOWN = 2


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and offer a search, topics, formats and the soonest meetings."""
    context = {
        "find": FindForm(request.GET, path=request.path, topics=topics_to_choose()),
        "formats": Format.choices,
        "meetings": soonest_meetings(SOONEST_SHOWN),
        "articles": Article.objects.published()[:ARTICLES_SHOWN],
    }
    return render(request, "find/home.html", context)


@public_page
def find_groups(request: HttpRequest) -> HttpResponse:
    """List published groups that answer the address."""
    find = FindForm(request.GET, path=request.path, topics=topics_to_choose())
    page = _page(find, groups_found(find.search).select_related("place"))
    rows = group_rows(page.object_list, days=find.search.days)
    return _answer(request, "find/find_groups.html", find, page, rows=rows)


@public_page
def find_meetings(request: HttpRequest) -> HttpResponse:
    """List coming dates of published groups that answer the address, day by day."""
    find = FindForm(request.GET, path=request.path, topics=topics_to_choose())
    page = _page(find, meetings_found(find.search).for_listing())
    days = by_day(page.object_list)
    return _answer(request, "find/find_meetings.html", find, page, days=days)


def _answer(
    request: HttpRequest, template: str, find: FindForm, page: Page[Any], **listed: Any
) -> HttpResponse:
    """Answer with the page, or with the part that changes where htmx asks for it."""
    context = {"find": find, "page": page, **listed, **_instead(find, page)}
    if not request.htmx or request.htmx.history_restore_request:
        return render(request, template, context)
    response = render(request, f"{template}#results", context)
    response["HX-Push-Url"] = find.address(find.search)
    return response


def _page(find: FindForm, found: QuerySet[Any]) -> Page[Any]:
    """Return the page asked for; the first one, with a note, where there is no such page."""
    paginator = Paginator(found, PAGE_SIZE)
    if find.page > paginator.num_pages:
        find.unknown.append(str(find.page))
        return paginator.page(1)
    return paginator.page(find.page)


def _instead(find: FindForm, page: Page[Any]) -> dict[str, Any]:
    """Return what to offer where nothing was found."""
    if page.paginator.count:
        return {"drops": [], "online": []}
    drops = [
        {
            "label": find.spoken(kind),
            "url": find.address(find.search.without(kind)),
            "count": count,
        }
        for kind, count in hits_without(find.search)
    ]
    return {"drops": drops, "online": group_rows(online_instead(find.search))}
