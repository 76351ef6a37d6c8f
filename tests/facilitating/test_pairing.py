"""Which date takes which new slot; no database."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.queries.pairing import Held, begin_of_period, pair

# January 2030 begins on a Tuesday.
DAYS = {"monthly": False}
MONTHS = {"monthly": True}


def at(day: int, hour: int = 19, month: int = 1) -> datetime:
    return datetime(2030, month, day, hour)


def paired(days: list[int], slots: list[int], fixed: tuple[int, ...] = (), **how: bool) -> dict:
    """Pair days of January at 19 h with days at 20 h; returns day by day."""
    held = [Held(day, at(day), day in fixed) for day in days]
    found = pair(held, [at(day, 20) for day in slots], **how)
    return {day: slot.day for day, slot in found.items()}


@pytest.mark.parametrize(
    ("days", "slots", "expected"),
    [
        ([1, 8, 15], [1, 8, 15], {1: 1, 8: 8, 15: 15}),
        ([1, 8, 15], [3, 10, 17], {1: 3, 8: 10, 15: 17}),
        ([8, 15, 22], [8, 22], {8: 8, 22: 22}),
        ([8, 10, 15, 17], [9, 16], {8: 9, 15: 16}),
        ([8, 10], [7, 9], {8: 7, 10: 9}),
        ([8, 10], [8, 9], {8: 8, 10: 9}),
        ([13], [14], {}),
        ([8], [7, 10], {8: 7}),
        ([10], [7, 11], {10: 11}),
        ([], [7], {}),
        ([7], [], {}),
    ],
)
def test_within_weeks(days: list[int], slots: list[int], expected: dict[int, int]) -> None:
    assert paired(days, slots, **DAYS) == expected


@pytest.mark.parametrize(
    ("days", "slots", "expected"),
    [
        ([8, 22], [8, 22], {8: 8, 22: 22}),
        ([8], [31], {8: 31}),
        ([1, 8, 15, 22, 29], [16], {15: 16}),
        ([16], [1, 8, 15, 22, 29], {16: 15}),
        ([1, 15], [3, 17], {1: 3, 15: 17}),
        ([3, 17], [1, 15, 29], {3: 1, 17: 15}),
    ],
)
def test_within_months(days: list[int], slots: list[int], expected: dict[int, int]) -> None:
    assert paired(days, slots, **MONTHS) == expected


def test_never_across_the_end_of_a_month() -> None:
    held = [Held("last", at(29)), Held("first", at(5, month=2))]
    assert pair(held, [at(1, month=2), at(8, month=2)], **MONTHS) == {"first": at(8, month=2)}


def test_the_week_goes_on_over_new_year() -> None:
    held = [Held("old year", datetime(2029, 12, 31, 19))]
    assert pair(held, [at(3)], **DAYS) == {"old year": at(3)}


def test_a_fixed_date_goes_without_before_another() -> None:
    assert paired([8, 10], [9], fixed=(8,), **DAYS) == {10: 9}
    assert paired([8, 10], [7, 9], fixed=(8,), **DAYS) == {8: 7, 10: 9}


def test_the_day_itself_before_all() -> None:
    assert paired([8, 9], [9], **DAYS) == {9: 9}
    assert paired([8, 9], [9], fixed=(9,), **DAYS) == {9: 9}


@pytest.mark.parametrize(
    ("day", "monthly", "begins"),
    [
        (date(2030, 1, 1), False, date(2029, 12, 31)),
        (date(2029, 12, 31), False, date(2029, 12, 31)),
        (date(2030, 1, 31), True, date(2030, 1, 1)),
    ],
)
def test_weeks_begin_on_monday(day: date, monthly: bool, begins: date) -> None:
    assert begin_of_period(day, monthly=monthly) == begins


days = st.datetimes(datetime(2030, 1, 1), datetime(2030, 3, 31))
held_dates = st.lists(
    st.builds(Held, key=st.uuids(), slot=days, is_fixed=st.booleans()),
    max_size=30,
    unique_by=lambda one: one.key,
)
slots_drawn = st.lists(days, max_size=30, unique=True)


@settings(max_examples=150, deadline=None)
@given(held=held_dates, slots=slots_drawn, monthly=st.booleans())
def test_no_slot_is_taken_twice_and_none_is_free_beside_one_who_goes_without(
    held: list[Held], slots: list[datetime], monthly: bool
) -> None:
    pairs = pair(held, slots, monthly=monthly)
    slot_of = {one.key: one.slot for one in held}
    assert set(pairs) <= set(slot_of)
    assert len(set(pairs.values())) == len(pairs)
    assert set(pairs.values()) <= set(slots)
    for key, slot in pairs.items():
        periods = {begin_of_period(day.date(), monthly=monthly) for day in (slot, slot_of[key])}
        assert len(periods) == 1
    free = {slot.date(): slot for slot in slots}.keys() - {slot.date() for slot in pairs.values()}
    free_periods = {begin_of_period(day, monthly=monthly) for day in free}
    without = [one for one in held if one.key not in pairs]
    assert all(
        begin_of_period(one.slot.date(), monthly=monthly) not in free_periods for one in without
    )


@settings(max_examples=150, deadline=None)
@given(held=held_dates, slots=slots_drawn, monthly=st.booleans())
def test_order_is_kept_among_those_that_change_their_day(
    held: list[Held], slots: list[datetime], monthly: bool
) -> None:
    pairs = pair(held, slots, monthly=monthly)
    moved = sorted(
        (one.slot, pairs[one.key])
        for one in held
        if one.key in pairs and one.slot.date() != pairs[one.key].date()
    )
    by_new = sorted(moved, key=lambda both: both[1])
    assert [old for old, _new in by_new] == [old for old, _new in moved]


@settings(max_examples=100, deadline=None)
@given(held=held_dates, monthly=st.booleans())
def test_the_same_slots_change_nothing(held: list[Held], monthly: bool) -> None:
    alone = list({one.slot.date(): one for one in held}.values())
    slots = [one.slot for one in alone]
    pairs = pair(alone, slots, monthly=monthly)
    assert pairs == {one.key: one.slot for one in alone}
