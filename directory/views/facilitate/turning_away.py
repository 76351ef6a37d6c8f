"""Somebody who takes single dates is turned away, and may come again."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import turning_away as actions
from directory.forms.facilitate.people import TurnAwayForm
from directory.loaders.facilitate import load_asked_group, load_turned_away
from directory.loaders.seats import load_seat_to_order
from directory.queries.memberships import turned_away_from
from directory.refusals import Refused
from directory.rules.memberships import facilitates
from directory.rules.turning_away import why_not_turn_away
from directory.views.facilitate.answers import saved

# Kind sentences to start from: the address says which, so that choosing one needs no script.
WORDS = {
    "members": (
        _("Only members for now"),
        _(
            "From now on our dates are for people who have joined the group. "
            "Thank you for having been with us."
        ),
    ),
    "other": (
        _("Another group may suit better"),
        _(
            "We think that another group may suit you better than ours. "
            "This says nothing about what you have been through, "
            "and we hope that you find a good place."
        ),
    ),
    "agreement": (
        _("What we agreed was not kept"),
        _(
            "Something happened that goes against what we agree with each other, "
            "and everybody has to feel safe here. So we cannot have you at our dates for now."
        ),
    ),
}
DEFAULT = "other"


@require_http_methods(FORM_METHODS)
def turn_away(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say why somebody who is not in the group cannot come any more; then they cannot."""
    seat = load_seat_to_order(request.user, uuid)
    group, date_page = seat.meeting.group, redirect("facilitated_meeting", seat.meeting_id)
    if refusal := why_not_turn_away(group, seat.person, request.user):
        messages.info(request, str(refusal))
        return date_page
    _title, words = WORDS.get(request.GET.get("why", ""), WORDS[DEFAULT])
    form = TurnAwayForm(posted(request), initial={"answer": words})
    if form.is_bound and form.is_valid():
        action = partial(
            actions.turn_away,
            group=group,
            person=seat.person,
            by=request.user,
            reason=form.cleaned_data["answer"],
        )
        if saved(request, form, action, _("Done. They are told, and can read your words.")):
            return date_page
    context = {
        "seat": seat,
        "meeting": seat.meeting,
        "group": group,
        "form": form,
        "starts": [(key, title) for key, (title, _words) in WORDS.items()],
    }
    return render(request, "facilitate/turn_away.html", context)


@require_safe
def turned_away(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show who cannot come: names to who runs the group, numbers to who moderates it."""
    group = load_asked_group(request.user, uuid)
    context = {
        "group": group,
        "turned_away": turned_away_from(group),
        "sees_names": facilitates(request.user, group.pk),
    }
    return render(request, "facilitate/turned_away.html", context)


@require_POST
def let_come_again(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let somebody come again who was turned away."""
    membership = load_turned_away(request.user, uuid)
    try:
        actions.let_come_again(membership=membership, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused.refusal))
    else:
        messages.success(request, _("Done. They can take places and join again."))
    return redirect("turned_away", membership.group_id)
