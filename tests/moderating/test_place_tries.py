"""Nobody finds out by trying numbers how few people are in a group that they do not run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, Person
from directory.actions.groups import update_group
from directory.models import Group
from directory.refusals import Refused
from tests import factories
from tests.facilitating.cover.steps import refused
from tests.moderating.conftest import typed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def group_of_four(group: Group) -> Group:
    for _ in range(4):
        factories.make_membership(group, factories.make_person())
    return group


def tries() -> list[dict[str, Any]]:
    return list(AuditEntry.objects.filter(action="group.places_tried").values("actor", "detail"))


def try_number(group: Group, by: Person, number: int) -> str:
    try:
        update_group(group=group, by=by, capacity=number)
    except Refused as error:
        return str(error.refusal)
    return ""


def test_a_refused_try_stays_in_the_audit_trail_without_its_number(
    group_of_four: Group, mo: Person
) -> None:
    assert refused(lambda: update_group(group=group_of_four, by=mo, capacity=3)) == "capacity"
    (line,) = tries()
    assert line["actor"] == f"person:{mo.pk}"
    assert line["detail"] == {"fields": ["capacity"]}
    assert Group.everything.get().capacity is None


def test_after_two_tries_in_a_week_the_answer_is_the_same_whatever_the_number(
    group_of_four: Group, mo: Person, organisation: Any
) -> None:
    other = factories.make_person("Noa")
    factories.make_moderator(organisation, other)
    assert "More people than that" in try_number(group_of_four, mo, 3)
    assert try_number(group_of_four, mo, 8) == ""
    answers = {try_number(group_of_four, other, number) for number in (1, 3, 4, 7)}
    (sentence,) = answers
    assert "Please wait some days" in sentence
    assert not any(digit in sentence for digit in "123456789")
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert try_number(group_of_four, mo, 5) == ""


def test_ten_or_more_and_higher_numbers_are_set_at_any_time(
    group_of_four: Group, mo: Person
) -> None:
    for number in (40, 30, 20, 10, 12, 11):
        assert try_number(group_of_four, mo, number) == ""
    assert try_number(group_of_four, mo, 5) == ""
    assert [try_number(group_of_four, mo, number) for number in (6, 7, 9)] == ["", "", ""]
    assert len(tries()) == 1


def test_dates_are_no_way_round(group_of_four: Group, mo: Person) -> None:
    numbers = ("meeting_capacity", "online_capacity", "capacity")
    Group.everything.update(format="hybrid")
    for number in numbers[:2]:
        update_group(group=group_of_four, by=mo, **{number: 5})
    assert refused(lambda: update_group(group=group_of_four, by=mo, capacity=5)) == "capacity"


@pytest.mark.parametrize("reason", ["a facilitator", "a draft", "the software"])
def test_who_sees_the_list_anyway_tries_as_often_as_they_like(
    group_of_four: Group, mo: Person, reason: str
) -> None:
    if reason == "a facilitator":
        factories.make_facilitator(group_of_four, mo)
    if reason == "a draft":
        Group.everything.update(status="draft")
    by = None if reason == "the software" else mo
    for number in (3, 2, 1):
        assert refused(lambda n=number: update_group(group=group_of_four, by=by, capacity=n))
    assert tries() == []


def test_a_stranger_leaves_no_line(group_of_four: Group, ada: Person) -> None:
    assert refused(lambda: update_group(group=group_of_four, by=ada, capacity=3)) == "not_yours"
    assert tries() == []


def test_the_page_says_it_beside_the_field(group_of_four: Group, as_mo: Client) -> None:
    address = reverse("edit_group", args=[group_of_four.pk])
    for words in ("More people than that", "More people than that", "Please wait some days"):
        response = as_mo.post(address, typed(as_mo.get(address), capacity=2))
        assert set(response.context["form"].errors) == {"capacity"}
        assert words in response.content.decode()
    assert len(tries()) == 2
