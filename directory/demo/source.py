"""Reads the demo's files; nothing here touches the database."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def read(name: str) -> dict[str, Any]:
    """One of the demo's TOML files."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class When:
    """A line such as "tue,thu 19:00 90 2": days, local time, minutes, every how many weeks."""

    weekdays: tuple[int, ...]
    at: time
    minutes: int
    every: int = 1

    @classmethod
    def parse(cls, text: str) -> When:
        days, at, *numbers = text.split()
        weekdays = tuple(DAYS.index(day) for day in days.split(","))
        return cls(weekdays, time.fromisoformat(at), *(int(number) for number in numbers))

    @property
    def rule(self) -> str:
        days = ",".join(DAYS[weekday][:2].upper() for weekday in self.weekdays)
        return f"FREQ=WEEKLY;INTERVAL={self.every};BYDAY={days}"

    def first_on(self, after: date) -> date:
        """The first date with one of the weekdays, on `after` or later."""
        return after + timedelta(days=min((it - after.weekday()) % 7 for it in self.weekdays))


@dataclass(frozen=True)
class DemoGroup:
    org: str
    name: str
    summary: str
    topics: list[str]
    when: str
    facilitators: list[str]
    format: str = "in-person"
    place: str = ""
    joining: str = "sign-up"
    capacity: int | None = None
    seats: int | None = None
    audiences: list[str] = field(default_factory=lambda: ["everyone"])
    access: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=lambda: ["en"])

    @property
    def language(self) -> str:
        return self.languages[0]


def demo_groups() -> list[DemoGroup]:
    """Read the groups, in the order of the file."""
    return [DemoGroup(**entry) for entry in read("groups")["group"]]
