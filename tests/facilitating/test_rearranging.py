"""A group meets at other times: which dates stay, are carried over, end; who is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine

from accounts.models import OutgoingMail, Person
from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.actions.series import (
    end_series,
    generate_meetings,
    rearrange_series,
)
from directory.choices import ChangeKind, MeetingStatus, SeatState
from directory.models import Group, Meeting, ScheduleChange, Seat, Series
from directory.queries.calendar import changes_ahead, next_dates
from directory.queries.planned import PlannedChange, planned_change, planned_end
from directory.queries.recurring import new_times
from directory.refusals import Refused
from tests import factories
from tests.facilitating.plans import tuesdays

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 2, 12, tzinfo=UTC)
TUESDAY = date(2030, 1, 8)
TUESDAYS = "FREQ=WEEKLY;BYDAY=TU"


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(group: Group, fay: Person) -> Series:
    """Tuesdays at seven in London, from the 8th of January on."""
    return tuesdays(group, fay, first_on=TUESDAY)


def times(series: Series, **fields: Any) -> dict[str, Any]:
    names = ("first_on", "starts_at_time", "duration_minutes", "rule", "time_zone", "skipped_on")
    return {name: getattr(series, name) for name in names} | fields


def rearrange(
    series: Series, by: Person | None, from_start: datetime | None = None, **fields: Any
) -> ScheduleChange:
    fields.setdefault("reason", "The hall is let to others.")
    return rearrange_series(series=series, by=by, from_start=from_start, **times(series) | fields)


def code_of(series: Series, by: Person | None, **fields: Any) -> str:
    with pytest.raises(Refused) as refused:
        rearrange(series, by, **fields)
    return refused.value.refusal.code


def planned(
    series: Series, from_start: datetime | None = None, by: Person | None = None, **fields: Any
) -> PlannedChange:
    wanted = new_times(series, from_start=from_start, **times(series, **fields))
    return planned_change(series=series, wanted=wanted, from_start=from_start, by=by)


def coming(group: Group) -> list[str]:
    """All dates of the group, in order, cancelled ones with a dash before them."""
    dates = Meeting.everything.filter(group=group).order_by("starts_at", "id")
    return [f"{'-' if it.is_cancelled else ''}{it.starts_at:%m-%d %H:%M}" for it in dates]


def nth(series: Series, number: int) -> Meeting:
    return series.meetings.order_by("original_start")[number]


def test_another_time_carries_every_date(group: Group, series: Series, fay: Person) -> None:
    ids = set(series.meetings.values_list("id", flat=True))
    rearrange(series, fay, starts_at_time=time(20))
    new = group.series.get(ended_at=None)
    assert new.follows == series
    assert set(new.meetings.values_list("id", flat=True)) == ids
    first = nth(new, 0)
    assert (first.starts_at.hour, first.ends_at.hour, first.version) == (20, 21, 2)
    assert (first.original_start, first.before.hour) == (first.starts_at, 19)
    assert first.is_moved


def test_another_weekday_stays_in_the_week(group: Group, series: Series, fay: Person) -> None:
    rearrange(series, fay, rule="FREQ=WEEKLY;BYDAY=TH", first_on=date(2030, 1, 3))
    assert coming(group)[:3] == ["01-03 19:00", "01-10 19:00", "01-17 19:00"]
    assert Meeting.everything.filter(group=group, version=2).count() == 12


def test_the_past_stays(group: Group, series: Series, fay: Person) -> None:
    past = list(series.meetings.order_by("starts_at")[:3].values())
    with time_machine.travel(NOW + timedelta(weeks=3), tick=False):
        rearrange(series, fay, starts_at_time=time(20))
    assert list(series.meetings.order_by("starts_at").values()) == past


def test_this_and_following(group: Group, series: Series, fay: Person) -> None:
    split = nth(series, 2).original_start
    rearrange(series, fay, split, starts_at_time=time(18), first_on=date(2030, 1, 22))
    assert coming(group)[:4] == ["01-08 19:00", "01-15 19:00", "01-22 18:00", "01-29 18:00"]
    series.refresh_from_db()
    assert (series.ended_at, series.meetings.count()) == (split, 2)


def test_following_with_the_first_day_of_old(group: Group, series: Series, fay: Person) -> None:
    """Where only the time is another, the form has the day on which the series once began."""
    split = nth(series, 2).original_start
    rearrange(series, fay, split, starts_at_time=time(18))
    assert coming(group)[:3] == ["01-08 19:00", "01-15 19:00", "01-22 18:00"]
    assert group.series.get(ended_at=None).first_on == date(2030, 1, 22)
    assert generate_meetings(check_gaps=True) == 0


def test_every_second_week_cancels_those_between(group: Group, series: Series, fay: Person) -> None:
    rearrange(series, fay, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert coming(group)[:3] == ["01-08 19:00", "-01-15 19:00", "01-22 19:00"]
    off = Meeting.everything.get(group=group, starts_at__day=15, starts_at__month=1)
    assert (off.series, off.reason, off.version) == (series, "The hall is let to others.", 2)
    assert generate_meetings(check_gaps=True) == 0


def test_moved_and_cancelled_dates_stay_as_they_are(
    group: Group, series: Series, fay: Person
) -> None:
    moved, cancelled = nth(series, 0), nth(series, 1)
    there = datetime(2030, 1, 11, 15, tzinfo=UTC)
    Meeting.everything.filter(id=moved.id).update(
        starts_at=there, ends_at=there + timedelta(hours=1)
    )
    Meeting.everything.filter(id=cancelled.id).update(status="cancelled", reason="Fay is ill.")
    rearrange(series, fay, rule="FREQ=WEEKLY;BYDAY=WE")
    assert coming(group)[:3] == ["01-11 15:00", "-01-15 19:00", "01-23 19:00"]
    moved.refresh_from_db()
    cancelled.refresh_from_db()
    assert (moved.version, cancelled.version, cancelled.reason) == (1, 1, "Fay is ill.")
    # Their slots are taken: neither comes again at its new time.
    assert moved.original_start == datetime(2030, 1, 9, 19, tzinfo=UTC)
    assert moved.before == datetime(2030, 1, 8, 19, tzinfo=UTC)
    assert generate_meetings(check_gaps=True) == 0


def test_back_again_the_dates_between_take_place_after_all(
    group: Group, series: Series, fay: Person
) -> None:
    cancel_meeting(meeting=nth(series, 1), by=fay, reason="Fay is ill.")
    rearrange(series, fay, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    second = group.series.get(ended_at=None)
    wanted = new_times(second, from_start=None, **times(second, rule=TUESDAYS))
    plan = planned_change(series=second, wanted=wanted, from_start=None, by=fay)
    assert (len(plan.restored), len(plan.kept), plan.new) == (5, 6, [])
    rearrange(second, fay, rule=TUESDAYS)
    assert coming(group)[:4] == ["01-08 19:00", "-01-15 19:00", "01-22 19:00", "01-29 19:00"]
    assert len(coming(group)) == 12
    third = group.series.get(ended_at=None)
    assert third.meetings.count() == 12
    assert generate_meetings(check_gaps=True) == 0


def test_a_moved_date_without_a_slot_stays(group: Group, series: Series, fay: Person) -> None:
    off = nth(series, 1)
    Meeting.everything.filter(id=off.id).update(starts_at=off.starts_at + timedelta(minutes=30))
    change = rearrange(series, fay, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    off.refresh_from_db()
    assert (off.status, off.series, off.version) == (MeetingStatus.SCHEDULED, series, 1)
    assert str(off.id) not in str(change.before["meetings"])


def test_people_keep_their_places(group: Group, series: Series, fay: Person, ben: Person) -> None:
    seat = factories.make_seat(nth(series, 0), ben)
    rearrange(series, fay, rule="FREQ=WEEKLY;BYDAY=TH", first_on=date(2030, 1, 10))
    seat.refresh_from_db()
    assert (seat.state, seat.meeting.starts_at.day) == (SeatState.CONFIRMED, 10)


def test_visitors_read_of_a_date_that_was_moved_after_that(
    group: Group, series: Series, fay: Person
) -> None:
    rearrange(series, fay, starts_at_time=time(20))
    moved = nth(group.series.get(ended_at=None), 1)
    move_meeting(meeting=moved, by=fay, starts_at=moved.starts_at + timedelta(hours=1))
    told = changes_ahead(group, next_dates(group))
    assert [it.id for it in told] == [moved.id]


def test_a_date_of_another_length_keeps_it(group: Group, series: Series, fay: Person) -> None:
    longer = nth(series, 0)
    Meeting.everything.filter(id=longer.id).update(ends_at=longer.starts_at + timedelta(hours=3))
    rearrange(series, fay, starts_at_time=time(17), duration_minutes=60)
    longer.refresh_from_db()
    assert (longer.starts_at.hour, longer.ends_at.hour) == (17, 20)


def test_another_zone(group: Group, series: Series, fay: Person) -> None:
    rearrange(series, fay, time_zone="Europe/Madrid")
    first = nth(group.series.get(ended_at=None), 0)
    assert (first.starts_at.hour, first.time_zone) == (18, "Europe/Madrid")


def test_everybody_is_told_once_and_later(
    group: Group, series: Series, fay: Person, ben: Person
) -> None:
    change = rearrange(series, fay, starts_at_time=time(20))
    mail = OutgoingMail.objects.get()
    assert (mail.person, mail.about) == (ben, f"change:{change.pk}")
    assert mail.send_after == NOW + timedelta(minutes=5)
    assert (change.kind, change.reason) == (ChangeKind.REARRANGED, "The hall is let to others.")


def test_people_are_told_of_dates_that_are_new(series: Series, fay: Person, ben: Person) -> None:
    fields = {"rule": "FREQ=WEEKLY;BYDAY=TU,TH", "first_on": date(2030, 1, 3)}
    plan = planned(series, by=fay, **fields)
    assert (plan.changed, len(plan.new), plan.people) == ([], 12, 1)
    change = rearrange(series, fay, **fields)
    assert OutgoingMail.objects.get().person == ben
    assert Seat.objects.filter(person=ben, meeting__in=change.before["made"]["meetings"]).exists()


def test_a_typing_mistake_is_not_told(series: Series, fay: Person, ben: Person) -> None:
    rearrange(series, fay, starts_at_time=time(20), tells=False)
    assert not OutgoingMail.objects.exists()


def test_undone_all_is_as_before(group: Group, series: Series, fay: Person, ben: Person) -> None:
    names = ("id", "series", "original_start", "starts_at", "ends_at", "status", "planned_start")
    before = list(group.meetings.order_by("id").values(*names))
    change = rearrange(series, fay, rule="FREQ=MONTHLY;BYDAY=2WE", starts_at_time=time(18))
    undo_change(change=change, by=fay)
    assert list(group.meetings.order_by("id").values(*names)) == before
    assert list(group.series.values_list("id", "ended_at")) == [(series.id, None)]


def test_dates_of_a_draft_nobody_knows_of_go(series: Series, group: Group, fay: Person) -> None:
    Group.everything.filter(pk=group.pk).update(status="draft")
    rearrange(series, fay, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", first_on=date(2030, 1, 10))
    assert coming(group)[:3] == ["01-10 19:00", "01-24 19:00", "02-07 19:00"]
    assert not any(it.is_moved for it in group.meetings.all())


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"duration_minutes": 0}, "ends-before-start"),
        ({"time_zone": "Europe/Leeds"}, "unknown-zone"),
        ({"rule": "FREQ=DAILY"}, "unclear-rule"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20200101"}, "ends-before-first"),
        ({"first_on": date(2036, 1, 1)}, "too-far"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "reason": " "}, "no-reason"),
        ({}, "same-time"),
    ],
)
@pytest.mark.parametrize("follows", [True, False])
def test_what_cannot_be(
    group: Group, series: Series, fay: Person, fields: dict[str, Any], code: str, follows: bool
) -> None:
    before = coming(group)
    from_start = nth(series, 2).original_start if follows else None
    assert code_of(series, fay, from_start=from_start, **fields) == code
    assert coming(group) == before
    assert group.series.count() == 1


def test_not_at_the_time_of_another_date(group: Group, series: Series, fay: Person) -> None:
    factories.make_meeting(group, datetime(2030, 1, 9, 18, tzinfo=UTC))
    assert code_of(series, fay, rule="FREQ=WEEKLY;BYDAY=WE") == "another-date"
    rearrange(series, fay, rule="FREQ=WEEKLY;BYDAY=WE", starts_at_time=time(20))


def test_a_single_date_stays_and_has_no_other_beside_it(
    group: Group, series: Series, fay: Person
) -> None:
    nth(series, 1).delete()
    factories.make_meeting(group, datetime(2030, 1, 15, 18, tzinfo=UTC))
    rearrange(series, fay, starts_at_time=time(18, 30))
    assert coming(group)[:3] == ["01-08 18:30", "01-15 18:00", "01-22 18:30"]
    assert generate_meetings(check_gaps=True) == 0


def test_sent_twice_it_is_done_once(series: Series, fay: Person) -> None:
    rearrange(series, fay, starts_at_time=time(20))
    assert code_of(series, fay, starts_at_time=time(20)) == "already-ended"


def test_only_by_those_who_run_the_group(series: Series, gil: Person, ben: Person) -> None:
    assert code_of(series, gil, starts_at_time=time(20)) == "not-yours"
    assert code_of(series, ben, starts_at_time=time(20)) == "not-yours"


PLANS = [
    {"starts_at_time": time(20)},
    {"rule": "FREQ=WEEKLY;BYDAY=TH", "first_on": date(2030, 1, 3)},
    {"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU"},
    {"rule": "FREQ=MONTHLY;BYDAY=1TU,3TU"},
    {"rule": "FREQ=MONTHLY;BYMONTHDAY=15", "duration_minutes": 60},
    {"skipped_on": [date(2030, 1, 15), date(2030, 1, 22)]},
    {"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"},
    {"time_zone": "Australia/Lord_Howe"},
]


@pytest.mark.parametrize("fields", PLANS)
@pytest.mark.parametrize("follows", [True, False])
def test_what_was_shown_is_done(
    group: Group, series: Series, fay: Person, ben: Person, fields: dict[str, Any], follows: bool
) -> None:
    moved = nth(series, 4)
    Meeting.everything.filter(id=moved.id).update(starts_at=moved.starts_at + timedelta(minutes=5))
    from_start = nth(series, 1).original_start if follows else None
    plan = planned(series, from_start, fay, **fields)
    was = {it.id: (it.starts_at, it.version) for it in group.meetings.all()}
    rearrange(series, fay, from_start, **fields)
    now = {it.id: it for it in group.meetings.all()}
    told = [(it.meeting.id, it.starts_at) for it in plan.carried]
    assert told == [(it, now[it].starts_at) for it, _start in told]
    assert {it.id for it in plan.cancelled} == {it for it in now if now[it].is_cancelled}
    same = {it for it in was if was[it] == (now[it].starts_at, now[it].version)}
    assert {it.id for it in (*plan.kept, *plan.stays)} <= same
    assert same.isdisjoint([it for it, _start in told])
    assert sorted(plan.new) == sorted(now[it].starts_at for it in now.keys() - was.keys())
    assert OutgoingMail.objects.count() == plan.people == 1


def test_looking_changes_nothing(
    series: Series, ben: Person, django_assert_max_num_queries: Any
) -> None:
    before = list(series.meetings.order_by("id").values())
    with django_assert_max_num_queries(3):
        plan = planned(series, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
        assert (len(plan.kept), len(plan.cancelled), plan.people) == (6, 6, 2)
    assert list(series.meetings.order_by("id").values()) == before


def test_it_ends(group: Group, series: Series, fay: Person, ben: Person) -> None:
    split = nth(series, 2).original_start
    plan = planned_end(series=series, by=fay, from_start=split)
    assert (len(plan.cancelled), plan.people) == (10, 1)
    change = end_series(series=series, by=fay, from_start=split, reason="We stop meeting.")
    assert coming(group)[1:4] == ["01-15 19:00", "-01-22 19:00", "-01-29 19:00"]
    assert generate_meetings(check_gaps=True) == 0
    assert OutgoingMail.objects.get().about == f"change:{change.pk}"


def test_it_ends_now_with_a_reason(group: Group, series: Series, fay: Person) -> None:
    with pytest.raises(Refused) as refused:
        end_series(series=series, by=fay, from_start=None, reason="")
    assert refused.value.refusal.code == "no-reason"
    end_series(series=series, by=fay, from_start=None, reason="We stop meeting.", tells=False)
    assert all(line.startswith("-") for line in coming(group))
    series.refresh_from_db()
    assert series.ended_at == NOW
