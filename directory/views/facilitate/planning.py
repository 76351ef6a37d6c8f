"""New dates: one, or a series. What would be is shown before it is saved."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import meetings
from directory.actions import series as actions
from directory.forms.facilitate.planning import AddSeriesForm, MeetingForm
from directory.forms.facilitate.series import NextDatesForm, SeriesForm
from directory.loaders.facilitate import load_facilitated_group, load_series_of
from directory.queries.changes import count_concerned
from directory.text.spoken_rules import spoken_rule
from directory.views.facilitate.answers import CHANGED, CONFIRMED, saved, was_done_before


@require_http_methods(FORM_METHODS)
def add_series(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let a group meet by a rule; the next five dates and public holidays are shown first."""
    group = load_facilitated_group(request.user, uuid)
    form = AddSeriesForm(posted(request), group=group)
    shows_dates = False
    if form.is_bound and form.is_valid() and CHANGED not in request.POST:
        shows_dates = CONFIRMED not in request.POST
        if not shows_dates and saved(request, form, partial(_add, request, form), _DATES_ADDED):
            return redirect("facilitated_group", group.pk)
    if was_done_before(request, form, "already-there"):
        return redirect("facilitated_group", group.pk)
    context = {"group": group, "form": form, "shows_dates": shows_dates}
    if shows_dates:
        form.offer_holidays()
        context |= told_dates(form) | {"telling": form.telling(request.user)}
    return render(request, "facilitate/add_series.html", context)


def _add(request: SignedInRequest, form: AddSeriesForm) -> None:
    series = form.series
    actions.add_series(
        group=form.group,
        by=request.user,
        first_on=series.first_on,
        starts_at_time=series.starts_at_time,
        duration_minutes=series.duration_minutes,
        rule=series.rule,
        time_zone=series.time_zone,
        skipped_on=series.skipped_on,
        tells=form.tells,
    )


@require_POST
def next_dates(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Tell which dates the answers give, while somebody chooses them. Nothing is saved."""
    group = load_facilitated_group(request.user, uuid)
    old = load_series_of(group, request.GET.get("series", ""))
    form = NextDatesForm(request.POST, group=group, old=old)
    context: dict[str, Any] = {}
    form.full_clean()
    if form.shows_dates:
        context |= told_dates(form)
        context["is_empty"] = not context["spans"]
    return render(request, "facilitate/next_dates.html", context)


def told_dates(form: SeriesForm) -> dict[str, Any]:
    """Return the rule of a form in words, and its next dates."""
    return {
        "spans": form.next_spans(),
        "zone": form.cleaned_data["time_zone"],
        "rule": spoken_rule(form.rule, form.cleaned_data["on"]),
    }


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
            starts_at=cast("datetime", form.starts_at),
            duration_minutes=form.cleaned_data["duration_minutes"],
            theme=form.cleaned_data["theme"],
            tells=form.tells,
            **form.places,
        )
        if saved(request, form, action, _("The date is added.")):
            return redirect("facilitated_group", group.pk)
    if was_done_before(request, form, "already-there"):
        return redirect("facilitated_group", group.pk)
    told = count_concerned(group, [], by=request.user)
    context = {"group": group, "form": form, "told": told}
    return render(request, "facilitate/add_meeting.html", context)


_DATES_ADDED = _("The dates are added. Each one is shown from twelve weeks before it.")
