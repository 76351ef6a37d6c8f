"""The filters of a search in the words that visitors read."""

from __future__ import annotations

from datetime import time
from functools import lru_cache

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.forms.find.form import FindForm
from directory.forms.find.parameters import KNOWN, ORDER
from directory.queries.search import Tally
from directory.text.locales import reader_language
from directory.text.spoken_choices import spoken_choices
from directory.text.spoken_distances import spoken_length
from directory.text.spoken_names import spoken_language
from directory.text.spoken_times import spoken_time


def filters_in_use(find: FindForm) -> list[tuple[str, str]]:
    """Return each filter that is in use as (kind, value); the value is empty where it is one."""
    return [(kind, value) for kind in ORDER if kind in find.kinds for value in _values(find, kind)]


def _values(find: FindForm, kind: str) -> tuple[str, ...]:
    held = getattr(find.search, kind)
    return held if isinstance(held, tuple) else ("",)


def spoken_filter(find: FindForm, kind: str, value: str = "") -> str:
    """Return one filter in words: "Monday", "Within 10 miles of Leeds"."""
    search = find.search
    if kind == "words":
        return spoken_words(search.words)
    if kind == "near" and search.near:
        distance = spoken_length(find.around.distance, find.around.unit)
        return _("Within %(distance)s of %(place)s") % {
            "distance": distance,
            "place": search.near.label,
        }
    if kind == "topics":
        return next(topic.name for topic in find.offered.topics if topic.slug == value)
    if kind == "languages":
        return spoken_language(value)
    if kind in KNOWN:
        label = spoken_choices(KNOWN[kind]).get(value)
        return label or _("Age %(age)s") % {"age": value}
    return _spoken_switch(kind, getattr(search, kind))


def spoken_words(words: str) -> str:
    """Return words as they were typed, in quotes."""
    return _("“%(words)s”") % {"words": words}


def _spoken_switch(kind: str, held: time | bool) -> str:  # noqa: FBT001 (a field of a search)
    if isinstance(held, time):
        words = {
            "starts_from": _("Starts at %(time)s or later"),
            "starts_to": _("Starts by %(time)s"),
        }
        return words[kind] % {"time": spoken_time(held)}
    return {"has_room": _("Has room"), "first_time": _("Good for a first time")}[kind]


def spoken_kind(find: FindForm, kind: str) -> str:
    """Return all values of one kind in words: "Monday, Tuesday"."""
    return ", ".join(spoken_filter(find, kind, value) for value in _values(find, kind))


def spoken_number(tally: Tally) -> str:
    """Return "12", or "1,000+" where there are more than were counted."""
    number = _grouped(tally.number, reader_language())
    return f"{number}+" if tally.is_more else number


@lru_cache(maxsize=4096)
def _grouped(number: int, _language: str) -> str:
    return number_format(number, force_grouping=True)


def spoken_groups(tally: Tally) -> str:
    """Return "1 group", or "1,000+ groups"."""
    words = ngettext("%(number)s group", "%(number)s groups", _plural(tally))
    return words % {"number": spoken_number(tally)}


def spoken_meetings(tally: Tally) -> str:
    """Return "1 meeting", or "1,000+ meetings"."""
    words = ngettext("%(number)s meeting", "%(number)s meetings", _plural(tally))
    return words % {"number": spoken_number(tally)}


def _plural(tally: Tally) -> int:
    return tally.number + 1 if tally.is_more else tally.number
