from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from directory.models import Group, Organisation, Topic
from tests import factories

pytestmark = pytest.mark.django_db
LIST = reverse("moderated_groups")


def page(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def hub_of(group: Group) -> str:
    return reverse("moderated_group", args=[group.pk])


def test_an_empty_list_says_how_to_begin(as_mo: Client) -> None:
    assert "Put up the first one" in page(as_mo, LIST)


def test_only_ones_own_organisations_groups(
    as_mo: Client, draft: Group, other_group: Group
) -> None:
    shown = page(as_mo, LIST)
    assert draft.name in shown
    assert other_group.name not in shown


def test_what_needs_a_hand_is_said_and_stands_first(
    as_mo: Client, organisation: Organisation, topic: Topic
) -> None:
    well = factories.make_group(
        organisation=organisation,
        name="Aaa",
        topics=[topic],
        summary="Tea.",
        languages=["en"],
        confirmed_on=timezone.localdate(),
    )
    factories.make_facilitator(well, factories.make_person())
    factories.make_meeting(well)
    factories.make_group(organisation=organisation, name="Zzz", status="draft", place=None)
    shown = page(as_mo, LIST)
    assert shown.index("Zzz") < shown.index("Aaa")
    assert "No facilitator." in shown
    assert "All well" in shown
    assert "Zzz" not in page(as_mo, f"{LIST}?show=published")
    assert "Aaa" not in page(as_mo, f"{LIST}?show=attention")


def test_a_heading_that_nobody_knows_shows_all(as_mo: Client, draft: Group) -> None:
    assert draft.name in page(as_mo, f"{LIST}?show=nonsense&page=99")


@pytest.mark.parametrize("groups", [1, 3])
def test_as_many_queries_for_many_groups_as_for_one(
    groups: int, as_mo: Client, organisation: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(groups):
        factories.make_group(organisation=organisation)
    as_mo.get(LIST)
    with django_assert_num_queries(14):
        as_mo.get(LIST)


@pytest.mark.parametrize(("people", "told"), [(1, False), (9, False), (10, True)])
def test_few_requests_are_told_without_their_number(
    people: int, told: bool, as_mo: Client, group: Group
) -> None:
    for number in range(people):
        factories.make_membership(group, factories.make_person(f"Asker{number}"), "asked")
    for address in (LIST, hub_of(group)):
        shown = page(as_mo, address)
        assert "asked to join" in shown
        assert (f"{people} people" in shown) is told
        assert "Asker" not in shown


def test_requests_that_wait_longer_than_promised_are_said_so(as_mo: Client, group: Group) -> None:
    factories.make_membership(
        group,
        factories.make_person(),
        "asked",
        asked_at=timezone.now() - timedelta(days=9),
    )
    Group.everything.update(joining="ask", answer_within_days=10)
    assert "People asked to join and wait for an answer." in page(as_mo, LIST)
    Group.everything.update(answer_within_days=8)
    assert "wait longer than they were promised" in page(as_mo, LIST)


def test_the_draft_says_what_is_missing_and_then_offers_to_publish(
    as_mo: Client, draft: Group
) -> None:
    Group.everything.update(summary="")
    shown = page(as_mo, hub_of(draft))
    assert "Needed before it can be published" in shown
    assert f'href="{reverse("edit_group", args=[draft.pk])}#div_id_summary"' in shown
    assert "Publish the group" not in shown
    Group.everything.update(summary="Tea.")
    assert "Publish the group" in page(as_mo, hub_of(draft))


def test_publish_pause_and_confirm_by_their_buttons(as_mo: Client, draft: Group) -> None:
    def press(name: str) -> str:
        address = reverse(name, args=[draft.pk])
        return as_mo.post(address, follow=True).content.decode()

    assert "everybody can find this group now" in press("publish_group")
    assert "already published" in press("publish_group")
    assert "confirmed today" in press("confirm_group")
    assert "Paused: visitors do not find" in press("unpublish_group")
    assert "cannot be paused" in press("unpublish_group")
    assert "Only a published group is confirmed" in press("confirm_group")


def test_publishing_what_is_not_complete_says_why(as_mo: Client, draft: Group) -> None:
    Group.everything.update(summary="")
    response = as_mo.post(reverse("publish_group", args=[draft.pk]), follow=True)
    assert "Say in one or two sentences" in response.content.decode()
    assert not Group.objects.exists()


def test_a_group_nobody_looked_at_for_half_a_year_asks_for_it(as_mo: Client, group: Group) -> None:
    Group.everything.update(confirmed_on=timezone.localdate() - timedelta(days=184))
    assert "Is everything still right?" in page(as_mo, hub_of(group))
    Group.everything.update(confirmed_on=timezone.localdate() - timedelta(days=183))
    assert "Is everything still right?" not in page(as_mo, hub_of(group))


def test_the_draft_as_visitors_will_see_it(as_mo: Client, client: Client, draft: Group) -> None:
    factories.make_meeting(draft, theme="First evening")
    shown = page(as_mo, reverse("preview_group", args=[draft.pk]))
    assert "As visitors will see it" in shown
    assert draft.summary in shown
    assert "Bereavement" in shown
    assert client.get(reverse("group", args=[draft.slug])).status_code == 404


def test_notes_for_the_organisation_stay_there(as_mo: Client, client: Client, group: Group) -> None:
    Group.everything.update(private_notes="planted note")
    assert "planted note" in page(as_mo, hub_of(group))
    assert "planted note" not in page(client, reverse("group", args=[group.slug]))
    assert "planted note" not in page(as_mo, reverse("preview_group", args=[group.pk]))
