from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Group, Meeting, Membership, Seat
from directory.queries.agreements import has_accepted_current
from directory.queries.rooms import meetings_with_open_room, online_room_for
from directory.refusals import Refusal

NO_ROOM = Refusal("no-room", _("The facilitators have not given the link yet. Please come back."))
NOT_A_MEMBER = Refusal("not-a-member", _("The link is for people in the group."))
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
    open_now = meetings_with_open_room(group, now)
    member = Membership.objects.active().filter(person=person, group=group).exists()
    if not member and not Seat.objects.confirmed().filter(person=person, meeting__in=open_now):
        return NOT_A_MEMBER
    if not has_accepted_current(person):
        return NEW_AGREEMENT
    return NO_ROOM if open_now.exists() else TOO_EARLY


def may_see_address(group: Group, person: Person) -> bool:
    """Whether `person` may know where a group meets that shows visitors the area alone.

    A member may who accepted the agreement in force; so may whoever has a place at a coming date.
    """
    if group.place is None or not group.has_room_to_go_to:
        return False
    if group.place.is_exact:
        return True
    return _takes_part(group, person) and has_accepted_current(person)


def _takes_part(group: Group, person: Person) -> bool:
    if Membership.objects.active().filter(person=person, group=group).exists():
        return True
    coming = Meeting.objects.filter(group=group).coming()
    return Seat.objects.confirmed().filter(person=person, meeting__in=coming.values("id")).exists()
