"""Dates before a coming split or end: they go on by the old rule, and can still be changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting, move_meeting
from directory.actions.series import (
    end_series,
    generate_meetings,
    rearrange_series,
    skip_days,
    unskip_days,
)
from directory.models import Group, Meeting, ScheduleChange, Series
from directory.queries.calendar import running_series
from directory.queries.planned import planned_change
from directory.queries.recurring import last_day, new_times
from directory.refusals import Refused
from directory.templatetags.finding import in_words
from tests import factories
from tests.facilitating.plans import tuesdays

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 1, 2, 12, tzinfo=UTC)
THURSDAYS = {"rule": "FREQ=WEEKLY;BYDAY=TH", "first_on": date(2030, 1, 3)}


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def series(group: Group, fay: Person) -> Series:
    """Tuesdays at seven in London, from the 8th of January on."""
    return tuesdays(group, fay, first_on=date(2030, 1, 8))


@pytest.fixture
def later(series: Series, fay: Person) -> Series:
    """From the fourth date on, the 29th of January, the group meets at six."""
    rearrange(series, fay, nth(series, 3).original_start, starts_at_time=time(18))
    series.refresh_from_db()
    return Series.objects.get(follows=series)


def rearrange(
    series: Series, by: Person | None, from_start: datetime | None = None, **fields: Any
) -> ScheduleChange:
    fields.setdefault("reason", "The hall is let to others.")
    return rearrange_series(series=series, by=by, from_start=from_start, **times(series) | fields)


def times(series: Series, **fields: Any) -> dict[str, Any]:
    names = ("first_on", "starts_at_time", "duration_minutes", "rule", "time_zone", "skipped_on")
    return {name: getattr(series, name) for name in names} | fields


def nth(series: Series, number: int) -> Meeting:
    return series.meetings.order_by("original_start")[number]


def coming(group: Group) -> list[str]:
    """The first dates of the group, in order, cancelled ones with a dash before them."""
    dates = Meeting.everything.filter(group=group).order_by("starts_at", "id")[:5]
    return [f"{'-' if it.is_cancelled else ''}{it.starts_at:%m-%d %H:%M}" for it in dates]


def test_all_of_a_stretch_are_changed_and_none_after_it(
    group: Group, series: Series, later: Series, fay: Person, ben: Person
) -> None:
    after = list(later.meetings.order_by("starts_at").values())
    rearrange(series, fay, **THURSDAYS)
    assert coming(group)[:4] == ["01-03 19:00", "01-10 19:00", "01-17 19:00", "01-24 19:00"]
    assert list(later.meetings.order_by("starts_at").values()) == after
    assert generate_meetings(check_gaps=True) == 0


def test_the_new_one_comes_between(series: Series, later: Series, fay: Person) -> None:
    end = series.ended_at
    rearrange(series, fay, **THURSDAYS)
    between = Series.objects.get(follows=series)
    later.refresh_from_db()
    series.refresh_from_db()
    assert (between.ended_at, later.follows) == (end, between)
    assert series.is_over


def test_this_and_following_end_where_the_other_times_begin(
    group: Group, series: Series, later: Series, fay: Person
) -> None:
    second = nth(series, 1).original_start
    rearrange(series, fay, second, starts_at_time=time(20), first_on=date(2030, 1, 15))
    assert coming(group) == [
        "01-08 19:00",
        "01-15 20:00",
        "01-22 20:00",
        "01-29 18:00",
        "02-05 18:00",
    ]


def test_what_is_shown_before_is_what_is_done(
    group: Group, series: Series, later: Series, fay: Person
) -> None:
    wanted = new_times(series, from_start=None, **times(series, **THURSDAYS))
    plan = planned_change(series=series, wanted=wanted, from_start=None, by=fay)
    said = [one.starts_at for one in plan.carried] + plan.new
    rearrange(series, fay, **THURSDAYS)
    end = later.meetings.order_by("starts_at")[0].starts_at
    there = Meeting.everything.filter(group=group, starts_at__lt=end).order_by("starts_at")
    assert [it.starts_at for it in there] == sorted(said)


def test_moved_and_cancelled_dates_stay(
    group: Group, series: Series, later: Series, fay: Person
) -> None:
    first, second = nth(series, 0), nth(series, 1)
    move_meeting(meeting=first, by=fay, starts_at=first.starts_at + timedelta(hours=3))
    cancel_meeting(meeting=second, by=fay, reason="The hall is closed.")
    rearrange(series, fay, starts_at_time=time(20))
    assert coming(group)[:4] == ["01-08 22:00", "-01-15 19:00", "01-22 20:00", "01-29 18:00"]


def test_it_is_undone_with_all_that_it_did(
    group: Group, series: Series, later: Series, fay: Person, ben: Person
) -> None:
    before = coming(group)
    mails = OutgoingMail.objects.filter(state="waiting").count()
    undo_change(change=rearrange(series, fay, **THURSDAYS), by=fay)
    later.refresh_from_db()
    series.refresh_from_db()
    assert (coming(group), later.follows, series.is_over) == (before, series, False)
    assert group.series.count() == 2
    assert OutgoingMail.objects.filter(state="waiting").count() == mails


def test_days_are_left_out_of_it_and_come_again(
    group: Group, series: Series, later: Series, fay: Person
) -> None:
    day = date(2030, 1, 15)
    skip_days(series=series, by=fay, first_on=day, last_on=day, reason="The hall is closed.")
    assert coming(group)[:3] == ["01-08 19:00", "-01-15 19:00", "01-22 19:00"]
    unskip_days(series=series, by=fay, first_on=day, last_on=day)
    assert coming(group)[:4] == ["01-08 19:00", "01-15 19:00", "01-22 19:00", "01-29 18:00"]


def test_it_may_end_earlier(group: Group, series: Series, later: Series, fay: Person) -> None:
    second = nth(series, 1).original_start
    end_series(series=series, by=fay, from_start=second, reason="The hall is closed.")
    assert coming(group)[:4] == ["01-08 19:00", "-01-15 19:00", "-01-22 19:00", "01-29 18:00"]


def test_whoever_saw_other_dates_is_told(series: Series, fay: Person) -> None:
    """Somebody else split it after the page was opened: "all" would be other dates by now."""
    seen = Series.objects.get(pk=series.pk)
    rearrange(series, fay, nth(series, 3).original_start, starts_at_time=time(18))
    with pytest.raises(Refused) as refused:
        rearrange(seen, fay, starts_at_time=time(20))
    assert refused.value.refusal.code == "already-ended"


def test_nothing_from_its_end_on_is_changed_by_it(
    series: Series, later: Series, fay: Person
) -> None:
    with pytest.raises(Refused) as refused:
        rearrange(series, fay, series.ended_at, starts_at_time=time(20))
    assert refused.value.refusal.code == "already-ended"


def test_times_that_give_no_date_before_the_end_are_refused(
    series: Series, later: Series, fay: Person
) -> None:
    with pytest.raises(Refused) as refused:
        rearrange(series, fay, rule="FREQ=MONTHLY;BYMONTHDAY=31")
    assert refused.value.refusal.code == "no-dates"


def test_once_it_is_over_nothing_of_it_changes(series: Series, later: Series, fay: Person) -> None:
    with time_machine.travel(datetime(2030, 1, 30, tzinfo=UTC)):
        with pytest.raises(Refused) as refused:
            rearrange(series, fay, starts_at_time=time(20))
        assert refused.value.refusal.code == "already-ended"
        assert not nth(series, 0).recurs


def test_the_pages_lead_there_and_say_which_dates_are_meant(
    as_fay: Client, series: Series, later: Series
) -> None:
    first, address = nth(series, 0), reverse("edit_series", args=[series.pk])
    date_page = as_fay.get(reverse("facilitated_meeting", args=[first.pk])).content.decode()
    assert f'href="{address}?from={first.pk}"' in date_page
    for page in (address, f"{address}?from={first.pk}", reverse("end_series", args=[series.pk])):
        shown = as_fay.get(page).content.decode()
        assert "These dates go on until Tuesday 22 January 2030." in shown
        assert reverse("edit_series", args=[later.pk]) in shown


def test_the_page_changes_them_and_no_second_press_does(
    as_fay: Client, group: Group, series: Series, later: Series
) -> None:
    address = reverse("edit_series", args=[series.pk])
    given = {
        "recurs": "weekly",
        "every": "1",
        "weekdays": ["thu"],
        "on": "2030-01-03",
        "at": "19:00",
        "ends": "20:30",
        "stops": "never",
    }
    plan = as_fay.post(address, given).context["plan"]
    assert len(plan.carried) + len(plan.new) == 4
    seen = as_fay.get(address).context["form"]["seen"].value()
    given |= {"confirmed": "yes", "reason": "The hall is taken.", "seen": seen}
    for _press in range(2):
        as_fay.post(address, given)
    assert group.series.count() == 3
    assert coming(group)[:2] == ["01-03 19:00", "01-10 19:00"]


def test_a_page_from_before_a_split_changes_nothing(
    as_fay: Client, fay: Person, group: Group, series: Series
) -> None:
    address = reverse("end_series", args=[series.pk])
    form = as_fay.get(address).context["form"]
    given = {"from_date": str(nth(series, 1).pk), "reason": "Over.", "confirmed": "yes"}
    given["seen"] = form["seen"].value()
    rearrange(series, fay, nth(series, 3).original_start, starts_at_time=time(18))
    page = as_fay.post(address, given, follow=True).content.decode()
    assert "These dates were changed or came to an end meanwhile." in page
    assert "-" not in "".join(coming(group)).replace("01-", "").replace("02-", "")


def test_visitors_read_until_when(
    client: Client, group: Group, series: Series, fay: Person
) -> None:
    end_series(
        series=series, by=fay, from_start=nth(series, 3).original_start, reason="We stop then."
    )
    series.refresh_from_db()
    assert last_day(series, now=NOW) == date(2030, 1, 22)
    assert in_words(series).startswith("Every Tuesday, until Tuesday 22 January 2030, 7")
    page = client.get(reverse("group", args=[group.slug])).content.decode()
    assert "Every Tuesday, until Tuesday 22 January 2030" in page
    assert '"endDate": "2030-01-22"' in page or '"endDate":"2030-01-22"' in page
    with time_machine.travel(datetime(2030, 1, 30, tzinfo=UTC)):
        assert running_series(group) == []


def test_a_skipped_last_day_is_not_its_last(group: Group) -> None:
    series = factories.make_series(
        group,
        first_on=date(2030, 1, 8),
        ended_at=datetime(2030, 1, 23, tzinfo=UTC),
        skipped_on=[date(2030, 1, 22)],
    )
    assert last_day(series, now=NOW) == date(2030, 1, 15)
