from __future__ import annotations

from typing import Any

import pytest

from accounts.models import Person
from directory.actions.groups import refresh_found_by, update_group
from directory.actions.invitations import end_facilitator
from directory.actions.organisations import update_organisation
from directory.actions.places import update_place
from directory.models import Facilitator, Group
from tests import factories

pytestmark = pytest.mark.django_db


def words_of(group: Group) -> list[str]:
    return Group.everything.get(pk=group.pk).found_by.split()


def test_topics_with_those_above_place_organisation_and_first_names(group: Group, fay: Any) -> None:
    above = factories.make_topic(name="Grief", found_by="mourning")
    group.topics.add(factories.make_topic(name="Widowed", found_by="widow", parent=above))
    refresh_found_by([group])
    assert words_of(group) == "Widowed widow Grief mourning Leeds Harbour Listening Fay".split()


def test_nobody_who_is_not_listed_and_no_street(group: Group, fay: Person) -> None:
    fay.facilitator_profile.is_listed = False
    fay.facilitator_profile.save()
    group.place.region, group.place.area = "Yorkshire", "North"
    group.place.save()
    refresh_found_by([group])
    assert words_of(group) == "Leeds Yorkshire North Harbour Listening".split()


def test_many_groups_in_one_statement(
    group: Group, other_group: Group, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert refresh_found_by([group, other_group]) == 2
    with django_assert_num_queries(1):
        assert refresh_found_by([group, other_group.pk]) == 0
    assert "Leeds" in words_of(other_group)


def test_each_change_is_found_at_once(group: Group, fays_part: Facilitator, mo: Person) -> None:
    update_group(group=group, by=mo, topics=[factories.make_topic(name="Migraine")])
    assert Group.objects.mentioning("migraine").get() == group
    update_place(place=group.place, by=mo, town="York")
    assert Group.objects.mentioning("york").get() == group
    update_organisation(organisation=group.organisation, by=mo, name="Lighthouse")
    assert Group.objects.mentioning("lighthouse").get() == group
    assert Group.objects.mentioning("fay").get() == group
    end_facilitator(facilitator=fays_part, by=mo)
    assert not Group.objects.mentioning("fay").exists()
