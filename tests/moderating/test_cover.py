"""Dates that need somebody, as moderators see them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from directory.actions.cover import ask_for_cover as ask
from directory.actions.cover import offer_cover as offer
from directory.models import Cover, Group
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def soon() -> datetime:
    return timezone.now() + timedelta(hours=30)


@pytest.fixture
def gil(group: Group) -> Person:
    """He runs another group of the same organisation."""
    person = factories.make_person("Gil", email="gil.planted@example.org")
    own = factories.make_group(organisation=group.organisation, name="Carers in Leeds")
    factories.make_facilitator(own, person, first_name="Gil")
    return person


def page_of(client: Client) -> str:
    return client.get(reverse("moderated_cover")).content.decode()


def test_dates_without_anybody_come_first_when_they_are_soon(
    as_mo: Client, group: Group, soon: datetime
) -> None:
    for start in (soon + timedelta(days=7), soon):
        factories.make_meeting(group, start)
    page = page_of(as_mo)
    assert page.index("Within two days") < page.index("Later")
    assert page.count("Nobody runs this group at the moment.") == 2
    overview = as_mo.get(reverse("moderated_groups")).content.decode()
    assert "2 dates of your groups need somebody to run them." in overview


def test_a_moderator_asks_and_accepts(
    as_mo: Client, mo: Person, gil: Person, group: Group, soon: datetime
) -> None:
    meeting = factories.make_meeting(group, soon + timedelta(days=7))
    address = reverse("ask_for_cover", args=[meeting.pk])
    assert "Gil (Carers in Leeds)" in as_mo.get(address).content.decode()
    asked = as_mo.post(address, {"whom": "all", "note": ""})
    assert asked["Location"] == reverse("moderated_cover")
    cover = Cover.objects.get()
    assert "has not answered yet" in page_of(as_mo)
    offer(cover=cover, by=gil)
    page = page_of(as_mo)
    assert "can come" in page
    assert "planted" not in page
    as_mo.post(reverse("accept_cover", args=[cover.pk]))
    assert "Somebody is there at every date" in page_of(as_mo)


def test_a_facilitator_who_cannot_come_is_seen_here(
    as_mo: Client, fay: Person, gil: Person, group: Group, soon: datetime
) -> None:
    meeting = factories.make_meeting(group, soon)
    assert "Somebody is there at every date" in page_of(as_mo)
    ask(meeting=meeting, by=fay)
    assert "Grief on Tuesdays" in page_of(as_mo)
    as_mo.post(reverse("withdraw_cover", args=[meeting.pk]))
    assert "Somebody is there at every date" in page_of(as_mo)


@pytest.mark.parametrize("status", ["draft", "paused", "closed"])
def test_only_groups_that_meet(as_mo: Client, group: Group, soon: datetime, status: str) -> None:
    factories.make_meeting(group, soon)
    Group.everything.update(status=status)
    assert "Somebody is there at every date" in page_of(as_mo)


def test_other_organisations_see_nothing_of_it(
    pat: Person, group: Group, gil: Person, soon: datetime
) -> None:
    client = signed_in(pat)
    meeting = factories.make_meeting(group, soon)
    cover = Cover.objects.create(meeting=meeting, person=gil)
    assert "Grief on Tuesdays" not in page_of(client)
    for name, key in (
        ("ask_for_cover", meeting.pk),
        ("withdraw_cover", meeting.pk),
        ("accept_cover", cover.pk),
    ):
        assert client.post(reverse(name, args=[key])).status_code == 404


def test_who_gets_in(
    client: Client, as_mo: Client, as_ada: Client, as_fay: Client, as_ben: Client
) -> None:
    address = reverse("moderated_cover")
    clients = (as_mo, as_ada, as_fay, as_ben, client)
    assert [one.get(address).status_code for one in clients] == [200, 404, 403, 403, 302]
    assert as_mo.post(address).status_code == 405
    assert "no-store" in as_mo.get(address)["Cache-Control"]


@pytest.mark.parametrize("name", ["moderated_cover", "moderated_groups"])
def test_no_query_grows_with_the_rows(
    as_mo: Client,
    mo: Person,
    gil: Person,
    group: Group,
    soon: datetime,
    name: str,
    django_assert_num_queries: Any,
) -> None:
    ask(meeting=factories.make_meeting(group, soon), by=mo)
    address = reverse(name)
    as_mo.get(address)
    with CaptureQueriesContext(connection) as first:
        as_mo.get(address)
    for day in (1, 2):
        ask(meeting=factories.make_meeting(group, soon + timedelta(days=day)), by=mo)
    with django_assert_num_queries(len(first)):
        as_mo.get(address)
