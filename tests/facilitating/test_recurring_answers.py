"""A rule read into the form and written again has the same dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice

import pytest

from directory.forms.facilitate.recurring import answers_of, rule_of
from directory.forms.facilitate.series import SeriesForm
from directory.models import Group
from directory.recurrence import occurrences
from directory.text.spoken_rules import spoken_rule

START = datetime(2026, 11, 24, 19, 0)
ZONE = "Europe/London"
SAID = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=TU",
    "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    "FREQ=WEEKLY;INTERVAL=6;BYDAY=TU,SU",
    "FREQ=WEEKLY;INTERVAL=1;WKST=SU;BYDAY=TU,SU",
    "FREQ=WEEKLY;BYDAY=TU;COUNT=7",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270131",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T190000",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T185959",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T190000Z",
    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126T185900Z",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=2MO",
    "FREQ=MONTHLY;BYDAY=2MO,4MO",
    "FREQ=MONTHLY;BYDAY=1TH,3TH",
    "FREQ=MONTHLY;BYDAY=1MO,3FR",
    "FREQ=MONTHLY;BYDAY=1MO,3MO,2FR,-1FR",
    "FREQ=MONTHLY;BYDAY=1MO,1WE,1FR",
    "FREQ=MONTHLY;BYDAY=-1TH",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1TH,2TH",
    "FREQ=MONTHLY;INTERVAL=5;BYDAY=1TU;COUNT=4",
    "FREQ=MONTHLY;BYMONTHDAY=15",
    "FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=2",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=29;UNTIL=20350101",
)
KEPT = (
    "FREQ=MONTHLY;BYDAY=5MO",
    "FREQ=MONTHLY;BYDAY=-2FR;COUNT=5",
    "FREQ=MONTHLY;BYDAY=1MO,2TU,3WE",
    "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;UNTIL=20270131",
)


def starts(rule: str) -> list[datetime]:
    return list(islice(occurrences(rule, START, ZONE), 30))


def complete(rule: str) -> dict:
    nothing = {"which_more": [], "weekdays_more": []}
    return nothing | answers_of(rule, START, ZONE)


@pytest.mark.parametrize("rule", [*SAID, *KEPT])
def test_there_and_back(rule: str) -> None:
    assert starts(rule_of(complete(rule))) == starts(rule)


@pytest.mark.parametrize("rule", SAID)
def test_most_rules_are_answers(rule: str) -> None:
    assert complete(rule)["recurs"] != "kept"


@pytest.mark.parametrize("rule", KEPT)
def test_what_no_answer_says_is_kept(rule: str) -> None:
    assert complete(rule)["recurs"] == "kept"


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [*SAID, *KEPT])
def test_the_form_itself_gives_back_what_it_shows(group: Group, rule: str) -> None:
    initial = answers_of(rule, START, ZONE) | {"on": START.date(), "at": START.time()}
    shown = SeriesForm(group=group, initial=initial)
    sent = {field.html_name: field.value() for field in shown if field.value() is not None}
    form = SeriesForm(sent | {"duration_minutes": 90}, group=group, initial=initial)
    form.full_clean()
    said = {name: errors for name, errors in form.errors.items() if name != "on"}
    assert said == {}
    assert starts(form.rule) == starts(rule)


def test_the_first_and_third_thursday() -> None:
    answers = {
        "recurs": "nth",
        "which": ["1", "3"],
        "weekdays": ["thu"],
        "which_more": [],
        "weekdays_more": [],
        "months": 1,
        "stops": "after",
        "times": 6,
    }
    rule = rule_of(answers)
    assert rule == "FREQ=MONTHLY;INTERVAL=1;BYDAY=1TH,3TH;COUNT=6"
    assert spoken_rule(rule, date(2026, 12, 3)).startswith("The first and third Thursday")


def test_an_unreadable_rule_is_none() -> None:
    with pytest.raises(ValueError, match="FREQ"):
        answers_of("BYDAY=MO", datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None), ZONE)
