from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.models import PrivateCalendar
from directory.refusals import Refusal

MADE_MEANWHILE = Refusal(
    "made-meanwhile",
    _(
        "Your calendar got an address a moment ago, and that one holds. "
        "If you did not keep it, make a new one."
    ),
)


def why_not_renew(calendar: PrivateCalendar | None, seen: str | None) -> Refusal | None:
    """Whether the address may be replaced, by somebody who saw the state `seen`.

    A phone that opens the page again sends its form again; the address that somebody has just put
    into a calendar must not end by that. None: they looked at nothing.
    """
    return None if seen in {None, mark_of(calendar)} else MADE_MEANWHILE


def mark_of(calendar: PrivateCalendar | None) -> str:
    """Return what tells one address from the next; empty where there is none."""
    return calendar.created_at.isoformat() if calendar else ""
