"""What everybody may know of the places at a date: whether there is one, never how many."""

from __future__ import annotations

from dataclasses import dataclass

from directory.choices import Joining
from directory.models import Meeting
from directory.queries.seats import (
    Room,
    capacity_of,
    has_two_pools,
    is_open_to_all,
    may_take,
    room_of,
)

FREE, FOR_FIRST_TIMERS, FULL, UNLIMITED = "free", "first-timers", "full", ""


@dataclass(frozen=True)
class RoomTold:
    """How it is with the places of a date: free, first-timers, full; empty without a number.

    `online` is only said where those who take part from home are counted apart.
    """

    in_the_room: str = UNLIMITED
    online: str = UNLIMITED
    is_counted_apart: bool = False

    @property
    def is_full(self) -> bool:
        """Whether whoever asks now has to wait, however they would take part."""
        if not self.is_counted_apart:
            return self.in_the_room == FULL
        return self.in_the_room == self.online == FULL


def room_told(meeting: Meeting) -> RoomTold:
    """Say how it is with a date's places; one query for each number of places there is."""
    if meeting.group.joining == Joining.JUST_COME:
        return RoomTold()
    if not has_two_pools(meeting):
        return RoomTold(_told(meeting, is_online=False))
    return RoomTold(
        _told(meeting, is_online=False), _told(meeting, is_online=True), is_counted_apart=True
    )


def _told(meeting: Meeting, *, is_online: bool) -> str:
    if capacity_of(meeting, is_online=is_online) is None:
        return UNLIMITED
    room = room_of(meeting, is_online=is_online)
    if _gets_one(room, meeting, is_first_timer=False):
        return FREE
    return FOR_FIRST_TIMERS if _gets_one(room, meeting, is_first_timer=True) else FULL


def _gets_one(room: Room, meeting: Meeting, *, is_first_timer: bool) -> bool:
    return may_take(room, 1, is_first_timer=is_first_timer, late=is_open_to_all(meeting))
