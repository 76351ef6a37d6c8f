"""What the views of this job answer with, alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django.contrib import messages

from accounts.requests import SignedInRequest
from directory.forms.facilitate.fields import RefusableForm
from directory.refusals import Refusal, Refused

# The names of the buttons of a page that shows, before saving, what would be.
CONFIRMED, CHANGED = "confirmed", "change"


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
