"""What the page of a group says, in rows of a name and what it stands for.

The page is opened often and says much, so its lists are put together here and not by a template
for every row.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from directory.choices import CameraRule, Cost, Format, Joining, Openness
from directory.models import ConfidentialityNote, Group, Meeting, Series
from directory.queries.changes import rearranged_lately
from directory.queries.facilitators import ListedName
from directory.templatetags.finding import (
    access_names,
    in_words,
    language_names,
    left_out,
    spoken_ages,
    spoken_series,
    usual_size,
)
from directory.templatetags.kit.rows import who_it_is_for
from directory.text.countries import country_name
from directory.text.spoken_choices import spoken_choice
from directory.text.spoken_rules import spoken_list
from directory.text.spoken_times import spoken_date

register = template.Library()
Row = tuple[str, str]
ONLY_THE_AREA = gettext_lazy(
    "Only the area is shown here. Members see the address in their own area of this site."
)
FOR_MEMBERS = gettext_lazy("The link is for people who signed up.")
ONLY_WHAT_IS_LISTED = gettext_lazy(
    "We only know of what is listed here. You can ask for what you need."
)


@register.simple_tag
def facts(*, rows: Iterable[Row]) -> SafeString:
    """List names and what they stand for, as summary_list does."""
    listed = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    return format_html('<dl class="summary-list">{}</dl>', listed)


@register.simple_tag
def at_a_glance(*, group: Group, series: Iterable[Series], country: str) -> SafeString:
    """Say first what one has to know: who, when, where, how, what it costs."""
    rules = [line for one in series for line in (in_words(one), left_out(one)) if line]
    how = spoken_choice(Joining, group.joining)
    see_how = format_html('{}<br><a href="#joining-title">{}</a>', how, _("See how"))
    rows: list[Row] = [
        (_("Who it is for"), _lines(_own_words(line) for line in who_it_is_for(group))),
        (_("When"), _lines(rules or [_("On the dates below")])),
        (_("Where"), where(group, country)),
        (_("How to join"), see_how),
        (_("Cost"), cost(group)),
    ]
    return facts(rows=[row for row in rows if row[1]])


@register.inclusion_tag("find/_changed_dates.html")
def changed_dates(*, dates: Iterable[Meeting]) -> dict[str, Any]:
    """Say first which dates were cancelled or moved.

    Those that follow a new rule of the group are said by `rearranged`.
    """
    changed = list(dates)
    tone = "danger" if any(it.is_cancelled for it in changed) else "warning"
    return {"dates": changed, "tone": tone}


@register.inclusion_tag("find/_rearranged.html")
def rearranged(*, series: Iterable[Series]) -> dict[str, list[tuple[str, str, str]]]:
    """Say for some weeks that the group meets by another rule, and by which it met before."""
    changed = [
        (spoken_date(since), in_words(one), spoken_series(one.follows))
        for one, since in rearranged_lately(series, now=timezone.now())
        if one.follows
    ]
    return {"rules": [rule for rule in changed if rule[1] != rule[2]]}


@register.filter
def where(group: Group, country: str) -> SafeString:
    """Return the address, or no more than the area; `country` is the site's, and goes unsaid."""
    lines: list[str] = []
    if group.place and group.has_room_to_go_to:
        address = group.place.public_address
        if group.place.country != country:
            address = f"{address}, {country_name(group.place.country)}"
        lines.append(_own_words(address))
        if not group.place.is_exact:
            lines.append(_muted(ONLY_THE_AREA))
    if group.is_online:
        lines += [_("Online"), _muted(FOR_MEMBERS)]
    return _lines(lines)


@register.filter
def held(group: Group) -> str:
    """Return "In person and online"."""
    return spoken_choice(Format, group.format)


@register.filter
def cost(group: Group) -> str:
    """Return "Free, donations welcome: a pound for the tea"."""
    told = spoken_choice(Cost, group.cost)
    if not group.cost_note:
        return told
    return format_html("{}: <bdi>{}</bdi>", told, group.cost_note)


