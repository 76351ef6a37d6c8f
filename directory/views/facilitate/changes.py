"""A date cancelled, moved, counted. Whom it concerns is shown before anybody is told."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from directory.actions import attendance
from directory.actions import meetings as actions
from directory.forms.facilitate.changes import CancelForm, CountForm, MoveForm
from directory.loaders.facilitate import load_facilitated_meeting
from directory.queries.facilitating import count_to_tell
from directory.views.facilitate.answers import (
    CHANGED,
    CONFIRMED,
    FORM_METHODS,
    SignedInRequest,
    posted,
    saved,
    was_done_before,
)
from directory.views.facilitate.overview import about_meeting, count_of


@require_http_methods(FORM_METHODS)
def cancel_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Show what would be cancelled and how many are told; then do it."""
    meeting = load_facilitated_meeting(request.user, uuid)
    form = CancelForm(posted(request), meeting=meeting)
    if form.is_bound and form.is_valid():
        action = partial(
            actions.cancel_meeting,
            meeting=meeting,
            by=request.user,
            reason=form.cleaned_data["reason"],
            version=form.cleaned_data["version"],
        )
        if saved(request, form, action, _("The date is cancelled, and people are told.")):
            return redirect("facilitated_meeting", meeting.pk)
    if was_done_before(request, form, "already-cancelled"):
        return redirect("facilitated_meeting", meeting.pk)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "told": count_to_tell(meeting, request.user),
    }
    return render(request, "facilitate/cancel_meeting.html", context)


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
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "form": form,
        "shows_change": shows_change,
        "told": count_to_tell(meeting, request.user),
    }
    return render(request, "facilitate/move_meeting.html", context)


def _move(request: SignedInRequest, form: MoveForm) -> None:
    actions.move_meeting(
        meeting=form.meeting,
        by=request.user,
        starts_at=form.starts_at,
        duration_minutes=form.cleaned_data["duration_minutes"],
        reason=form.cleaned_data["reason"],
        version=form.cleaned_data["version"],
    )


@require_http_methods(FORM_METHODS)
def count_attendance(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Write down how many came."""
    meeting = load_facilitated_meeting(request.user, uuid)
    context = about_meeting(request, meeting)
    form = CountForm(posted(request), initial=count_of(context["attendance"]))
    if form.is_bound and form.is_valid():
        action = partial(
            attendance.count_attendance, meeting=meeting, by=request.user, **form.cleaned_data
        )
        if saved(request, form, action, _("Thank you. The numbers are saved.")):
            return redirect("facilitated_meeting", meeting.pk)
    return render(request, "facilitate/count_attendance.html", context | {"form": form})


_MOVED = _("The date is moved, and people are told.")
