"""Free places are offered to those who wait: held for a while, and taken by a button."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from directory.actions.locks import lock_meeting
from directory.actions.seats.writing import note_seat, set_state
from directory.actions.telling import tell_again
from directory.choices import SeatState
from directory.emails import kinds
from directory.models import Meeting, Seat
from directory.queries.seats import (
    OPEN_TO_ALL,
    Room,
    has_two_pools,
    is_open_to_all,
    pool_of,
    queue_of,
    room_of,
)
from directory.queries.seats_owed import dates_owing_places
from directory.refusals import Refused


@transaction.atomic
def offer_free_places(*, meeting: Meeting | UUID) -> int:
    """Hold the free places of a date for those who wait, longest first, with one mail each.

    Returns how many got one. It locks the date, and no person. Shortly before the start nothing is
    held any more, and a date that does not take place offers nothing.
    """
    locked = lock_meeting(meeting)
    pools = (False, True) if has_two_pools(locked) else (False,)
    return sum(settle(locked, is_online=is_online) for is_online in pools)


def expire_offers() -> int:
    """Close the offers whose time is over, and offer the places to the next; returns how many.

    Each date is a transaction of its own: one that somebody else holds is left to the next run.
    """
    dates = Seat.objects.run_out().order_by("meeting").values_list("meeting", flat=True)
    number = 0
    for key in list(dates.distinct()):
        with suppress(Refused):
            number += _expire_at(key)
    return number


def offer_kept_places() -> int:
    """Offer places that were kept, and are for all by now, to those who wait; returns how many.

    So is whatever came free as somebody gave back an earlier date, and is new at this one by now.
    Done twice, it is done once. Each date is a transaction of its own, as in `expire_offers`.
    """
    number = 0
    for key in dates_owing_places():
        with suppress(Refused):
            number += offer_free_places(meeting=key)
    return number


@transaction.atomic
def _expire_at(key: UUID) -> int:
    locked = lock_meeting(key)
    number = Seat.objects.run_out().filter(meeting=locked).count()
    offer_free_places(meeting=locked)
    return number


def settle(meeting: Meeting, *, is_online: bool, room: Room | None = None) -> int:
    """Bring one pool of a locked date up to this moment; returns how many places were offered.

    `room` is what was read of it after the lock.
    """
    now = timezone.now()
    room = room or room_of(meeting, is_online=is_online, now=now)
    if room.offers_run_out:
        for seat in pool_of(meeting, is_online=is_online).run_out(now):
            _run_out(seat, meeting)
    # However long the queue is, it is read only where a place is free for somebody of it.
    if not room.waiting or not room.has_any or not _offers_places(meeting, now):
        return 0
    number = 0
    for seat in _next_in_line(list(queue_of(meeting, is_online=is_online)), room):
        _offer(seat, meeting, now)
        number += 1
    return number


def _offers_places(meeting: Meeting, now: datetime) -> bool:
    goes_ahead = meeting.group.is_published and not meeting.is_cancelled
    return goes_ahead and not is_open_to_all(meeting, now)


def _next_in_line(queue: list[Seat], room: Room) -> Iterator[Seat]:
    """Give those who get a place now, in the order in which they wait.

    Nobody is passed by: somebody who needs two places keeps a single free one until the second
    comes free, or else people with a carer would wait for ever. Only a place that is kept for
    first-timers goes to the first of those, since nobody before them could have it.
    """
    others_wait = False
    for seat in queue:
        is_first: bool = room.kept > 0 and seat.is_first  # type: ignore[attr-defined]
        if others_wait and not room.is_kept_for(seat.places, is_first_timer=is_first):
            continue
        if not room.fits(seat.places, is_first_timer=is_first):
            if is_first:
                return
            others_wait = True
            continue
        room = room.with_taken(seat.places, is_first_timer=is_first)
        yield seat


def _offer(seat: Seat, meeting: Meeting, now: datetime) -> None:
    held_for = timedelta(hours=settings.SEAT_OFFER_HOURS)
    until = min(now + held_for, meeting.starts_at - OPEN_TO_ALL)
    seat.meeting = meeting
    set_state(seat, SeatState.OFFERED, offer_expires_at=until)
    tell_again(kind=kinds.SEAT_OFFERED, about=seat, people=[seat.person])
    note_seat(seat, by=None, action="seat.offered")


def _run_out(seat: Seat, meeting: Meeting) -> None:
    """Close an offer that nobody answered. They are not queued again by themselves."""
    seat.meeting = meeting
    set_state(seat, SeatState.EXPIRED)
    note_seat(seat, by=None, action="seat.offer_ran_out")
