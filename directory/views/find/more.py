"""What is not shown, in words."""

from __future__ import annotations

from django.utils.translation import ngettext

from directory.forms.find.labels import spoken_number
from directory.queries.search import Tally


def and_more(more: Tally) -> str:
    """Return "and 12 more", or "and 97+ more" where no more were counted."""
    words = ngettext("and %(number)s more", "and %(number)s more", more.number)
    return words % {"number": spoken_number(more)}
