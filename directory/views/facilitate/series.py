"""Dates that recur: changed from one of them on, ended, left out on some days.

Each page shows first which dates that affects, how many people are told, and when.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import series as actions
from directory.forms.facilitate.series_changes import EditSeriesForm, EndSeriesForm, Explained
from directory.forms.facilitate.series_days import SkipForm, UnskipForm
from directory.loaders.facilitate import load_date_of, load_series
from directory.models import Meeting, Series
from directory.queries.recurring import last_day
from directory.rules.series import ENDED, why_not_change
from directory.views.facilitate.answers import CHANGED, CONFIRMED, saved, was_done_before

DONE_BEFORE = ("already-ended", "already-skipped", "not-skipped", "same-time")


@require_http_methods(FORM_METHODS)
def edit_series(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let a group meet at other times, from one date on or from now."""
    series = load_series(request.user, uuid)
    first = _first_of(request, series)
    from_start = first.original_start if first else None
    form = _form(EditSeriesForm, request, series, from_start=from_start)
    action = partial(_rearrange, form)
    done = _done(request, form, action, _("The dates are changed."))
    if done:
        return done
    context = _about(request, form) | {"first": first}
    return render(request, "facilitate/edit_series.html", context)


def _rearrange(form: EditSeriesForm) -> None:
    actions.rearrange_series(
        series=form.old,
        by=form.by,
        from_start=form.from_start,
        reason=form.why,
        tells=form.tells,
        **form.times_given(),
    )


@require_http_methods(FORM_METHODS)
def end_series(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let a group meet by this rule no longer, from one date on."""
    series = load_series(request.user, uuid)
    form = _form(EndSeriesForm, request, series, first=_first_of(request, series))
    done = _done(request, form, partial(_end, form), _("These dates no longer repeat."))
    return done or render(request, "facilitate/end_series.html", _about(request, form))


def _end(form: EndSeriesForm) -> None:
    actions.end_series(
        series=form.old,
        by=form.by,
        from_start=form.from_start,
        reason=form.why,
        tells=form.tells,
    )


@require_http_methods(FORM_METHODS)
def skip_days(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Leave out days: a holiday, a whole August."""
    series = load_series(request.user, uuid)
    form = _form(SkipForm, request, series)
    done = _done(request, form, partial(_skip, form), _("These days are left out."))
    return done or render(request, "facilitate/skip_days.html", _about(request, form))


def _skip(form: SkipForm) -> None:
    actions.skip_days(
        series=form.old, by=form.by, reason=form.why, tells=form.tells, **form.days_given()
    )


@require_http_methods(FORM_METHODS)
def unskip_days(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Let a group meet after all on days that were left out."""
    series = load_series(request.user, uuid)
    form = _form(UnskipForm, request, series)
    done = _done(request, form, partial(_unskip, form), _("The group meets on these days again."))
    return done or render(request, "facilitate/unskip_days.html", _about(request, form))


def _unskip(form: UnskipForm) -> None:
    actions.unskip_days(series=form.old, by=form.by, tells=form.tells, **form.days_given())


def _form(kind: type[Explained], request: SignedInRequest, series: Series, **more: Any) -> Any:
    confirmed = CONFIRMED in request.POST
    return kind(posted(request), series=series, by=request.user, confirmed=confirmed, **more)


def _done(request: SignedInRequest, form: Explained, action: Any, said: Any) -> HttpResponse | None:
    """Do what was confirmed; then, or where it was done before, go back to the group."""
    back = redirect("facilitated_group", form.old.group_id)
    if refusal := why_not_change(form.old) or (None if form.is_as_seen else ENDED):
        messages.info(request, str(refusal))
        return back
    is_sure = form.is_confirmed and CHANGED not in request.POST
    if form.is_bound and form.is_valid() and is_sure and saved(request, form, action, said):
        return back
    return back if form.is_confirmed and was_done_before(request, form, *DONE_BEFORE) else None


def _about(request: SignedInRequest, form: Explained) -> dict[str, Any]:
    shows_change = form.is_bound and CHANGED not in request.POST and form.can_be_shown
    last_on = last_day(form.old, now=timezone.now())
    context = {
        "series": form.old,
        "group": form.old.group,
        "form": form,
        "shows_change": shows_change,
        "last_on": last_on,
        "afterwards": list(form.old.followed_by.all()) if last_on else [],
    }
    if shows_change:
        context |= {"plan": form.plan, "telling": form.telling(), "zone": form.zone}
    return context


def _first_of(request: SignedInRequest, series: Series) -> Meeting | None:
    """Return the coming date from which on something changes; None for all."""
    first = load_date_of(series, request.GET.get("from", ""))
    return first if first and first.original_start > timezone.now() else None
