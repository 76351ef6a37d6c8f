"""What a feed says of a group, in our own words: the same shape whatever format it came in.

Pure. `directory.exchange` makes these out of feeds, `directory.actions.imports` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPlace:
    """Where a group meets. `is_exact`: anybody may see the address; else the area alone."""

    name: str = ""
    address: str = ""
    town: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    is_exact: bool = True
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRoom:
    """How to get into the online meetings: for members only."""

    url: str = ""
    meeting_code: str = ""
    passcode: str = ""
    phone: str = ""
    notes: str = ""

    def __bool__(self) -> bool:
        """Whether it leads anywhere."""
        return bool(self.url or self.meeting_code or self.phone or self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedSeries:
    """When it meets: a rule of `directory.recurrence`, in local time of an IANA zone."""

    rule: str
    starts_at_time: time
    duration_minutes: int
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One group of a feed. All text is plain and free of secrets, but for the protected parts.

    `row` counts from 1. `key` names the row at every refresh. Without `series` the group meets by
    appointment. `remarks` are sentences for whoever imports.
    """

    row: int
    key: str
    name: str
    format: str
    country: str
    time_zone: str
    description: str = ""
    who_for: str = ""
    which_door: str = ""
    audiences: tuple[str, ...] = ()
    access_features: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    place: ListedPlace | None = None
    series: ListedSeries | None = None
    is_closed_for_now: bool = False
    room: ListedRoom = ListedRoom()
    private_notes: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """A row that was not taken, and why. `key` is empty where the row has none."""

    row: int
    label: str
    reason: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What became of the rows of a feed: each is in one of the two lists."""

    listings: tuple[Listing, ...]
    refused: tuple[RefusedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for rows that do not say it: an IANA zone, an ISO 3166 country."""

    time_zone: str
    country: str
