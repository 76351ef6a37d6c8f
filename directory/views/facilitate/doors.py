"""Ways in: a person's into a group's team, and a member's into the online room."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import invitations
from directory.actions.rooms import replace_online_room
from directory.forms.facilitate.people import AcceptInvitationForm, RoomForm
from directory.loaders.facilitate import load_facilitated_group, load_invitation
from directory.models import FacilitatorProfile, Invitation, OnlineRoom
from directory.queries.rooms import online_room_to_edit
from directory.refusals import Refusal
from directory.rules.invitations import why_not_open
from directory.rules.memberships import facilitates
from directory.views.facilitate.answers import saved

ENDED = Refusal("ended", _("This link cannot be used any more. Please ask for a new one."))


@require_http_methods(FORM_METHODS)
def edit_online_room(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Change the link for all coming dates."""
    group = load_facilitated_group(request.user, uuid)
    if not group.is_online:
        raise Http404
    room = online_room_to_edit(request.user, group)
    form = RoomForm(posted(request), instance=room or OnlineRoom(group=group))
    now = None
    if form.is_bound and form.is_valid():
        given = dict(form.cleaned_data)
        action = partial(
            replace_online_room, group=group, by=request.user, seen=given.pop("seen"), **given
        )
        if saved(request, form, action, _("Saved for all coming dates.")):
            return redirect("facilitated_group", group.pk)
        now = online_room_to_edit(request.user, group)
        form.go_on_from(now)
    context = {"group": group, "form": form, "now": now}
    return render(request, "facilitate/edit_online_room.html", context)


@require_http_methods(FORM_METHODS)
def accept_invitation(request: SignedInRequest, token: str) -> HttpResponse:
    """Show what an invitation is to; the button takes it up."""
    invitation = load_invitation(token)
    refusal = why_not_open(invitation) if invitation else ENDED
    if invitation is None or refusal:
        if invitation and _took_it_up(invitation, request):
            return redirect("facilitated_group", invitation.group_id)
        return render(request, "facilitate/ended_invitation.html", {"refusal": refusal}, status=410)
    profile = FacilitatorProfile.objects.filter(person=request.user).first()
    initial = {"public_first_name": profile.public_first_name} if profile else {}
    form = AcceptInvitationForm(posted(request), initial=initial)
    if form.is_bound and form.is_valid():
        action = partial(
            invitations.accept_invitation,
            invitation=invitation,
            by=request.user,
            **form.cleaned_data,
        )
        if saved(request, form, action, _("Thank you. You run this group now.")):
            return redirect("facilitated_group", invitation.group_id)
    context = {"invitation": invitation, "group": invitation.group, "form": form}
    return render(request, "facilitate/accept_invitation.html", context)


def _took_it_up(invitation: Invitation, request: SignedInRequest) -> bool:
    """Tell whether this very person pressed the button before."""
    return invitation.accepted_by_id == request.user.pk and facilitates(
        request.user, invitation.group_id
    )
