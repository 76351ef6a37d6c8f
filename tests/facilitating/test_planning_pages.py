"""Adding dates in the browser: shown before they are saved, and saved once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.models import Group, Meeting, Series
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def series_page(group: Group) -> str:
    return reverse("add_series", args=[group.pk])


@pytest.fixture
def meeting_page(group: Group) -> str:
    return reverse("add_meeting", args=[group.pk])


def weekly(**given: Any) -> dict[str, Any]:
    tomorrow = timezone.localdate() + timedelta(days=1)
    return {
        "weekdays": ["mon", "thu"],
        "every": "2",
        "on": tomorrow.isoformat(),
        "at": "19:30",
        "duration_minutes": "90",
        **given,
    }


def single(**given: Any) -> dict[str, Any]:
    day = timezone.localdate() + timedelta(days=3)
    return {"on": day.isoformat(), "at": "19:30", "duration_minutes": "90", "theme": "", **given}


def test_the_next_five_dates_are_shown_and_nothing_is_saved(
    as_fay: Client, series_page: str
) -> None:
    answer = as_fay.post(series_page, weekly())
    assert len(answer.context["spans"]) == 5
    assert answer.context["rule"] == "Every 2 weeks on Monday and Thursday"
    assert answer.content.decode().count("London time<") == 5
    assert (Series.objects.count(), Meeting.everything.count()) == (0, 0)


def test_confirmed_the_dates_are_made(as_fay: Client, series_page: str, group: Group) -> None:
    answer = as_fay.post(series_page, weekly(confirmed="yes"))
    assert answer.url == reverse("facilitated_group", args=[group.pk])
    series = Series.objects.get()
    assert (series.rule, series.time_zone) == (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        "Europe/London",
    )
    assert series.meetings.count() in (11, 12)


def test_sent_twice_the_dates_are_made_once(as_fay: Client, series_page: str) -> None:
    first = as_fay.post(series_page, weekly(confirmed="yes"))
    second = as_fay.post(series_page, weekly(confirmed="yes"), follow=True)
    assert second.redirect_chain == [(first.url, 302)]
    assert [str(said) for said in second.context["messages"]][-1] == (
        "These dates are already there."
    )
    assert Series.objects.count() == 1


def test_what_was_typed_can_be_changed(as_fay: Client, series_page: str) -> None:
    page = as_fay.post(series_page, weekly(change="yes")).content.decode()
    assert '<input type="time" name="at" value="19:30"' in page
    assert Series.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"weekdays": []}, "weekdays", "This field is required."),
        ({"weekdays": ["someday"]}, "weekdays", None),
        ({"every": "1000"}, "every", None),
        ({"on": "next Tuesday"}, "on", "Write the day like 2030-01-31."),
        ({"on": "9999-12-31"}, "on", "That is more than five years away. Check the year."),
        ({"at": "half past"}, "at", "Write the time like 19:30."),
        (
            {"duration_minutes": "-5"},
            "duration_minutes",
            "The meeting has to end after it starts.",
        ),
    ],
)
def test_a_sentence_stands_beside_the_field(
    as_fay: Client, series_page: str, given: dict[str, Any], field: str, sentence: str | None
) -> None:
    answer = as_fay.post(series_page, weekly(**given))
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    assert "There is a problem" in answer.content.decode()


def test_a_single_date_is_in_the_groups_own_time(
    as_fay: Client, meeting_page: str, group: Group
) -> None:
    Group.everything.filter(pk=group.pk).update(time_zone="America/New_York")
    year = timezone.localdate().year + 1
    as_fay.post(meeting_page, single(on=f"{year}-07-01"))
    assert Meeting.everything.get().starts_at == datetime(year, 7, 1, 23, 30, tzinfo=UTC)


def test_sent_twice_the_single_date_is_made_once(as_fay: Client, meeting_page: str) -> None:
    as_fay.post(meeting_page, single())
    second = as_fay.post(meeting_page, single(), follow=True)
    assert [str(said) for said in second.context["messages"]][-1] == "This date is already there."
    assert Meeting.everything.count() == 1


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"on": "2020-01-01"}, "on", "That time has passed. Choose one that is still to come."),
        ({"on": "0001-01-01", "at": "00:00"}, "on", None),
        ({"on": "9999-12-31", "at": "23:59"}, "on", None),
        (
            {"duration_minutes": "0"},
            "duration_minutes",
            "The meeting has to end after it starts.",
        ),
        ({"duration_minutes": "ninety"}, "duration_minutes", "Write a whole number, 0 or higher."),
        ({"duration_minutes": "9999999999999999999"}, "duration_minutes", None),
        ({"theme": "x" * 121}, "theme", None),
    ],
)
def test_a_date_that_cannot_be_is_explained(
    as_fay: Client, meeting_page: str, given: dict[str, Any], field: str, sentence: str | None
) -> None:
    answer = as_fay.post(meeting_page, single(**given))
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence is None or errors[field] == [sentence]
    assert Meeting.everything.count() == 0


def test_not_beside_another_date(as_fay: Client, meeting_page: str, fay: Person) -> None:
    as_fay.post(meeting_page, single())
    answer = as_fay.post(meeting_page, single(at="20:00"))
    assert answer.context["form"].errors == {
        "on": ["The group already meets at that time. Choose another time."]
    }


def next_dates(client: Client, group: Group, **given: Any) -> Any:
    return client.post(reverse("next_dates", args=[group.pk]), weekly(**given))


def test_the_next_dates_are_told_while_somebody_chooses(as_fay: Client, group: Group) -> None:
    page = next_dates(as_fay, group).content.decode()
    assert page.count("<li>") == 5
    assert "Every 2 weeks on Monday and Thursday" in page
    assert Series.objects.count() == 0


def test_they_need_no_end_yet(as_fay: Client, group: Group) -> None:
    answer = next_dates(as_fay, group, duration_minutes="")
    assert [end for _start, end in answer.context["spans"]] == [None] * 5


@pytest.mark.parametrize("given", [{"weekdays": []}, {"on": ""}, {"recurs": "nth"}, {"at": "x"}])
def test_what_is_missing_is_told(as_fay: Client, group: Group, given: dict[str, Any]) -> None:
    answer = next_dates(as_fay, group, **given)
    assert "Choose the days" in answer.content.decode()


def test_days_left_out_are_not_among_them(as_fay: Client, group: Group) -> None:
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    old = factories.make_series(group, skipped_on=[monday])
    url = reverse("next_dates", args=[group.pk]) + f"?series={old.pk}"
    given = weekly(weekdays=["mon"], every="1", on=monday.isoformat())
    first, _end = as_fay.post(url, given).context["spans"][0]
    assert first.date() == monday + timedelta(days=7)


def test_no_dates_to_come(as_fay: Client, group: Group) -> None:
    answer = next_dates(as_fay, group, stops="on", last_on="2020-01-01")
    assert "This gives no dates to come." in answer.content.decode()


def test_who_may_see_them(as_gil: Client, as_ben: Client, as_fay: Client, group: Group) -> None:
    assert next_dates(as_gil, group).status_code == 404
    assert next_dates(as_ben, group).status_code == 403
    assert as_fay.get(reverse("next_dates", args=[group.pk])).status_code == 405
    bad = reverse("next_dates", args=[group.pk]) + "?series=none"
    assert as_fay.post(bad, weekly()).status_code == 404


def test_public_holidays_are_offered_and_left_out(
    as_fay: Client, series_page: str, group: Group
) -> None:
    daily = weekly(weekdays=["mon", "tue", "wed", "thu", "fri", "sat", "sun"], every="1")
    choices = as_fay.post(series_page, daily).context["form"].fields["left_out"].choices
    assert len(choices) >= 8
    as_fay.post(series_page, daily | {"left_out": [choices[0][0]], "confirmed": "yes"})
    series = Series.objects.get()
    assert [day.isoformat() for day in series.skipped_on] == [choices[0][0]]
    assert not series.meetings.filter(local_day=choices[0][0]).exists()


def test_what_is_ticked_and_no_day_is_refused(as_fay: Client, series_page: str) -> None:
    answer = as_fay.post(series_page, weekly(left_out=["2027-02-30"]))
    assert list(answer.context["form"].errors) == ["left_out"]


def test_in_another_zone(as_fay: Client, series_page: str) -> None:
    as_fay.post(series_page, weekly(time_zone="Europe/Lisbon", confirmed="yes"))
    assert Series.objects.get().time_zone == "Europe/Lisbon"


def test_a_zone_that_does_not_exist(as_fay: Client, series_page: str) -> None:
    errors = as_fay.post(series_page, weekly(time_zone="Mars/Base")).context["form"].errors
    assert errors == {
        "time_zone": ["We do not know this time zone. Choose one such as Europe/London."]
    }


def test_a_single_date_has_places_of_its_own(as_fay: Client, meeting_page: str) -> None:
    as_fay.post(meeting_page, single(capacity="6"))
    assert Meeting.everything.get().capacity == 6


def test_a_hybrid_date_counts_places_online_apart(
    as_fay: Client, meeting_page: str, group: Group
) -> None:
    Group.everything.filter(pk=group.pk).update(format="hybrid")
    as_fay.post(meeting_page, single(capacity="6", online_capacity="4"))
    meeting = Meeting.everything.get()
    assert (meeting.capacity, meeting.online_capacity) == (6, 4)


@pytest.mark.parametrize("places", ["0", "-1", "many", "99999999999"])
def test_places_that_cannot_be(as_fay: Client, meeting_page: str, places: str) -> None:
    answer = as_fay.post(meeting_page, single(capacity=places))
    assert list(answer.context["form"].errors) == ["capacity"]


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_the_ends_of_the_calendar_are_no_error(
    as_fay: Client, meeting_page: str, series_page: str, group: Group, zone: str
) -> None:
    Group.everything.filter(pk=group.pk).update(time_zone=zone)
    for day in ("0001-01-01", "9999-12-31"):
        assert as_fay.post(meeting_page, single(on=day, at="23:59")).status_code == 200
        assert as_fay.post(series_page, weekly(on=day, at="00:01")).status_code == 200


def test_the_zone_is_named_before_a_time_is_asked(
    as_fay: Client, meeting_page: str, series_page: str
) -> None:
    for page in (meeting_page, series_page):
        assert "All times are London time." in as_fay.get(page).content.decode()


def test_rows_cost_no_queries(as_fay: Client, group: Group, django_assert_num_queries: Any) -> None:
    page = reverse("facilitated_group", args=[group.pk])
    _fill(group, 1)
    as_fay.get(page)
    with django_assert_num_queries(QUERIES_OF_A_GROUP):
        as_fay.get(page)
    _fill(group, 2)
    with django_assert_num_queries(QUERIES_OF_A_GROUP):
        as_fay.get(page)


def _fill(group: Group, rows: int) -> None:
    for _ in range(rows):
        person, other, third = (factories.make_person() for _ in range(3))
        factories.make_membership(group, person)
        factories.make_membership(group, other, "asked")
        factories.make_membership(group, third, "waiting")
        day = timezone.now() + timedelta(days=Meeting.everything.count() + 1)
        factories.make_seat(factories.make_meeting(group, day), person)
        factories.make_series(group)


QUERIES_OF_A_GROUP = 24
