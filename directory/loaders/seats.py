"""Places at dates that somebody runs: 404 to a stranger, 403 to somebody with a smaller part."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from accounts.models import Person
from directory.loaders.facilitate import load_facilitated_meeting
from directory.models import Seat


def load_seat_to_order(person: Person, uuid: UUID) -> Seat:
    """Return somebody's seat at a date that `person` facilitates now, with date, group and name."""
    seat = get_object_or_404(Seat.objects.select_related("person"), pk=uuid)
    seat.meeting = load_facilitated_meeting(person, seat.meeting_id)
    return seat
