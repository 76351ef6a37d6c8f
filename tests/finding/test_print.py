"""The groups of a search on paper."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client

from directory.actions.group_names import free_slug, free_slugs
from directory.choices import Format, GroupStatus, PlaceShown
from tests import factories
from tests.finding.pages import plain, source, words

pytestmark = pytest.mark.django_db
ADDRESS = "/groups/print/"


def entries(response) -> list[str]:
    (listed,) = re.findall(r'<ol class="paper-list".*?</ol>', source(response), re.S) or [""]
    found = re.findall(r"<li>(.*?)</li>", listed, re.S)
    return [plain(entry).replace("\u00a0", " ") for entry in found]


def names(response) -> list[str]:
    return re.findall(r"<h3[^>]*>(.*?)</h3>", source(response))


def test_it_has_the_groups_that_the_page_has(client: Client) -> None:
    factories.make_group(name="Grief circle")
    factories.make_group(name="Living with pain")
    factories.make_group(name="A draft", status=GroupStatus.DRAFT)
    assert sorted(names(client.get(ADDRESS))) == ["Grief circle", "Living with pain"]
    assert names(client.get(f"{ADDRESS}?q=grief&view=map&page=9")) == ["Grief circle"]
    assert not client.get(ADDRESS).cookies
    assert client.post(ADDRESS).status_code == 405


def test_an_entry_tells_what_one_needs_on_the_way(client: Client, today) -> None:
    organisation = factories.make_organisation(
        name="Harbour", contact_phone="020 7946 0000", contact_email="hello@harbour.example"
    )
    group = factories.make_group(
        organisation=organisation,
        name="Grief on Tuesdays",
        languages=["en"],
        access_features=["step-free", "hearing-loop"],
    )
    factories.make_series(group, first_on=date(2026, 11, 24))
    factories.make_meeting(group, today + timedelta(days=1, hours=7))
    (entry,) = entries(client.get(ADDRESS))
    assert entry == (
        "Grief on Tuesdays"
        " Every Tuesday, 7 pm to 8:30 pm, London time. Next: 24 November"
        " Quaker Meeting House, 7 Carlton Hill, Leeds, LS7 1QS"
        " English. Free. Sign up, on the site. Step-free, Hearing loop."
        " Harbour , 020 7946 0000 , hello@harbour.example"
    )


def test_a_group_on_single_dates_tells_the_next(client: Client, today) -> None:
    factories.make_meeting(factories.make_group(), today + timedelta(days=1, hours=7))
    (entry,) = entries(client.get(ADDRESS))
    assert "Tuesday 24 November 2026, 7 pm to 8:30 pm, London time" in entry


def test_a_date_that_is_cancelled_is_left_out_by_name(client: Client, today) -> None:
    group = factories.make_group()
    factories.make_series(group, first_on=date(2026, 11, 24))
    soon = today + timedelta(days=1, hours=7)
    factories.make_meeting(group, soon, status="cancelled", reason="No heating.")
    factories.make_meeting(group, soon + timedelta(days=7))
    (entry,) = entries(client.get(ADDRESS))
    assert "London time. Next: 1 December . Not on 24 November" in entry


def test_nothing_that_is_not_for_paper(client: Client) -> None:
    place = factories.make_place(
        name="Rose House", shown=PlaceShown.AREA, area="Leeds, north", latitude=53.8, longitude=-1.5
    )
    group = factories.make_group(place=place, which_door="The blue door")
    factories.make_online_group(joining="ask")
    factories.make_facilitator(group, factories.make_person("Fay"), first_name="Fay")
    response = client.get(ADDRESS)
    assert "Leeds, north" in words(response)
    assert "Ask to join, on the site" in words(response)
    hidden = ("Rose House", "Carlton", "LS7", "blue door", "53.8", "Fay")
    for word in (*hidden, "planted-link", "987 654 3210", "planted-passcode"):
        assert word not in source(response)


def test_a_hybrid_group_is_also_online(client: Client) -> None:
    factories.make_group(format=Format.HYBRID)
    assert "LS7 1QS . Also online" in words(client.get(ADDRESS))


def test_it_says_what_was_asked_and_when(client: Client, today) -> None:
    factories.make_group(name="Grief circle")
    head = words(client.get(f"{ADDRESS}?q=grief"))
    assert "“grief” 1 group. As of Monday 23 November 2026." in head


def test_it_ends_with_the_address_of_the_search_and_its_code(client: Client) -> None:
    factories.make_group(name="Grief circle")
    page = source(client.get(f"{ADDRESS}?q=grief&size=large&view=week"))
    assert f'<figcaption dir="ltr">{settings.SITE_URL}/groups/?q=grief</figcaption>' in page
    assert "<svg" in page
    assert "style=" not in page


def test_large_print_is_a_choice_that_keeps_the_filters(client: Client) -> None:
    small = source(client.get(f"{ADDRESS}?q=grief"))
    large = source(client.get(f"{ADDRESS}?q=grief&size=large"))
    assert 'class="paper"' in small
    assert 'class="paper paper-large"' in large
    for page in (small, large):
        assert f'href="{ADDRESS}?q=grief&amp;size=large"' in page
        assert f'href="{ADDRESS}?q=grief"' in page


def test_it_is_bounded_and_says_so(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("directory.views.find.printing.MOST", 2)
    for _number in range(3):
        factories.make_group()
    response = client.get(ADDRESS)
    assert len(entries(response)) == 2
    assert "3 groups." in words(response)
    assert "Here are the first 2." in words(response)


def test_nothing_found_is_said(client: Client) -> None:
    assert "No group fits all of that." in words(client.get(f"{ADDRESS}?q=xylophone"))


@pytest.mark.parametrize("count", [1, 25])
def test_rows_cost_no_queries(client, kept, count, django_assert_num_queries) -> None:
    for _number in range(count):
        factories.make_series(factories.make_group())
    client.get(ADDRESS)
    with django_assert_num_queries(7, exact=False):
        client.get(ADDRESS)


def test_no_group_can_be_called_as_the_page(organisation) -> None:
    assert free_slug("Print") == "print-2"
    assert free_slugs(["Print", "Print"]) == ["print-2", "print-3"]
