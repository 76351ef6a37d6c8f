"""A date cancelled, restored, moved, counted; a change undone.

Whom it concerns is shown before anybody is told.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import attendance, changes
from directory.actions import meetings as actions
from directory.forms.facilitate.changes import (
    CancelForm,
    ChangeForm,
    CountForm,
    MoveForm,
    RestoreForm,
    ThemeForm,
)
from directory.loaders.facilitate import load_change, load_facilitated_meeting, load_open_meeting
from directory.queries.changes import untold_cancellation
from directory.refusals import Refused
from directory.rules.changes import telling_of
from directory.rules.memberships import facilitates
from directory.rules.moderating import moderates
from directory.views.facilitate.answers import CHANGED, CONFIRMED, saved, was_done_before
from directory.views.facilitate.overview import about_meeting, count_of


@require_http_methods(FORM_METHODS)
def cancel_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show what would be cancelled and how many are told; then do it."""
    meeting = load_open_meeting(request.user, uuid)
    form = CancelForm(posted(request), meeting=meeting)
    if form.is_bound and form.is_valid():
        action = partial(
            actions.cancel_meeting,
            meeting=meeting,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
            tells=form.tells,
        )
        if saved(request, form, action, _("The date is cancelled.")):
            return redirect("facilitated_meeting", meeting.pk)
    if was_done_before(request, form, "already-cancelled"):
        return redirect("facilitated_meeting", meeting.pk)
    return render(request, "facilitate/cancel_meeting.html", _about(request, form))


@require_http_methods(FORM_METHODS)
def restore_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show how many are told that a cancelled date takes place after all; then do it."""
    meeting = load_facilitated_meeting(request.user, uuid)
    if request.method != "POST" and not meeting.is_cancelled:
        return redirect("facilitated_meeting", meeting.pk)
    form = RestoreForm(posted(request), meeting=meeting)
    if form.is_bound and form.is_valid():
        action = partial(
            actions.restore_meeting,
            meeting=meeting,
            by=request.user,
            version=form.cleaned_data["version"],
            tells=form.tells,
        )
        if saved(request, form, action, _("The date takes place after all.")):
            return redirect("facilitated_meeting", meeting.pk)
    if was_done_before(request, form, "not-cancelled"):
        return redirect("facilitated_meeting", meeting.pk)
    context = _about(request, form) | {"untold": untold_cancellation(meeting, now=timezone.now())}
    return render(request, "facilitate/restore_meeting.html", context)


@require_http_methods(FORM_METHODS)
def move_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Ask for the new time, show old and new and how many are told; then do it."""
    meeting = load_facilitated_meeting(request.user, uuid)
    form = MoveForm(posted(request), meeting=meeting)
    shows_change = False
    if form.is_bound and form.is_valid() and CHANGED not in request.POST:
        if form.is_done:
            messages.info(request, _("The date is at that time already."))
            return redirect("facilitated_meeting", meeting.pk)
        shows_change = CONFIRMED not in request.POST
        if not shows_change and saved(request, form, partial(_move, request, form), _MOVED):
            return redirect("facilitated_meeting", meeting.pk)
    if was_done_before(request, form, "already-cancelled"):
        return redirect("facilitated_meeting", meeting.pk)
    context = _about(request, form, shows_change=shows_change)
    return render(request, "facilitate/move_meeting.html", context)


def _move(request: SignedInRequest, form: MoveForm) -> None:
    actions.move_meeting(
        meeting=form.meeting,
        by=request.user,
        starts_at=cast("datetime", form.starts_at),
        duration_minutes=form.cleaned_data["duration_minutes"],
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
        tells=form.tells,
    )


def _about(
    request: SignedInRequest, form: ChangeForm, *, shows_change: bool = False
) -> dict[str, Any]:
    """Return what a page shows before a date is changed: who is told of it, and when."""
    meeting = form.meeting
    new_start = form.starts_at if isinstance(form, MoveForm) else None
    return {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "shows_change": shows_change,
        "telling": telling_of(
            meeting.group,
            [meeting],
            by=request.user,
            starts=[start for start in (meeting.starts_at, new_start) if start],
            now=timezone.now(),
            tells=not shows_change or form.tells,
        ),
    }


@require_http_methods(FORM_METHODS)
def edit_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say what one date is about."""
    meeting = load_facilitated_meeting(request.user, uuid)
    form = ThemeForm(posted(request), initial={"theme": meeting.theme})
    if form.is_bound and form.is_valid():
        theme = form.cleaned_data["theme"]
        action = partial(actions.edit_meeting, meeting=meeting, by=request.user, theme=theme)
        if saved(request, form, action, _("Saved.")):
            return redirect("facilitated_meeting", meeting.pk)
    context = {"meeting": meeting, "group": meeting.group, "form": form}
    return render(request, "facilitate/edit_meeting.html", context)


@require_POST
def undo_change(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Put dates back as they were, as long as nobody was told."""
    change = load_change(request.user, uuid)
    try:
        changes.undo_change(change=change, by=request.user)
    except Refused as refused:
        messages.warning(request, str(refused.refusal))
    else:
        messages.success(request, _("It is undone. Nobody was told."))
    if facilitates(request.user, change.group_id):
        return redirect("facilitated_group", change.group_id)
    if moderates(change.group.organisation, request.user):
        return redirect("moderated_group", change.group_id)
    return redirect("cover")


@require_http_methods(FORM_METHODS)
def count_attendance(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Write down how many came."""
    meeting = load_open_meeting(request.user, uuid)
    context = about_meeting(request, meeting)
    form = CountForm(posted(request), initial=count_of(context["attendance"]))
    if form.is_bound and form.is_valid():
        action = partial(
            attendance.count_attendance, meeting=meeting, by=request.user, **form.cleaned_data
        )
        if saved(request, form, action, _("Thank you. The numbers are saved.")):
            return redirect("facilitated_meeting", meeting.pk)
    return render(request, "facilitate/count_attendance.html", context | {"form": form})


_MOVED = _("The date is moved.")
