"""Ticks some of several rows, to deal with them at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.models import Correction, MissingGroup, Question
from directory.refusals import Refusal
from directory.text.spoken_times import spoken_date, spoken_short_date

Row = TypeVar("Row", bound=Model)


class TickForm(forms.Form, Generic[Row]):
    """A box for each row, with all of its words; `is_all` ticks every one to begin with."""

    rows = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Please tick at least one."),
            "invalid_choice": _("Somebody has dealt with some of these meanwhile."),
        },
    )

    def __init__(self, data: Any = None, *, rows: Iterable[Row], is_all: bool) -> None:
        self.by_key = {str(row.pk): row for row in rows}
        self.is_all = is_all
        super().__init__(data, initial={"rows": list(self.by_key) if is_all else []})
        choices = [(key, self.in_full(row)) for key, row in self.by_key.items()]
        self.fields["rows"].choices = choices
        self.fields["rows"].label = self.question

    question: Any

    def in_full(self, row: Row) -> SafeString:
        """Return what stands beside the box of a row."""
        raise NotImplementedError

    @property
    def chosen(self) -> list[Row]:
        """Those that were ticked."""
        return [self.by_key[key] for key in self.cleaned_data["rows"]]

    def refuse(self, refusal: Refusal) -> None:
        """Show why nothing was done."""
        self.add_error(None, str(refusal))


class PutAsideForm(TickForm[Question | Correction]):
    """Questions and corrections that need no answer."""

    question = _("Which of these need no answer?")

    def in_full(self, row: Question | Correction) -> SafeString:
        """Return what it is about, the day and the words."""
        about = row.get_about_display() if isinstance(row, Correction) else _("Question")
        day = spoken_short_date(timezone.localdate(row.came_at))
        return format_html("{}, {}<br><bdi>{}</bdi>", about, day, linebreaksbr(row.text))


class WishesForm(TickForm[MissingGroup]):
    """What people looked for, to be taken off the list."""

    question = _("Which of these are dealt with?")

    def in_full(self, row: MissingGroup) -> SafeString:
        """Return the day, the place and the words."""
        day, wanted = spoken_date(row.created_on), linebreaksbr(row.wanted)
        if row.where:
            return format_html("{}, <bdi>{}</bdi><br><bdi>{}</bdi>", day, row.where, wanted)
        return format_html("{}<br><bdi>{}</bdi>", day, wanted)
