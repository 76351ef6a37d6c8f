"""The fields of a row, whatever types they come in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from directory.text import fold, plain_text

LONGEST_TEXT = 20_000
# No word or address is longer; what is was made to keep the search for secrets busy. Chinese,
# Japanese and Korean are written without spaces.
_ENDLESS = re.compile(r"([^\s\u2e80-\ud7ff]{600})[^\s\u2e80-\ud7ff]+")
_NO = ("", "no", "false", "0", "none", "null")


def text_of(row: Mapping[str, Any], *names: str, one_line: bool = False) -> str:
    """Return the first of these fields that says something, as plain text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, str) and value:
            text = plain_text(value[:LONGEST_TEXT], one_line=one_line)
            text = _ENDLESS.sub(r"\1", text) if len(text) > 600 else text
        elif isinstance(value, int | float) and not isinstance(value, bool):
            text = str(value)
        else:
            continue
        if text:
            return text
    return ""


def texts_of(row: Mapping[str, Any], name: str) -> list[str]:
    """Return the texts of a field that may hold one or several, as a list or as "A > B"."""
    value = row.get(name)
    values = value if isinstance(value, list) else [value]
    parts = [part for it in values if isinstance(it, str) for part in it.split(">")]
    return [text for text in (plain_text(part[:200], one_line=True) for part in parts) if text]


def is_yes(value: Any) -> bool:
    """Whether a field says yes: true, 1, "yes" or any other word that is no "no"."""
    return str(value if value is not None else "").strip().lower() not in _NO


def slug_of(row: Mapping[str, Any]) -> str:
    """Return a row's slug, or its id, in letters, digits and hyphens; "" where it has neither."""
    for name in ("slug", "id"):
        value = row.get(name)
        if value in (None, "") or isinstance(value, bool | list | dict):
            continue
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return slugify(fold(plain_text(str(value), one_line=True)))
    return ""


def label_of(row: Any) -> str:
    """Return what to call a row in a report: its name or its slug."""
    if not isinstance(row, Mapping):
        return ""
    return (text_of(row, "name", one_line=True) or slug_of(row))[:80]
