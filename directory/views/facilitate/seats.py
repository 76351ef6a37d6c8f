"""The places of a date: how many, who waits, who goes first."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import seats as actions
from directory.forms.facilitate.seats import GoFirstForm, PlacesForm
from directory.loaders.facilitate import load_facilitated_meeting
from directory.loaders.seats import load_seat_to_order
from directory.models import Meeting, Seat
from directory.queries.seat_list import SeatLine, pools_of
from directory.queries.site import crisis_lines_of
from directory.rules.seats import NOT_WAITING, why_not_at_all
from directory.views.facilitate.answers import saved


@require_safe
def waiting_list(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show the places of a date, for whom one is held, and who waits, in order."""
    meeting = load_facilitated_meeting(request.user, uuid)
    context = _about(meeting) | {
        "pools": pools_of(meeting),
        "may_change": why_not_at_all(meeting) is None,
    }
    return render(request, "facilitate/waiting_list.html", context)


@require_http_methods(FORM_METHODS)
def let_go_first(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let somebody who waits go before others, and say why."""
    seat = load_seat_to_order(request.user, uuid)
    ahead = _ahead_of(seat)
    if not ahead:
        messages.info(request, str(NOT_WAITING if not seat.is_waiting else _FIRST_ALREADY))
        return redirect("waiting_list", seat.meeting_id)
    form = GoFirstForm(posted(request), ahead=ahead)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["before"]
        action = partial(
            actions.let_go_first,
            seat=seat,
            by=request.user,
            before=Seat.objects.get(pk=chosen) if chosen else None,
            reason=form.cleaned_data["reason"],
        )
        if saved(request, form, action, _("Done. The order is changed, and your reason is kept.")):
            return redirect("waiting_list", seat.meeting_id)
    context = _about(seat.meeting) | {"seat": seat, "form": form}
    return render(request, "facilitate/let_go_first.html", context)


@require_http_methods(FORM_METHODS)
def change_places(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Give one date a number of places of its own."""
    meeting = load_facilitated_meeting(request.user, uuid)
    form = PlacesForm(posted(request), meeting=meeting)
    if form.is_bound and form.is_valid():
        action = partial(actions.change_capacity, meeting=meeting, by=request.user, **form.places)
        if saved(request, form, action, _("Saved. Places that came free are offered in order.")):
            return redirect("waiting_list", meeting.pk)
    context = _about(meeting) | {"form": form, "pools": pools_of(meeting)}
    return render(request, "facilitate/change_places.html", context)


def _ahead_of(seat: Seat) -> list[SeatLine]:
    """Return who waits for the same places before this person; empty if they do not wait."""
    for pool in pools_of(seat.meeting):
        keys = [line.seat for line in pool.waiting]
        if seat.pk in keys:
            return pool.waiting[: keys.index(seat.pk)]
    return []


def _about(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "group": meeting.group,
        "crisis_lines": crisis_lines_of(meeting.group.country),
    }


_FIRST_ALREADY = _("This person is the first in line already.")
