from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import invitations as actions
from directory.forms.moderate.people import InvitationForm
from directory.loaders.moderate import (
    load_moderated_facilitator,
    load_moderated_group,
    load_moderated_invitation,
)
from directory.refusals import Refused
from directory.views.moderate.answers import done


@require_http_methods(FORM_METHODS)
def invite_facilitator(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Ask somebody by mail to run a group."""
    group = load_moderated_group(request.user, uuid)
    form = InvitationForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            actions.invite_facilitator(group=group, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_refusal(refused.refusal)
        else:
            messages.success(request, _("The invitation is on its way. It holds for 14 days."))
            return redirect("moderated_group", group.pk)
    return render(request, "moderate/invite_facilitator.html", {"group": group, "form": form})


@require_POST
def send_invitation_again(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Mail an invitation once more."""
    invitation = load_moderated_invitation(request.user, uuid)
    done(
        request,
        partial(actions.send_invitation_again, invitation=invitation, by=request.user),
        _("Sent again. It holds for 14 days from now."),
    )
    return redirect("moderated_group", invitation.group_id)


@require_POST
def withdraw_invitation(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take an invitation back."""
    invitation = load_moderated_invitation(request.user, uuid)
    done(
        request,
        partial(actions.withdraw_invitation, invitation=invitation, by=request.user),
        _("Taken back: the link in the mail no longer works."),
    )
    return redirect("moderated_group", invitation.group_id)


@require_http_methods(FORM_METHODS)
def end_facilitator(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Ask once more, then end somebody's part in running a group."""
    facilitator = load_moderated_facilitator(request.user, uuid)
    if request.method == "POST":
        done(
            request,
            partial(actions.end_facilitator, facilitator=facilitator, by=request.user),
            _("Done. This person can no longer see or change anything of the group."),
        )
        return redirect("moderated_group", facilitator.group_id)
    context = {"facilitator": facilitator, "group": facilitator.group}
    return render(request, "moderate/end_facilitator.html", context)
