"""Whether somebody with a place at hybrid dates may take part in the other way."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import Format
from directory.models import Meeting, Membership, Seat
from directory.queries.seats import has_two_pools, is_first_timer, is_open_to_all, may_take, room_of
from directory.refusals import Refusal
from directory.rules.memberships import NOT_YOURS
from directory.rules.seats import NO_SEAT, NOT_A_MEMBER_NOW, why_not_at_all

ONE_WAY = Refusal("one-way", _("This group meets in one way only."))
NO_PLACE_THAT_WAY = Refusal(
    "no-place-that-way",
    _("There is no place left in that way at the moment. You keep the one that you have."),
)


def why_not_change_way(seat: Seat | None, meeting: Meeting, *, is_online: bool) -> Refusal | None:
    """Whether a confirmed place may be one from home, or one in the room, from now on."""
    if seat is None or not seat.is_confirmed:
        return NO_SEAT
    return _why_not_there(seat, meeting, is_online=is_online)


def why_not_wait_elsewhere(seat: Seat, meeting: Meeting, *, is_online: bool) -> Refusal | None:
    """Whether somebody who waits for one way gets a place in the other at once."""
    return _why_not_there(seat, meeting, is_online=is_online) if seat.is_waiting else NO_SEAT


def why_not_usual_way(membership: Membership, person: Person) -> Refusal | None:
    """Members of hybrid groups say themselves how they usually take part."""
    if membership.person_id != person.pk:
        return NOT_YOURS
    if not membership.is_active:
        return NOT_A_MEMBER_NOW
    return None if membership.group.format == Format.HYBRID else ONE_WAY


def _why_not_there(seat: Seat, meeting: Meeting, *, is_online: bool) -> Refusal | None:
    if refusal := why_not_at_all(meeting):
        return refusal
    if not has_two_pools(meeting):
        return ONE_WAY
    room = room_of(meeting, is_online=is_online)
    first = room.kept > 0 and is_first_timer(seat.person, meeting)
    late = is_open_to_all(meeting)
    return None if may_take(room, 1, is_first_timer=first, late=late) else NO_PLACE_THAT_WAY
