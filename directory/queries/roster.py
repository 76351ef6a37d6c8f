"""Who is in a group, and who comes to a date."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Person
from directory.choices import SeatState
from directory.models import Meeting, Membership, Seat


def signed_up(meeting: Meeting) -> QuerySet[Person]:
    """Return everybody whom a change of this date concerns, each once.

    They are the group's members, and whoever holds a seat, is offered one or waits for one.
    """
    members = Membership.objects.active().filter(group=meeting.group_id, person=OuterRef("pk"))
    seats = Seat.objects.filter(meeting=meeting, person=OuterRef("pk")).exclude(
        state=SeatState.GIVEN_BACK
    )
    return Person.objects.filter(Exists(members) | Exists(seats))
