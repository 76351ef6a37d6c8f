"""Buttons that take a place at a date, give it back, and answer an offer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from directory.actions import seats
from directory.choices import SeatState
from directory.forms.signup import FROM_HOME, PlaceForm
from directory.loaders.signup import load_own_meeting
from directory.models import Seat
from directory.queries.my_meetings import SEEN, MyMeeting
from directory.refusals import Refused
from directory.rules.seats import NEW_AGREEMENT


@require_POST
def take_seat(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take a place again, or wait for one where the date is full."""
    mine = load_own_meeting(request.user, uuid)
    form = PlaceForm(request.POST, group=mine.meeting.group)
    if not form.is_valid():
        for sentences in form.errors.values():
            messages.error(request, " ".join(map(str, sentences)))
        return redirect("my_meeting", uuid)
    return _press(request, mine, seats.take_seat, **form.wishes)


@require_POST
def give_back_seat(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Give a place back, leave the waiting list, or let an offer go."""
    mine = load_own_meeting(request.user, uuid)
    said = _("You gave your place back. Nobody asks why.")
    if mine.state == SeatState.WAITING:
        said = _("You wait no longer for this date.")
    return _press(request, mine, seats.give_back_seat, said)


@require_POST
def accept_offer(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take the place that is held."""
    mine = load_own_meeting(request.user, uuid)
    return _press(request, mine, seats.accept_offer, _("You have a place."))


@require_POST
def decline_offer(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let somebody else have the place that is held."""
    mine = load_own_meeting(request.user, uuid)
    said = _("Thank you for answering. The next person is asked now.")
    return _press(request, mine, seats.decline_offer, said)


@require_POST
def change_way(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take part from home instead of in the room, or the other way round."""
    mine = load_own_meeting(request.user, uuid)
    is_online = request.POST.get("takes_part") == FROM_HOME
    said = _("You have a place in the room.")
    if is_online:
        said = _("You take part from home. Your place in the room is free.")
    return _press(request, mine, seats.change_way, said, is_online=is_online)


def say_what_came_of_it(request: SignedInRequest, seat: Seat) -> None:
    """Say on the next page whether there is a place, or a waiting list."""
    if seat.state == SeatState.CONFIRMED:
        messages.success(request, _("You have a place."))
    elif seat.state == SeatState.OFFERED:
        messages.info(request, _("A place is held for you. Please say whether you take it."))
    else:
        messages.info(request, _("This date is full. You are on the waiting list for it."))


def _press(
    request: SignedInRequest,
    mine: MyMeeting,
    action: Callable[..., Seat],
    said: str = "",
    **wishes: Any,
) -> HttpResponse:
    """Do what a button says and tell that it is done, or why not; then lead back."""
    try:
        seat = action(meeting=mine.meeting, by=request.user, **wishes)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        back = _back(request, mine)
        if refused.refusal == NEW_AGREEMENT:
            return redirect(f"{reverse('accept_agreement')}?{urlencode({'next': back})}")
        return redirect(back)
    if said:
        messages.success(request, said)
    else:
        say_what_came_of_it(request, seat)
    return redirect(_back(request, mine))


def _back(request: SignedInRequest, mine: MyMeeting) -> str:
    """Return the page of this site that the button stood on, while it is there for this person.

    A date that one only came to once is no longer among one's own when the place is given back.
    """
    own_page = reverse("my_meeting", args=[mine.meeting.pk])
    asked_for = request.POST.get("next", "") or own_page
    own = Seat.objects.of(request.user).filter(state__in=SEEN, meeting=mine.meeting)
    if asked_for == own_page and mine.membership is None and not own.exists():
        return reverse("my_meetings")
    return asked_for if url_has_allowed_host_and_scheme(asked_for, allowed_hosts=None) else own_page
