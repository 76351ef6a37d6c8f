"""What visitors asked, and what they say is wrong: a page each to answer, and one for a flood."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import FORM_METHODS, SignedInRequest, posted
from directory.actions import asked as actions
from directory.forms.asking import AnswerForm
from directory.forms.ticks import PutAsideForm
from directory.loaders.facilitate import load_asked_group, load_correction, load_question
from directory.models import Correction, Group, Question
from directory.queries.asked import asked_of
from directory.rules.asking import ANSWERED
from directory.rules.memberships import facilitates
from directory.views.facilitate.answers import saved

TO_A_QUESTION = _(
    "It is mailed once, and the person who asked cannot write back. They do not see who you are; "
    "sign with your first name if you like."
)
TO_A_CORRECTION = _(
    "If an address was left, it is mailed once. You can also leave this empty: then we only say "
    "that somebody has looked at it."
)
# Of questions and of corrections; a flood is put aside in a few steps.
AT_ONCE = 100


@require_http_methods(FORM_METHODS)
def answer_question(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    question = load_question(request.user, uuid)
    form = AnswerForm(posted(request), is_needed=True, help_text=TO_A_QUESTION)
    return _answered(request, question, form, _("Your answer is sent."), page="answer_question")


@require_http_methods(FORM_METHODS)
def settle_correction(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    correction = load_correction(request.user, uuid)
    form = AnswerForm(posted(request), is_needed=False, help_text=TO_A_CORRECTION)
    return _answered(request, correction, form, _("Dealt with."), page="settle_correction")


@require_http_methods(FORM_METHODS)
def put_aside(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    group = load_asked_group(request.user, uuid)
    back = _page_of(request, group)
    rows = asked_of([group], AT_ONCE)
    form = PutAsideForm(posted(request), rows=rows, is_all="all" in request.GET)
    if form.is_bound and form.is_valid():
        aside = partial(actions.put_aside, group=group, by=request.user, rows=form.chosen)
        if saved(request, form, aside, _("Put aside. Nobody gets a mail about it.")):
            return redirect(back, group.pk)
    context = {"group": group, "form": form, "back": back}
    return render(request, "facilitate/put_aside.html", context)


def _answered(
    request: SignedInRequest, row: Question | Correction, form: AnswerForm, said: Any, *, page: str
) -> HttpResponse:
    """Show what somebody wrote with a form for the answer, or send that."""
    back = _page_of(request, row.group)
    if not row.is_open:
        messages.info(request, str(ANSWERED))
        return redirect(back, row.group_id)
    if form.is_bound and form.is_valid():
        answer = partial(actions.answer_asked, row=row, by=request.user, **form.cleaned_data)
        if saved(request, form, answer, said):
            return redirect(back, row.group_id)
    context = {"row": row, "group": row.group, "form": form, "back": back}
    return render(request, f"facilitate/{page}.html", context)


def _page_of(request: SignedInRequest, group: Group) -> str:
    """Return the name of the group's page that this person works on."""
    return "facilitated_group" if facilitates(request.user, group.pk) else "moderated_group"
