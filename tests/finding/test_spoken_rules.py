"""Rules of recurrence and names of languages as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from directory.text.spoken_names import spoken_language
from directory.text.spoken_rules import spoken_list, spoken_rule

TUESDAY = date(2026, 1, 6)


@pytest.mark.parametrize(
    ("rule", "spoken"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "Every Tuesday"),
        ("FREQ=WEEKLY", "Every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TH,MO", "Every Monday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "Every day"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every day from Monday to Friday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Every 2 weeks on Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR", "Every 3 weeks on Tuesday and Friday"),
        ("FREQ=MONTHLY;BYDAY=2MO,4MO", "The second and fourth Monday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "The last Friday of the month"),
        ("FREQ=MONTHLY;BYDAY=-1FR,1FR", "The first and last Friday of the month"),
        ("FREQ=MONTHLY;BYDAY=1MO,3TH", "The first Monday and the third Thursday of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=22", "On the 22nd of every 2nd month"),
        ("FREQ=MONTHLY;INTERVAL=13;BYMONTHDAY=12", "On the 12th of every 13th month"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "On the 31st of January each year"),
        ("FREQ=MONTHLY;INTERVAL=12;BYDAY=2MO", "The second Monday of January each year"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "On the 3rd of the month"),
        ("FREQ=MONTHLY;BYDAY=5FR", "The fifth Friday of the month"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "On the 15th of the month"),
        ("FREQ=MONTHLY", "On the 6th of the month"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO", "The first Monday of every 2nd month"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "On the 1st of every 3rd month"),
        (
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201",
            "Every Tuesday, until Tuesday 1 December 2026",
        ),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=6", "Every Tuesday, 6 times"),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule: str, spoken: str) -> None:
    assert spoken_rule(rule, TUESDAY) == spoken


def test_a_rule_outside_the_set_is_refused() -> None:
    with pytest.raises(ValueError, match="FREQ=YEARLY"):
        spoken_rule("FREQ=YEARLY", TUESDAY)


@pytest.mark.parametrize("language", ["en", "es", "fr", "ar"])
def test_every_language_says_something(language: str) -> None:
    with override(language):
        assert spoken_rule("FREQ=MONTHLY;BYDAY=2MO,-1TH", TUESDAY)


def test_a_list() -> None:
    assert spoken_list(["Fay"]) == "Fay"
    assert spoken_list(["Fay", "Gil", "Ida"]) == "Fay, Gil and Ida"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("en", "English"),
        ("pt-BR", "Brazilian Portuguese"),
        ("bfi", "British Sign Language"),
        ("xx", "Xx"),
    ],
)
def test_languages_by_name(code: str, name: str) -> None:
    assert spoken_language(code) == name


def test_languages_in_the_readers_own() -> None:
    with override("fr"):
        assert spoken_language("es") == "Espagnol"
