"""What the views of this job answer with, alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from accounts.requests import FORM_METHODS, SignedInRequest
from directory.forms.facilitate.fields import RefusableForm
from directory.refusals import Refusal, Refused

__all__ = [
    "CHANGED",
    "CONFIRMED",
    "FORM_METHODS",
    "Refusable",
    "SignedInRequest",
    "posted",
    "saved",
    "was_done_before",
]

# The names of the buttons of a page that shows, before saving, what would be.
CONFIRMED, CHANGED = "confirmed", "change"


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what a form was sent with, however empty; None when it was not sent."""
    return request.POST if request.method == "POST" else None


class Refusable(Protocol):
    """A form that can show a refusal."""

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was done."""


def saved(request: SignedInRequest, form: Refusable, action: Callable[[], Any], said: Any) -> bool:
    """Run an action and say on the next page that it is done, or in the form why not."""
    try:
        action()
    except Refused as refused:
        form.refuse(refused.refusal)
        return False
    messages.success(request, str(said))
    return True


def was_done_before(request: SignedInRequest, form: RefusableForm, *codes: str) -> bool:
    """Tell whether the form was refused only since it was sent twice; say so on the next page."""
    if form.refusal is None or form.refusal.code not in codes:
        return False
    messages.info(request, str(form.refusal))
    return True
