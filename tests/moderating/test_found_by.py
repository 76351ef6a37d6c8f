"""Whatever changes of a group is found at once, and what it was before is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine

from accounts.models import Person
from directory.actions.groups import pause_group, publish_group, update_group
from directory.actions.invitations import accept_invitation, end_facilitator, invite_facilitator
from directory.actions.listings import update_listing
from directory.actions.meetings import add_meeting, cancel_meeting, move_meeting
from directory.actions.memberships import answer_request, leave_group
from directory.actions.organisations import update_organisation
from directory.actions.places import update_place
from directory.actions.series import add_series
from directory.choices import PlaceShown
from directory.models import FinderEntry, Group, Meeting, Membership, Place, Town
from directory.queries.search import Near, Search, find_groups
from tests import factories
from tests.signing_up.test_join_group_action import join

pytestmark = pytest.mark.django_db

# A Monday.
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHAPEL = (53.9, -1.7)
LEEDS = (53.8, -1.55)


@dataclass
class World:
    """A group, who facilitates and who moderates it, and somebody who may join."""

    group: Group
    fay: Person
    mo: Person
    ada: Person


@pytest.fixture
def world(group: Group, fay: Person, mo: Person, ada: Person) -> Any:
    Town.objects.create(
        id=1,
        name="Leeds",
        folded_names=["leeds"],
        country="GB",
        region="",
        latitude=LEEDS[0],
        longitude=LEEDS[1],
        population=1,
        time_zone="Europe/London",
    )
    with time_machine.travel(NOW, tick=False):
        Group.everything.filter(pk=group.pk).update(capacity=1, who_greets="Fay", languages=["en"])
        Place.objects.filter(pk=group.place_id).update(latitude=CHAPEL[0], longitude=CHAPEL[1])
        update_group(
            group=group,
            by=mo,
            summary="Tea and talk.",
            topics=[factories.make_topic(name="Bereavement", slug="bereavement")],
        )
        factories.make_meeting(group, datetime(2026, 11, 24, 19, tzinfo=UTC))
        group.refresh_from_db()
        yield World(group, fay, mo, ada)


def is_found(world: World, search: Search) -> bool:
    found = find_groups(search)
    return not found.is_beyond and world.group.pk in [row.group.pk for row in found.rows]


def near(point: tuple[float, float]) -> Search:
    return Search(near=Near(latitude=point[0], longitude=point[1], radius_km=2))


def date_of(world: World) -> Meeting:
    return Meeting.everything.get(group=world.group)


def changed(**fields: Any) -> Callable[[World], object]:
    return lambda it: update_group(group=it.group, by=it.mo, **fields)


def place_changed(**fields: Any) -> Callable[[World], object]:
    return lambda it: update_place(place=it.group.place, by=it.mo, **fields)


def listed(**fields: Any) -> Callable[[World], object]:
    return lambda it: update_listing(by=it.fay, **fields)


def another_topic(it: World) -> object:
    above = factories.make_topic(name="Illness", slug="illness")
    topic = factories.make_topic(name="Migraine", slug="migraine", parent=above)
    return update_group(group=it.group, by=it.mo, topics=[topic])


def gil_comes(it: World) -> object:
    invitation = invite_facilitator(group=it.group, by=it.mo, email="gil@example.org")
    gil = factories.make_person("Gil")
    return accept_invitation(
        invitation=invitation, by=gil, public_first_name="Gilbert", is_listed=True
    )


def fridays(it: World) -> object:
    return add_series(
        group=it.group,
        by=it.mo,
        first_on=date(2026, 11, 27),
        starts_at_time=time(10, 0),
        duration_minutes=60,
        rule="FREQ=WEEKLY;BYDAY=FR",
    )


ROOM = Search(has_room=True)
TUESDAY = Search(days=("tue",))
THURSDAY_EVENING = Search(days=("thu",), times=("evening",))
# What happens, and a search that finds the group only before it, or only after it.
GONE = [
    ("paused", lambda it: pause_group(group=it.group, by=it.mo), Search(words="grief")),
    ("renamed", changed(name="Loss"), Search(words="grief")),
    ("another summary", changed(summary="Coffee."), Search(words="talk")),
    ("another topic", another_topic, Search(topics=("bereavement",))),
    ("another topic's words", another_topic, Search(words="bereavement")),
    ("nobody greets", changed(who_greets=""), Search(first_time=True)),
    ("for adults", changed(adults_only=True), Search(ages=("under-18",))),
    ("online alone", changed(format="online", place=None, online_room={"url": "https://a.example"}),
     near(CHAPEL)),
    ("moved away", place_changed(town="York"), near(CHAPEL)),
    ("its area alone", place_changed(shown=PlaceShown.AREA, area="Leeds"), near(CHAPEL)),
    ("not listed", listed(public_first_name="Fay", is_listed=False), Search(words="fay")),
    ("another first name", listed(public_first_name="Fee", is_listed=True), Search(words="fay")),
    ("facilitator ended", lambda it: end_facilitator(facilitator=it.group.facilitators.get(),
     by=it.mo), Search(words="fay")),
    ("organisation renamed", lambda it: update_organisation(organisation=it.group.organisation,
     by=it.mo, name="Lighthouse"), Search(words="harbour")),
    ("the last place taken", lambda it: join(it.group, it.ada), ROOM),
    ("date cancelled", lambda it: cancel_meeting(meeting=date_of(it), by=it.mo, reason="Ill"),
     TUESDAY),
    ("date moved", lambda it: move_meeting(meeting=date_of(it), by=it.mo,
     starts_at=datetime(2026, 11, 26, 19, tzinfo=UTC)), TUESDAY),
]  # fmt: skip
COME = [
    ("renamed", changed(name="Loss"), Search(words="loss")),
    ("another topic", another_topic, Search(topics=("migraine",))),
    ("the topic above", another_topic, Search(topics=("illness",))),
    ("access", changed(access_features=["step-free"]), Search(access=("step-free",))),
    ("language", changed(languages=["en", "es"]), Search(languages=("es",))),
    ("audience", changed(audiences=["men"]), Search(audiences=("men",))),
    ("cost", changed(cost="paid"), Search(costs=("paid",))),
    ("joining", changed(joining="just-come"), Search(joining=("just-come",))),
    ("moved", place_changed(town="York"), Search(words="york")),
    ("a point", place_changed(latitude=1.0, longitude=2.0), near((1.0, 2.0))),
    ("its area alone", place_changed(shown=PlaceShown.AREA, area="Leeds"), near(LEEDS)),
    ("listed", listed(public_first_name="Fiona", is_listed=True), Search(words="fiona")),
    ("another facilitator", gil_comes, Search(words="gilbert")),
    ("organisation renamed", lambda it: update_organisation(organisation=it.group.organisation,
     by=it.mo, name="Lighthouse"), Search(words="lighthouse")),
    ("a series", fridays, Search(days=("fri",), times=("morning",))),
    ("date added", lambda it: add_meeting(group=it.group, by=it.mo, duration_minutes=60,
     starts_at=datetime(2026, 11, 26, 19, tzinfo=UTC)), THURSDAY_EVENING),
    ("date moved", lambda it: move_meeting(meeting=date_of(it), by=it.mo,
     starts_at=datetime(2026, 11, 26, 19, tzinfo=UTC)), THURSDAY_EVENING),
]  # fmt: skip


@pytest.mark.parametrize(("change", "search"), [it[1:] for it in GONE], ids=[it[0] for it in GONE])
def test_what_is_gone_is_not_found(world: World, change: Any, search: Search) -> None:
    assert is_found(world, search)
    change(world)
    assert not is_found(world, search)


@pytest.mark.parametrize(("change", "search"), [it[1:] for it in COME], ids=[it[0] for it in COME])
def test_what_is_new_is_found(world: World, change: Any, search: Search) -> None:
    assert not is_found(world, search)
    change(world)
    assert is_found(world, search)


def test_a_paused_group_comes_back(world: World) -> None:
    pause_group(group=world.group, by=world.mo)
    assert not FinderEntry.objects.exists()
    publish_group(group=world.group, by=world.mo)
    assert is_found(world, Search(words="grief"))


def test_a_place_that_is_free_again_is_room(world: World) -> None:
    membership = join(world.group, world.ada)
    assert not is_found(world, ROOM)
    leave_group(membership=membership, by=world.ada)
    assert is_found(world, ROOM)


def test_room_goes_when_somebody_is_let_in(world: World) -> None:
    update_group(group=world.group, by=world.mo, joining="ask", answer_within_days=3)
    join(world.group, world.ada)
    assert is_found(world, ROOM)
    answer_request(membership=Membership.objects.get(person=world.ada), by=world.fay, accept=True)
    assert not is_found(world, ROOM)


def test_more_places_are_room(world: World) -> None:
    join(world.group, world.ada)
    update_group(group=world.group, by=world.mo, capacity=2)
    assert is_found(world, ROOM)
