"""Wishing to hear when a full group has room."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted, ways_in
from directory.actions import room_watches
from directory.forms.signup import WatchForm
from directory.loaders.find import load_group
from directory.models import Group, RoomWatch
from directory.queries.site import crisis_lines_of
from directory.refusals import Refused
from directory.rules.room_watches import why_not_watch
from directory.rules.seats import consent_stands


@login_not_required
@require_http_methods(FORM_METHODS)
def watch_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to be told when there is room in a group; it rests on consent, as a membership does."""
    group = load_group(slug)
    if not request.user.is_authenticated:
        context = ways_in(reverse("watch_room", args=[group.slug])) | {
            "group": group,
            "crisis_lines": crisis_lines_of(group.country),
        }
        return render(request, "signup/watch_room.html", context)
    return _ask(cast("SignedInRequest", request), group)


def _ask(request: SignedInRequest, group: Group) -> HttpResponse:
    asks = () if consent_stands(request.user, group) else ("consents",)
    form = WatchForm(posted(request), asks=asks)
    if form.is_bound and form.is_valid():
        try:
            room_watches.ask_to_be_told(
                group=group, by=request.user, consented_version=form.consented
            )
        except Refused as refused:
            form.add_error(None, str(refused.refusal))
        else:
            messages.success(request, _("We tell you when there is room."))
            return redirect("my_meetings")
    watches = RoomWatch.objects.filter(group=group, person=request.user, told_at=None)
    context = {
        "group": group,
        "form": form,
        "refusal": why_not_watch(group, request.user),
        "is_asked": watches.exists(),
        "crisis_lines": crisis_lines_of(group.country),
        "content_language": settings.LANGUAGE_CODE,
    }
    return render(request, "signup/watch_room.html", context)


@require_POST
def stop_watching(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Hear no more of room in a group; this takes back the consent as well."""
    watches = RoomWatch.objects.filter(person=request.user).select_related("group")
    watch = get_object_or_404(watches, pk=uuid)
    try:
        room_watches.stop_being_told(group=watch.group, by=request.user)
    except Refused as refused:
        messages.error(request, str(refused.refusal))
    else:
        messages.success(request, _("Done. We do not tell you any more, and keep nothing of it."))
    return redirect("my_meetings")
