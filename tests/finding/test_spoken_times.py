"""Dates, hours and zones in words, in the reader's language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils.translation import override

from directory.text.spoken_times import spoken_date, spoken_span, spoken_time, spoken_zone

START = datetime(2026, 11, 24, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (time(7), "7\u00a0am"),
        (time(19), "7\u00a0pm"),
        (time(20, 30), "8:30\u00a0pm"),
        (time(0), "midnight"),
        (time(0, 15), "12:15\u00a0am"),
        (time(12), "midday"),
        (time(12, 5), "12:05\u00a0pm"),
    ],
)
def test_hours_in_english(moment, words):
    assert spoken_time(moment) == words


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "19:00"), ("fr", "19:00"), ("ar", "7:00 م")],
)
def test_hours_as_each_language_tells_them(language, words):
    with override(language):
        assert spoken_time(time(19)).replace("\u202f", " ") == words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday 24 November 2026"),
        ("en-us", "Tuesday, November 24, 2026"),
        ("es", "martes, 24 de noviembre de 2026"),
        ("fr", "mardi 24 novembre 2026"),
    ],
)
def test_dates_as_each_language_tells_them(language, words):
    with override(language):
        assert spoken_date(date(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "London time"),
        ("America/New_York", "New York time"),
        ("America/Argentina/Buenos_Aires", "Buenos Aires time"),
        ("Asia/Kolkata", "Kolkata time"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city(zone, words):
    assert spoken_zone(zone) == words


def test_it_is_told_in_the_zone_of_the_group():
    told = spoken_span(START, START + timedelta(minutes=90), "America/New_York")
    assert told == "Tuesday 24 November 2026, 2\u00a0pm to 3:30\u00a0pm, New York time"


def test_an_end_after_midnight_names_its_day():
    told = spoken_span(START, START + timedelta(hours=6), "Europe/London")
    assert told == "Tuesday 24 November 2026, 7\u00a0pm to 1\u00a0am on Wednesday, London time"


def test_without_an_end_only_the_start_is_told():
    told = spoken_span(START, None, "Europe/London")
    assert told == "Tuesday 24 November 2026, 7\u00a0pm, London time"


def test_summer_time_is_the_zones_own():
    told = spoken_span(datetime(2026, 7, 1, 18, tzinfo=UTC), None, "Europe/London")
    assert told == "Wednesday 1 July 2026, 7\u00a0pm, London time"
