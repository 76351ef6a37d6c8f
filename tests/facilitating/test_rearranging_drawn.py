"""Drawn series, changed by hand and then as a whole, again and again: what always holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
import time_machine

from accounts.models import Person
from directory.actions.changes import undo_change
from directory.actions.series import generate_meetings, rearrange_series
from directory.models import Group, Meeting, Series
from directory.queries.planned import PlannedChange, planned_change
from directory.queries.recurring import (
    AHEAD,
    new_times,
    overlaps,
    starts_by_rule,
    taken_by_hand,
)
from directory.recurrence import WEEKDAYS
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db
BEGIN = datetime(2030, 3, 1, 12, tzinfo=UTC)
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]
SEEN = ("starts_at", "ends_at", "status", "version", "time_zone", "reason")
# What a group cannot have: the times of a date that stays, or times that give no dates.
CANNOT = {"another-date", "no-dates", "same-time"}


@pytest.fixture(autouse=True)
def _then() -> Iterator[None]:
    with time_machine.travel(BEGIN, tick=False):
        yield


def drawn_rule(draw: Random) -> str:
    days = draw.sample(WEEKDAYS, draw.choice([1, 1, 2, 3]))
    if draw.random() < 0.6:
        return f"FREQ=WEEKLY;INTERVAL={draw.choice([1, 1, 2, 3])};BYDAY={','.join(days)}"
    if draw.random() < 0.7:
        nths = {f"{draw.choice([1, 2, 3, 4, -1])}{day}" for day in days}
        return f"FREQ=MONTHLY;BYDAY={','.join(sorted(nths))}"
    return f"FREQ=MONTHLY;INTERVAL={draw.choice([1, 2])};BYMONTHDAY={draw.randint(1, 31)}"


def drawn_times(draw: Random, now: datetime) -> dict[str, Any]:
    first_on = now.date() + timedelta(days=draw.randint(-40, 30))
    return {
        "first_on": first_on,
        "starts_at_time": time(draw.choice([0, 2, 10, 19]), draw.choice([0, 30])),
        "duration_minutes": draw.choice([60, 90]),
        "rule": drawn_rule(draw) + draw.choice(["", "", f";COUNT={draw.randint(3, 30)}"]),
        "time_zone": draw.choice(ZONES),
        "skipped_on": [now.date() + timedelta(days=draw.randint(0, 80)) for _ in range(3)],
    }


def change_by_hand(draw: Random, series: Series) -> None:
    for meeting in series.meetings.order_by("starts_at"):
        if draw.random() < 0.15:
            away = meeting.starts_at + timedelta(hours=draw.randint(-30, 30))
            Meeting.everything.filter(pk=meeting.pk).update(
                starts_at=away, ends_at=away + timedelta(minutes=75), version=2
            )
        elif draw.random() < 0.15:
            Meeting.everything.filter(pk=meeting.pk).update(status="cancelled", reason="Ill.")


def rows(group: Group) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in group.meetings.values()}


def seen(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in SEEN)


def is_fixed(row: dict[str, Any]) -> bool:
    return row["status"] == "cancelled" or row["starts_at"] != row["original_start"]


def are_mixed_up(there: dict[Any, dict[str, Any]]) -> bool:
    """Whether dates were drawn onto each other, which no page lets anybody do."""
    held = sorted(
        (row["starts_at"], row["ends_at"]) for row in there.values() if row["status"] == "scheduled"
    )
    return any(end > start for (_start, end), (start, _end) in pairwise(held))


def check(
    plan: PlannedChange,
    series: Series,
    before: dict[Any, dict[str, Any]],
    split: datetime,
    now: datetime,
) -> None:
    after = rows(series.group)
    restored = {it.id for it in plan.restored}
    assert before.keys() <= after.keys()
    for key, row in before.items():
        is_old = row["series_id"] == series.pk
        if row["original_start"] <= now or (is_old and row["original_start"] < split):
            assert {**after[key], "updated_at": 0} == {**row, "updated_at": 0}
        elif is_fixed(row) and key not in restored:
            assert seen(after[key]) == seen(row)
        elif is_old and after[key]["series_id"] == series.pk:
            assert after[key]["status"] == "cancelled"
    new = series.followed_by.get()
    by_rule = starts_by_rule(new, after=now, before=now + AHEAD)
    slots = {it.original_start for it in new.meetings.filter(original_start__lte=now + AHEAD)}
    lasts = timedelta(minutes=new.duration_minutes)
    taken = taken_by_hand([series.group_id], after=now).get(series.group_id, [])
    without = {start.astimezone(UTC) for start in by_rule} ^ slots
    assert all(overlaps(start, start + lasts, taken) for start in without)
    told = {it.meeting.id: it.starts_at for it in plan.carried}
    assert {key: after[key]["starts_at"] for key in told} == told
    assert set(plan.new) == {after[key]["starts_at"] for key in after.keys() - before.keys()}
    off = {key for key in after if after[key]["status"] == "cancelled"}
    assert {it.id for it in plan.cancelled} == {
        key for key in off if before[key]["status"] != "cancelled"
    }


def rearranged(draw: Random, series: Series, by: Person, now: datetime) -> Series:
    """Change the times once, if they can be; return the series that is there afterwards."""
    dates = list(series.meetings.filter(original_start__gt=now).order_by("original_start"))
    chosen = draw.choice(dates).original_start if dates and draw.random() < 0.6 else None
    times = drawn_times(draw, now)
    before = rows(series.group)
    wanted = new_times(series, from_start=chosen, **times)
    plan = planned_change(series=series, wanted=wanted, from_start=chosen, by=by)
    arguments = {"series": series, "by": by, "from_start": chosen, "reason": "So.", **times}
    try:
        change = rearrange_series(**arguments)
    except Refused as refused:
        assert refused.refusal.code in CANNOT
        assert rows(series.group) == before
        return series
    check(plan, series, before, chosen or now, now)
    assert generate_meetings(check_gaps=True) == 0
    may_be_undone = change.undo_until > now and not are_mixed_up(before)
    if draw.random() < 0.3 and may_be_undone:
        undo_change(change=change, by=by)
        hidden = {"version": 0, "updated_at": 0}
        assert {key: row | hidden for key, row in rows(series.group).items()} == {
            key: row | hidden for key, row in before.items()
        }
        return series
    return series.followed_by.get()


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_changed(group: Group, fay: Person, seed: int) -> None:
    draw = Random(seed)
    times = drawn_times(draw, BEGIN)
    series = factories.make_series(group, **times)
    generate_meetings(series=series)
    for days in (0, 1, 9):
        now = BEGIN + timedelta(days=days)
        with time_machine.travel(now, tick=False):
            generate_meetings()
            change_by_hand(draw, series)
            series = rearranged(draw, series, fay, now)
