"""What may stand in the table of everyday words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.models import EverydayWords
from directory.refusals import Refusal
from directory.text.asked_words import words_of

LONGEST = EverydayWords._meta.get_field("words").max_length or 0


def why_not_use_words(words: str) -> Refusal | None:
    """Say why nobody could be led to a topic by these words."""
    if len(words) > LONGEST:
        return Refusal(
            "too_long",
            _("“%(words)s …” is too long. Use the few words that matter.") % {"words": words[:30]},
        )
    if not words_of(words):
        return Refusal("no_word", _("There is no word in “%(words)s”.") % {"words": words})
    return None
