"""The front page, and the finder by group and by date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory.choices import Format, ResultView
from directory.forms.find import Boxes, FindForm, Links, pages_of
from directory.forms.find.labels import (
    spoken_groups,
    spoken_kind,
    spoken_meetings,
    spoken_words,
)
from directory.forms.find.links import RESULTS
from directory.forms.find.sentences import read_sentence
from directory.models import Article
from directory.queries import search
from directory.queries.calendar import by_day, soonest_meetings
from directory.queries.reasons import give_reasons
from directory.queries.search import Drop, Found, FoundMeetings, GroupRow, Search
from directory.queries.site import crisis_lines_of
from directory.text.danger import may_be_in_danger
from directory.text.locales import reader_language
from directory.views.find.marks import with_map_tiles
from directory.views.find.picture import map_look
from directory.views.find.week import week_look
from directory.views.public import public_page

SOONEST_SHOWN = 4
ARTICLES_SHOWN = 2


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and offer a search, topics, formats and the soonest meetings."""
    context = {
        "topics": Boxes(FindForm(request.GET, path=request.path), {}).topics,
        "formats": Format.choices,
        "meetings": soonest_meetings(SOONEST_SHOWN),
        "articles": Article.objects.published()[:ARTICLES_SHOWN],
    }
    return render(request, "find/home.html", context)


@public_page
@with_map_tiles
def find_groups(request: HttpRequest) -> HttpResponse:
    """List published groups that answer the address."""
    find, found = _read(request, _groups)
    if find.says_why:
        names = {topic.slug: topic.name for topic in find.offered.topics}
        give_reasons(found.rows, found.search, names)
    listed = {"rows": found.rows, "counted": spoken_groups(found.total), "by_date": False}
    return _answer(request, "find/find_groups.html", find, found, **listed)


@public_page
@with_map_tiles
def find_meetings(request: HttpRequest) -> HttpResponse:
    """List coming dates of published groups that answer the address, day by day."""
    find, found = _read(request, _meetings)
    days = by_day(found.meetings)
    listed = {"days": days, "counted": spoken_meetings(found.total), "by_date": True}
    return _answer(request, "find/find_meetings.html", find, found, **listed)


def _groups(find: FindForm) -> Found:
    return search.find_groups(find.search, sort=find.sort, page=find.page)


def _meetings(find: FindForm) -> FoundMeetings:
    return search.find_meetings(find.search, page=find.page)


def _read(request: HttpRequest, look: Callable[[FindForm], Any]) -> tuple[FindForm, Any]:
    """Read the address and look; words that find nothing are read as a sentence with filters."""
    zone = request.user.time_zone if request.user.is_authenticated else ""
    find = FindForm(request.GET, path=request.path, zone=zone)
    found = look(find)
    meant = None if found.total else read_sentence(request.GET, find)
    if meant is None:
        return find, found
    form = FindForm(meant, path=request.path, zone=zone)
    if not form.kinds:
        # A place that nobody knows and nothing else: these would be all groups.
        return find, found
    # Whatever leads on from here, a week, a map, a chip, begins with what was meant.
    request.GET = meant  # type: ignore[assignment] # it is read, and never written
    form.sentence = find.search.words
    return form, look(form)


def _answer(
    request: HttpRequest, template: str, find: FindForm, found: Found | FoundMeetings, **listed: Any
) -> HttpResponse:
    """Answer with the page, or with the part that changes where htmx asks for it."""
    if found.page != find.page:
        find.unknown.append(str(find.page))
    context = {
        "find": find,
        "found": found,
        "boxes": Boxes(find, found.tallies),
        "links": Links(find),
        "pages": pages_of(find, found.page, found.page_count),
        "is_beyond": found.is_beyond,
        **listed,
        **_look(request, find, found),
        **_instead(find, found),
    }
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    if not htmx or htmx.history_restore_request:
        return render(request, template, context)
    response = render(request, "find/_in_place.html", context)
    response["HX-Push-Url"] = find.address()
    return response


def _look(request: HttpRequest, find: FindForm, found: Found | FoundMeetings) -> dict[str, Any]:
    """Return the week or the map above the list, where one is asked for."""
    looks = {ResultView.WEEK: ("week", week_look), ResultView.MAP: ("map", map_look)}
    if find.view not in looks or not found.total:
        return {"week": None, "map": None}
    name, look = looks[ResultView(find.view)]
    return {"week": None, "map": None, name: look(request, found.search, timezone.now())}


def _instead(find: FindForm, found: Found | FoundMeetings) -> dict[str, Any]:
    """Return what to offer where nothing was found, or where somebody may be in danger."""
    in_danger = may_be_in_danger(find.sentence or find.search.words)
    offered = {"drops": [], "alone": [], "online": [], "in_danger": in_danger, "helplines": []}
    if in_danger or not found.total:
        offered["helplines"] = crisis_lines_of(find.country)
    if found.total:
        return offered
    # Nobody is told that there would be groups without "kill myself".
    drops = [] if in_danger else search.drops(found.search)
    alone = [] if in_danger or drops else search.alone(found.search)
    return offered | {
        "drops": [_less(find, drop, drop.from_search(find.search)) for drop in drops],
        "alone": [_less(find, kept, find.search.only(kept.kind)) for kept in alone],
        "online": _online(found.search),
    }


def _online(asked: Search) -> list[GroupRow]:
    """Return a few groups online, in the reader's language where there are any."""
    own = replace(asked, languages=asked.languages or (reader_language(),))
    return search.online_instead(own) or search.online_instead(asked)


def _less(find: FindForm, drop: Drop, less: Search) -> dict[str, str]:
    """Return what is left out, or kept alone, with the search for less that it leads to."""
    return {
        "label": spoken_words(drop.part) if drop.part else spoken_kind(find, drop.kind),
        "url": find.address(less) + RESULTS,
        "count": spoken_groups(drop.tally),
    }
