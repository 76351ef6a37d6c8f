"""Which date takes which new slot when a group's times change. Pure: no database and no clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Held:
    """A date that is there: its slot by the old rule, as a clock in its zone shows it.

    One that is fixed was moved or cancelled by hand.
    """

    key: Hashable
    slot: datetime
    is_fixed: bool = False


def pair(held: Iterable[Held], slots: Iterable[datetime], *, monthly: bool) -> dict[Any, datetime]:
    """Return the new slot of each date that has one, by its key.

    A date takes the slot of its own day; failing that, those of one week (of one month where
    either rule is `monthly`) take its slots in order, the nearest where some are left over. No
    slot is taken twice. Where there are too few, fixed dates go without before others do.
    """
    dates = sorted(held, key=lambda one: one.slot)
    free = {slot.date(): slot for slot in sorted(slots, reverse=True)}
    pairs = {one.key: free.pop(day) for one in dates if (day := one.slot.date()) in free}
    waiting, slots_of = defaultdict(list), defaultdict(list)
    for one in dates:
        if one.key not in pairs:
            waiting[begin_of_period(one.slot.date(), monthly=monthly)].append(one)
    for slot in sorted(free.values()):
        slots_of[begin_of_period(slot.date(), monthly=monthly)].append(slot)
    for period, of_period in waiting.items():
        pairs |= _in_order(of_period, slots_of[period])
    return pairs


def begin_of_period(day: date, *, monthly: bool) -> date:
    """Return the first day of the week or month within which dates are paired."""
    return day.replace(day=1) if monthly else day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class _Match:
    """Pairs so far, and what they cost: fixed dates that took a slot, then days apart."""

    cost: tuple[float, int] = (0, 0)
    pairs: tuple[tuple[Hashable, datetime], ...] = ()

    def then(self, one: Held, slot: datetime) -> _Match:
        fixed, apart = self.cost
        cost = fixed + one.is_fixed, apart + abs((slot.date() - one.slot.date()).days)
        return _Match(cost, (*self.pairs, (one.key, slot)))


def _in_order(dates: Sequence[Held], slots: Sequence[datetime]) -> dict[Hashable, datetime]:
    """Pair all of the shorter list with some of the longer, both in order, at the least cost."""
    none = _Match((float("inf"), 0))
    turned = len(dates) > len(slots)
    shorter: Sequence[Any] = slots if turned else dates
    longer: Sequence[Any] = dates if turned else slots
    best = [_Match()] * (len(longer) + 1)
    for one in shorter:
        row = [none]
        for so_far, other in zip(best, longer, strict=False):
            found = so_far.then(other, one) if turned else so_far.then(one, other)
            row.append(min(row[-1], found, key=lambda match: match.cost))
        best = row
    return dict(best[-1].pairs)
