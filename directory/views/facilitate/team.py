"""Who helps to run a group: asked by who leads it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import invitations
from directory.choices import FacilitatorRole
from directory.forms.facilitate.team import CoFacilitatorForm
from directory.loaders.facilitate import load_led_group, load_sent_invitation
from directory.queries.moderation import invited_by
from directory.refusals import Refused
from directory.views.facilitate.answers import saved


@require_http_methods(FORM_METHODS)
def invite_co_facilitator(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody by mail to help to run a group, and show who was asked."""
    group = load_led_group(request.user, uuid)
    form = CoFacilitatorForm(posted(request))
    if form.is_bound and form.is_valid():
        action = partial(
            invitations.invite_facilitator,
            group=group,
            by=request.user,
            email=form.cleaned_data["email"],
            role=FacilitatorRole.CO,
        )
        if saved(request, form, action, _("The invitation is on its way. It holds for 14 days.")):
            return redirect("invite_co_facilitator", group.pk)
    context = {
        "group": group,
        "form": form,
        "invited": invited_by(request.user, group),
        "now": timezone.now(),
    }
    return render(request, "facilitate/invite_co_facilitator.html", context)


@require_POST
def take_back_invitation(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take back an invitation that one sent."""
    invitation = load_sent_invitation(request.user, uuid)
    try:
        invitations.withdraw_invitation(invitation=invitation, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused.refusal))
    else:
        messages.success(request, _("Taken back: the link in the mail no longer works."))
    return redirect("invite_co_facilitator", invitation.group_id)
