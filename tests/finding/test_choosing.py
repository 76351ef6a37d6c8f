"""Help me choose: four questions that end in an ordinary address of the finder."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from directory.choices import Format
from directory.queries.reasons import reasons
from directory.queries.search import GroupRow, Near, Search, find_groups
from tests import factories
from tests.finding.pages import source, title, words

pytestmark = pytest.mark.django_db


def result(client: Client, query: str) -> dict[str, list[str]]:
    """The parameters of the address that the answers come to."""
    response = client.get(f"/choose/?step=done&{query}")
    assert response.status_code == 302
    parts = urlsplit(response["Location"])
    assert parts.path == "/groups/"
    asked = parse_qs(parts.query)
    assert asked.pop("why") == ["1"]
    return asked


def hidden(response: HttpResponse) -> list[tuple[str, str]]:
    return re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', source(response))


def link(response: HttpResponse, css: str) -> str:
    (found,) = re.findall(rf'<a class="{css}" href="([^"]*)"', source(response))
    return html.unescape(found)


@pytest.mark.parametrize(
    ("step", "number", "question"),
    [
        ("", 1, "What is it about?"),
        ("about", 1, "What is it about?"),
        ("where", 2, "Where would you like to meet?"),
        ("when", 3, "When could you come?"),
        ("matters", 4, "What matters to you?"),
        ("nonsense", 1, "What is it about?"),
    ],
)
def test_four_questions_one_after_the_other(client, step, number, question) -> None:
    response = client.get("/choose/", {"step": step})
    assert response.status_code == 200
    assert title(response) == f"Question {number} of 4 – Help me choose – Waymeet"
    assert f"Question {number} of 4 {question}" in words(response)


def test_it_sets_no_cookie_and_takes_no_post(client: Client) -> None:
    response = client.get("/choose/?step=where&q=grief")
    assert not response.cookies
    assert not client.get("/choose/?step=done&q=grief").cookies
    assert client.post("/choose/").status_code == 405


def test_answers_travel_in_the_form_and_nowhere_else(client: Client) -> None:
    response = client.get("/choose/?step=when&q=my+dad+died&place=Leeds&how=in-person&time=evening")
    assert hidden(response) == [
        ("q", "my dad died"),
        ("how", "in-person"),
        ("place", "Leeds"),
    ]
    assert re.search(r'value="evening" id="time-evening" checked', source(response))


def test_back_keeps_all_answers_and_skipping_drops_this_one(client: Client) -> None:
    response = client.get("/choose/?step=when&q=grief&time=evening&access=step-free")
    back = parse_qs(urlsplit(link(response, "back")).query)
    assert back == {
        "q": ["grief"],
        "time": ["evening"],
        "access": ["step-free"],
        "step": ["where"],
    }
    skipped = parse_qs(urlsplit(link(response, "skip-question")).query)
    assert skipped == {"q": ["grief"], "access": ["step-free"], "step": ["matters"]}


def test_without_any_answer_all_groups_are_shown(client: Client) -> None:
    assert result(client, "") == {}


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ("q=my+dad+died", {"q": ["my dad died"]}),
        ("how=online&place=Leeds", {"format": ["online", "hybrid"]}),
        (
            "how=in-person&place=Leeds",
            {"place": ["Leeds"], "format": ["in-person", "hybrid"]},
        ),
        # Near a place, or online from anywhere.
        (
            "how=either&place=Leeds",
            {"place": ["Leeds"], "format": ["in-person", "online", "hybrid"]},
        ),
        ("how=either", {}),
        (
            "days=weekdays&time=morning",
            {"day": ["mon", "tue", "wed", "thu", "fri"], "time": ["morning"]},
        ),
        ("days=weekend", {"day": ["sat", "sun"]}),
        ("days=weekdays&days=weekend", {}),
        (
            "access=step-free&access=child-friendly&first-time=yes&cost=free",
            {"access": ["step-free", "child-friendly"], "first-time": ["yes"], "cost": ["free"]},
        ),
        (
            "joining=just-come&audience=women&language=es",
            {"joining": ["just-come"], "audience": ["women"], "language": ["es"]},
        ),
        ("access=jacuzzi&days=never&language=xx&how=by-boat&topic=nope", {}),
        ("q=a%00b++c", {"q": ["ab c"]}),
    ],
)
def test_answers_become_a_search(client, answers, asked) -> None:
    assert result(client, answers) == asked


def test_it_offers_topics_that_groups_are_on_in_plain_words(client: Client) -> None:
    grief = factories.make_topic(slug="grief", name="Grief and loss", description="For anybody.")
    loss = factories.make_topic(
        slug="bereavement", name="Bereavement", parent=grief, description="When somebody died."
    )
    factories.make_topic(slug="unused", name="Nobody's topic")
    factories.make_group(topics=[loss])
    response = client.get("/choose/")
    assert "Grief and loss For anybody. Bereavement When somebody died." in words(response)
    assert "Nobody's topic" not in words(response)
    assert result(client, "topic=bereavement&topic=unused") == {"topic": ["bereavement"]}


def test_what_was_typed_stays_text(client: Client) -> None:
    response = client.get("/choose/?step=where&q=<script>alert(1)</script>")
    assert "<script>alert" not in source(response)


class TestReasons:
    """What of a search a group answers."""

    def row(self, search: Search) -> GroupRow:
        (row,) = find_groups(search).rows
        return row

    def test_only_what_was_asked_and_is_there(self, today) -> None:
        group = factories.make_group(
            access_features=["step-free", "captions"], languages=["es"], audiences=["women"]
        )
        factories.make_meeting(group, today + timedelta(days=1, hours=7))
        search = Search(
            access=("step-free",),
            languages=("es", "fr"),
            audiences=("women",),
            costs=("free",),
            days=("tue", "wed"),
            times=("evening",),
        )
        told = ["Tuesday evening", "Step-free", "Women", "Free", "Spanish"]
        assert reasons(self.row(search), search) == told
        assert reasons(self.row(search), Search()) == []

    @pytest.mark.parametrize(
        ("when", "told"),
        [
            ({"days": ("tue",)}, "Tuesday"),
            ({"times": ("evening", "night")}, "Tuesday evening"),
            ({"soon": ("tomorrow",)}, "Tuesday, 7\u00a0pm"),
        ],
    )
    def test_the_date_that_fits(self, today, when, told) -> None:
        group = factories.make_group()
        factories.make_meeting(group, today + timedelta(days=1, hours=7))
        search = Search(**when)
        assert reasons(self.row(search), search) == [told]

    def test_how_far_it_is_told_as_the_place_tells_distances(self, today) -> None:
        place = factories.make_place(latitude=53.8, longitude=-1.42)
        factories.make_group(place=place)
        search = Search(near=Near(latitude=53.8, longitude=-1.5, radius_km=50))
        assert reasons(self.row(search), search) == ["3.3 miles away"]

    def test_online_there_is_no_distance(self) -> None:
        factories.make_online_group()
        near = Near(latitude=53.8, longitude=-1.5, radius_km=50)
        search = Search(near=near, formats=(Format.ONLINE, Format.IN_PERSON))
        assert reasons(self.row(search), search) == ["Online"]

    def test_topics_by_their_names(self) -> None:
        topic = factories.make_topic(slug="grief", name="Grief")
        factories.make_group(topics=[topic])
        search = Search(topics=("grief",))
        assert reasons(self.row(search), search, {"grief": "Grief"}) == ["Grief"]


def test_the_groups_found_say_why(client: Client, today) -> None:
    topic = factories.make_topic(slug="grief", name="Grief")
    group = factories.make_group(topics=[topic], access_features=["step-free"])
    factories.make_meeting(group, today + timedelta(days=1, hours=7))
    query = "step=done&topic=grief&access=step-free&days=weekdays&time=evening"
    found = client.get(f"/choose/?{query}", follow=True)
    assert "What fits: Grief · Tuesday evening · Step-free" in words(found)
    # Neighbouring searches say so too.
    assert '&amp;why=1#results"' in source(found)
    plainly = client.get("/groups/?topic=grief&access=step-free")
    assert "What fits" not in words(plainly)
    assert "why=" not in source(plainly)
