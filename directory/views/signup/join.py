"""Joining a group: stay safe, a few questions, check and agree."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, ways_in
from directory.actions.locks import BUSY
from directory.actions.memberships import join_group as join
from directory.choices import MembershipState, NotePlace
from directory.forms.signup import JoinForm, TermsForm
from directory.loaders.find import load_group
from directory.models import Group, Membership
from directory.queries.memberships import has_joined_before, is_full, memberships_of
from directory.queries.notes import notes_for
from directory.queries.site import crisis_lines_of
from directory.refusals import Refusal, Refused
from directory.rules.memberships import ALREADY, JUST_COME, why_not_join

QUESTIONS, CHECK = "questions", "check"


@login_not_required
@require_http_methods(FORM_METHODS)
def join_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead through joining a group. Answers travel in the form; nothing is stored on the way."""
    group = load_group(slug)
    person = request.user if request.user.is_authenticated else None
    if refusal := why_not_join(group, person):
        return _say_why_not(request, group, refusal)
    if person is None:
        return _safety_first(request, group)
    signed_in = cast("SignedInRequest", request)
    if request.method == "POST":
        return _take_step(signed_in, group)
    if request.GET.get("step") != QUESTIONS and not has_joined_before(person):
        return _safety_first(request, group)
    return _ask(signed_in, group, JoinForm(group=group))


def _say_why_not(request: HttpRequest, group: Group, refusal: Refusal) -> HttpResponse:
    if refusal in ALREADY.values() and request.user.is_authenticated:
        return redirect("my_group", memberships_of(request.user).get(group=group).pk)
    template = "join_just_come" if refusal == JUST_COME else "join_refused"
    status = 200 if request.method == "GET" else 409
    context = _around(group) | {"refusal": refusal}
    return render(request, f"signup/{template}.html", context, status=status)


def _safety_first(request: HttpRequest, group: Group) -> HttpResponse:
    """Say shortly what the safety page says, before anything is asked for the first time."""
    go_on = f"{reverse('join_group', args=[group.slug])}?{urlencode({'step': QUESTIONS})}"
    context = _around(group) | ways_in(go_on) | {"go_on_url": go_on}
    return render(request, "signup/join_safety.html", context)


def _take_step(request: SignedInRequest, group: Group) -> HttpResponse:
    answers = JoinForm(request.POST, group=group)
    if request.POST.get("step") == "change" or not answers.is_valid():
        return _ask(request, group, answers)
    if request.POST.get("step") != CHECK:
        return _check(request, group, answers, TermsForm())
    terms = TermsForm(request.POST)
    if not terms.is_valid():
        return _check(request, group, answers, terms)
    return _join(request, group, answers, terms)


def _ask(request: SignedInRequest, group: Group, answers: JoinForm) -> HttpResponse:
    if request.POST.get("step") == "change":
        answers = JoinForm(initial=request.POST.dict(), group=group)
    context = _around(group) | {"form": answers, "notes": notes_for(NotePlace.JOIN, group.format)}
    return render(request, "signup/join_questions.html", context)


def _check(
    request: SignedInRequest, group: Group, answers: JoinForm, terms: TermsForm
) -> HttpResponse:
    context = _around(group) | {"answers": answers, "form": terms, "is_full": is_full(group)}
    return render(request, "signup/join_group.html", context)


def _join(
    request: SignedInRequest, group: Group, answers: JoinForm, terms: TermsForm
) -> HttpResponse:
    try:
        membership = join(
            group=group,
            by=request.user,
            accepted_version=terms.accepted,
            consented_version=terms.consented,
            **answers.cleaned_data,
        )
    except Refused as refused:
        return _not_joined(request, group, answers, refused.refusal)
    messages.success(request, _what_now(membership))
    return redirect("my_group", membership.pk)


def _not_joined(
    request: SignedInRequest, group: Group, answers: JoinForm, refusal: Refusal
) -> HttpResponse:
    """Show the page again where trying again may help, otherwise why not."""
    terms = TermsForm(request.POST)
    if terms.is_valid() and refusal != BUSY:
        return _say_why_not(request, group, refusal)
    if refusal == BUSY:
        terms.add_error(None, str(refusal))
    return _check(request, group, answers, terms)


def _what_now(membership: Membership) -> str:
    """Say in a sentence what joining came to."""
    if membership.state == MembershipState.ACTIVE:
        return _("You are in this group now.")
    if membership.state == MembershipState.WAITING:
        return _("The group is full. You are on the waiting list, and we tell you when you are in.")
    days = membership.group.answer_within_days or 0
    sentence = ngettext(
        "You have asked to join. You get an answer within %(days)s day.",
        "You have asked to join. You get an answer within %(days)s days.",
        days,
    )
    return sentence % {"days": days}


def _around(group: Group) -> dict[str, Any]:
    """Give what every page of joining shows."""
    return {
        "group": group,
        "crisis_lines": crisis_lines_of(group.country),
        "content_language": settings.LANGUAGE_CODE,
    }
