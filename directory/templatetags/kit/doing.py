"""Components that one acts with: buttons, links, errors to mend, pages to turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Page
from django.forms import BaseForm, BooleanField, BoundField, ChoiceField, Field
from django.http import HttpRequest
from django.template import RequestContext
from django.utils.translation import gettext as _

from directory.templatetags.kit.library import one_of, register

BUTTONS = {"primary", "secondary", "danger", "quiet"}


@register.inclusion_tag("components/button_link.html")
def button_link(
    *, url: str, text: str, kind: str = "primary", icon: str = "", about: str = ""
) -> dict[str, str]:
    """Link that looks like a button. kind: primary, secondary, danger, quiet.

    `about` says to screen readers what it is about where several stand in a row.
    """
    kind = one_of(kind, BUTTONS, what="kind")
    return {"url": url, "text": text, "kind": kind, "picture": icon, "about": about}


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: RequestContext,  # noqa: ARG001 (brings the csrf token)
    *,
    action: str,
    text: str,
    kind: str = "primary",
    about: str = "",
    hidden: dict[str, Any] | None = None,
    icon: str = "",
) -> dict[str, Any]:
    """Form with one button, for what changes something.

    `about` says to screen readers what it is about where several stand in a
    row ("Give back your place" of which date); `hidden` are fields sent along.
    """
    return {
        "action": action,
        "text": text,
        "kind": one_of(kind, BUTTONS, what="kind"),
        "about": about,
        "hidden": hidden or {},
        "picture": icon,
    }


@register.inclusion_tag("components/back_link.html")
def back_link(*, url: str, text: str = "") -> dict[str, str]:
    """Link to where one came from, above the heading (block before_main)."""
    return {"url": url, "text": text}


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    *, form: BaseForm | None = None, errors: Iterable[dict[str, str]] = ()
) -> dict[str, Any]:
    """List what to mend under "There is a problem", focused, linked to the fields.

    base.html does this for `form`; further errors are `{"text", "anchor"}`.
    Nothing is shown while there is none.
    """
    listed = list(errors)
    if form:
        listed += _errors_of(form)
        form.summary_shown = True  # type: ignore[attr-defined]
    return {"errors": listed}


def _errors_of(form: BaseForm) -> Iterator[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"text": str(message), "anchor": ""}
    for field in form:
        for message in said_errors(field):
            yield {"text": message, "anchor": _anchor(field)}


@register.filter
def said_errors(field: BoundField) -> list[str]:
    """Return the field's errors in words that make sense away from it too.

    Django's "This field is required." is told as what to do; a form's own
    sentences stay as they are.
    """
    usual = str(Field.default_error_messages["required"])
    return [_required(field) if error == usual else str(error) for error in field.errors]


def _required(field: BoundField) -> str:
    if isinstance(field.field, BooleanField):
        words = _("Please tick: %(label)s")
    elif isinstance(field.field, ChoiceField):
        words = _("Please choose an answer: %(label)s")
    else:
        words = _("Please fill in: %(label)s")
    return words % {"label": field.label}


def _anchor(field: BoundField) -> str:
    """Return the id of what to fill in; of the first box where there are several."""
    if field.is_hidden:
        return ""
    return field.id_for_label or (f"{field.auto_id}_0" if field.auto_id else "")


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, *, page: Page, label: str = "") -> dict[str, Any]:
    """Turn pages, keeping the other parameters of the address; nothing for one page.

    `label` tells two of them on one page apart.
    """
    if page.paginator.num_pages < 2:
        return {"turns": []}
    request: HttpRequest = context["request"]
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    turns = [
        {"number": number, "url": _url(request, number) if isinstance(number, int) else ""}
        for number in numbers
    ]
    return {
        "page": page,
        "label": label,
        "turns": turns,
        "before": _url(request, page.number - 1) if page.has_previous() else "",
        "after": _url(request, page.number + 1) if page.has_next() else "",
    }


def _url(request: HttpRequest, number: int) -> str:
    kept = request.GET.copy()
    kept.pop("page", None)
    if number > 1:
        kept["page"] = str(number)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path
