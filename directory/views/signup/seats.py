"""Buttons that take a place at a date and give it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from directory.actions import seats
from directory.choices import SeatState
from directory.loaders.signup import load_own_meeting
from directory.refusals import Refused
from directory.rules.seats import NEW_AGREEMENT


@require_POST
def take_seat(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take a place, or wait for one where the date is full."""
    meeting = load_own_meeting(request.user, uuid).meeting
    try:
        seat = seats.take_seat(meeting=meeting, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        if refused.refusal == NEW_AGREEMENT:
            way_back = urlencode({"next": _back(request, uuid)})
            return HttpResponseRedirect(f"{reverse('accept_agreement')}?{way_back}")
        return redirect(_back(request, uuid))
    if seat.state == SeatState.CONFIRMED:
        messages.success(request, _("You have a place."))
    else:
        messages.info(request, _("This date is full. You are on the waiting list for it."))
    return redirect(_back(request, uuid))


@require_POST
def give_back_seat(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Give a place back, or leave the waiting list."""
    meeting = load_own_meeting(request.user, uuid).meeting
    try:
        seats.give_back_seat(meeting=meeting, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        messages.success(request, _("You gave your place back. Nobody asks why."))
    return redirect(_back(request, uuid))


def _back(request: SignedInRequest, uuid: UUID) -> str:
    """Return the page of this site that the button stood on."""
    asked_for = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked_for, allowed_hosts=None):
        return asked_for
    return reverse("my_meeting", args=[uuid])
