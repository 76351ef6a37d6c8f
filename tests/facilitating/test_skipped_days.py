"""Days that are left out: "not in August", public holidays; and back again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import OutgoingMail, Person
from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting
from directory.actions.series import (
    add_series,
    generate_meetings,
    rearrange_series,
    skip_days,
    unskip_days,
)
from directory.choices import ChangeKind, SeatState
from directory.models import Group, Meeting, ScheduleChange, Seat, Series
from directory.queries.planned import planned_skip, planned_unskip
from directory.refusals import Refused
from directory.text.spoken_days import days_between
from tests import factories
from tests.facilitating.plans import tuesdays

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 7, 1, 12, tzinfo=UTC)
AUGUST = (date(2030, 8, 1), date(2030, 8, 31))


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(group: Group, fay: Person) -> Series:
    """Tuesdays at seven in London; four of them lie in August."""
    return tuesdays(group, fay, first_on=date(2030, 7, 2))


def skip(
    series: Series, by: Person | None, days: tuple[date, date] = AUGUST, reason: str = "Holidays."
) -> ScheduleChange:
    return skip_days(series=series, by=by, first_on=days[0], last_on=days[1], reason=reason)


def unskip(series: Series, by: Person | None, days: tuple[date, date] = AUGUST) -> ScheduleChange:
    return unskip_days(series=series, by=by, first_on=days[0], last_on=days[1])


def code_of(action: object, *args: object) -> str:
    with pytest.raises(Refused) as refused:
        action(*args)
    return refused.value.refusal.code


def off(series: Series) -> list[str]:
    dates = series.meetings.filter(status="cancelled").order_by("starts_at")
    return [f"{it.starts_at:%m-%d}" for it in dates]


def in_august(series: Series) -> list[Meeting]:
    return list(series.meetings.filter(starts_at__month=8).order_by("starts_at"))


def test_not_in_august(series: Series, fay: Person, ben: Person) -> None:
    change = skip(series, fay)
    series.refresh_from_db()
    assert series.skipped_on == days_between(*AUGUST)
    assert off(series) == ["08-06", "08-13", "08-20", "08-27"]
    assert {it.reason for it in in_august(series)} == {"Holidays."}
    assert (change.kind, OutgoingMail.objects.get().person) == (ChangeKind.SKIPPED, ben)
    assert generate_meetings(check_gaps=True) == 0


def test_visitors_and_facilitators_read_of_it(
    group: Group, series: Series, fay: Person, client: Client
) -> None:
    skip(series, fay)
    said = "No meetings from 1 to 31 August"
    assert said in client.get(f"/groups/{group.slug}/").content.decode()
    client.force_login(fay)
    assert said in client.get(f"/facilitate/groups/{group.pk}/").content.decode()


def test_days_far_ahead_have_no_dates_yet(series: Series, fay: Person, ben: Person) -> None:
    skip(series, fay, (date(2030, 12, 24), date(2030, 12, 31)))
    assert not OutgoingMail.objects.exists()
    with time_machine.travel(NOW + timedelta(weeks=20), tick=False):
        generate_meetings()
        winter = series.meetings.filter(starts_at__gte=datetime(2030, 12, 15, tzinfo=UTC))
        assert [f"{it.starts_at:%m-%d}" for it in winter.order_by("starts_at")[:2]] == [
            "12-17",
            "01-07",
        ]


def test_what_was_shown_is_done(series: Series, fay: Person, ben: Person) -> None:
    moved = in_august(series)[1]
    Meeting.everything.filter(id=moved.id).update(starts_at=moved.starts_at + timedelta(minutes=5))
    plan = planned_skip(series=series, days=days_between(*AUGUST), by=fay)
    assert ([it.id for it in plan.stays], plan.people) == ([moved.id], 1)
    skip(series, fay)
    assert off(series) == [f"{it.starts_at:%m-%d}" for it in plan.cancelled]
    moved.refresh_from_db()
    assert (moved.is_cancelled, moved.version) == (False, 1)


def test_single_days_beside_them(series: Series, fay: Person) -> None:
    skip_days(
        series=series,
        by=fay,
        first_on=date(2030, 7, 9),
        last_on=date(2030, 7, 9),
        also=[date(2030, 7, 23)],
        reason="Holidays.",
    )
    assert off(series) == ["07-09", "07-23"]


def test_they_take_place_after_all(ben: Person, series: Series, fay: Person) -> None:
    skip(series, fay)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        plan = planned_unskip(series=series_now(series), days=days_between(*AUGUST), by=fay)
        assert (len(plan.restored), plan.new, plan.people) == (4, [], 1)
        change = unskip(series, fay)
    assert off(series) == []
    assert {(it.reason, it.version) for it in in_august(series)} == {("", 3)}
    assert Seat.objects.filter(person=ben, state=SeatState.CONFIRMED).count() == 12
    assert change.kind == ChangeKind.RESTORED


def series_now(series: Series) -> Series:
    return Series.objects.get(pk=series.pk)


def test_a_date_cancelled_by_itself_stays_so(series: Series, fay: Person) -> None:
    cancel_meeting(meeting=in_august(series)[0], by=fay, reason="Fay is away.")
    skip(series, fay)
    unskip(series, fay)
    assert off(series) == ["08-06"]


def test_dates_that_were_never_made_are_made(series: Series, fay: Person) -> None:
    days = (date(2030, 9, 24), date(2030, 9, 30))
    skip(series, fay, days)
    with time_machine.travel(NOW + timedelta(weeks=2), tick=False):
        generate_meetings()
        plan = planned_unskip(series=series_now(series), days=days_between(*days), by=fay)
        unskip(series, fay, days)
        assert plan.new == [datetime(2030, 9, 24, 18, tzinfo=UTC)]
        assert series.meetings.filter(starts_at__in=plan.new).exists()


def test_undone_they_are_not_left_out(series: Series, fay: Person) -> None:
    undo_change(change=skip(series, fay), by=fay)
    series.refresh_from_db()
    assert (series.skipped_on, off(series)) == ([], [])


def test_undone_they_are_left_out_again(series: Series, fay: Person) -> None:
    skip(series, fay)
    undo_change(change=unskip(series, fay), by=fay)
    series.refresh_from_db()
    assert len(series.skipped_on) == 31
    assert len(off(series)) == 4


def test_once_undone_it_restores_nothing(series: Series, fay: Person) -> None:
    undo_change(change=skip(series, fay), by=fay)
    cancel_meeting(meeting=in_august(series)[0], by=fay, reason="Fay is away.")
    days = (date(2030, 8, 5), date(2030, 8, 7))
    Series.objects.filter(pk=series.pk).update(skipped_on=days_between(*days))
    unskip(series, fay, days)
    assert off(series) == ["08-06"]


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ((date(2030, 8, 31), date(2030, 8, 1)), "last-before-first"),
        ((date(2030, 8, 1), date(2031, 8, 2)), "too-many-days"),
        ((date(2030, 6, 1), date(2030, 6, 29)), "days-over"),
        ((date(2035, 8, 1), date(2035, 8, 2)), "too-far"),
    ],
)
def test_days_that_cannot_be_left_out(
    series: Series, fay: Person, days: tuple[date, date], code: str
) -> None:
    assert code_of(skip, series, fay, days) == code
    series.refresh_from_db()
    assert series.skipped_on == []


def test_a_whole_year_can_be_left_out(series: Series, fay: Person) -> None:
    skip(series, fay, (date(2030, 8, 1), date(2031, 8, 1)))
    series.refresh_from_db()
    assert len(series.skipped_on) == 366


def test_people_read_why(series: Series, fay: Person) -> None:
    assert code_of(skip, series, fay, AUGUST, " ") == "no-reason"
    skip(series, fay, (date(2030, 8, 7), date(2030, 8, 8)), "")


def test_done_twice_it_is_done_once(series: Series, fay: Person) -> None:
    skip(series, fay)
    assert code_of(skip, series, fay) == "already-skipped"
    unskip(series, fay)
    assert code_of(unskip, series, fay) == "not-skipped"


def test_not_beside_another_date(group: Group, series: Series, fay: Person) -> None:
    skip(series, fay)
    factories.make_meeting(group, in_august(series)[2].starts_at)
    assert code_of(unskip, series, fay) == "another-date"
    assert len(off(series)) == 4


def test_not_of_a_series_that_ended(series: Series, fay: Person) -> None:
    rearrange_series(
        series=series,
        by=fay,
        from_start=None,
        first_on=series.first_on,
        starts_at_time=time(20),
        duration_minutes=90,
        rule=series.rule,
        time_zone=series.time_zone,
        skipped_on=[],
    )
    assert code_of(skip, series, fay) == "already-ended"
    assert code_of(unskip, series, fay) == "already-ended"


def test_only_by_those_who_run_the_group(series: Series, gil: Person, ben: Person) -> None:
    for stranger in (gil, ben):
        assert code_of(skip, series, stranger) == "not-yours"
        assert code_of(unskip, series, stranger) == "not-yours"


def test_the_day_is_the_one_where_the_group_meets(group: Group, fay: Person) -> None:
    """Half past eleven at night in New York is the next day in UTC."""
    series = add_series(
        group=group,
        by=fay,
        tells=False,
        first_on=date(2030, 8, 6),
        starts_at_time=time(23, 30),
        duration_minutes=60,
        rule="FREQ=WEEKLY;BYDAY=TU;COUNT=2",
        time_zone="America/New_York",
    )
    skip(series, fay, (date(2030, 8, 7), date(2030, 8, 7)))
    assert off(series) == []
    skip(series, fay, (date(2030, 8, 6), date(2030, 8, 6)))
    assert off(series) == ["08-07"]
