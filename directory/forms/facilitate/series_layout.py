"""In which order the form about dates that recur asks, and what it asks only where it fits.

The stylesheet hides `if-…` while another answer is chosen; without it everything is there.
"""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, LayoutObject
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

MORE_TEMPLATE = "facilitate/_more_weekdays.html"
ZONE_TEMPLATE = "facilitate/_zone_field.html"


class Folded(LayoutObject):
    """Fields behind a title: the template says when they are open."""

    def __init__(self, template: str) -> None:
        self.template = template
        self.fields: list[str] = []

    def render(self, form: BaseForm, _context: Any, **_kwargs: Any) -> SafeString:
        """Draw the fields."""
        return render_to_string(self.template, {"form": form})


def series_helper() -> FormHelper:
    """Return how crispy draws the form."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout("kept", _how_often(), _when(), _until_when())
    return helper


def _how_often() -> Fieldset:
    return Fieldset(
        _("How often"),
        "recurs",
        Div("every", css_class="if-weekly"),
        Div("which", css_class="if-nth short-choices"),
        Div("weekdays", css_class="if-weekdays short-choices"),
        Div(Folded(MORE_TEMPLATE), css_class="if-nth"),
        Div("month_day", css_class="if-month-day"),
        Div("months", css_class="if-monthly"),
    )


def _when() -> Fieldset:
    return Fieldset(
        _("When"),
        "on",
        Div("at", "ends", "duration_minutes", css_class="two-numbers"),
        Folded(ZONE_TEMPLATE),
    )


def _until_when() -> Fieldset:
    return Fieldset(
        _("Until when"),
        "stops",
        Div("last_on", css_class="if-last-day"),
        Div("times", css_class="if-times"),
    )
