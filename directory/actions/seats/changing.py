"""From home instead of in the room, or the other way round: at one date, or usually."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group, lock_meeting, lock_meetings, lock_person
from directory.actions.room_watches import tell_of_free_place
from directory.actions.seats.offers import settle
from directory.actions.seats.writing import note_seat, set_state
from directory.choices import SeatState
from directory.models import Group, Meeting, Membership, Seat
from directory.refusals import refuse_if
from directory.rules.seat_ways import why_not_change_way, why_not_usual_way, why_not_wait_elsewhere


@dataclass(frozen=True)
class UsualWay:
    """At how many coming dates a place followed, and at how many there was none in that way."""

    followed: int
    stayed: int


@transaction.atomic
def change_way(*, meeting: Meeting, by: Person, is_online: bool) -> Seat:
    """Take part from home instead of in the room, or the other way round, where there is a place.

    The place that comes free is offered to the next. A companion comes to the room only, so from
    home the place is for one. Asked for twice, it is changed once. Raises Refused.
    """
    person = lock_person(by)
    locked = lock_meeting(meeting)
    seat = Seat.objects.of(person).filter(meeting=locked).first()
    if seat and seat.is_confirmed and seat.is_online == is_online:
        return seat
    settle(locked, is_online=is_online)
    refuse_if(why_not_change_way(seat, locked, is_online=is_online))
    return _change(cast("Seat", seat), locked, person, is_online=is_online)


@transaction.atomic
def change_usual_way(*, membership: Membership, by: Person, comes_online: bool) -> UsualWay:
    """Note that a member usually takes part from home, or in the room, from now on.

    Their places at coming dates follow where there is one in that way, also for somebody who waits.
    Where there is none, what they have stays. Raises Refused.
    """
    person = lock_person(Person(pk=membership.person_id))
    group = lock_group(membership.group_id)
    locked = Membership.objects.get(pk=membership.pk)
    locked.person, locked.group = person, group
    refuse_if(why_not_usual_way(locked, by))
    if locked.comes_online != comes_online:
        locked.comes_online = comes_online
        locked.save(update_fields=("comes_online",))
        record(by=by, action="membership.usual_way", about=locked, organisation=group.organisation)
    followed = [
        _follow(seat, meeting, person, is_online=comes_online)
        for seat, meeting in _in_the_other_way(person, group, is_online=comes_online)
    ]
    return UsualWay(followed=sum(followed), stayed=len(followed) - sum(followed))


def _in_the_other_way(
    person: Person, group: Group, *, is_online: bool
) -> list[tuple[Seat, Meeting]]:
    """Lock the coming dates at which the person's seat is in the other way."""
    coming = Meeting.everything.filter(group=group).coming().going_ahead()
    held = Seat.objects.of(person).held().filter(meeting__in=coming.order_by().values("pk"))
    other = held.exclude(is_online=is_online).exclude(membership=None)
    dates = lock_meetings(other.values_list("meeting", flat=True))
    seats = {seat.meeting_id: seat for seat in other.filter(meeting__in=dates)}
    return [(seats[meeting.pk], meeting) for meeting in dates if meeting.pk in seats]


def _follow(seat: Seat, meeting: Meeting, person: Person, *, is_online: bool) -> bool:
    """Change the way of one seat where there is a place; tells whether it was changed."""
    settle(meeting, is_online=is_online)
    if seat.is_waiting:
        if why_not_wait_elsewhere(seat, meeting, is_online=is_online):
            return False
        set_state(seat, SeatState.CONFIRMED)
    elif why_not_change_way(seat, meeting, is_online=is_online):
        return False
    _change(seat, meeting, person, is_online=is_online)
    return True


def _change(seat: Seat, meeting: Meeting, person: Person, *, is_online: bool) -> Seat:
    seat.meeting, seat.is_online, seat.brings_companion = meeting, is_online, False
    seat.save(update_fields=("is_online", "brings_companion"))
    note_seat(seat, by=person, action="seat.way_changed")
    settle(meeting, is_online=not is_online)
    tell_of_free_place(meeting)
    return seat
