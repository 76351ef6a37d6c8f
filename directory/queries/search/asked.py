"""What somebody looks for. No database."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

# What says how the zone of the viewer matters, and is no filter itself.
NO_FILTERS = frozenset({"zone"})


@dataclass(frozen=True, kw_only=True)
class Near:
    """Around a point: degrees WGS 84, kilometres, and what the point is called."""

    latitude: float
    longitude: float
    radius_km: float
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Search:
    """What somebody looks for; several values of one kind mean any of them, kinds are joined.

    `topics` are slugs, `languages` codes, the other words values of `directory.choices`.
    `ages` are bands or whole years. `starts_from` and `starts_to` are local times of the place;
    a search from ten in the evening to two goes over midnight. `zone` is the viewer's, by which
    "today" is meant for groups that meet online alone.
    """

    words: str = ""
    near: Near | None = None
    topics: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    starts_from: time | None = None
    starts_to: time | None = None
    soon: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    has_room: bool = False
    first_time: bool = False
    organisation: str = ""
    zone: str = "UTC"

    @property
    def kinds(self) -> list[str]:
        """The kinds of filter in use."""
        names = [field.name for field in fields(self) if field.name not in NO_FILTERS]
        # Midnight is a time to start from.
        return [name for name in names if getattr(self, name) not in ("", (), None, False)]

    def without(self, kind: str, value: str = "") -> Search:
        """Return the same search without one value, or without all values of a kind."""
        held = getattr(self, kind)
        left: Any = _NOTHING[kind]
        if isinstance(held, tuple):
            left = tuple(one for one in held if value and one != value)
        return replace(self, **{kind: left})

    def only(self, kind: str) -> Search:
        """Return a search for one kind alone."""
        return Search(zone=self.zone, **{kind: getattr(self, kind)})

    @property
    def asks_when(self) -> bool:
        """Whether it is about dates, and not about the group alone."""
        return bool(self.days or self.times or self.asks_moments)

    @property
    def asks_moments(self) -> bool:
        """Whether only the dates themselves can tell: days and parts of the day are facets."""
        has_hours = self.starts_from is not None or self.starts_to is not None
        return bool(self.soon) or has_hours

    def local(self, now: datetime) -> datetime:
        """Return `now` on the viewer's clock."""
        return now.astimezone(ZoneInfo(self.zone))


_NOTHING = {field.name: field.default for field in fields(Search)}
