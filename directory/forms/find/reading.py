"""Reads the values of an address one by one; what is not known is left out and named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import time

from django.http import QueryDict

from directory.forms.find.parameters import YES
from directory.geo import rounded
from directory.recurrence import zone_names

LONGEST_WORDS = 200
MOST_UNKNOWN_NAMED = 5
LONGEST_NAMED = 40
# Nobody ticks more. Each has a chip, whose address says all the others.
MOST_OF_A_KIND = 30
MOST_DIGITS_OF_PAGE = 6
WIDEST = 1000
_HOUR = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d)(?::00)?)?", re.ASCII)
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,3})?", re.ASCII)
_DEGREES = r"([-+]?\d{1,3}(?:\.\d{1,12})?)"
_POINT = re.compile(rf"{_DEGREES}\s*,\s*{_DEGREES}", re.ASCII)


class Reader:
    """`unknown` fills with values that were left out; `is_cut` says that there were too many."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.unknown: list[str] = []
        self.is_cut = False

    def one(self, name: str) -> str:
        """Return the last value of a parameter in one line."""
        return " ".join(self.query.get(name, "").replace("\x00", " ").split())

    def words(self, name: str) -> str:
        """Return words to search for."""
        return self.one(name)[:LONGEST_WORDS].strip()

    def several(self, name: str, known: Mapping[str, str]) -> tuple[str, ...]:
        """Return the first values that are known, in the order of `known`: {lower case: value}."""
        wanted = dict.fromkeys(value.strip().lower() for value in self.query.getlist(name))
        self.leave_out(value for value in wanted if value and value not in known)
        found = list(dict.fromkeys(value for typed, value in known.items() if typed in wanted))
        self.is_cut |= len(found) > MOST_OF_A_KIND
        return tuple(found[:MOST_OF_A_KIND])

    def one_of(self, name: str, values: Iterable[str], otherwise: str) -> str:
        """Return the value, or `otherwise` where there is none that is known."""
        value = self.one(name).lower()
        if value in values:
            return value
        self.leave_out([value])
        return otherwise

    def is_on(self, name: str) -> bool:
        """Return whether a switch is on."""
        value = self.one(name).lower()
        if value not in YES:
            self.leave_out([value])
        return value in YES

    def hour(self, name: str) -> time | None:
        """Return a time of day, typed as "18:00" or "18"."""
        value = self.one(name)
        found = _HOUR.fullmatch(value)
        if found:
            return time(int(found[1]), int(found[2] or 0))
        self.leave_out([value])
        return None

    def number(self, name: str) -> float:
        """Return a distance; 0 where there is none that can be."""
        value = self.one(name)
        if _NUMBER.fullmatch(value) and 0 < float(value) <= WIDEST:
            return float(value)
        self.leave_out([value])
        return 0

    def page(self, name: str) -> int:
        """Return the number of a page, the first where none is typed."""
        value = self.query.get(name, "")
        is_number = value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS_OF_PAGE
        if is_number:
            return int(value) or 1
        self.leave_out([value])
        return 1

    def point(self, name: str) -> tuple[float, float] | None:
        """Return "latitude,longitude" to about a kilometre, however finely it was sent."""
        value = self.one(name)
        found = _POINT.fullmatch(value)
        try:
            if found:
                return rounded(float(found[1]), float(found[2]))
        except ValueError:
            pass
        self.leave_out([value])
        return None

    def zone(self, name: str) -> str:
        """Return the name of a time zone that there is."""
        value = self.query.get(name, "")
        if value in zone_names():
            return value
        self.leave_out([value])
        return ""

    def leave_out(self, values: Iterable[str]) -> None:
        """Name values that are not known, a few of them."""
        for value in values:
            if value and len(self.unknown) < MOST_UNKNOWN_NAMED:
                self.unknown.append(value.replace("\x00", "")[:LONGEST_NAMED])
