"""What the page of a group says, in rows of a name and what it stands for.

The page is opened often and says much, so its lists are put together here and not by a template
for every row.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.models import ConfidentialityNote, Group
from directory.queries.facilitators import ListedName
from directory.templatetags.finding import access_names, language_names, spoken_ages
from directory.text.spoken_rules import spoken_list
from directory.text.spoken_times import spoken_date

register = template.Library()
Row = tuple[str, str]


@register.simple_tag
def facts(*, rows: Iterable[Row]) -> SafeString:
    """List names and what they stand for, as summary_list does."""
    listed = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
    return format_html('<dl class="summary-list">{}</dl>', listed)


@register.filter
def first_time(group: Group) -> list[Row]:
    """Return what is different for somebody who comes for the first time, as far as it is known.

    A door would give away an address that only members see.
    """
    shows_door = group.has_room_to_go_to and group.place is not None and group.place.is_exact
    rows = [
        (_("Which door?"), _own_words(group.which_door if shows_door else "")),
        (_("How many come?"), _size(group)),
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
        (_("Camera"), group.get_camera_display() if group.is_online else ""),
        (_("New people"), group.get_openness_display()),
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
        '{}<div class="muted">{}</div>',
        access_names(group.access_features),
        _("We only know of what is listed here. You can ask for what you need."),
    )


def _size(group: Group) -> str:
    sizes = {"least": group.usual_size_from, "most": group.usual_size_to}
    if group.usual_size_from and group.usual_size_to:
        return _("Usually %(least)s to %(most)s people") % sizes
    if group.usual_size_to:
        return _("Usually up to %(most)s people") % sizes
    return _("Usually %(least)s people or more") % sizes if group.usual_size_from else ""
