"""Whether somebody with a place at a hybrid date may take part in the other way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from directory.models import Meeting, Seat
from directory.queries.seats import has_two_pools, is_first_timer, is_open_to_all, may_take, room_of
from directory.refusals import Refusal
from directory.rules.seats import NO_SEAT, why_not_at_all

ONE_WAY = Refusal("one-way", _("This group meets in one way only."))
NO_PLACE_THAT_WAY = Refusal(
    "no-place-that-way",
    _("There is no place left in that way at the moment. You keep the one that you have."),
)


def why_not_change_way(seat: Seat | None, meeting: Meeting, *, is_online: bool) -> Refusal | None:
    """Whether a confirmed place may be one from home, or one in the room, from now on."""
    if seat is None or not seat.is_confirmed:
        return NO_SEAT
    if refusal := why_not_at_all(meeting):
        return refusal
    if not has_two_pools(meeting):
        return ONE_WAY
    room = room_of(meeting, is_online=is_online)
    first = room.kept > 0 and is_first_timer(seat.person, meeting)
    late = is_open_to_all(meeting)
    return None if may_take(room, 1, is_first_timer=first, late=late) else NO_PLACE_THAT_WAY
