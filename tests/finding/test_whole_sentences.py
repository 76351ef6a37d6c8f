"""A whole sentence in the box for words: days, times and a place are read out of it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client

from directory.forms.find import FindForm
from directory.forms.find.sentences import read_sentence
from tests import factories
from tests.finding.pages import announced, groups, source, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def towns() -> None:
    factories.make_town("Leeds", population=450_000)
    factories.make_town("Croydon", latitude=51.376, longitude=-0.098, population=170_000)
    factories.make_town("Milton Keynes", latitude=52.04, longitude=-0.76, population=190_000)
    factories.make_town("Hope", latitude=53.35, longitude=-1.74, population=900)
    factories.make_town("Kill", latitude=53.25, longitude=-6.59, population=3_000, country="IE")
    madrid = {"latitude": 40.42, "longitude": -3.70, "time_zone": "Europe/Madrid"}
    factories.make_town("Madrid", population=3_000_000, country="ES", **madrid)


def read(text: str, **said: str) -> dict[str, list[str]]:
    query = QueryDict(urlencode({"q": text, **said}))
    meant = read_sentence(query, FindForm(query, path="/groups/"))
    return (
        {} if meant is None else {name: values for name, values in meant.lists() if values != [""]}
    )


TONIGHT = {"when": ["today"], "time": ["evening", "night"]}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri"]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Croydon tonight", {"place": ["Croydon"], **TONIGHT}),
        (
            "first time, anything tonight, near Croydon",
            {"place": ["Croydon"], "first-time": ["yes"], **TONIGHT},
        ),
        (
            "low mood, Leeds, weekday mornings",
            {"q": ["low mood"], "place": ["Leeds"], "day": WEEKDAYS, "time": ["morning"]},
        ),
        ("knitting in the evening", {"q": ["knitting"], "time": ["evening"]}),
        ("knitting near milton keynes", {"q": ["knitting"], "place": ["milton keynes"]}),
        ("knitting near Leds", {"q": ["knitting"], "place": ["Leds"]}),
        (
            "knitting, within 25 miles of Shefield",
            {"q": ["knitting"], "place": ["Shefield"], "radius": ["25"]},
        ),
        ("knitting 8km from Leeds", {"q": ["knitting"], "place": ["Leeds"], "radius": ["5"]}),
        ("knitting LS1", {"q": ["knitting"], "place": ["LS1"]}),
        ("Hope", {"place": ["Hope"]}),
        (
            "dolor en Madrid el sábado por la tarde",
            {
                "q": ["dolor"],
                "place": ["Madrid"],
                "day": ["sat"],
                "time": ["afternoon", "evening"],
            },
        ),
        ("deuil ce soir", {"q": ["deuil"], **TONIGHT}),
        ("حزن يوم الأحد", {"q": ["حزن"], "day": ["sun"]}),
    ],
)
def test_what_a_sentence_says(text: str, meant: dict[str, list[str]]) -> None:
    assert read(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "knitting",
        "I want to kill myself",
        "there is no hope for me",
        '"Croydon tonight"',
        "Croydon -tonight",
        "10 miles",
        "\x00 😭 '; DROP TABLE",
        "a" * 5000,
    ],
)
def test_what_is_left_as_it_stands(text: str) -> None:
    assert read(text) == {}


def test_a_place_in_its_own_box_is_kept() -> None:
    assert read("Croydon tonight", place="Leeds") == {
        "q": ["Croydon"],
        "place": ["Leeds"],
        **TONIGHT,
    }


class TestThePage:
    @pytest.fixture
    def evening(self, today):
        """A group in Croydon that meets tonight."""
        place = factories.make_place(latitude=51.37, longitude=-0.1, town="Croydon")
        group = factories.make_group(slug="kettle", name="Kettle", place=place)
        factories.make_meeting(group, today.replace(hour=19))

    def test_the_sentence_finds_it_and_says_how_it_was_read(self, client: Client, evening) -> None:
        response = client.get("/groups/?q=anything+near+Croydon+tonight")
        assert groups(response) == ["kettle"]
        assert "Nothing has just these words: “anything near Croydon tonight”" in words(response)
        assert 'value="today" id="when-today" checked' in source(response)
        assert "/groups/?place=Croydon&amp;time=evening&amp;time=night#results" in source(response)

    def test_dates_and_the_calendar_are_read_alike(self, client: Client, evening) -> None:
        response = client.get("/meetings/?q=Croydon+tonight")
        assert announced(response) == "1 meeting"
        calendar = "/meetings/calendar.ics?place=Croydon&amp;time=evening&amp;time=night"
        assert f'{calendar}&amp;when=today"' in source(response)

    def test_the_week_leads_on_from_what_was_meant(self, client: Client, evening) -> None:
        response = client.get("/groups/?q=Croydon+tonight&view=week")
        assert "<q>" not in source(response)
        assert 'class="week-grid"' in source(response)

    def test_words_that_find_something_are_words(self, client: Client, group) -> None:
        factories.make_group(slug="sunday-circle", name="Sunday circle")
        response = client.get("/groups/?q=sunday+circle")
        assert groups(response) == ["sunday-circle"]
        assert "Nothing has just these words" not in words(response)

    def test_what_was_typed_cannot_write_the_page(self, client: Client, evening) -> None:
        response = client.get("/groups/", {"q": "<b>Croydon</b> tonight"})
        assert "<b>Croydon" not in source(response)
