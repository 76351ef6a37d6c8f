"""A request to join, and what visitors may know of who answers it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import memberships
from directory.actions.listings import update_listing
from directory.choices import MembershipState
from directory.forms.facilitate.people import AnswerForm, ListingForm
from directory.loaders.facilitate import ask_to_facilitate, load_request
from directory.models import FacilitatorProfile, Membership
from directory.queries.memberships import answer_due_on, is_full
from directory.refusals import Refused
from directory.rules.memberships import ANSWERED
from directory.views.facilitate.answers import saved

WELCOME = _("Welcome. We are glad that you are coming.")
# Kind sentences to start from: the address says which, so that choosing one needs no script.
NOT_THIS_TIME = {
    "full": (
        _("The group is full"),
        _(
            "Thank you for asking. Our group is full at the moment. "
            "You are welcome to ask again later."
        ),
    ),
    "other": (
        _("Another group may suit better"),
        _(
            "Thank you for asking. From what you wrote, another group may suit you better. "
            "The list of groups shows what there is near you and online."
        ),
    ),
    "pause": (
        _("No new people at the moment"),
        _(
            "Thank you for asking. Our group takes no new people at the moment. "
            "This says nothing about you, and we hope that you find a good place."
        ),
    ),
}


@require_http_methods(FORM_METHODS)
def answer_request(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show who asks to join, and say yes or not this time."""
    membership = load_request(request.user, uuid)
    group_page = redirect("facilitated_group", membership.group_id)
    if membership.state != MembershipState.ASKED:
        messages.info(request, str(ANSWERED))
        return group_page
    start = NOT_THIS_TIME.get(request.GET.get("no", ""))
    words = start[1] if start else WELCOME
    form = AnswerForm(posted(request), initial={"answer": words})
    if form.is_bound and form.is_valid():
        _answer(request, membership, form.cleaned_data["answer"])
        return group_page
    context = {
        "membership": membership,
        "group": membership.group,
        "due_on": answer_due_on(membership),
        "is_full": is_full(membership.group),
        "form": form,
        "says_no": start is not None,
        "starts": [(key, title) for key, (title, _words) in NOT_THIS_TIME.items()],
    }
    return render(request, "facilitate/answer_request.html", context)


def _answer(request: SignedInRequest, membership: Membership, words: str) -> None:
    accept = "accept" in request.POST
    try:
        answered = memberships.answer_request(
            membership=membership, by=request.user, accept=accept, answer=words
        )
    except Refused as refused:
        messages.info(request, str(refused.refusal))
        return
    if answered.state == MembershipState.WAITING:
        messages.success(request, _("Answered. The group is full, so they wait for a place."))
    elif accept:
        messages.success(request, _("Answered. They are in the group now."))
    else:
        messages.success(request, _("Answered. What they had told you is deleted."))


@require_http_methods(FORM_METHODS)
def my_listing(request: SignedInRequest) -> HttpResponse:
    """Let a facilitator choose what visitors may know of them."""
    ask_to_facilitate(request.user)
    profile = FacilitatorProfile.objects.filter(person=request.user).first()
    form = ListingForm(posted(request), instance=profile)
    if form.is_bound and form.is_valid():
        action = partial(update_listing, by=request.user, **form.cleaned_data)
        if saved(request, form, action, _("Saved.")):
            return redirect("my_listing")
    return render(request, "facilitate/my_listing.html", {"form": form})
