"""What the finder reads out of an address, and the addresses it writes."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from directory.forms.find import FindForm
from directory.models import Topic
from directory.queries.search import Search


def topic(number: int, slug: str, parent: int | None = None, *, is_used: bool = True) -> Topic:
    made = Topic(pk=number, slug=slug, name=slug.capitalize(), parent_id=parent)
    made.is_used = is_used
    return made


TOPICS = [
    topic(1, "grief", is_used=False),
    topic(2, "bereavement", 1),
    topic(3, "alcohol"),
    topic(4, "unused", is_used=False),
    topic(5, "unused-part", 4, is_used=False),
]


def read(address: str) -> FindForm:
    return FindForm(QueryDict(address), path="/groups/", topics=TOPICS)


def test_nothing_asked_for() -> None:
    find = read("")
    assert (find.search, find.page, find.unknown, find.chips) == (Search(), 1, [], [])


def test_all_that_can_be_asked_for() -> None:
    find = read("q=+low++mood+&topic=alcohol&topic=grief&day=sun&day=MON&format=online&page=3")
    assert find.search == Search(
        words="low mood",
        topics=("grief", "alcohol"),
        days=("mon", "sun"),
        formats=("online",),
    )
    assert find.page == 3
    assert find.unknown == []


@pytest.mark.parametrize(
    ("address", "unknown"),
    [
        ("topic=nope", ["nope"]),
        ("day=mon&day=someday", ["someday"]),
        ("format=carrier-pigeon&topic=<b>", ["<b>", "carrier-pigeon"]),
        ("page=two", ["two"]),
        ("page=-1", ["-1"]),
        ("page=٣", ["٣"]),
        ("page=99999999999", ["99999999999"]),
        ("day=a&day=b&day=c&day=d&day=e&day=f", ["a", "b", "c", "d", "e"]),
        ("day=" + "x" * 100, ["x" * 40]),
        ("day=%00x", ["x"]),
        ("utm_source=mail&place=Leeds", []),
        ("day=&topic=&format=&page=", []),
    ],
)
def test_what_is_not_known_is_left_out_and_named(address: str, unknown: list[str]) -> None:
    find = read(address)
    assert find.unknown == unknown
    assert find.search.without("days") == Search()


def test_words_are_cut_and_cleaned() -> None:
    assert read("q=" + "a" * 500).search.words == "a" * 200
    assert read("q=low%00mood%0Anow").search.words == "low mood now"


def test_addresses_leave_out_what_is_not_asked_for() -> None:
    find = read("q=low+mood&topic=alcohol&topic=grief&day=mon")
    assert find.address(find.search) == "/groups/?q=low+mood&topic=grief&topic=alcohol&day=mon"
    assert find.address(Search()) == "/groups/"


def test_each_value_in_use_can_be_taken_away() -> None:
    assert read("q=low+mood&topic=grief&day=mon&day=tue&format=online").chips == [
        {"label": "“low mood”", "url": "/groups/?topic=grief&day=mon&day=tue&format=online"},
        {"label": "Grief", "url": "/groups/?q=low+mood&day=mon&day=tue&format=online"},
        {"label": "Monday", "url": "/groups/?q=low+mood&topic=grief&day=tue&format=online"},
        {"label": "Tuesday", "url": "/groups/?q=low+mood&topic=grief&day=mon&format=online"},
        {"label": "Online", "url": "/groups/?q=low+mood&topic=grief&day=mon&day=tue"},
    ]


def offered(find: FindForm) -> dict[str, list[str]]:
    return {
        choices.whole.value: [part.value for part in choices.parts]
        for choices in find.topic_choices
    }


def test_topics_in_use_are_offered_below_what_they_are_part_of() -> None:
    assert offered(read("")) == {"grief": ["bereavement"], "alcohol": []}


def test_a_topic_asked_for_stays_on_offer() -> None:
    assert offered(read("topic=unused-part")) == {
        "grief": ["bereavement"],
        "alcohol": [],
        "unused": ["unused-part"],
    }


def test_what_was_ticked_stays_ticked_and_is_seen() -> None:
    find = read("topic=bereavement&day=sun")
    assert [choices.is_open for choices in find.topic_choices] == [True, False]
    assert [choice.value for choice in find.day_choices if choice.is_chosen] == ["sun"]
    assert [choice.value for choice in find.format_choices if choice.is_chosen] == []
