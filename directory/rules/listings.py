"""What a facilitator may show visitors of themselves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.refusals import Refusal


def why_not_list(*, public_first_name: str, is_listed: bool) -> Refusal | None:
    """Say why a facilitator cannot be shown to visitors like this."""
    if is_listed and not public_first_name.strip():
        return Refusal(
            "no-name", _("Tell us the first name that visitors should read, or take out the tick.")
        )
    return None
