"""The list of groups at /groups/."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from directory.choices import Format, GroupStatus
from directory.models import Group
from tests import factories
from tests.finding.pages import announced, groups, plain, source, title, words

pytestmark = pytest.mark.django_db


def test_it_lists_published_groups(client: Client, group: Group, other_group: Group) -> None:
    factories.make_group(status=GroupStatus.DRAFT)
    response = client.get("/groups/")
    assert response.status_code == 200
    assert groups(response) == ["chronic-pain-leeds", "grief-on-tuesdays"]
    assert announced(response) == "2 groups"
    assert title(response) == "2 groups – Find a group – Waymeet"


def test_one_group_is_one_group(client: Client, group: Group) -> None:
    response = client.get("/groups/")
    assert (announced(response), title(response)) == (
        "1 group",
        "1 group – Find a group – Waymeet",
    )


def test_nothing_is_posted_to_it(client: Client) -> None:
    assert client.post("/groups/").status_code == 405


def test_a_row_tells_what_one_has_to_know(client: Client, today) -> None:
    group = factories.make_group(
        name="Grief on Tuesdays",
        summary="A circle with tea.",
        who_for="People who have lost somebody",
        languages=["en", "es"],
        access_features=["step-free", "hearing-loop"],
    )
    factories.make_meeting(group, today + timedelta(days=1, hours=7))
    (row,) = plain_rows(client.get("/groups/"))
    assert row == (
        "Grief on Tuesdays A circle with tea."
        " When: Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
        " Who it is for: People who have lost somebody"
        " Where: In person: Leeds"
        " How to join: Sign up"
        " Language: English, Spanish"
        " Access: Step-free, Hearing loop"
    )


def plain_rows(response) -> list[str]:
    cards = source(response).split("<article")[1:]
    return [plain("<article" + card.split("</article>")[0]) for card in cards]


def test_times_are_those_of_the_groups_zone_which_is_named(client: Client, today) -> None:
    group = factories.make_group(time_zone="America/New_York")
    factories.make_meeting(group, today + timedelta(days=1, hours=12))
    told = "Tuesday 24 November 2026, 7 pm to 8:30 pm, New York time"
    assert told in words(client.get("/groups/"))


def test_a_cancelled_date_is_shown_as_such(client: Client, group: Group, today) -> None:
    for day, fields in ((1, {"status": "cancelled", "reason": "No heating."}), (8, {})):
        factories.make_meeting(group, today + timedelta(days=day, hours=7), **fields)
    (row,) = plain_rows(client.get("/groups/"))
    assert row.startswith(
        "Grief on Tuesdays Cancelled Tuesday 24 November 2026, 7 pm to 8:30 pm, London time"
        " No heating. When: Tuesday 1 December 2026, 7 pm to 8:30 pm, London time Where:"
    )


def test_a_moved_date_says_so(client: Client, group: Group, today) -> None:
    moved = today + timedelta(days=2, hours=7)
    factories.make_meeting(group, moved, original_start=moved - timedelta(days=1))
    (row,) = plain_rows(client.get("/groups/"))
    assert "Wednesday 25 November 2026, 7 pm to 8:30 pm, London time Moved Where:" in row


def test_a_group_without_a_date_says_so(client: Client, group: Group) -> None:
    (row,) = plain_rows(client.get("/groups/"))
    assert "When: No date is set yet Where:" in row


def test_an_address_of_a_search_can_be_shared(client: Client, today) -> None:
    topic = factories.make_topic(slug="grief", name="Grief")
    fits = factories.make_group(name="Grief, online", slug="fits", format="online", topics=[topic])
    factories.make_meeting(fits, today + timedelta(days=1))
    factories.make_group(name="Grief", slug="fits-not")
    address = "/groups/?q=grief&topic=grief&day=tue&format=online"
    first, second = client.get(address), Client().get(address)
    assert groups(first) == groups(second) == ["fits"]
    assert source(first) == source(second)


def test_the_form_holds_what_was_asked_for(client: Client) -> None:
    factories.make_group(topics=[factories.make_topic(slug="grief", name="Grief")])
    page = source(client.get("/groups/?q=%22low%22&topic=grief&day=tue"))
    assert 'value="&quot;low&quot;"' in page
    assert page.count(" checked>") == 2
    assert page.count("<fieldset>") == page.count("<legend>") == 3


def test_unknown_values_are_left_out_and_named(client: Client, group: Group) -> None:
    response = client.get("/groups/?topic=<nope>&day=someday&format=online&format=telepathy")
    assert response.status_code == 200
    assert groups(response) == []
    assert "We do not know these values: <nope> , someday , telepathy" in words(response)
    assert "<nope>" not in source(response)


@pytest.mark.parametrize("page", ["0", "-1", "two", "99", "9999999999999", "%00", "1.5"])
def test_a_page_that_is_not_there_is_the_first(client: Client, group: Group, page: str) -> None:
    response = client.get(f"/groups/?page={page}")
    assert response.status_code == 200
    assert groups(response) == ["grief-on-tuesdays"]


@pytest.mark.parametrize("words_", ["%00", "'", "%22", "a" * 3000, "%C3%28", "<script>", "(", "%"])
def test_any_words_are_answered(client: Client, group: Group, words_: str) -> None:
    response = client.get(f"/groups/?q={words_}")
    assert response.status_code == 200
    assert "<script>alert" not in source(response)


def test_twenty_a_page(client: Client) -> None:
    made = [factories.make_group(name=f"Group {number:02}").slug for number in range(21)]
    first, second = client.get("/groups/?q=group"), client.get("/groups/?q=group&page=2")
    assert groups(first) == made[:20]
    assert groups(second) == made[20:]
    assert title(second) == "21 groups, page 2 – Find a group – Waymeet"
    assert 'href="/groups/?q=group&amp;page=2"' in source(first)


class TestNothingFound:
    def test_it_says_which_filter_to_leave_out(self, client: Client, group: Group) -> None:
        response = client.get("/groups/?q=grief&format=online")
        assert groups(response) == []
        assert title(response) == "0 groups – Find a group – Waymeet"
        assert "Leave out Online (1 group)" in words(response)
        assert '<a href="/groups/?q=grief">Leave out Online</a>' in source(response)

    def test_it_offers_online_groups_apart(self, client: Client, today) -> None:
        online = factories.make_group(name="Pain, online", format=Format.ONLINE)
        factories.make_meeting(online, today + timedelta(days=1))
        response = client.get("/groups/?q=grief")
        assert groups(response) == []
        assert "Online groups that you could join from anywhere" in words(response)
        assert f'href="/groups/{online.slug}/"' in source(response)

    def test_it_names_helplines_and_a_page_to_tell_us(self, client: Client) -> None:
        factories.make_crisis_line(name="Samaritans", phone="116 123")
        response = client.get("/groups/?q=grief")
        assert "Samaritans" in words(response)
        assert 'href="/missing/"' in source(response)

    def test_a_site_without_groups_says_so(self, client: Client) -> None:
        assert "Groups are still being put up here." in words(client.get("/groups/"))


class TestInPlace:
    """With htmx the same address answers with the part that changes."""

    ADDRESS = "/groups/?q=grief&day=mon&topic=nope"

    def fragment(self, client: Client, address: str = ADDRESS, **headers: str) -> str:
        return source(client.get(address, headers={"HX-Request": "true", **headers}))

    @pytest.mark.parametrize("address", ["/groups/", "/groups/?q=grief", ADDRESS, "/meetings/"])
    def test_the_part_is_the_same_as_in_the_page(self, client, group, address, today) -> None:
        factories.make_meeting(group, today + timedelta(days=1))
        part = self.fragment(client, address)
        page = source(client.get(address))
        head, section = part.split("<section", 1)
        assert head.strip() == f"<head><title>{title_of(page)}</title></head>"
        assert "<section" + section.rstrip() in page

    def test_the_address_bar_gets_the_shortest_address(self, client: Client) -> None:
        response = client.get("/groups/?q=grief&page=", headers={"HX-Request": "true"})
        assert response["HX-Push-Url"] == "/groups/?q=grief"

    def test_going_back_gets_the_whole_page(self, client: Client) -> None:
        part = self.fragment(client, **{"HX-History-Restore-Request": "true"})
        assert part.lstrip().startswith("<!doctype html>")

    def test_caches_keep_the_two_apart(self, client: Client) -> None:
        assert "HX-Request" in client.get("/groups/")["Vary"]


def title_of(page: str) -> str:
    return page.partition("<title>")[2].partition("</title>")[0]


@pytest.mark.parametrize("count", [1, 3])
def test_rows_cost_no_queries(client, kept, count, django_assert_num_queries) -> None:
    topic = factories.make_topic(slug="grief")
    for _ in range(count):
        group = factories.make_group(topics=[topic])
        factories.make_meeting(group)
        factories.make_facilitator(group, factories.make_person(), first_name="Fay")
    client.get("/groups/")
    # Topics to choose from; how many groups; the groups; their dates.
    with django_assert_num_queries(4):
        response = client.get("/groups/?topic=grief")
    assert len(groups(response)) == count
