from __future__ import annotations

from django.db import transaction

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group, lock_meeting
from directory.actions.room_watches import tell_of_free_place
from directory.actions.seats.offers import offer_free_places
from directory.models import Meeting
from directory.refusals import refuse_if
from directory.rules.facilitating import why_not_run
from directory.rules.seats import why_not_at_all, why_not_these_places


@transaction.atomic
def change_capacity(
    *, meeting: Meeting, by: Person | None, capacity: int | None, online_capacity: int | None = None
) -> Meeting:
    """Give one date another number of places; None is the group's own number.

    Those who wait are offered what comes free. Raises Refused, also below what is taken already.
    """
    group = lock_group(meeting.group_id)
    locked = lock_meeting(meeting)
    locked.group = group
    refuse_if(
        why_not_run(group, by)
        or why_not_at_all(locked)
        or why_not_these_places(locked, capacity=capacity, online_capacity=online_capacity)
    )
    if (locked.capacity, locked.online_capacity) == (capacity, online_capacity):
        return locked
    locked.capacity, locked.online_capacity = capacity, online_capacity
    locked.save(update_fields=("capacity", "online_capacity", "updated_at"))
    record(
        by=by,
        action="meeting.places_changed",
        about=locked,
        organisation=group.organisation,
        capacity=capacity,
        online_capacity=online_capacity,
    )
    offer_free_places(meeting=locked)
    tell_of_free_place(locked)
    return locked
