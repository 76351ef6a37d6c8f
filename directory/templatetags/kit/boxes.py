"""Boxes to tick, drawn without a template and kept: the finder's form has more than a hundred."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from directory.forms.find import Choice
from directory.forms.find.labels import spoken_number
from directory.queries.search import Tally
from directory.text.locales import reader_language

KEPT = 8192
BOX = (
    '<div class="form-check"><input class="form-check-input" type="checkbox" name="{0}"'
    ' value="{1}" id="{0}-{1}"{3}{4}><label class="form-check-label" for="{0}-{1}">{2}</label>'
    "{5}</div>"
)
# Beside the label, so that a box keeps its name; read out after it.
COUNT = '<span class="count{}" id="{}-{}-count">{}</span>'
COUNTED = ' aria-describedby="{}-{}-count"'
NOTHING = mark_safe("")


def drawn_boxes(choices: Iterable[Choice], label: str = "") -> SafeString:
    """Draw boxes, each with how many groups it gives; `label` is one for them all."""
    language = reader_language()
    drawn = [
        _box(it.name, it.value, label or it.label, _numbers(it.count), it.is_chosen, language)
        for it in choices
    ]
    return mark_safe("".join(drawn))  # noqa: S308 (each was escaped when it was drawn)


def _numbers(count: Tally | None) -> tuple[int, bool] | None:
    return None if count is None else (count.number, count.is_more)


@lru_cache(maxsize=KEPT)
def _box(
    name: str,
    value: str,
    label: str,
    count: tuple[int, bool] | None,
    is_chosen: bool,  # noqa: FBT001
    _language: str,
) -> SafeString:
    shown = described = NOTHING
    if count is not None:
        none = "" if count[0] else " count-none"
        shown = format_html(COUNT, none, name, value, spoken_number(Tally(*count)))
        described = format_html(COUNTED, name, value)
    checked = mark_safe(" checked") if is_chosen else NOTHING
    return format_html(BOX, name, value, escape(label), checked, described, shown)
