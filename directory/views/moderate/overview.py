"""The list of all groups that somebody moderates, cut into pages, those that need a hand first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import GroupStatus
from directory.models import Group
from directory.queries.moderation import GroupFacts, facts_about, moderated_groups
from directory.refusals import Refusal
from directory.rules.groups import what_is_missing, what_needs_attention

PAGE_SIZE = 30
# What `what_is_missing` speaks of, in a word or two.
IN_SHORT = {
    "summary": _("a summary"),
    "topics": _("topics"),
    "languages": _("a language"),
    "place": _("a place"),
    "room_url": _("the online room"),
    "facilitators": _("a facilitator"),
}
SHOW = {
    "all": _("All"),
    "attention": _("Need a hand"),
    "draft": _("Drafts"),
    "published": _("Published"),
    "paused": _("Paused or closed"),
}


@dataclass(frozen=True)
class Row:
    """A group, and what somebody should look after."""

    group: Group
    facts: GroupFacts
    needs: list[Refusal]
    missing: list[Refusal]

    @property
    def needs_attention(self) -> bool:
        return bool(self.needs or self.missing)

    @property
    def may_have_ended(self) -> bool:
        """Whether several visitors say so: somebody may stand before a closed door tonight."""
        return any(need.code == "not-running" for need in self.needs)

    @property
    def still_needed(self) -> str:
        """What visitors still need, in one line."""
        return ", ".join(str(IN_SHORT[thing.code]) for thing in self.missing)

    def is_shown_as(self, show: str) -> bool:
        """Whether the row belongs under this heading of `SHOW`."""
        if show == "attention":
            return self.needs_attention
        if show == "paused":
            return self.group.status in {GroupStatus.PAUSED, GroupStatus.CLOSED}
        return show in {"all", self.group.status}


@dataclass(frozen=True)
class Overview:
    """One page of rows, and how many there are under each heading."""

    page: Page
    shown: str
    headings: list[dict[str, Any]] = field(default_factory=list)


def overview_of(person: Person, asked: Mapping[str, str]) -> Overview:
    """Return the groups that `person` moderates, as `show` and `page` of an address ask."""
    groups = moderated_groups(person)
    facts = facts_about(groups)
    rows = sorted(
        (_row(group, facts[group.pk]) for group in groups),
        key=lambda row: (not row.may_have_ended, not row.needs_attention),
    )
    shown = asked.get("show", "all")
    shown = shown if shown in SHOW else "all"
    headings = [
        {"show": show, "label": label, "count": sum(row.is_shown_as(show) for row in rows)}
        for show, label in SHOW.items()
    ]
    page = Paginator([row for row in rows if row.is_shown_as(shown)], PAGE_SIZE)
    return Overview(page.get_page(asked.get("page")), shown, headings)


def _row(group: Group, facts: GroupFacts) -> Row:
    is_over = group.status == GroupStatus.CLOSED
    missing = [] if is_over else what_is_missing(group, facts)
    return Row(group, facts, what_needs_attention(group, facts), missing)
