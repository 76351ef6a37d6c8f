"""Queries whose SQL is written once give what the same query gives without that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from directory.models import Group, Meeting, Topic
from directory.queries.prepared import Prepared
from tests import factories

pytestmark = pytest.mark.django_db
NEVER = datetime.min.replace(tzinfo=UTC)


def groups_by_name(name: str):
    return Group.objects.filter(name=name).select_related("organisation", "place").order_by("id")


def test_it_finds_the_same_objects_with_what_belongs_to_them(django_assert_num_queries) -> None:
    made = [factories.make_group(name=name) for name in ("Tea", "Tea", "Cake")]
    made.append(factories.make_group(name="Cake", format="online"))
    prepared: Prepared[Group] = Prepared(groups_by_name, name="a name")
    for name in ("Tea", "Cake", "Nothing"):
        with django_assert_num_queries(1):
            found = prepared.objects(name=name)
            organisations = [group.organisation.name for group in found]
            places = [group.place and group.place.town for group in found]
        expected = list(groups_by_name(name))
        assert found == expected
        assert [vars(one)["languages"] for one in found] == [one.languages for one in expected]
        assert organisations == [group.organisation.name for group in expected]
        assert places == [group.place and group.place.town for group in expected]


def test_each_use_takes_its_own_values(group: Group) -> None:
    meeting = factories.make_meeting(group)
    prepared: Prepared[Meeting] = Prepared(
        lambda group, now: Meeting.objects.filter(group=group).coming(now)[:3],
        group=UUID(int=1),
        now=NEVER,
    )
    assert prepared.objects(group=group.pk, now=meeting.starts_at) == [meeting]
    assert prepared.objects(group=group.pk, now=meeting.ends_at + timedelta(days=1)) == []
    assert prepared.objects(group=UUID(int=2), now=meeting.starts_at) == []


def test_rows_of_values(group: Group) -> None:
    prepared: Prepared[Topic] = Prepared(
        lambda slug: Topic.objects.filter(slug=slug).values_list("name", "position"), slug="a-slug"
    )
    topic = factories.make_topic(name="Grief")
    assert list(prepared.rows(slug=topic.slug)) == [("Grief", topic.position)]


def test_what_was_left_out_is_looked_up_when_it_is_asked_for(
    group: Group, django_assert_num_queries
) -> None:
    prepared: Prepared[Group] = Prepared(
        lambda slug: Group.objects.filter(slug=slug).defer("summary"), slug="a-slug"
    )
    (found,) = prepared.objects(slug=group.slug)
    assert found.get_deferred_fields() == {"summary"}
    with django_assert_num_queries(1):
        assert found.summary == group.summary


def test_an_object_can_be_changed_and_saved(group: Group) -> None:
    prepared: Prepared[Group] = Prepared(groups_by_name, name="a name")
    (found,) = prepared.objects(name=group.name)
    found.name = "Grief on Mondays"
    found.save(update_fields=["name"])
    assert Group.objects.get().name == "Grief on Mondays"


def test_rows_of_values_are_no_objects(group: Group) -> None:
    prepared: Prepared[Topic] = Prepared(
        lambda slug: Topic.objects.filter(slug=slug).values_list("name"), slug="a-slug"
    )
    with pytest.raises(TypeError, match="values_list"):
        prepared.objects(slug="grief")


def test_a_value_that_the_query_changes_is_refused(group: Group) -> None:
    prepared: Prepared[Group] = Prepared(
        lambda name: Group.objects.filter(name__icontains=name), name="a name"
    )
    with pytest.raises(ValueError, match="name"):
        prepared.objects(name="Tea")


def test_a_value_that_is_forgotten_is_an_error(group: Group) -> None:
    prepared: Prepared[Group] = Prepared(groups_by_name, name="a name")
    with pytest.raises(KeyError):
        prepared.objects()
