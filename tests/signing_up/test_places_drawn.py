"""Drawn sequences of whatever changes places: what always holds of the seats."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from accounts.models import Person
from directory.actions.groups import update_group
from directory.actions.meetings import cancel_meeting, restore_meeting
from directory.actions.memberships import join_group, leave_group
from directory.actions.seats import (
    accept_offer,
    change_capacity,
    change_usual_way,
    change_way,
    give_back_seat,
    offer_free_places,
    offer_kept_places,
    seat_members,
    set_away,
    take_seat,
)
from directory.choices import AgreementKind, Format, SeatState
from directory.models import Group, Meeting, Membership, OnlineRoom, Seat
from directory.queries.seats import capacity_of, has_two_pools, pool_of
from directory.refusals import Refused
from tests import factories

pytestmark = pytest.mark.django_db

STEPS = 40


class World:
    """One group with three dates, and people who come, go, and change their minds."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        self.group = factories.make_group(
            format="hybrid",
            meeting_capacity=3,
            online_capacity=2,
            first_timer_places=1,
            releases_absent=True,
            allows_companions=True,
        )
        OnlineRoom.objects.create(group=self.group, url="https://rooms.example.org/j/a")
        start = timezone.now() + timedelta(days=2)
        for week in range(3):
            factories.make_meeting(self.group, start + week * timedelta(days=7))
        self.people = [factories.make_person() for _number in range(8)]
        for person in self.people[:5]:
            factories.make_membership(self.group, person, comes_online=self.draw.random() < 0.3)
        seat_members(meetings=Meeting.everything.all())
        # Who gave back what themselves, or never had it.
        self.dropped: set[tuple[Person, Meeting]] = set()

    def steps(self) -> list[Callable[[], object]]:
        own = (self.take, self.give_back, self.accept, self.change_way)
        people = (self.join, self.leave, self.be_away, self.come_back, self.usually)
        group = (self.other_places, self.other_format, self.other_kept)
        return [*own, *people, *group, self.cancel, self.restore, self.places_of_a_date]

    def go_on(self) -> None:
        step = self.draw.choice(self.steps())
        # Nothing happens where there is nobody for it, either.
        with suppress(Refused, IndexError):
            step()
        offer_kept_places()

    def person(self) -> Person:
        return self.draw.choice(self.people)

    def meeting(self) -> Meeting:
        return self.draw.choice(list(Meeting.everything.order_by("starts_at")))

    def number(self) -> int | None:
        return self.draw.choice([1, 2, 3, 4, 6, None])

    def take(self) -> None:
        person, meeting = self.person(), self.meeting()
        wishes = {"is_online": self.draw.random() < 0.4}
        if self.draw.random() < 0.2:
            wishes = {"brings_companion": True}
        agreed = {
            "accepted_version": factories.current_agreement(),
            "consented_version": factories.current_agreement(AgreementKind.MEMBERSHIP),
        }
        take_seat(meeting=meeting, by=person, **wishes, **agreed)
        self.dropped.discard((person, meeting))

    def give_back(self) -> None:
        person, meeting = self.person(), self.meeting()
        give_back_seat(meeting=meeting, by=person)
        self.dropped.add((person, meeting))

    def accept(self) -> None:
        for seat in Seat.objects.filter(state=SeatState.OFFERED).order_by("queued_at")[:2]:
            accept_offer(meeting=seat.meeting, by=seat.person)

    def change_way(self) -> None:
        home = self.draw.random() < 0.5
        change_way(meeting=self.meeting(), by=self.person(), is_online=home)

    def join(self) -> None:
        join_group(
            group=self.group,
            by=self.person(),
            accepted_version=factories.current_agreement(),
            consented_version=factories.current_agreement(AgreementKind.MEMBERSHIP),
            comes_online=self.draw.random() < 0.3,
        )

    def membership(self) -> Membership:
        return self.draw.choice(list(Membership.objects.active().order_by("joined_at")))

    def leave(self) -> None:
        membership = self.membership()
        leave_group(membership=membership, by=membership.person)

    def be_away(self) -> None:
        membership, day = self.membership(), self.meeting().local_day
        set_away(membership=membership, by=membership.person, away_from=day, away_until=day)

    def come_back(self) -> None:
        membership = self.membership()
        set_away(membership=membership, by=membership.person, away_from=None, away_until=None)

    def usually(self) -> None:
        membership, home = self.membership(), self.draw.random() < 0.5
        change_usual_way(membership=membership, by=membership.person, comes_online=home)

    def other_places(self) -> None:
        name = self.draw.choice(["meeting_capacity", "online_capacity"])
        update_group(group=self.group, by=None, **{name: self.number()})

    def other_format(self) -> None:
        update_group(group=self.group, by=None, format=self.draw.choice(Format.values))

    def other_kept(self) -> None:
        update_group(group=self.group, by=None, first_timer_places=self.draw.choice([0, 1, 2]))

    def cancel(self) -> None:
        cancel_meeting(meeting=self.meeting(), by=None, reason="Snow", tells=False)

    def restore(self) -> None:
        for meeting in Meeting.everything.filter(status="cancelled"):
            restore_meeting(meeting=meeting, by=None)

    def places_of_a_date(self) -> None:
        change_capacity(
            meeting=self.meeting(),
            by=None,
            capacity=self.number(),
            online_capacity=self.number(),
        )

    def check(self) -> None:
        for meeting in Meeting.everything.going_ahead().select_related("group"):
            for is_online in (False, True) if has_two_pools(meeting) else (False,):
                taken = sum(
                    seat.places for seat in pool_of(meeting, is_online=is_online).taking_room()
                )
                capacity = capacity_of(meeting, is_online=is_online)
                assert capacity is None or taken <= capacity
            self.check_nobody_is_lost(meeting)
            # Nobody waits while there is a place for them.
            assert offer_free_places(meeting=meeting) == 0

    def check_nobody_is_lost(self, meeting: Meeting) -> None:
        held = Seat.objects.filter(meeting=meeting).held().select_related("person")
        people = {seat.person for seat in held}
        if not has_two_pools(meeting):
            assert not any(seat.is_online for seat in held)
        for membership in Membership.objects.active().select_related("person"):
            first, last = membership.away_from, membership.away_until
            is_away = first is not None and first <= meeting.local_day <= last
            dropped = (membership.person, meeting) in self.dropped
            assert membership.person in people or is_away or dropped


@pytest.mark.parametrize("seed", [4, 14, 15])
def test_whatever_is_done(seed: int) -> None:
    world = World(seed)
    for _step in range(STEPS):
        world.go_on()
        world.check()
    assert Group.everything.get().memberships.exists()
