"""Which series a group can have, and what is said where it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.series import add_series
from directory.models import Group, Series
from directory.refusals import Refused

pytestmark = pytest.mark.django_db
TOMORROW = date(2030, 1, 2)
FEBRUARY = date(2030, 2, 1)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(datetime(2030, 1, 1, 12, tzinfo=UTC), tick=False):
        yield


def add(group: Group, by: Person | None, **fields: Any) -> Series:
    fields.setdefault("first_on", TOMORROW)
    fields.setdefault("starts_at_time", time(19))
    fields.setdefault("duration_minutes", 90)
    fields.setdefault("rule", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")
    return add_series(group=group, by=by, **fields)


def code_of(group: Group, by: Person | None, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        add(group, by, **fields)
    return refused.value.refusal.code


def test_it_is_noted_who_added_it(group: Group, fay: Person) -> None:
    series = add(group, fay)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.about) == ("series.added", f"series:{series.pk}")
    assert (entry.detail["dates"], entry.detail["told"]) == (83, 0)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"duration_minutes": 0}, "ends-before-start"),
        ({"duration_minutes": 2_000}, "length"),
        ({"time_zone": "Mars/Olympus"}, "unknown-zone"),
        ({"time_zone": "localtime"}, "unknown-zone"),
        ({"rule": "FREQ=DAILY"}, "unclear-rule"),
        ({"rule": ""}, "unclear-rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20200101"}, "ends-before-first"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20291231", "first_on": date(2029, 12, 1)}, "no-dates"),
        ({"rule": "FREQ=WEEKLY;COUNT=1", "skipped_on": [TOMORROW]}, "no-dates"),
        ({"rule": "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "first_on": FEBRUARY}, "no-dates"),
        ({"rule": "FREQ=MONTHLY;INTERVAL=99;BYDAY=1TU"}, "too-far"),
        ({"first_on": date(2035, 1, 10)}, "too-far"),
    ],
)
def test_series_that_cannot_be(
    group: Group, fay: Person, fields: dict[str, Any], code: str
) -> None:
    assert code_of(group, fay, **fields) == code
    assert Series.objects.count() == 0


def test_a_rule_that_cannot_be_read_says_what_to_use(group: Group, fay: Person) -> None:
    with pytest.raises(Refused) as refused:
        add(group, fay, rule="FREQ=DAILY")
    assert "Use" not in str(refused.value)
    assert "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU" in str(refused.value.refusal)


@pytest.mark.parametrize("first_on", [date(2020, 1, 7), date(1, 1, 2)])
def test_it_may_have_begun_long_ago(group: Group, fay: Person, first_on: date) -> None:
    series = add(group, fay, first_on=first_on, rule="FREQ=WEEKLY;BYDAY=TU")
    assert series.meetings.count() == 12
    assert not series.meetings.filter(starts_at__lt=timezone.now()).exists()


def test_the_same_series_is_added_once(group: Group, fay: Person) -> None:
    add(group, fay)
    assert code_of(group, fay) == "already-there"


def test_not_at_the_time_of_another_date(group: Group, fay: Person) -> None:
    add(group, fay)
    assert code_of(group, fay, starts_at_time=time(20, 29)) == "another-date"
    add(group, fay, starts_at_time=time(20, 30))
    assert group.series.count() == 2


def test_not_at_the_time_of_a_date_that_is_not_made_yet(group: Group, fay: Person) -> None:
    add(group, fay)
    first_on = next(group.series.get().starts(after=timezone.now() + timedelta(weeks=20))).date()
    later = {"first_on": first_on, "starts_at_time": time(20)}
    with pytest.raises(Refused) as refused:
        add(group, fay, **later)
    assert refused.value.refusal.code == "another-date"
    assert f"on {first_on:%A} {first_on.day} " in str(refused.value.refusal)
    # A rule that meets the other one only now and then, and not among the dates that are made.
    add(group, fay, **(later | {"starts_at_time": time(20, 30)}))
    assert group.series.count() == 2


def test_only_by_those_who_run_the_group(group: Group, gil: Person, ben: Person) -> None:
    assert code_of(group, gil) == "not-yours"
    assert code_of(group, ben) == "not-yours"
    assert add(group, None).pk


def test_a_closed_group_takes_no_series(fay: Person, group: Group) -> None:
    Group.everything.filter(pk=group.pk).update(status="closed")
    assert code_of(group, fay) == "closed"


def test_skipped_days_are_kept_in_order(group: Group, fay: Person) -> None:
    later = date(2030, 1, 8)
    series = add(group, fay, skipped_on=[later, TOMORROW, later])
    assert series.skipped_on == [TOMORROW, later]
    assert series.meetings.count() == 81
