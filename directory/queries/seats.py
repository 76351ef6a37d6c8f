from __future__ import annotations

from accounts.models import Person
from directory.models import Meeting, Seat


def capacity_of(meeting: Meeting) -> int | None:
    """How many may come to this date; None where nobody named a number."""
    return meeting.group.meeting_capacity if meeting.capacity is None else meeting.capacity


def places_left(meeting: Meeting) -> int | None:
    """Places nobody holds yet, never below 0; None where nobody named a number."""
    capacity = capacity_of(meeting)
    if capacity is None:
        return None
    return max(0, capacity - Seat.objects.taking_room().filter(meeting=meeting).count())


def is_full(meeting: Meeting) -> bool:
    """Whether somebody who asks now has to wait: no place left, or others wait already."""
    left = places_left(meeting)
    if left is None:
        return False
    return left == 0 or Seat.objects.waiting().filter(meeting=meeting).exists()


def seat_of(person: Person, meeting: Meeting) -> Seat | None:
    """This person's seat at this date, unless they gave it back."""
    return Seat.objects.of(person).held().filter(meeting=meeting).first()


def waiting_before(seat: Seat) -> int:
    """How many wait for a place at this date longer than this person."""
    queue = Seat.objects.waiting().filter(meeting=seat.meeting_id)
    return list(queue.values_list("id", flat=True)).index(seat.id)
