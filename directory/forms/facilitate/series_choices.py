"""What can be answered about dates that recur."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from directory.forms.facilitate.recurring import AFTER, MONTH_DAY, NEVER, NTH, ON, WEEKLY

PATTERNS = (
    (WEEKLY, _("Every week, or every few weeks")),
    (NTH, _("On some weekdays of the month, such as the first and third Thursday")),
    (MONTH_DAY, _("On the same day of the month, such as the 15th")),
)
WEEKS = (
    (1, _("Every week")),
    (2, _("Every 2 weeks")),
    (3, _("Every 3 weeks")),
    (4, _("Every 4 weeks")),
)
MONTHS = (
    (1, _("Every month")),
    (2, _("Every 2 months")),
    (3, _("Every 3 months")),
    (6, _("Every 6 months")),
    (12, _("Once a year")),
)
WHICH = (
    ("1", _("First")),
    ("2", _("Second")),
    ("3", _("Third")),
    ("4", _("Fourth")),
    ("-1", _("Last")),
)
STOPS = (
    (NEVER, _("It goes on")),
    (ON, _("After a last day")),
    (AFTER, _("After some meetings")),
)


def ticks(label: Any, choices: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    """Return boxes to tick, none of which has to be."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


def one_of(label: Any, choices: Any, initial: Any, **kwargs: Any) -> forms.TypedChoiceField:
    """Return a choice which stands for `initial` where it is not made."""
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        empty_value=initial,
        required=False,
        **kwargs,
    )


class DaysField(forms.MultipleChoiceField):
    """Days to leave out. Those that were offered before something else was changed stay known."""

    def valid_value(self, value: str) -> bool:
        """Tell whether it is a day at all."""
        try:
            return parse_date(value) is not None
        except ValueError:
            return False
