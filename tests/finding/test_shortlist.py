"""Groups side by side, and sending a page on: no account, no cookie, nothing kept."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from directory.choices import Format, GroupStatus, PlaceShown
from directory.text.qr_code import qr_svg
from tests import factories
from tests.finding.pages import plain, source, words

pytestmark = pytest.mark.django_db


def make_groups(*slugs: str) -> None:
    for slug in slugs:
        factories.make_group(slug=slug, name=slug.title())


def compared(response) -> list[str]:
    """The slugs that the page compares, in its order."""
    (found,) = re.findall(r'data-compared="([^"]*)"', source(response))
    return found.split()


def columns(response) -> list[str]:
    return [
        plain(part) for part in re.findall(r'<li class="card">(.*?)</li>', source(response), re.S)
    ]


def test_groups_in_the_order_asked_for(client: Client) -> None:
    make_groups("a", "b", "c")
    response = client.get("/shortlist/?group=c&group=a&group=c")
    assert compared(response) == ["c", "a"]
    assert '<meta name="robots" content="noindex">' in source(response)
    assert not response.cookies


def test_four_at_most_and_it_says_so(client: Client) -> None:
    make_groups("a", "b", "c", "d", "e")
    response = client.get("/shortlist/?group=a&group=b&group=c&group=d&group=e")
    assert compared(response) == ["a", "b", "c", "d"]
    assert "These are the first 4" in words(response)
    assert "Add another group" not in words(response)


@pytest.mark.parametrize("status", [GroupStatus.DRAFT, GroupStatus.PAUSED, GroupStatus.CLOSED])
def test_what_is_not_public_is_named_as_it_was_typed(client: Client, status) -> None:
    make_groups("a")
    factories.make_group(slug="secret-circle", name="A Draft Of Ours", status=status)
    response = client.get("/shortlist/?group=secret-circle&group=a&group=nope")
    assert compared(response) == ["a"]
    assert "We do not find: secret-circle , nope" in words(response)
    assert "A Draft Of Ours" not in source(response)


def test_an_empty_list_says_how_to_begin(client: Client) -> None:
    response = client.get("/shortlist/")
    assert response.status_code == 200
    assert "No group is on your list yet" in words(response)
    assert client.post("/shortlist/").status_code == 405


def test_strange_addresses_are_answered(client: Client) -> None:
    query = "&".join(f"group=%00{'x' * 300}{number}" for number in range(50))
    response = client.get(f"/shortlist/?{query}&group=<script>alert(1)</script>&group=")
    assert response.status_code == 200
    assert "<script>alert" not in source(response)


def test_a_column_tells_what_one_compares(client: Client, today) -> None:
    group = factories.make_group(
        slug="a",
        name="Grief on Tuesdays",
        summary="A circle with tea.",
        languages=["en"],
        access_features=["step-free"],
        who_for="People who have lost somebody",
        who_greets="Fay, by the door",
        usual_size_from=6,
        usual_size_to=12,
    )
    factories.make_series(group, first_on=date(2026, 11, 24))
    factories.make_meeting(group, today + timedelta(days=1, hours=7))
    (told,) = columns(client.get("/shortlist/?group=a"))
    assert told.replace("\u00a0", " ") == (
        "Grief on Tuesdays A circle with tea."
        " When Every Tuesday, 7 pm to 8:30 pm, London time"
        " Next date Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
        " How it meets In person"
        " Where Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS"
        " Who it is for People who have lost somebody"
        " Language English Access Step-free Cost Free How to join Sign up"
        " How many come Usually 6 to 12 people"
        " Your first time Who meets me? Fay, by the door"
        " Take off the list : Grief on Tuesdays"
    )


def test_a_cancelled_date_is_told_and_the_next_one(client: Client, today) -> None:
    group = factories.make_group(slug="a")
    factories.make_meeting(
        group, today + timedelta(days=1), status="cancelled", reason="No heating."
    )
    factories.make_meeting(group, today + timedelta(days=8))
    told = words(client.get("/shortlist/?group=a"))
    assert re.search("Next date Cancelled Tuesday 24 November .* Tuesday 1 December 2026", told)


def test_only_the_area_of_a_place_that_shows_no_more(client: Client) -> None:
    place = factories.make_place(
        name="Rose House", shown=PlaceShown.AREA, area="Leeds, north", latitude=53.8, longitude=-1.5
    )
    factories.make_group(slug="a", place=place, which_door="The blue door")
    response = client.get("/shortlist/?group=a")
    assert "Where Leeds, north Only the area is shown." in words(response)
    for hidden in ("Rose House", "Carlton", "LS7", "blue door", "53.8"):
        assert hidden not in source(response)


def test_no_link_to_an_online_room(client: Client) -> None:
    factories.make_online_group(slug="a")
    response = client.get("/shortlist/?group=a")
    assert "How it meets Online Where From home" in words(response)
    for planted in ("planted-link", "987 654 3210", "planted-passcode"):
        assert planted not in source(response)


def test_another_group_is_found_and_added_without_a_script(client: Client) -> None:
    make_groups("a", "pottery", "b")
    response = client.get("/shortlist/?group=a&q=pottery")
    assert '<input type="hidden" name="group" value="a">' in source(response)
    assert '<a href="/shortlist/?group=a&amp;group=pottery">Add “Pottery”</a>' in source(response)
    nothing = client.get("/shortlist/?group=a&q=xylophone")
    assert "We found no other group by these words." in words(nothing)


@pytest.mark.parametrize("count", [1, 3])
def test_more_columns_cost_no_more_queries(client, count, kept, django_assert_num_queries) -> None:
    slugs = [f"g{number}" for number in range(count)]
    for slug in slugs:
        factories.make_series(factories.make_group(slug=slug))
    address = "/shortlist/?" + "&".join(f"group={slug}" for slug in slugs)
    client.get(address)
    with django_assert_num_queries(3):
        client.get(address)


class TestSendingOn:
    """The address of the page, and nothing about who sends it."""

    def test_the_groups_page_has_its_address_in_full(self, client: Client, group) -> None:
        page = source(client.get("/groups/grief-on-tuesdays/"))
        address = f"{settings.SITE_URL}/groups/grief-on-tuesdays/"
        assert f'<code dir="ltr">{address}</code>' in page
        assert f'data-send-on="{address}"' in page
        assert 'href="/shortlist/?group=grief-on-tuesdays"' in page

    def test_what_is_sent_with_it_is_neutral(self, client: Client, group, as_ben) -> None:
        page = source(as_ben.get("/groups/grief-on-tuesdays/"))
        sent = re.findall(r'data-send-(?:title|text)="([^"]*)"', page)
        assert sent == ["A page for you", "This page may be of use."]

    def test_the_shortlist_has_its_address_and_a_code_for_paper(self, client: Client) -> None:
        make_groups("a", "b")
        page = source(client.get("/shortlist/?group=b&group=gone&group=a"))
        address = f"{settings.SITE_URL}/shortlist/?group=b&group=a"
        assert f'data-send-on="{address.replace("&", "&amp;")}"' in page
        assert qr_svg(address) in page
        assert "style=" not in page

    def test_the_code_of_a_group_is_a_picture(self, client: Client, group) -> None:
        response = client.get("/groups/grief-on-tuesdays/address.svg")
        assert response["Content-Type"] == "image/svg+xml"
        assert source(response).startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert "style" not in source(response)
        assert not response.cookies

    def test_what_is_not_public_has_none(self, client: Client) -> None:
        factories.make_group(slug="draft", status=GroupStatus.DRAFT)
        assert client.get("/groups/draft/address.svg").status_code == 404
        assert client.get("/groups/nope/address.svg").status_code == 404

    def test_each_address_has_a_code_of_its_own(self) -> None:
        assert qr_svg("https://example.org/a") != qr_svg("https://example.org/b")

    def test_the_longest_address_still_has_one(self, client: Client) -> None:
        make_groups("a" * 80, "b" * 80, "c" * 80, "d" * 80)
        response = client.get("/shortlist/", {"group": [letter * 80 for letter in "abcd"]})
        assert len(compared(response)) == 4
        assert 'class="qr"' in source(response)


def test_formats_are_told_apart(client: Client) -> None:
    factories.make_group(slug="a", format=Format.HYBRID)
    assert "How it meets In person and online" in words(client.get("/shortlist/?group=a"))
