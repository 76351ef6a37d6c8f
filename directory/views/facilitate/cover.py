"""Standing in for each other: what is asked of somebody, what they asked, who is there when."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import cover as actions
from directory.choices import CoverState
from directory.forms.facilitate.cover import CoverForm
from directory.loaders.facilitate import (
    ask_to_facilitate,
    load_cover_to_accept,
    load_meeting_to_staff,
    load_own_cover,
)
from directory.models import Group
from directory.queries.cover import DateCover, asked_of, promised_by, whom_to_ask, with_cover
from directory.queries.cover_access import open_to_cover
from directory.queries.cover_names import asker_of
from directory.queries.cover_weeks import coming_by_week
from directory.queries.facilitating import facilitated_groups
from directory.refusals import Refused
from directory.rules.cover import is_settled_at_once, why_not_ask_for_cover
from directory.rules.memberships import facilitates
from directory.views.facilitate.answers import saved


@require_safe
def cover(request: SignedInRequest) -> HttpResponse:
    """Show what is asked of somebody and what they asked, and who is there in the next weeks."""
    ask_to_facilitate(request.user)
    now = timezone.now()
    groups = list(facilitated_groups(request.user))
    weeks = coming_by_week(groups, request.user, now)
    dates = [date for week in weeks for date in week.dates]
    context = {
        "asked": [
            (row, is_settled_at_once(row, now), asker_of(row))
            for row in asked_of(request.user, now)
        ],
        "promised": promised_by(request.user, now),
        "open": set(open_to_cover(request.user, now).values_list("pk", flat=True)),
        "wanted": [date for date in dates if _looks_for_somebody(date, groups)],
        "weeks": weeks,
    }
    return render(request, "facilitate/cover.html", context)


def _looks_for_somebody(date: DateCover, groups: list[Group]) -> bool:
    return date.needs_somebody and bool(date.asked) and date.meeting.group in groups


@require_http_methods(FORM_METHODS)
def ask_for_cover(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Ask one person, or all who may, to stand in at a date."""
    meeting = load_meeting_to_staff(request.user, uuid)
    now = timezone.now()
    people = whom_to_ask(meeting.group, request.user)
    form = CoverForm(posted(request), people=people)
    if form.is_bound and form.is_valid():
        action = partial(
            actions.ask_for_cover,
            meeting=meeting,
            by=request.user,
            person=form.person,
            note=form.cleaned_data["note"],
        )
        if saved(request, form, action, _("Asked. Their answers show up here.")):
            return _page_of(request, meeting.group)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "date": with_cover([meeting], now)[0],
        "refusal": why_not_ask_for_cover(meeting, request.user, None, now),
        "runs_it": facilitates(request.user, meeting.group_id),
        "form": form,
    }
    return render(request, "facilitate/ask_for_cover.html", context)


@require_POST
def offer_cover(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say yes to standing in."""
    own = load_own_cover(request.user, uuid)
    offered = _done(request, partial(actions.offer_cover, cover=own, by=request.user))
    if offered and offered.state == CoverState.ACCEPTED:
        messages.success(
            request, _("Thank you. You stand in. The page of the date tells the rest.")
        )
    elif offered:
        messages.success(request, _("Thank you. You hear as soon as somebody has decided."))
    return redirect("cover")


@require_POST
def decline_cover(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say no to standing in, or take an offer back."""
    own = load_own_cover(request.user, uuid)
    if _done(request, partial(actions.decline_cover, cover=own, by=request.user)):
        messages.success(request, _("Thank you for saying so."))
    return redirect("cover")


@require_POST
def give_cover_back(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say that one cannot stand in after all."""
    own = load_own_cover(request.user, uuid)
    if _done(request, partial(actions.give_cover_back, cover=own, by=request.user)):
        messages.success(request, _("Thank you for saying so. The others are asked anew."))
    return redirect("cover")


@require_POST
def accept_cover(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Take somebody's offer to stand in."""
    theirs = load_cover_to_accept(request.user, uuid)
    if _done(request, partial(actions.accept_offer, cover=theirs, by=request.user)):
        words = _("%(name)s stands in, and knows it. All others are thanked.")
        date = with_cover([theirs.meeting], timezone.now())[0]
        messages.success(request, words % {"name": date.answerable_name})
    return _page_of(request, theirs.meeting.group)


@require_POST
def withdraw_cover(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    """Say that nobody is needed after all."""
    meeting = load_meeting_to_staff(request.user, uuid)
    if _done(request, partial(actions.withdraw_request, meeting=meeting, by=request.user)):
        messages.success(request, _("Taken back. Whoever had said yes is told."))
    return _page_of(request, meeting.group)


def _done(request: SignedInRequest, action: Callable[[], Any]) -> Any:
    """Return what an action returns; None where it was refused, and the next page says why."""
    try:
        return action()
    except Refused as refused:
        messages.info(request, str(refused.refusal))
        return None


def _page_of(request: SignedInRequest, group: Group) -> HttpResponse:
    runs_it = facilitates(request.user, group.pk)
    return redirect("cover" if runs_it else "moderated_cover")
