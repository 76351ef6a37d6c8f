"""Boxes to tick, drawn without a template: the finder's form has more than a hundred."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import mark_safe

from directory.forms.find import Choice

BOX = (
    '<div class="form-check"><input class="form-check-input" type="checkbox" name="{0}"'
    ' value="{1}" id="{0}-{1}"{3}{5}><label class="form-check-label" for="{0}-{1}">{2}</label>'
    "{4}</div>"
)
# Beside the label, so that a box keeps its name; read out after it.
COUNT = '<span class="count{}" id="{}-{}-count">{}</span>'
COUNTED = ' aria-describedby="{}-{}-count"'
CHECKED = mark_safe(" checked")
NOTHING = mark_safe("")


def box_parts(choice: Choice, label: str = "") -> tuple[str, ...]:
    """Return what `BOX` is filled with."""
    count = counted = NOTHING
    if choice.count is not None:
        none = "" if choice.count else " count-none"
        count = format_html(COUNT, none, choice.name, choice.value, choice.count_in_words)
        counted = format_html(COUNTED, choice.name, choice.value)
    checked = CHECKED if choice.is_chosen else NOTHING
    return choice.name, choice.value, label or choice.label, checked, count, counted
