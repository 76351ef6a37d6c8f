from __future__ import annotations

from typing import cast

from django.db import transaction

from accounts.models import Person
from directory.actions.locks import lock_meeting, lock_person
from directory.actions.room_watches import tell_of_free_place
from directory.actions.seats.offers import settle
from directory.actions.seats.writing import note_seat
from directory.models import Meeting, Seat
from directory.refusals import refuse_if
from directory.rules.seat_ways import why_not_change_way


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
    seat = cast("Seat", seat)
    seat.meeting, seat.is_online, seat.brings_companion = locked, is_online, False
    seat.save(update_fields=("is_online", "brings_companion"))
    note_seat(seat, by=person, action="seat.way_changed")
    settle(locked, is_online=not is_online)
    tell_of_free_place(locked)
    return seat
