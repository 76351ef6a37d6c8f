"""Days that are left out, in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from directory.text.spoken_days import spoken_days, spoken_skips, stretches

TODAY = date(2030, 6, 1)
AUGUST = [date(2030, 8, 1) + timedelta(days=number) for number in range(31)]
CHRISTMAS = date(2030, 12, 25)


def test_days_that_follow_each_other_are_one_stretch() -> None:
    days = [CHRISTMAS, *reversed(AUGUST), AUGUST[3]]
    assert stretches(days) == [(AUGUST[0], AUGUST[-1]), (CHRISTMAS, CHRISTMAS)]
    assert stretches([]) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], ""),
        ([date(2030, 5, 31)], ""),
        (AUGUST, "No meetings from 1 to 31 August"),
        ([CHRISTMAS], "No meetings on 25 December"),
        ([*AUGUST, CHRISTMAS], "No meetings from 1 to 31 August and on 25 December"),
        ([date(2030, 8, 31), date(2030, 9, 1)], "No meetings from 31 August to 1 September"),
        ([date(2031, 8, 5)], "No meetings on Tuesday 5 August 2031"),
        ([date(2030, 5, 31), TODAY], "No meetings on 1 June"),
    ],
)
def test_they_are_said_in_few_words(days: list[date], said: str) -> None:
    assert spoken_skips(days, today=TODAY) == said


def test_in_another_language() -> None:
    with override("fr"):
        assert "août" in spoken_skips(AUGUST, today=TODAY)


def test_first_and_last_in_full() -> None:
    assert spoken_days(CHRISTMAS, CHRISTMAS) == "Wednesday 25 December 2030"
    assert spoken_days(AUGUST[0], AUGUST[1]) == "Thursday 1 August 2030 to Friday 2 August 2030"
