"""The pages of one group, one meeting, an organisation, and the list of facilitators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from directory.choices import GroupStatus, NotePlace
from directory.exchange.schema_org import group_event, meeting_event
from directory.loaders.find import (
    load_facilitator,
    load_group_or_resting,
    load_meeting,
    load_organisation,
)
from directory.models import Group, Membership
from directory.queries.calendar import changes_ahead, local_day, next_dates, running_series
from directory.queries.facilitators import (
    listed_facilitators,
    names_of,
    published_groups_of,
)
from directory.queries.groups import topics_of
from directory.queries.memberships import membership_of, places_left
from directory.queries.notes import notes_for
from directory.queries.room_told import room_told
from directory.queries.search import group_rows
from directory.queries.site import crisis_lines_of
from directory.rules.groups import is_unconfirmed
from directory.views.public import public_page

PAGE_SIZE = 20


@public_page
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a group: what to expect, where and when, and how one joins."""
    shown = load_group_or_resting(slug)
    if not shown.is_published:
        return _resting(request, shown)
    context = group_context(shown) | {"standing": _standing(request, shown)}
    return render(request, "find/group.html", context)


def group_context(shown: Group) -> dict[str, Any]:
    """Return what the page of a group shows; its moderators see a draft with it too."""
    dates = next_dates(shown)
    series = running_series(shown)
    return {
        "group": shown,
        "topics": topics_of(shown),
        "dates": dates,
        "changed": changes_ahead(shown, dates),
        "series": series,
        "facilitators": names_of(shown),
        "is_unconfirmed": is_unconfirmed(shown),
        "notes": notes_for(NotePlace.GROUP, shown.format),
        "crisis_lines": crisis_lines_of(shown.country),
        "event": group_event(shown, series=series, dates=dates),
        "is_full": places_left(shown) == 0,
        "standing": None,
    }


def _standing(request: HttpRequest, shown: Group) -> Membership | None:
    """Return the reader's own membership, where they are in the group or on the way to it."""
    if not request.user.is_authenticated:
        return None
    standing = membership_of(request.user, shown)
    return standing if standing and standing.state in Membership.OPEN else None


def _resting(request: HttpRequest, shown: Group) -> HttpResponse:
    has_closed = shown.status == GroupStatus.CLOSED
    context = {
        "group": shown,
        "has_closed": has_closed,
        "crisis_lines": crisis_lines_of(shown.country),
    }
    return render(request, "find/resting_group.html", context, status=410 if has_closed else 200)


@public_page
def meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show one date of a group."""
    shown = load_meeting(uuid)
    context = {
        "meeting": shown,
        "group": shown.group,
        "day": local_day(shown),
        "is_over": shown.ends_at <= timezone.now(),
        "facilitators": names_of(shown.group),
        "notes": notes_for(NotePlace.MEETING, shown.group.format),
        "crisis_lines": crisis_lines_of(shown.group.country),
        "event": meeting_event(shown),
        "is_full": places_left(shown.group) == 0,
        "told": room_told(shown),
        "standing": _standing(request, shown.group),
    }
    return render(request, "find/meeting.html", context)


@public_page
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who answers for groups, and their published groups."""
    shown = load_organisation(slug)
    groups = Group.objects.filter(organisation=shown).select_related("place")
    page = Paginator(groups, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "organisation": shown,
        "page": page,
        "rows": group_rows(page.object_list),
        "crisis_lines": crisis_lines_of(shown.country),
    }
    return render(request, "find/organisation.html", context)


@public_page
def facilitators(request: HttpRequest) -> HttpResponse:
    """List the facilitators who chose to be listed, by their public first names."""
    page = Paginator(listed_facilitators(), PAGE_SIZE).get_page(request.GET.get("page"))
    groups = published_groups_of(page.object_list)
    listed = [(profile, groups[profile.pk]) for profile in page.object_list]
    return render(request, "find/facilitators.html", {"page": page, "listed": listed})


@public_page
def facilitator(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a facilitator who chose to be listed, with the groups they run."""
    shown = load_facilitator(uuid)
    rows = group_rows(published_groups_of([shown])[shown.pk])
    return render(request, "find/facilitator.html", {"facilitator": shown, "rows": rows})
