"""Pages to ask a group something, and to say that its page is wrong: no account, no cookie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from accounts.requests import posted
from directory.actions.asked import ask_question, report_wrong
from directory.forms.asking import CorrectionForm, QuestionForm
from directory.loaders.find import load_group
from directory.models import Group
from directory.queries.site import crisis_lines_of
from directory.refusals import Refused
from directory.rules.asking import why_nobody_answers
from directory.views.limits import is_too_often
from directory.views.public import anonymous_form, public_page

AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
# From one connection, which many may share; and to one group. In a week these are not so many
# that nobody else could write to it (`rules.asking.WAITING_AT_MOST`).
TIMES_AN_HOUR = 6
TIMES_A_DAY = 5


@anonymous_form
def ask_group(request: HttpRequest, slug: str) -> HttpResponse:
    group = load_group(slug)
    form = QuestionForm(posted(request))
    context = {"why_not": why_nobody_answers(group)}
    return _answered(request, group, form, ask_question, page="ask_group", **context)


@anonymous_form
def correct_group(request: HttpRequest, slug: str) -> HttpResponse:
    group = load_group(slug)
    form = CorrectionForm(posted(request))
    return _answered(request, group, form, report_wrong, page="correct_group")


@public_page
def ask_group_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "find/ask_group_thanks.html", _context(load_group(slug)))


@public_page
def correct_group_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "find/correct_group_thanks.html", _context(load_group(slug)))


def _answered(
    request: HttpRequest,
    group: Group,
    form: Any,
    action: Callable[..., Any],
    *,
    page: str,
    **context: Any,
) -> HttpResponse:
    """Show the form, or keep what was sent; a refusal loses nothing of it."""
    context |= _context(group) | {"form": form, "too_often": ""}
    if not form.is_valid():
        return render(request, f"find/{page}.html", context)
    if too_often := _too_often(request, page, group):
        context["too_often"] = too_often
        return render(request, f"find/{page}.html", context, status=429)
    if not form.is_from_a_program:
        try:
            action(group=group, language=get_language() or "", **form.words)
        except Refused as refused:
            form.refuse(refused.refusal)
            return render(request, f"find/{page}.html", context)
    return redirect(f"{page}_thanks", group.slug)


def _too_often(request: HttpRequest, page: str, group: Group) -> str:
    """Say within what too many came from this connection: "hour", or to this group "day"."""
    if is_too_often(request, what=page, times=TIMES_AN_HOUR, seconds=AN_HOUR):
        return "hour"
    to_group = f"{page} {group.pk}"
    return "day" if is_too_often(request, what=to_group, times=TIMES_A_DAY, seconds=A_DAY) else ""


def _context(group: Group) -> dict[str, Any]:
    return {"group": group, "crisis_lines": crisis_lines_of(group.country)}
