from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Group, Membership, Seat
from directory.queries.agreements import has_accepted_current
from directory.queries.rooms import meetings_with_open_room, online_room_for, takes_part
from directory.refusals import Refusal

NO_ROOM = Refusal("no-room", _("The facilitators have not given the link yet. Please come back."))
NO_ADDRESS = Refusal("no-address", _("There is no place to go to."))
NO_PLACE_YET = Refusal(
    "no-place-yet", _("How to get there appears here once you have a place at a meeting.")
)
NEW_ADDRESS_AGREEMENT = Refusal(
    "new-agreement",
    _("The address appears here once you have agreed to what we agree with each other as it is."),
)
NEW_AGREEMENT = Refusal(
    "new-agreement",
    _("What we agree with each other has changed. Please read it, then the link appears here."),
)
TOO_EARLY = Refusal("too-early", _("The link is not open yet."))


def may_see_online_room(group: Group, person: Person, now: datetime) -> bool:
    """Whether `person` gets the group's link at this moment."""
    return online_room_for(person, group, now) is not None


def why_no_online_room(group: Group, person: Person, now: datetime) -> Refusal | None:
    """What `person` is told where the link would stand; None when they get it."""
    if may_see_online_room(group, person, now):
        return None
    if not takes_part(person, group, now):
        return NO_PLACE_YET
    if not has_accepted_current(person):
        return NEW_AGREEMENT
    return NO_ROOM if _could_go_in(group, person, now) else TOO_EARLY


def _could_go_in(group: Group, person: Person, now: datetime) -> bool:
    """Whether a room is open that this person could go into, if there were a link to it."""
    open_now = meetings_with_open_room(group, now)
    if Membership.objects.active().filter(person=person, group=group).exists():
        return open_now.exists()
    seats = Seat.objects.confirmed().filter(person=person)
    return seats.filter(meeting__in=open_now.values("id")).exists()


def why_no_address(group: Group, person: Person) -> Refusal | None:
    """What `person` is told where the address would stand; None when they get it."""
    if group.place is None or not group.has_room_to_go_to:
        return NO_ADDRESS
    if group.place.is_exact:
        return None
    if not takes_part(person, group, timezone.now()):
        return NO_PLACE_YET
    return None if has_accepted_current(person) else NEW_ADDRESS_AGREEMENT
