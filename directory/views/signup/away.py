"""Being away for a while, or usually taking part in the other way, as a member of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import seats
from directory.forms.signup import FROM_HOME, AwayForm
from directory.loaders.signup import load_own_membership
from directory.models import Membership
from directory.refusals import Refused

BACK_AGAIN = "back"


@require_http_methods(FORM_METHODS)
def set_away(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say from when to when one does not come, or that one comes again."""
    membership = load_own_membership(request.user, uuid)
    if not membership.is_active:
        raise Http404
    days = {"away_from": membership.away_from, "away_until": membership.away_until}
    form = AwayForm(posted(request), initial=days)
    if BACK_AGAIN in request.POST:
        form = AwayForm(initial=days)
        if _save(request, membership, form, away_from=None, away_until=None):
            messages.success(request, _("Welcome back. You are no longer down as away."))
            return redirect("my_group", membership.pk)
    elif (
        form.is_bound and form.is_valid() and _save(request, membership, form, **form.cleaned_data)
    ):
        messages.success(request, _("Noted. Nobody asks why."))
        return redirect("my_group", membership.pk)
    context = {"membership": membership, "group": membership.group, "form": form}
    return render(request, "signup/set_away.html", context)


@require_POST
def change_usual_way(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say that one usually takes part from home, or in the room, from now on."""
    membership = load_own_membership(request.user, uuid)
    if not membership.is_active:
        raise Http404
    at_home = request.POST.get("takes_part") == FROM_HOME
    try:
        way = seats.change_usual_way(membership=membership, by=request.user, comes_online=at_home)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return redirect("my_group", membership.pk)
    if at_home:
        messages.success(request, _("Noted. From now on you usually take part from home."))
    else:
        messages.success(request, _("Noted. From now on you usually come to the room."))
    if way.stayed:
        messages.warning(request, _no_place_at(way.stayed))
    return redirect("my_group", membership.pk)


def _no_place_at(dates: int) -> str:
    return ngettext(
        "At %(dates)d date there is no place left in that way. There, all stays as it was.",
        "At %(dates)d dates there is no place left in that way. There, all stays as it was.",
        dates,
    ) % {"dates": dates}


def _save(request: SignedInRequest, membership: Membership, form: AwayForm, **days: Any) -> bool:
    try:
        seats.set_away(membership=membership, by=request.user, **days)
    except Refused as refused:
        if form.is_bound:
            form.refuse(refused.refusal)
        else:
            messages.error(request, str(refused.refusal))
        return False
    return True
