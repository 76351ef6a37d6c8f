"""Coming to one date without joining its group."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from accounts.requests import FORM_METHODS, SignedInRequest, posted, ways_in
from directory.actions.locks import BUSY
from directory.actions.seats import take_seat
from directory.choices import NotePlace
from directory.forms.signup import ComeForm
from directory.loaders.find import load_meeting
from directory.models import Group, Meeting
from directory.queries.agreements import has_accepted_current
from directory.queries.memberships import has_joined_before, is_member
from directory.queries.notes import notes_for
from directory.queries.room_told import room_told
from directory.queries.site import crisis_lines_of
from directory.refusals import Refusal, Refused
from directory.rules.seats import HAS_SEAT, consent_stands, why_not_at_all, why_not_with
from directory.rules.seats import why_not_take_seat as why_not
from directory.views.signup.seats import say_what_came_of_it

CHECK = "check"


@login_not_required
@require_http_methods(FORM_METHODS)
def come_to_meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a place at one date: read how to stay safe, say the two yeses, come."""
    meeting = load_meeting(uuid)
    if not request.user.is_authenticated:
        refusal = why_not_at_all(meeting) or why_not_with(None, meeting.group)
        return _say_why_not(request, meeting, refusal) if refusal else _safety(request, meeting)
    signed_in = cast("SignedInRequest", request)
    refusal = why_not(meeting, signed_in.user)
    if refusal == HAS_SEAT or is_member(signed_in.user, meeting.group):
        return redirect("my_meeting", meeting.pk)
    if refusal:
        return _say_why_not(request, meeting, refusal)
    is_first = request.GET.get("step") != CHECK and not has_joined_before(signed_in.user)
    if request.method == "GET" and is_first:
        return _safety(request, meeting)
    return _ask(signed_in, meeting)


def _ask(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    asks = _missing_yeses(meeting.group, request.user)
    form = ComeForm(posted(request), group=meeting.group, asks=asks)
    if form.is_bound and form.is_valid():
        try:
            seat = take_seat(
                meeting=meeting,
                by=request.user,
                accepted_version=form.accepted,
                consented_version=form.consented,
                is_adult=form.cleaned_data.get("is_adult", False),
                **form.wishes,
            )
        except Refused as refused:
            if refused.refusal != BUSY:
                return _say_why_not(request, meeting, refused.refusal)
            form.add_error(None, str(refused.refusal))
        else:
            say_what_came_of_it(request, seat)
            return redirect("my_meeting", meeting.pk)
    return render(request, "signup/come_to_meeting.html", _about(meeting, form))


def _missing_yeses(group: Group, person: Person) -> tuple[str, ...]:
    """Name what still has to be agreed to; a yes that stands is not asked for again."""
    missing = {
        "accepts": not has_accepted_current(person),
        "consents": not consent_stands(person, group),
    }
    return tuple(box for box, is_missing in missing.items() if is_missing)


def _about(meeting: Meeting, form: ComeForm) -> dict[str, Any]:
    return _around(meeting) | {
        "form": form,
        "told": room_told(meeting),
        "notes": notes_for(NotePlace.JOIN, meeting.group.format),
        "content_language": settings.LANGUAGE_CODE,
    }


def _safety(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Say shortly what the safety page says, before anything is asked for the first time."""
    go_on = f"{reverse('come_to_meeting', args=[meeting.pk])}?{urlencode({'step': CHECK})}"
    context = _around(meeting) | ways_in(go_on) | {"go_on_url": go_on}
    return render(request, "signup/come_safety.html", context)


def _say_why_not(request: HttpRequest, meeting: Meeting, refusal: Refusal) -> HttpResponse:
    status = 200 if request.method == "GET" else 409
    context = _around(meeting) | {"refusal": refusal}
    return render(request, "signup/come_refused.html", context, status=status)


def _around(meeting: Meeting) -> dict[str, Any]:
    """Give what every page of coming to one date shows."""
    return {
        "meeting": meeting,
        "group": meeting.group,
        "crisis_lines": crisis_lines_of(meeting.group.country),
    }
