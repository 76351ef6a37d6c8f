from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.choices import MailState
from accounts.models import OutgoingMail
from accounts.references import reference
from directory.actions.locks import lock_meetings
from directory.actions.seats.fitting import fit_dates
from directory.actions.seats.offers import offer_free_places
from directory.actions.seats.standing import seat_members
from directory.actions.telling import tell_again
from directory.choices import SeatState
from directory.emails import kinds
from directory.models import Meeting, Seat
from directory.queries.seats import OPEN_TO_ALL

# Until when offers were held before a change made that sooner, by the key of the seat.
Ends = dict[str, str]


@transaction.atomic
def follow_dates(*, meetings: Iterable[UUID], tells_at: datetime | None = None) -> Ends:
    """Bring seats into line with dates that were moved, restored, or put back as they were.

    Where a group has fewer places by now, the latest to come wait. Offers end two hours before the
    start that is now, members who have no place yet get one, and what is free is offered. Whoever
    read of a later end of their offer is told of the new one at `tells_at`. Call it in a
    transaction that holds the group. Returns the ends that were later.
    """
    dates = Meeting.everything.filter(pk__in=list(meetings)).coming().going_ahead()
    keys = list(dates.order_by().values_list("pk", flat=True))
    fit_dates(keys)
    seat_members(meetings=keys)
    queued = Seat.objects.filter(
        meeting__in=keys, state__in=(SeatState.WAITING, SeatState.OFFERED)
    ).order_by()
    ends: Ends = {}
    for meeting in lock_meetings(queued.values_list("meeting", flat=True).distinct()):
        ends |= _end_sooner(meeting, tells_at)
        offer_free_places(meeting=meeting)
    return ends


def lengthen_again(ends: Ends, *, told_at: datetime) -> None:
    """Let offers that stand end as they did before a change that is undone, and tell nobody.

    `told_at` is when people were to read of the sooner end.
    """
    offered = Seat.objects.filter(
        pk__in=ends, state=SeatState.OFFERED, offer_expires_at__gt=timezone.now()
    )
    for seat in offered:
        seat.offer_expires_at = datetime.fromisoformat(ends[str(seat.pk)])
        seat.save(update_fields=("offer_expires_at",))
    OutgoingMail.objects.filter(
        kind=kinds.SEAT_OFFERED,
        about__in=[f"seat:{key}" for key in ends],
        state=MailState.WAITING,
        send_after=told_at,
        attempts=0,
        version__gt=1,
    ).update(state=MailState.DROPPED, finished_at=timezone.now())


def _end_sooner(meeting: Meeting, tells_at: datetime | None) -> Ends:
    end = meeting.starts_at - OPEN_TO_ALL
    offered = Seat.objects.filter(
        meeting=meeting, state=SeatState.OFFERED, offer_expires_at__gt=end
    ).select_related("person")
    ends: Ends = {}
    for seat in offered:
        if seat.offer_expires_at is not None:
            ends[str(seat.pk)] = seat.offer_expires_at.isoformat()
        seat.offer_expires_at = end
        seat.save(update_fields=("offer_expires_at",))
        _tell_new_end(seat, tells_at)
    return ends


def _tell_new_end(seat: Seat, tells_at: datetime | None) -> None:
    """Owe another mail, unless the one about the offer has yet to go: it says what is so then."""
    mails = OutgoingMail.objects.filter(kind=kinds.SEAT_OFFERED, about=reference(seat))
    if not mails.filter(state=MailState.WAITING).exists():
        tell_again(kind=kinds.SEAT_OFFERED, about=seat, people=[seat.person], send_after=tells_at)
