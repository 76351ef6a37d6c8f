"""What is next, one group, one date."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from directory.actions.cover import write_look
from directory.choices import NotePlace
from directory.forms.facilitate.changes import CountForm
from directory.loaders.facilitate import (
    ask_to_facilitate,
    load_facilitated_group,
    load_meeting_to_run,
)
from directory.models import Attendance, ConfidentialityNote, Group, Meeting
from directory.queries.asked import asked_of
from directory.queries.calendar import running_series
from directory.queries.changes import undoable
from directory.queries.cover import count_waiting, with_cover
from directory.queries.cover_access import opens_to_cover_at
from directory.queries.date_inside import inside_of
from directory.queries.facilitating import (
    coming_dates,
    dates_to_count,
    facilitated_groups,
    requests_waiting,
    roster,
    today_and_next,
    waiting_list,
)
from directory.queries.memberships import turned_away_from
from directory.queries.moderation import current_facilitators
from directory.queries.notes import notes_for
from directory.queries.rooms import online_room_to_edit
from directory.queries.site import crisis_lines_of
from directory.rules.invitations import leads
from directory.rules.meetings import why_not_count_yet
from directory.rules.memberships import facilitates

DATES_SHOWN = 12
NOTES_SHOWN = 3


@require_safe
def tonight(request: SignedInRequest) -> HttpResponse:
    """Show today's dates and the next ones, and what waits for this facilitator."""
    ask_to_facilitate(request.user)
    now = timezone.now()
    groups = list(facilitated_groups(request.user))
    today, later = today_and_next(groups, now, request.user)
    # Two queries for both lists.
    dates = with_cover([*today, *later], now)
    context = {
        "today": dates[: len(today)],
        "later": dates[len(today) :],
        "to_count": dates_to_count(groups, now, request.user),
        "requests": requests_waiting(groups),
        "asked": asked_of(groups),
        "cover_waiting": count_waiting(request.user, now),
        "groups": groups,
    }
    return render(request, "facilitate/tonight.html", context)


@require_safe
def facilitated_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show a group to who runs it: requests, dates, members."""
    group, now = load_facilitated_group(request.user, uuid), timezone.now()
    context = {
        "group": group,
        "team": current_facilitators(group),
        "leads": leads(request.user, group),
        "requests": requests_waiting([group]),
        "asked": asked_of([group]),
        "dates": with_cover(coming_dates([group], now)[:DATES_SHOWN], now),
        "series": running_series(group),
        "undoable": undoable(group, request.user, now=now),
        "members": roster(group),
        "waiting": waiting_list(group),
        "turned_away": turned_away_from(group).count(),
        "room": online_room_to_edit(request.user, group),
        "notes": _notes(group),
        "crisis_lines": crisis_lines_of(group.country),
    }
    return render(request, "facilitate/facilitated_group.html", context)


def _notes(group: Group) -> list[ConfidentialityNote]:
    """Return the notes that are most about facilitating: those shown in the fewest places."""
    notes = notes_for(NotePlace.FACILITATE, group.format)
    return sorted(notes, key=lambda note: len(note.shown_on))[:NOTES_SHOWN]


@require_safe
def facilitated_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show one date to who runs it: who comes, the way in, the count."""
    meeting = load_meeting_to_run(request.user, uuid)
    context = about_meeting(request, meeting)
    context["form"] = CountForm(initial=count_of(context["attendance"]))
    return render(request, "facilitate/facilitated_meeting.html", context)


def about_meeting(request: SignedInRequest, meeting: Meeting) -> dict[str, Any]:
    """Return what the page of a date shows. That who stands in looked at it is written down."""
    now = timezone.now()
    stands_in = not facilitates(request.user, meeting.group_id)
    inside = inside_of(request.user, meeting, now)
    if stands_in and inside:
        write_look(meeting=meeting, by=request.user)
    return {
        "meeting": meeting,
        "stands_in": stands_in,
        "may_turn_away": not stands_in,
        "cover": with_cover([meeting], now)[0],
        "group": meeting.group,
        "inside": inside,
        "way_in": inside.way_in if inside else None,
        "opens_at": opens_to_cover_at(meeting),
        "attendance": Attendance.objects.filter(meeting=meeting).first() if inside else None,
        "why_no_count": why_not_count_yet(meeting, now=now),
        "is_over": meeting.ends_at <= now,
        "undoable": undoable(
            meeting.group, request.user, now=now, meeting=meeting, own_only=stands_in
        ),
        "crisis_lines": crisis_lines_of(meeting.group.country),
    }


def count_of(counted: Attendance | None) -> dict[str, int]:
    """Return what was counted, for the form."""
    return {"came": counted.came, "first_time": counted.first_time} if counted else {}
