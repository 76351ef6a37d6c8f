"""What is said beside a number that does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


def say_limits(fields: Iterable[forms.Field]) -> None:
    """Give each whole number of a form one sentence for all that it cannot be."""
    for field in fields:
        if isinstance(field, forms.IntegerField):
            said = dict.fromkeys(("invalid", "min_value", "max_value"), _sentence(field))
            field.error_messages.update(said)


def _sentence(field: forms.IntegerField) -> Any:
    least, most = field.min_value or 0, field.max_value
    if most is None:
        return format_lazy(_("Write a whole number, {least} or higher."), least=least)
    return format_lazy(_("Write a whole number from {least} to {most}."), least=least, most=most)
