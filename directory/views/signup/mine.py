"""One's own meetings, groups and dates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Person
from accounts.requests import SignedInRequest
from directory.choices import NotePlace, SeatState
from directory.forms.signup import FROM_HOME, IN_THE_ROOM, PlaceForm
from directory.loaders.signup import load_own_meeting, load_own_membership
from directory.models import Group, Meeting, Membership, Seat
from directory.queries.agreements import consents_of, has_accepted_current
from directory.queries.memberships import (
    answer_due_on,
    is_still_told,
    memberships_of,
    waiting_before,
)
from directory.queries.my_meetings import MyMeeting, my_next_meetings, my_room_watches
from directory.queries.notes import notes_for
from directory.queries.room_told import room_told
from directory.queries.rooms import online_room_for, room_opens_at
from directory.queries.seats import kept_places_open_at
from directory.queries.seats import waiting_before as waiting_for_a_seat_before
from directory.queries.site import crisis_lines_of
from directory.rules.rooms import why_no_address, why_no_online_room
from directory.rules.seats import why_not_take_seat

DATES_SHOWN = 10
# As many as there are of a weekly group, which keeps twelve weeks ahead.
DATES_OF_A_GROUP = 12


@require_safe
def my_meetings(request: SignedInRequest) -> HttpResponse:
    """Show the next dates across all groups, the groups, and what waits for an answer."""
    memberships = list(memberships_of(request.user))
    active = [membership for membership in memberships if membership.is_active]
    mine = my_next_meetings(request.user, now=timezone.now(), limit=DATES_SHOWN)
    context = {
        "offers": [one for one in mine if one.state == SeatState.OFFERED],
        "mine": [one for one in mine if one.state != SeatState.OFFERED],
        "watches": my_room_watches(request.user),
        "active": active,
        "pending": [_with_answer(one) for one in memberships if one.is_asked or one.is_waiting],
        "ended": [one for one in memberships if is_still_told(one)],
        "consents": consents_of(request.user),
        "has_new_agreement": bool(active or mine) and not has_accepted_current(request.user),
        "notes": notes_for(NotePlace.MEMBER),
        "back": {"next": request.path},
    }
    return render(request, "signup/my_meetings.html", context)


def _with_answer(membership: Membership) -> dict[str, Any]:
    return {"membership": membership, "answer_due_on": answer_due_on(membership)}


@require_safe
def my_group(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show one's own membership: the next dates, the way in, agreement, consent, leaving."""
    membership = load_own_membership(request.user, uuid)
    group = membership.group
    if not membership.is_active:
        return _not_in_yet(request, membership)
    now = timezone.now()
    context = {
        "membership": membership,
        "mine": my_next_meetings(request.user, now=now, limit=DATES_OF_A_GROUP, group=group),
        "notes": notes_for(NotePlace.MEMBER, group.format),
        "back": {"next": request.path},
        "other_way": {"takes_part": IN_THE_ROOM if membership.comes_online else FROM_HOME},
        **_way_in(request.user, group),
    }
    return render(request, "signup/my_group.html", context)


def _not_in_yet(request: SignedInRequest, membership: Membership) -> HttpResponse:
    context = {
        "membership": membership,
        "group": membership.group,
        "answer_due_on": answer_due_on(membership),
        "waiting_before": waiting_before(membership) if membership.is_waiting else None,
        "crisis_lines": crisis_lines_of(membership.group.country),
    }
    return render(request, "signup/my_request.html", context)


@require_safe
def my_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show one date of mine: my place at it, and the way in."""
    mine = load_own_meeting(request.user, uuid)
    group = mine.meeting.group
    context = {
        "mine": mine,
        "meeting": mine.meeting,
        "notes": notes_for(NotePlace.MEETING, group.format),
        "back": {"next": request.path},
        **_my_place(request.user, mine),
        **_way_in(request.user, group, mine.meeting),
    }
    return render(request, "signup/my_meeting.html", context)


def _my_place(person: Person, mine: MyMeeting) -> dict[str, Any]:
    """Give what the page of a date says of one's place, and of the way to one."""
    seat, refusal = mine.seat, why_not_take_seat(mine.meeting, person)
    form = PlaceForm(group=mine.meeting.group, comes_online=mine.comes_online)
    return {
        "why_not_take": refusal,
        # Who waits may take a free place at last, shortly before the start.
        "may_take_at_last": bool(seat and seat.is_waiting and refusal is None),
        "form": form if form.fields and mine.membership and not seat else None,
        "told": None if seat else room_told(mine.meeting),
        **_what_one_waits_for(seat, mine.meeting),
    }


def _what_one_waits_for(seat: Seat | None, meeting: Meeting) -> dict[str, Any]:
    if seat is None or not seat.is_waiting:
        return {"waiting_before": None, "kept_places_open_at": None}
    return {
        "waiting_before": waiting_for_a_seat_before(seat),
        "kept_places_open_at": kept_places_open_at(meeting, is_online=seat.is_online),
    }


def _way_in(person: Person, group: Group, meeting: Meeting | None = None) -> dict[str, Any]:
    """Give the address and the online room, each only to those who may have it now.

    `meeting`: the date that the page is about, where it is about one.
    """
    now = timezone.now()
    return {
        "group": group,
        "crisis_lines": crisis_lines_of(group.country),
        "why_no_address": why_no_address(group, person),
        "online_room": online_room_for(person, group, now) if group.is_online else None,
        "why_no_room": why_no_online_room(group, person, now) if group.is_online else None,
        "room_opens_at": room_opens_at(group, now, meeting) if group.is_online else None,
        "room_minutes": settings.ONLINE_ROOM_OPENS_MINUTES,
    }
