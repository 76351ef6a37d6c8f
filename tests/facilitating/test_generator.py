"""The dates of series: made ahead, once, at the same hour on the clock all year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Person
from directory.actions.series import add_series, generate_meetings
from directory.choices import Joining, SeatState
from directory.models import Group, Meeting, Seat, Series
from tests import factories

pytestmark = pytest.mark.django_db
LONDON_TUESDAYS = {"rule": "FREQ=WEEKLY;BYDAY=TU", "first_on": date(2030, 1, 1)}


def local_starts(series: Series) -> list[str]:
    zone = ZoneInfo(series.time_zone)
    starts = series.meetings.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{start.astimezone(zone):%m-%d %H:%M%z}" for start in starts]


def test_twelve_weeks_are_made(group: Group) -> None:
    series = factories.make_series(group, **LONDON_TUESDAYS)
    made = generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC))
    series.refresh_from_db()
    assert made == 12
    assert local_starts(series)[0] == "01-01 19:00+0000"
    assert local_starts(series)[-1] == "03-19 19:00+0000"
    assert series.generated_until == datetime(2030, 3, 26, tzinfo=UTC)


def test_a_second_run_makes_nothing(group: Group) -> None:
    factories.make_series(group, **LONDON_TUESDAYS)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    generate_meetings(now=now)
    assert generate_meetings(now=now, check_gaps=True) == 0
    assert generate_meetings(now=now + timedelta(hours=1)) == 0
    assert Meeting.everything.count() == 12


@pytest.mark.parametrize(
    ("zone", "month_and_day", "expected"),
    [
        ("Europe/London", (3, 20), ["03-26 19:00+0000", "04-02 19:00+0100"]),
        ("Europe/London", (10, 20), ["10-22 19:00+0100", "10-29 19:00+0000"]),
        ("America/New_York", (3, 4), ["03-05 19:00-0500", "03-12 19:00-0400"]),
        ("America/New_York", (10, 28), ["10-29 19:00-0400", "11-05 19:00-0500"]),
    ],
)
def test_seven_stays_seven_when_clocks_change(
    group: Group, zone: str, month_and_day: tuple[int, int], expected: list[str]
) -> None:
    series = factories.make_series(group, time_zone=zone, **LONDON_TUESDAYS)
    generate_meetings(now=datetime(2030, *month_and_day, tzinfo=UTC))
    assert local_starts(series)[:2] == expected


def test_a_meeting_over_the_clock_change_lasts_its_minutes(group: Group) -> None:
    series = factories.make_series(
        group,
        rule="FREQ=WEEKLY;BYDAY=SU",
        first_on=date(2030, 3, 31),
        starts_at_time=time(0, 30),
        duration_minutes=90,
    )
    generate_meetings(now=datetime(2030, 3, 30, tzinfo=UTC))
    night = series.meetings.earliest("starts_at")
    assert night.ends_at - night.starts_at == timedelta(minutes=90)
    assert night.ends_at == datetime(2030, 3, 31, 2, 0, tzinfo=UTC)


def test_skipped_dates_are_left_out(group: Group) -> None:
    series = factories.make_series(group, skipped_on=[date(2030, 1, 8)], **LONDON_TUESDAYS)
    generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC))
    assert local_starts(series)[:2] == ["01-01 19:00+0000", "01-15 19:00+0000"]


def test_every_second_week_keeps_its_week(group: Group) -> None:
    series = factories.make_series(
        group, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", first_on=date(2029, 12, 3)
    )
    generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC))
    assert [start[:5] for start in local_starts(series)[:4]] == ["01-03", "01-14", "01-17", "01-28"]


def test_moved_and_cancelled_dates_stay_as_they_are(group: Group) -> None:
    series = factories.make_series(group, **LONDON_TUESDAYS)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    generate_meetings(now=now)
    moved, cancelled = series.meetings.order_by("starts_at")[:2]
    later = moved.starts_at + timedelta(hours=1)
    Meeting.everything.filter(id=moved.id).update(starts_at=later)
    Meeting.everything.filter(id=cancelled.id).update(status="cancelled", reason="Ill")
    assert generate_meetings(now=now, check_gaps=True) == 0
    assert series.meetings.get(id=moved.id).starts_at == later
    assert series.meetings.count() == 12


def test_a_gap_is_filled_by_the_nightly_run_alone(group: Group) -> None:
    series = factories.make_series(group, **LONDON_TUESDAYS)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    generate_meetings(now=now)
    series.meetings.order_by("starts_at")[3].delete()
    assert generate_meetings(now=now) == 0
    assert generate_meetings(now=now, check_gaps=True) == 1


def test_after_a_week_off_the_missing_week_is_made(group: Group) -> None:
    factories.make_series(group, **LONDON_TUESDAYS)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    generate_meetings(now=now)
    assert generate_meetings(now=now + timedelta(weeks=1)) == 1


def test_no_second_date_at_the_time_of_a_single_one(group: Group) -> None:
    """Somebody planned an evening with a guest long before the dates of then were made."""
    now = datetime(2030, 1, 1, tzinfo=UTC)
    series = factories.make_series(group, **LONDON_TUESDAYS)
    guest = factories.make_meeting(group, datetime(2030, 1, 15, 18, 30, tzinfo=UTC))
    assert generate_meetings(now=now) == 11
    Meeting.everything.filter(id=guest.id).update(status="cancelled", reason="Ill")
    assert generate_meetings(now=now, check_gaps=True) == 1
    assert series.meetings.filter(starts_at=datetime(2030, 1, 15, 19, tzinfo=UTC)).exists()


def test_no_second_date_where_another_was_moved(group: Group) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    series = factories.make_series(group, **LONDON_TUESDAYS)
    generate_meetings(now=now)
    late = series.meetings.latest("starts_at")
    there = late.starts_at + timedelta(weeks=1)
    Meeting.everything.filter(id=late.id).update(
        starts_at=there, ends_at=there + timedelta(minutes=90)
    )
    assert generate_meetings(now=now + timedelta(weeks=2)) == 1
    assert series.meetings.filter(starts_at=there).count() == 1


def test_members_have_places_at_new_dates(group: Group, ben: Person) -> None:
    factories.make_series(group, **LONDON_TUESDAYS)
    now = datetime(2030, 1, 1, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        generate_meetings(now=now)
        generate_meetings(now=now, check_gaps=True)
    assert Seat.objects.filter(person=ben, state=SeatState.CONFIRMED).count() == 12


def test_who_only_comes_has_none(group: Group, ben: Person) -> None:
    Group.everything.filter(pk=group.pk).update(joining=Joining.JUST_COME)
    factories.make_series(group, **LONDON_TUESDAYS)
    assert generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC)) == 12
    assert not Seat.objects.exists()


def test_dates_of_the_past_are_not_made_up(group: Group) -> None:
    series = factories.make_series(group, **LONDON_TUESDAYS)
    generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC))
    generate_meetings(now=datetime(2030, 9, 1, tzinfo=UTC))
    assert local_starts(series)[12] == "09-03 19:00+0100"


def test_ended_series_and_closed_groups_get_no_dates(group: Group) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    factories.make_series(group, ended_at=now, **LONDON_TUESDAYS)
    factories.make_series(factories.make_group(status="closed"), **LONDON_TUESDAYS)
    factories.make_series(factories.make_group(status="paused"), **LONDON_TUESDAYS)
    assert generate_meetings(now=now) == 0


def test_a_rule_that_cannot_be_read_stops_no_other(
    group: Group, caplog: pytest.LogCaptureFixture
) -> None:
    broken = factories.make_series(group, rule="FREQ=SOMETIMES", first_on=date(2030, 1, 1))
    factories.make_series(group, **LONDON_TUESDAYS)
    assert generate_meetings(now=datetime(2030, 1, 1, tzinfo=UTC)) == 12
    assert [line.getMessage() for line in caplog.records] == [f"No dates for series {broken.id}"]


def test_queries_do_not_grow_with_the_series(
    group: Group, django_assert_num_queries: object
) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    factories.make_series(group, **LONDON_TUESDAYS)
    with django_assert_num_queries(19):
        generate_meetings(now=now, check_gaps=True)
    for number in range(2, 4):
        factories.make_series(group, rule="FREQ=WEEKLY;BYDAY=TH", first_on=date(2030, 1, number))
    with django_assert_num_queries(19):
        generate_meetings(now=now, check_gaps=True)


def test_a_new_series_has_its_dates_at_once(group: Group, fay: object) -> None:
    today = datetime.now(UTC).date()
    series = add_series(
        group=group,
        by=fay,
        first_on=today + timedelta(days=1),
        starts_at_time=time(19, 30),
        duration_minutes=90,
        rule="FREQ=WEEKLY",
    )
    assert series.time_zone == group.time_zone
    assert series.meetings.count() == 12
