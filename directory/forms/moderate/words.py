from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directory.models import EverydayWords, Topic
from directory.rules.everyday_words import why_not_use_words

_BREAKS = re.compile(r"[\n,;،؛]")
MOST_AT_ONCE = 200


class EverydayWordsForm(forms.Form):
    """Words to add to a topic, and words to take out."""

    new = forms.CharField(
        label=_("New words"),
        help_text=_("One a line. Leave out small words: “dad died” is also “my dad has died”."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        required=False,
        max_length=MOST_AT_ONCE * 80,
    )

    def __init__(self, data: Any = None, *, topic: Topic) -> None:
        super().__init__(data)
        self.rows: list[EverydayWords] = list(topic.everyday_words.order_by("words"))
        self.ticked = set(data.getlist("gone")) if data else set()

    @property
    def removed(self) -> list[EverydayWords]:
        """Those that are ticked; one that somebody else took out meanwhile is not among them."""
        return [row for row in self.rows if str(row.pk) in self.ticked]

    def clean_new(self) -> list[str]:
        """Return the words one by one; ask again where no one could be led by some."""
        lines = (" ".join(line.split()) for line in _BREAKS.split(self.cleaned_data["new"]))
        words = list(filter(None, lines))
        for refusal in filter(None, map(why_not_use_words, words)):
            self.add_error("new", str(refusal))
        return words

    def clean(self) -> dict[str, Any]:
        """Ask for a change, of whatever kind."""
        values = super().clean() or self.cleaned_data
        if not self.errors and not values["new"] and not self.removed:
            self.add_error("new", _("Write new words, or tick words that should go."))
        return values
