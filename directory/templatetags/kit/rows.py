"""Rows of lists in the words that visitors read.

A page holds twenty cards of ten facts: a component for each would cost more than everything
else. So a card is drawn in one go, and kept under all that it tells; its facts, too, since most of
them are the same on many cards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from directory.choices import AccessFeature, Audience, Cost, Format, Joining
from directory.models import Group
from directory.templatetags.kit.cards import Card, CardDate
from directory.templatetags.kit.sprite import drawn_again
from directory.templatetags.kit.times import told_hours, told_span
from directory.text.locales import reader_language
from directory.text.spoken_choices import spoken_choices
from directory.text.spoken_names import spoken_language

# Some three kilobytes each.
CARDS_KEPT = 4096
FACTS_KEPT = 8192
# Stands in an address for what differs from row to row.
GAP = "00000000-0000-0000-0000-000000000000"


class Change(NamedTuple):
    """What is not as planned: a state (`kit.words.STATES`), the date, and the reason."""

    state: str
    date: SafeString | str
    reason: str


@dataclass(frozen=True, slots=True)
class Words:
    """What rows say again and again, in one language (`code`)."""

    code: str
    when: str
    who: str
    where: str
    joining: str
    cost: str
    language: str
    access: str
    first_time: str
    is_good: str
    no_date: str
    room: str
    full: str
    group_page: str
    meeting_page: str
    access_features: dict[str, str]
    audiences: dict[str, str]
    costs: dict[str, str]
    formats: dict[str, str]
    joinings: dict[str, str]


@lru_cache(maxsize=32)
def _words_in(language: str) -> Words:
    return Words(
        code=language,
        when=_("When"),
        who=_("Who it is for"),
        where=_("Where"),
        joining=_("How to join"),
        cost=_("Cost"),
        language=_("Language"),
        access=_("Access"),
        first_time=_("First time"),
        is_good=_("Good for a first time"),
        no_date=_("No date is set yet"),
        room=_("There is room"),
        full=_("Full at the moment"),
        group_page=reverse("group", args=[GAP]),
        meeting_page=reverse("meeting", args=[GAP]),
        access_features=spoken_choices(AccessFeature),
        audiences=spoken_choices(Audience),
        costs=spoken_choices(Cost),
        formats=spoken_choices(Format),
        joinings=spoken_choices(Joining),
    )


def drawn_cards(cards: Iterable[Card], *, level: int, is_result: bool = True) -> SafeString:
    """Draw cards for a list; `level` of their headings. A suggestion beside results is none."""
    language = reader_language()
    return _joined([_drawn_card(card, language, level, is_result) for card in cards])


@lru_cache(maxsize=CARDS_KEPT)
def _drawn_card(card: Card, language: str, level: int, is_result: bool) -> SafeString:  # noqa: FBT001 (the key of what is kept)
    words = _words_in(language)
    page = words.meeting_page if card.is_of_date else words.group_page
    mark = "data-meeting" if card.is_of_date else "data-group"
    told = {
        "card": card,
        "level": level,
        "mark": mark if is_result else "",
        "url": page.replace(GAP, card.mark),
        "reasons": " · ".join(card.reasons),
        "changes": _changes(card, words),
        "facts": _facts(card, words),
        "pairs": _pairs(card, words),
    }
    return render_to_string("find/_card.html", told)


def _changes(card: Card, words: Words) -> list[Change]:
    if not card.is_of_date or card.date is None:
        return [
            Change("cancelled", format_html("<del>{}</del>", _span(date, words)), date.reason)
            for date in card.cancelled
        ]
    if card.date.is_cancelled:
        return [Change("cancelled", "", card.date.reason)]
    if card.date.before is None:
        return []
    before = told_span(card.date.before, None, card.date.zone, words.code)
    return [
        Change("moved", format_html("{} <del>{}</del>", _("before:"), before), card.date.reason)
    ]


def _facts(card: Card, words: Words) -> SafeString:
    """Those that stand in lines of their own."""
    icon = "clock" if card.is_of_date else "calendar"
    lines = _who_it_is_for(card.about.who_for, card.about.audiences, words)
    who = [_fact("people", words.who, lines[0])] if lines else []
    return _joined([_drawn(icon, words.when, _when(card, words)), *who])


def _pairs(card: Card, words: Words) -> SafeString:
    """The short ones."""
    pairs = [
        _fact("place", words.where, _where(card, words)),
        _fact("seat", words.joining, _joining(card, words)),
        _fact("cost", words.cost, card.about.cost_note or words.costs[card.about.cost]),
    ]
    if card.about.languages:
        names = ", ".join([spoken_language(code) for code in card.about.languages])
        pairs.append(_fact("language", words.language, names))
    if card.about.access:
        names = ", ".join([words.access_features[value] for value in card.about.access])
        pairs.append(_fact("step-free", words.access, names))
    if card.is_good_first:
        pairs.append(_fact("heart", words.first_time, words.is_good))
    return _joined(pairs)


@lru_cache(maxsize=FACTS_KEPT)
def _fact(icon: str, label: str, text: str) -> SafeString:
    """Say a text beside a picture. Whatever it was marked as, it is told by its letters."""
    return _drawn(icon, label, escape(text))


def _drawn(icon: str, label: str, markup: SafeString) -> SafeString:
    return format_html(
        '<li>{}<span><span class="visually-hidden">{}: </span><bdi>{}</bdi></span></li>',
        drawn_again(icon),
        label,
        markup,
    )


def _joined(drawn: Sequence[SafeString]) -> SafeString:
    return mark_safe("".join(drawn))  # noqa: S308 (each was escaped when it was drawn)


def _when(card: Card, words: Words) -> SafeString:
    date = card.date
    if date is None:
        return escape(words.no_date)
    tell = told_span if card.names_day else told_hours
    when = tell(date.starts_at, date.ends_at, date.zone, words.code)
    if date.is_cancelled:
        return format_html("<del>{}</del>", when)
    if date.before is None or card.is_of_date:
        return when
    moved = pgettext("a date that was moved", "Moved")
    return format_html('{} <span class="badge is-warning">{}</span>', when, moved)


def _span(date: CardDate, words: Words) -> SafeString:
    return told_span(date.starts_at, date.ends_at, date.zone, words.code)


def who_it_is_for(group: Group) -> list[str]:
    """Return the group's own words, and its audiences unless they say no more than that."""
    words = _words_in(reader_language())
    return _who_it_is_for(group.who_for, group.audiences, words)


def _who_it_is_for(who_for: str, audiences: Sequence[str], words: Words) -> list[str]:
    told = [value for value in audiences if value != Audience.EVERYONE]
    if audiences and not told and not who_for:
        told = [Audience.EVERYONE]
    names = ", ".join([words.audiences[value] for value in told])
    return [line for line in (who_for, names) if line]


def _where(card: Card, words: Words) -> str:
    where = words.formats[card.about.format]
    if card.about.area:
        where = f"{where}: {card.about.area}"
    if not card.away:
        return where
    return _("%(where)s (%(away)s away)") % {"where": where, "away": card.away}


def _joining(card: Card, words: Words) -> str:
    """Say how one comes in, and whether there is room where the finder knows of it."""
    joining = words.joinings[card.about.joining]
    if card.has_room is None or card.about.joining == Joining.JUST_COME:
        return joining
    return f"{joining}. {words.room if card.has_room else words.full}"
