"""New dates: one, or a series. What would be is shown before it is saved."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from directory.actions import meetings
from directory.actions import series as actions
from directory.forms.facilitate.planning import MeetingForm, SeriesForm
from directory.loaders.facilitate import load_facilitated_group
from directory.text.spoken_rules import spoken_rule
from directory.views.facilitate.answers import (
    CHANGED,
    CONFIRMED,
    FORM_METHODS,
    SignedInRequest,
    posted,
    saved,
    was_done_before,
)


@require_http_methods(FORM_METHODS)
def add_series(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let a group meet every so many weeks; the next five dates are shown first."""
    group = load_facilitated_group(request.user, uuid)
    form = SeriesForm(posted(request), group=group)
    shows_dates = False
    if form.is_bound and form.is_valid() and CHANGED not in request.POST:
        shows_dates = CONFIRMED not in request.POST
        if not shows_dates and saved(request, form, partial(_add, request, form), _DATES_ADDED):
            return redirect("facilitated_group", group.pk)
    if was_done_before(request, form, "already-there"):
        return redirect("facilitated_group", group.pk)
    context = {"group": group, "form": form, "shows_dates": shows_dates}
    if shows_dates:
        context |= {
            "starts": form.next_starts(),
            "rule": spoken_rule(form.rule, form.cleaned_data["on"]),
        }
    return render(request, "facilitate/add_series.html", context)


def _add(request: SignedInRequest, form: SeriesForm) -> None:
    given = form.cleaned_data
    actions.add_series(
        group=form.group,
        by=request.user,
        first_on=given["on"],
        starts_at_time=given["at"],
        duration_minutes=given["duration_minutes"],
        rule=form.rule,
    )


@require_http_methods(FORM_METHODS)
def add_meeting(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Add one date."""
    group = load_facilitated_group(request.user, uuid)
    form = MeetingForm(posted(request), group=group)
    if form.is_bound and form.is_valid():
        action = partial(
            meetings.add_meeting,
            group=group,
            by=request.user,
            starts_at=form.starts_at,
            duration_minutes=form.cleaned_data["duration_minutes"],
            theme=form.cleaned_data["theme"],
        )
        if saved(request, form, action, _("The date is added.")):
            return redirect("facilitated_group", group.pk)
    if was_done_before(request, form, "already-there"):
        return redirect("facilitated_group", group.pk)
    return render(request, "facilitate/add_meeting.html", {"group": group, "form": form})


_DATES_ADDED = _("The dates are added, twelve weeks ahead. More follow by themselves.")
