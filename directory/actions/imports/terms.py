"""What an import is told beside the feed, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from directory.listings import Defaults
from directory.models import ImportedListing, Organisation, Topic

BEING_CHANGED = _("Not imported: it is being changed right now. Please run the import again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What whoever imports chooses. `topic` is a slug; `joining` is for groups in person."""

    organisation: str
    feed_format: str
    topic: str
    defaults: Defaults
    joining: str = ""
    publish: bool = False
    allow_shrink: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The same, found in the database, for every row of one run."""

    organisation: Organisation
    feed_format: str
    topic: Topic
    joining: str
    publish: bool
    now: datetime


@dataclass(slots=True)
class ImportReport:
    """What one run did: counts, and sentences about single rows, each with what it speaks of."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    paused: int = 0
    back: int = 0
    published: int = 0
    drafts: int = 0
    dates: int = 0
    busy: int = 0
    is_new_organisation: bool = False
    remarks: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def taken(self) -> int:
        """Rows that are groups here now."""
        return self.new + self.changed + self.unchanged

    def busy_with(self, key: str) -> None:
        """Note that a group is left as it is, since somebody is changing it."""
        self.busy += 1
        self.remarks.append((key, str(BEING_CHANGED)))

    def counts(self) -> dict[str, int]:
        """The facts for the audit trail."""
        named = ("new", "changed", "unchanged", "paused", "back", "published", "drafts", "dates")
        names = (*named, "busy")
        return {name: getattr(self, name) for name in names} | {"gone": len(self.gone)}


@dataclass(slots=True)
class Touched:
    """What was written, so that search words and dates are made for it at the end."""

    groups: set[UUID] = field(default_factory=set)
    places_left: set[UUID] = field(default_factory=set)
    listings: list[ImportedListing] = field(default_factory=list)
