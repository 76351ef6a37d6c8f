"""Dates that recur, changed in the browser: what would be is shown before anything is saved."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions.series import add_series
from directory.models import Group, Meeting, ScheduleChange, Series

pytestmark = pytest.mark.django_db

QUERIES_OF_A_CHANGE = 16
PAGES = ("edit_series", "end_series", "skip_days", "unskip_days")


def next_monday() -> date:
    today = timezone.localdate()
    return today + timedelta(days=7 - today.weekday())


@pytest.fixture
def series(group: Group) -> Series:
    """Every Monday from the next one on, 7 pm to half past eight."""
    series = add_series(
        group=group,
        by=None,
        tells=False,
        first_on=next_monday(),
        starts_at_time=time(19, 0),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=MO",
    )
    # Everybody knows of it.
    ScheduleChange.objects.all().delete()
    return series


def dates_of(series: Series) -> list[Meeting]:
    return list(Meeting.everything.filter(series=series).order_by("starts_at"))


def page_of(name: str, series: Series, first: Meeting | None = None) -> str:
    return reverse(name, args=[series.pk]) + (f"?from={first.pk}" if first else "")


def on_tuesdays(**given: Any) -> dict[str, Any]:
    return {
        "recurs": "weekly",
        "every": "1",
        "weekdays": ["tue"],
        "on": next_monday().isoformat(),
        "at": "18:30",
        "ends": "20:00",
        "stops": "never",
        **given,
    }


def test_what_would_change_is_shown_and_nothing_is_saved(
    as_fay: Client, series: Series, ben: Person
) -> None:
    before = [one.starts_at for one in dates_of(series)]
    answer = as_fay.post(page_of("edit_series", series), on_tuesdays())
    plan = answer.context["plan"]
    assert len(plan.carried) == len(before)
    assert answer.context["telling"].people == 1
    # What is crossed out is so for the eye alone.
    assert answer.content.decode().count("Before: <del>") == len(before)
    assert [one.starts_at for one in dates_of(series)] == before
    assert not ScheduleChange.objects.exists()


def test_all_coming_dates_are_changed(as_fay: Client, series: Series, ben: Person) -> None:
    keys = {one.pk for one in dates_of(series)}
    given = on_tuesdays(confirmed="yes", reason="The hall is taken on Mondays.")
    answer = as_fay.post(page_of("edit_series", series), given)
    assert answer.url == reverse("facilitated_group", args=[series.group_id])
    new = Series.objects.get(follows=series)
    assert new.rule == "FREQ=WEEKLY;INTERVAL=1;BYDAY=TU"
    assert keys <= {one.pk for one in dates_of(new)}
    assert OutgoingMail.objects.filter(person=ben).count() == 1


def test_this_and_the_following_dates_are_changed(as_fay: Client, series: Series) -> None:
    first, second, third = dates_of(series)[:3]
    page = page_of("edit_series", series, third)
    form = as_fay.get(page).context["form"]
    assert form["on"].value() == third.starts_at.date()
    given = on_tuesdays(on=third.starts_at.date().isoformat(), confirmed="yes")
    as_fay.post(page, given)
    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert {first.series_id, second.series_id} == {series.pk}
    assert third.is_moved
    assert third.series_id != series.pk


def test_what_was_changed_can_be_undone_at_once(as_fay: Client, series: Series) -> None:
    given = on_tuesdays(confirmed="yes")
    page = as_fay.post(page_of("edit_series", series), given, follow=True).content.decode()
    assert reverse("undo_change", args=[ScheduleChange.objects.get().pk]) in page


def test_the_page_of_a_date_leads_to_those_that_follow(as_fay: Client, series: Series) -> None:
    first = dates_of(series)[0]
    page = reverse("facilitated_meeting", args=[first.pk])
    link = page_of("edit_series", series, first)
    assert link in as_fay.get(page).content.decode()
    Series.objects.update(ended_at=timezone.now())
    assert link not in as_fay.get(page).content.decode()


def test_dates_cost_no_queries(
    as_fay: Client, series: Series, django_assert_num_queries: Any
) -> None:
    page = page_of("edit_series", series)
    as_fay.post(page, on_tuesdays())
    for given in ({}, {"every": "4", "weekdays": ["tue", "wed", "sat"]}):
        with django_assert_num_queries(QUERIES_OF_A_CHANGE):
            as_fay.post(page, on_tuesdays(**given))


def test_a_corrected_mistake_tells_nobody(as_fay: Client, series: Series, ben: Person) -> None:
    as_fay.post(page_of("edit_series", series), on_tuesdays(confirmed="yes", tells_nobody="on"))
    assert ScheduleChange.objects.get().tells_at is None
    assert not OutgoingMail.objects.filter(person=ben).exists()


def test_what_was_typed_can_be_changed(as_fay: Client, series: Series) -> None:
    given = on_tuesdays(change="yes", reason="The hall is taken.")
    page = as_fay.post(page_of("edit_series", series), given).content.decode()
    assert 'value="18:30"' in page
    assert 'value="The hall is taken."' in page


def test_the_form_shows_how_it_is(as_fay: Client, series: Series) -> None:
    form = as_fay.get(page_of("edit_series", series)).context["form"]
    shown = {name: form[name].value() for name in ("recurs", "weekdays", "at", "ends", "stops")}
    assert shown == {
        "recurs": "weekly",
        "weekdays": ["mon"],
        "at": time(19, 0),
        "ends": time(20, 30),
        "stops": "never",
    }


def test_what_is_the_same_is_no_change(as_fay: Client, series: Series) -> None:
    given = on_tuesdays(weekdays=["mon"], at="19:00", ends="20:30")
    answer = as_fay.post(page_of("edit_series", series), given)
    assert "shows_change" in answer.context
    assert Series.objects.count() == 1


def test_a_rule_with_an_end_counts_what_is_left(as_fay: Client, group: Group) -> None:
    series = add_series(
        group=group,
        by=None,
        tells=False,
        first_on=next_monday(),
        starts_at_time=time(19, 0),
        duration_minutes=90,
        rule="FREQ=WEEKLY;BYDAY=MO;COUNT=6",
    )
    third = dates_of(series)[2]
    form = as_fay.get(page_of("edit_series", series, third)).context["form"]
    assert (form["stops"].value(), form["times"].value()) == ("after", 4)


def test_dates_that_fall_out_need_a_reason(as_fay: Client, series: Series) -> None:
    given = on_tuesdays(every="2")
    shown = as_fay.post(page_of("edit_series", series), given)
    assert shown.context["plan"].cancelled
    answer = as_fay.post(page_of("edit_series", series), given | {"confirmed": "yes"})
    assert list(answer.context["form"].errors) == ["reason"]
    assert answer.context["shows_change"]
    assert Series.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"weekdays": []}, "weekdays"),
        ({"recurs": "nth", "which": []}, "which"),
        ({"recurs": "nth", "which": ["1"], "which_more": ["2"]}, "weekdays_more"),
        ({"recurs": "day"}, "month_day"),
        ({"recurs": "day", "month_day": "32"}, "month_day"),
        ({"ends": "18:00"}, "ends"),
        ({"ends": ""}, "ends"),
        ({"duration_minutes": "80"}, "ends"),
        ({"ends": "", "duration_minutes": "-5"}, "duration_minutes"),
        ({"stops": "on"}, "last_on"),
        ({"stops": "on", "last_on": "2020-01-01"}, "last_on"),
        ({"stops": "on", "last_on": "2999-01-01"}, "last_on"),
        ({"stops": "after"}, "times"),
        ({"stops": "after", "times": "0"}, "times"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"on": "9999-12-31"}, "on"),
    ],
)
def test_a_sentence_stands_beside_the_field(
    as_fay: Client, series: Series, given: dict[str, Any], field: str
) -> None:
    answer = as_fay.post(page_of("edit_series", series), on_tuesdays(**given, confirmed="yes"))
    assert list(answer.context["form"].errors) == [field]
    assert "There is a problem" in answer.content.decode()
    assert Series.objects.count() == 1


def test_a_series_ends_from_a_date_on(as_fay: Client, series: Series) -> None:
    dates = dates_of(series)
    given = {"from_date": str(dates[3].pk)}
    shown = as_fay.post(page_of("end_series", series), given)
    assert len(shown.context["plan"].cancelled) == len(dates) - 3
    as_fay.post(
        page_of("end_series", series), given | {"confirmed": "yes", "reason": "We are done."}
    )
    assert [one.is_cancelled for one in dates_of(series)] == [False] * 3 + [True] * (len(dates) - 3)


def test_the_dates_to_end_at_stand_in_their_order(as_fay: Client, series: Series) -> None:
    off, moved, *others = dates_of(series)
    Meeting.everything.filter(pk=off.pk).update(status="cancelled", reason="Snow.")
    far = {"starts_at": others[2].ends_at, "ends_at": others[2].ends_at + timedelta(hours=1)}
    Meeting.everything.filter(pk=moved.pk).update(**far)
    form = as_fay.get(page_of("end_series", series)).context["form"]
    offered = [key for key, _label in form.fields["from_date"].choices]
    assert offered == [str(one.pk) for one in (moved, *others)]


def test_an_end_needs_a_reason(as_fay: Client, series: Series) -> None:
    given = {"from_date": str(dates_of(series)[0].pk), "confirmed": "yes"}
    answer = as_fay.post(page_of("end_series", series), given)
    assert list(answer.context["form"].errors) == ["reason"]


def days(series: Series) -> dict[str, str]:
    second, third = dates_of(series)[1:3]
    return {
        "first_on": second.starts_at.date().isoformat(),
        "last_on": (third.starts_at.date() + timedelta(days=2)).isoformat(),
    }


def test_days_are_left_out(as_fay: Client, series: Series) -> None:
    shown = as_fay.post(page_of("skip_days", series), days(series))
    assert len(shown.context["plan"].cancelled) == 2
    given = days(series) | {"confirmed": "yes", "reason": "A summer break."}
    as_fay.post(page_of("skip_days", series), given)
    series.refresh_from_db()
    assert len(series.skipped_on) == 10
    assert [one.is_cancelled for one in dates_of(series)[:4]] == [False, True, True, False]


def test_and_met_on_again(as_fay: Client, series: Series) -> None:
    as_fay.post(
        page_of("skip_days", series), days(series) | {"confirmed": "yes", "reason": "A break."}
    )
    span = "/".join(days(series).values())
    shown = as_fay.post(page_of("unskip_days", series), {"span": span})
    assert len(shown.context["plan"].restored) == 2
    as_fay.post(page_of("unskip_days", series), {"span": span, "confirmed": "yes"})
    series.refresh_from_db()
    assert series.skipped_on == []
    assert not any(one.is_cancelled for one in dates_of(series))


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "first_on"),
        ({"last_on": "2030-01-01"}, "first_on"),
        ({"first_on": "2020-01-01"}, "first_on"),
        ({"first_on": "2030-02-01", "last_on": "2030-01-01"}, "last_on"),
        ({"first_on": "2027-02-01", "last_on": "2028-12-01"}, "last_on"),
        ({"first_on": "9999-12-31"}, "last_on"),
        ({"first_on": "August"}, "first_on"),
    ],
)
def test_days_that_cannot_be_are_explained(
    as_fay: Client, series: Series, given: dict[str, str], field: str
) -> None:
    answer = as_fay.post(page_of("skip_days", series), given | {"confirmed": "yes"})
    assert list(answer.context["form"].errors) == [field]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_learns_nothing(as_gil: Client, series: Series, name: str) -> None:
    assert as_gil.get(page_of(name, series)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_member_may_not(as_ben: Client, series: Series, name: str) -> None:
    assert as_ben.get(page_of(name, series)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_no_such_series(as_fay: Client, group: Group, name: str) -> None:
    assert as_fay.get(reverse(name, args=[group.pk])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_wrong_method(as_fay: Client, series: Series, name: str) -> None:
    assert as_fay.delete(page_of(name, series)).status_code == 405


@pytest.mark.parametrize("key", ["nothing", "00000000-0000-4000-8000-000000000000"])
def test_no_such_date(as_fay: Client, series: Series, key: str) -> None:
    assert as_fay.get(page_of("edit_series", series) + f"?from={key}").status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_what_has_ended_leads_back_to_the_group(as_fay: Client, series: Series, name: str) -> None:
    Series.objects.update(ended_at=timezone.now())
    answer = as_fay.get(page_of(name, series))
    assert answer.url == reverse("facilitated_group", args=[series.group_id])
