"""What the views of this job answer with, alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from directory.forms.moderate.other_edits import SAVED_BOTH, NoticesOtherEdits
from directory.refusals import Refused

SAVED = _("Saved.")


def done(request: HttpRequest, action: Callable[[], Any], said: Any) -> bool:
    """Run an action and say on the next page that it is done, or why it was refused."""
    try:
        action()
    except Refused as refused:
        messages.error(request, str(refused.refusal))
        return False
    messages.success(request, str(said))
    return True


def saved(request: HttpRequest, form: NoticesOtherEdits, action: Callable[[], Any]) -> bool:
    """Save a valid form about a row, unless somebody else changed the same fields meanwhile.

    What others changed beside this person's fields is kept and told; a refusal stands in the form.
    """
    if form.has_conflicts():
        return False
    others = form.changed_by_others
    try:
        action()
    except Refused as refused:
        form.add_refusal(refused.refusal)
        return False
    if others:
        messages.info(request, str(SAVED_BOTH) % form.labels_of(others))
    messages.success(request, str(SAVED))
    return True
