"""Public holidays: which, where, in which language, and on which a group would meet."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from directory.models import Group, Series
from directory.queries.holidays import holidays_met
from directory.text.public_holidays import part_of_country, public_holidays

NOVEMBER = datetime(2026, 11, 21, 12, tzinfo=UTC)
YEAR = date(2027, 1, 1), date(2027, 12, 31)


def names(country: str, part: str = "") -> dict[date, str]:
    return {one.day: one.name for one in public_holidays(country, part, *YEAR)}


def test_a_part_of_a_country_has_its_own() -> None:
    easter_monday, st_andrew = date(2027, 3, 29), date(2027, 11, 30)
    assert easter_monday in names("GB", "ENG")
    assert easter_monday not in names("GB", "SCT")
    assert st_andrew in names("GB", "SCT")


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Christmas Day"), ("fr", "Noël"), ("ar", "Noël")],
)
def test_names_are_in_the_readers_language_or_the_countrys(language: str, name: str) -> None:
    with translation.override(language):
        assert names("FR")[date(2027, 12, 25)] == name


@pytest.mark.parametrize("country", ["", "XX", "gb", "../etc", "os"])
def test_of_an_unknown_country_none_are_known(country: str) -> None:
    assert names(country) == {}
    assert part_of_country(country, "Anywhere") == ""


def test_of_a_part_that_has_none_of_its_own_none_are_known() -> None:
    assert names("GB", "Atlantis") == {}


@pytest.mark.parametrize(
    ("country", "region", "postcode", "part"),
    [
        ("GB", "", "EH1 1AA", "SCT"),
        ("GB", "West Yorkshire", "ls7 1qs", "ENG"),
        ("GB", "", "BT1 1AA", "NIR"),
        ("GB", "Scotland", "", "SCT"),
        ("GB", "West Yorkshire", "", ""),
        ("DE", "bayern", "80331", "BY"),
        ("US", "NY", "10001", "NY"),
        ("US", "California", "", "CA"),
        ("FR", "Bretagne", "", ""),
    ],
)
def test_the_part_is_told_by_postcode_or_region(
    country: str, region: str, postcode: str, part: str
) -> None:
    assert part_of_country(country, region, postcode) == part


def series_of(group: Group, rule: str, zone: str = "Europe/London") -> Series:
    return Series(
        group=group,
        first_on=date(2026, 11, 2),
        starts_at_time=time(19),
        duration_minutes=90,
        time_zone=zone,
        rule=rule,
    )


@pytest.mark.django_db
def test_only_those_on_which_the_group_would_meet(group: Group) -> None:
    met = holidays_met(series_of(group, "FREQ=WEEKLY;BYDAY=MO"), NOVEMBER)
    assert [one.day for one in met] == [
        date(2026, 12, 28),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
    ]
    assert met[1].in_words == "Monday 29 March 2027: Easter Monday"


@pytest.mark.django_db
def test_a_day_is_that_of_the_groups_clock(group: Group) -> None:
    """In Auckland it is Christmas Day while it is Christmas Eve in London."""
    group.country, group.place = "NZ", None
    series = series_of(group, "FREQ=MONTHLY;BYMONTHDAY=25", "Pacific/Auckland")
    assert date(2026, 12, 25) in {one.day for one in holidays_met(series, NOVEMBER)}


@pytest.mark.django_db
def test_where_the_place_is_elsewhere_the_country_counts(group: Group) -> None:
    group.country = "FR"
    days = {one.day for one in holidays_met(series_of(group, "FREQ=WEEKLY;BYDAY=TU"), NOVEMBER)}
    assert date(2027, 7, 14) not in days
    days = {one.day for one in holidays_met(series_of(group, "FREQ=WEEKLY;BYDAY=WE"), NOVEMBER)}
    assert date(2027, 7, 14) in days


@pytest.mark.django_db
def test_a_rule_with_no_dates_meets_none(group: Group) -> None:
    assert holidays_met(series_of(group, "FREQ=WEEKLY;BYDAY=MO;COUNT=1"), NOVEMBER) == []
