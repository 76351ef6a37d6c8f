"""The one place that hands out what only who runs a date may know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accounts.models import Person
from directory.models import Facilitator, Meeting, OnlineRoom, PlaceAccess
from directory.queries.cover_access import is_open_to_cover
from directory.queries.facilitating import way_in
from directory.queries.rooms import online_room_to_cover, online_room_to_edit
from directory.queries.seat_list import Pool, SeatLine, pools_of, who_comes


@dataclass(frozen=True)
class Inside:
    """Who comes to a date, its places, how to get into the room, and into the meeting online."""

    expected: list[SeatLine]
    pools: list[Pool]
    way_in: PlaceAccess | None
    room: OnlineRoom | None


def inside_of(person: Person, meeting: Meeting, now: datetime) -> Inside | None:
    """Return what is inside a date, for who runs its group, or stands in and it is open to them.

    None to everybody else: nothing of it is even read.
    """
    runs = Facilitator.objects.current().filter(group=meeting.group_id, person=person)
    if not runs.exists() and not is_open_to_cover(person, meeting, now):
        return None
    return Inside(
        expected=who_comes(meeting),
        pools=pools_of(meeting),
        way_in=way_in(meeting.group),
        room=online_room_to_edit(person, meeting.group)
        or online_room_to_cover(person, meeting, now),
    )
