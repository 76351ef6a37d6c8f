"""What visitors asked, and what they say is wrong: one page each to answer."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from directory.actions import corrections, questions
from directory.forms.asking import AnswerForm
from directory.loaders.facilitate import load_correction, load_question
from directory.models import Group
from directory.rules.asking import ANSWERED
from directory.rules.memberships import facilitates
from directory.views.facilitate.answers import FORM_METHODS, SignedInRequest, posted, saved

TO_A_QUESTION = _(
    "It is mailed once, and the person who asked cannot write back. They do not see who you are; "
    "sign with your first name if you like."
)
TO_A_CORRECTION = _(
    "If an address was left, it is mailed once. You can also leave this empty: then we only say "
    "that somebody has looked at it."
)


@require_http_methods(FORM_METHODS)
def answer_question(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    question = load_question(request.user, uuid)
    back = _page_of(request, question.group)
    if question.answered_at:
        messages.info(request, str(ANSWERED))
        return redirect(back, question.group_id)
    form = AnswerForm(posted(request), is_needed=True, help_text=TO_A_QUESTION)
    if form.is_bound and form.is_valid():
        answer = partial(questions.answer_question, question=question, by=request.user)
        if saved(request, form, partial(answer, **form.cleaned_data), _("Your answer is sent.")):
            return redirect(back, question.group_id)
    context = {"question": question, "group": question.group, "form": form, "back": back}
    return render(request, "facilitate/answer_question.html", context)


@require_http_methods(FORM_METHODS)
def settle_correction(request: SignedInRequest, uuid: UUID) -> HttpResponse:
    correction = load_correction(request.user, uuid)
    back = _page_of(request, correction.group)
    if correction.settled_at:
        messages.info(request, str(ANSWERED))
        return redirect(back, correction.group_id)
    form = AnswerForm(posted(request), is_needed=False, help_text=TO_A_CORRECTION)
    if form.is_bound and form.is_valid():
        settle = partial(corrections.settle_correction, correction=correction, by=request.user)
        if saved(request, form, partial(settle, **form.cleaned_data), _("Dealt with.")):
            return redirect(back, correction.group_id)
    context = {"correction": correction, "group": correction.group, "form": form, "back": back}
    return render(request, "facilitate/settle_correction.html", context)


def _page_of(request: SignedInRequest, group: Group) -> str:
    """Return the name of the group's page that this person works on."""
    return "facilitated_group" if facilitates(request.user, group.pk) else "moderated_group"
