"""Being away for a while, as a member of a group."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import seats
from directory.forms.signup import AwayForm
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
