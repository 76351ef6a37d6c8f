"""Components that say something: headings, notices, labels, notes, times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from directory.models import ConfidentialityNote, CrisisLine
from directory.templatetags.kit.icons import POINTING, SHAPES
from directory.templatetags.kit.library import drawn, one_of, register
from directory.templatetags.kit.sprite import sprite
from directory.templatetags.kit.times import told_span
from directory.text.markdown import markdown as as_html
from directory.text.spoken_times import spoken_date

# tone: the picture that goes with it
TONES = {
    "neutral": "",
    "accent": "",
    "info": "info",
    "success": "check",
    "warning": "warning",
    "danger": "danger",
}

# state: its words, tone and picture. What goes ahead as planned needs no label.
STATES: dict[str, tuple[Any, str, str] | None] = {
    "scheduled": None,
    "published": None,
    "cancelled": (_("Cancelled"), "danger", "cross"),
    "moved": (_("Moved"), "warning", "calendar"),
    "full": (_("Full"), "neutral", "people"),
    "waiting": (_("On the waiting list"), "info", "clock"),
    "asked": (_("Waiting for an answer"), "info", "clock"),
    "confirmed": (_("You have a place"), "success", "check"),
    "offered": (_("A place is held for you"), "warning", "clock"),
    "expired": (_("The offer has run out"), "neutral", "clock"),
    "given-back": (_("You are not coming this time"), "neutral", ""),
    "draft": (_("Draft"), "neutral", ""),
    "paused": (_("Paused"), "warning", ""),
    "closed": (_("Closed for good"), "neutral", ""),
    "unconfirmed": (_("Not recently confirmed"), "warning", "warning"),
}


@register.simple_tag
def icon(*, name: str) -> SafeString:
    """Draw one of our pictures (kit/icons.py); decorative, so say it in words beside it."""
    one_of(name, SHAPES, what="icon")
    return _icon(name)


@lru_cache(maxsize=len(SHAPES))
def _icon(name: str) -> SafeString:
    return drawn("icon", path=SHAPES[name], turns=name in POINTING)


@register.simple_tag
def icon_sprite() -> SafeString:
    """Draw once the pictures that rows of lists refer to; base.html does."""
    return sprite()


@register.simple_tag
def page_heading(*, title: str, lead: str = "", caption: str = "") -> SafeString:
    """Head a page: its h1, a short line above it (caption) and a sentence below (lead)."""
    return format_html(
        '<div class="page-heading">{}<h1>{}</h1>{}</div>',
        format_html('<span class="caption">{}</span>', caption) if caption else "",
        title,
        format_html('<p class="lead"><bdi>{}</bdi></p>', lead) if lead else "",
    )


@register.simple_block_tag
def notice(content: SafeString, *, tone: str = "info", title: str = "") -> SafeString:
    """Box that stands out. tone: info, success, warning, danger, neutral, accent."""
    one_of(tone, TONES, what="tone")
    return drawn("notice", content=content, tone=tone, title=title, picture=TONES[tone])


@register.inclusion_tag("components/badge.html")
def badge(*, text: str, tone: str = "neutral", icon: str = "") -> dict[str, str]:
    """Short label in a pill; the words carry the meaning, never the colour alone."""
    one_of(tone, TONES, what="tone")
    return {"text": text, "tone": tone, "picture": icon}


@register.inclusion_tag("components/status_label.html")
def status_label(*, state: str) -> dict[str, Any]:
    """Label a state: cancelled, moved, full, waiting, asked, confirmed, draft and the like.

    Shows nothing for what goes ahead as planned (scheduled, published).
    """
    one_of(str(state), STATES, what="state")
    label = STATES[str(state)]
    if label is None:
        return {"text": ""}
    return dict(zip(("text", "tone", "picture"), label, strict=True))


@register.simple_tag
def when(*, start: datetime, zone: ZoneInfo | str, end: datetime | None = None) -> SafeString:
    """Print a date and its hours with the zone named, in a <time> that machines can read.

    "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time". `start` and `end`
    are aware; a small script adds the reader's own time where it differs.
    """
    return told_span(start, end, zone)


register.filter("spoken_date", spoken_date)


@register.filter(name="markdown")
def markdown(text: str, first_heading: int = 3) -> SafeString:
    """Markdown as safe HTML; its highest headings become h<first_heading>."""
    return as_html(text, first_heading=first_heading)


@register.inclusion_tag("components/confidentiality_note.html")
def confidentiality_note(*, note: ConfidentialityNote) -> dict[str, Any]:
    """Show a note on confidentiality and where it comes from, linked to the article's part."""
    return {"note": note, "url": note.part.get_absolute_url() if note.part else ""}


@register.inclusion_tag("components/crisis_lines.html")
def crisis_lines(*, lines: Iterable[CrisisLine], level: int = 3) -> dict[str, Any]:
    """List who answers in a crisis: what to do, and a number to tap. level: of the headings."""
    entries = [
        {
            "line": line,
            "phone": _dialled(line.phone),
            "text": _dialled(line.text_number),
            "host": urlsplit(line.url).netloc.removeprefix("www."),
        }
        for line in lines
    ]
    return {"entries": entries, "level": level}


def _dialled(number: str) -> str:
    """Return the digits that a phone dials, with a leading plus."""
    return re.sub(r"(?!^\+)\D", "", number)