@register.filter
def first_time(group: Group) -> list[Row]:
    """Return what is different for somebody who comes for the first time, as far as it is known.

    A door would give away an address that only members see.
    """
    shows_door = group.has_room_to_go_to and group.place is not None and group.place.is_exact
    rows = [
        (_("Which door?"), _own_words(group.which_door if shows_door else "")),
        (_("How many come?"), usual_size(group)),
    ]
    return [row for row in rows if row[1]]


@register.filter
def coming_alone(group: Group) -> list[Row]:
    """Return how somebody is met who comes alone, in the group's own words."""
    rows = [
        (_("Who meets me?"), _own_words(group.who_greets)),
        (_("May I be late?"), _own_words(group.if_late)),
        (_("May I only listen?"), _own_words(group.only_listen)),
        (_("May I bring somebody?"), _own_words(group.bring_somebody)),
    ]
    return [row for row in rows if row[1]]


@register.filter
def not_said(group: Group) -> str:
    """Return what newcomers ask and the group has not said; empty where it said all."""
    open_questions = (
        (group.who_greets, _("who meets you")),
        (group.if_late, _("whether you may be late")),
        (group.only_listen, _("whether you may only listen")),
        (group.bring_somebody, _("whether you may bring somebody")),
    )
    left_open = [question for answer, question in open_questions if not answer]
    if not left_open:
        return ""
    return _("The group has not told us %(questions)s.") % {"questions": spoken_list(left_open)}


@register.simple_tag
def good_to_know(*, group: Group, facilitators: Iterable[ListedName]) -> SafeString:
    """List what one may want to know before one comes."""
    rows: list[Row] = [
        (_("Language"), language_names(group.languages)),
        (_("Access"), _access(group)),
        (_("Age"), spoken_ages(group)),
        (_("Camera"), spoken_choice(CameraRule, group.camera) if group.is_online else ""),
        (_("New people"), spoken_choice(Openness, group.openness)),
        (_("Who runs it"), who_runs_it(facilitators)),
        (_("Last confirmed on"), spoken_date(group.confirmed_on) if group.confirmed_on else ""),
    ]
    return facts(rows=[row for row in rows if row[1]])


@register.filter
def who_runs_it(facilitators: Iterable[ListedName]) -> SafeString:
    """Return "Fay and Ann", each with a link to what visitors may know of them."""
    links = [
        format_html('<a href="{}">{}</a>', reverse("facilitator", args=[one.public_id]), one.name)
        for one in facilitators
    ]
    return mark_safe(spoken_list(links))  # noqa: S308 (escaped just above; only "and" is added)


@register.simple_tag
def in_confidence(*, notes: Iterable[ConfidentialityNote]) -> SafeString:
    """Say what stays confidential here, each sentence with where it comes from."""
    told = tuple((note.slug, note.text, _source_of(note)) for note in notes)
    return _in_confidence(told, get_language() or "")


@lru_cache(maxsize=256)
def _in_confidence(notes: tuple[tuple[str, str, str], ...], _language: str) -> SafeString:
    """Draw the notes; most pages of groups show the same few."""
    return render_to_string("find/_in_confidence.html", {"notes": notes})


def _source_of(note: ConfidentialityNote) -> str:
    return note.part.get_absolute_url() if note.part else ""


def _own_words(text: str) -> str:
    return format_html("<bdi>{}</bdi>", text) if text else ""


def _access(group: Group) -> str:
    if not group.access_features:
        return _("Nothing is known yet. Please ask before you come.")
    return format_html(
        "{}<div>{}</div>", access_names(group.access_features), _muted(ONLY_WHAT_IS_LISTED)
    )


def _lines(lines: Iterable[str]) -> SafeString:
    return format_html_join("", "<div>{}</div>", ((line,) for line in lines))


def _muted(text: Promise) -> str:
    return format_html('<span class="muted">{}</span>', text)
