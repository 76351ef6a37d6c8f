from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from directory.actions.locks import lock_meetings
from directory.actions.seats.fitting import fit_dates
from directory.actions.seats.offers import offer_free_places
from directory.actions.seats.standing import seat_members
from directory.choices import SeatState
from directory.models import Meeting, Seat
from directory.queries.seats import OPEN_TO_ALL


@transaction.atomic
def follow_dates(*, meetings: Iterable[UUID]) -> None:
    """Bring seats into line with dates that were moved, restored, or put back as they were.

    Where a group has fewer places by now, the latest to come wait. Offers end two hours before the
    start that is now, members who have no place yet get one, and what is free is offered. Call it
    in a transaction that holds the group.
    """
    dates = Meeting.everything.filter(pk__in=list(meetings)).coming().going_ahead()
    keys = list(dates.order_by().values_list("pk", flat=True))
    fit_dates(keys)
    seat_members(meetings=keys)
    queued = Seat.objects.filter(
        meeting__in=keys, state__in=(SeatState.WAITING, SeatState.OFFERED)
    ).order_by()
    for meeting in lock_meetings(queued.values_list("meeting", flat=True).distinct()):
        end = meeting.starts_at - OPEN_TO_ALL
        offered = Seat.objects.filter(meeting=meeting, state=SeatState.OFFERED)
        offered.filter(offer_expires_at__gt=end).update(offer_expires_at=end)
        offer_free_places(meeting=meeting)
