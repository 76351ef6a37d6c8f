from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import Person
from directory.actions.locks import lock_meeting
from directory.actions.seats.writing import note_seat
from directory.models import Seat
from directory.queries.seats import pool_of
from directory.refusals import refuse_if
from directory.rules.seats import why_not_let_go_first

SHORTEST = timedelta(microseconds=1)


@transaction.atomic
def let_go_first(*, seat: Seat, by: Person, before: Seat | None = None, reason: str) -> Seat:
    """Let somebody who waits go before another one, or before all; the reason is kept.

    Only the date is locked: the order of those who wait is changed under it alone. Raises Refused.
    """
    locked = lock_meeting(seat.meeting_id)
    moved = Seat.objects.select_related("person").get(pk=seat.pk)
    moved.meeting = locked
    refuse_if(why_not_let_go_first(moved, by, reason=reason))
    queue = list(pool_of(locked, is_online=moved.is_online).waiting())
    was = queue.index(moved)
    others = [one for one in queue if one != moved]
    place = others.index(before) if before in others else 0
    _write_order([*others[:place], moved, *others[place:]])
    note_seat(
        moved, by=by, action="seat.let_go_first", was=was + 1, now=place + 1, reason=reason.strip()
    )
    return moved


def _write_order(queue: list[Seat]) -> None:
    """Hand the times since when people wait out again, in the new order, each later than before."""
    last: datetime | None = None
    for seat, moment in zip(queue, sorted(one.queued_at for one in queue), strict=True):
        moment = moment if last is None or moment > last else last + SHORTEST
        if seat.queued_at != moment:
            seat.queued_at = moment
            seat.save(update_fields=("queued_at",))
        last = moment
