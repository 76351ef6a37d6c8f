"""Who is in a group, and who comes to a date."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person
from directory.choices import MembershipState
from directory.models import Meeting, Membership, Seat

CONSENTED = Q(consent__isnull=False, consent__withdrawn_at=None)
CONSENTED_AS_MEMBER = Q(
    membership__state=MembershipState.ACTIVE,
    membership__consent__isnull=False,
    membership__consent__withdrawn_at=None,
)


def members() -> QuerySet[Membership]:
    """Return the memberships that are active and rest on a consent that stands."""
    return Membership.objects.active().filter(CONSENTED)


def seats_held() -> QuerySet[Seat]:
    """Return the seats that are taken, offered or waited for, and rest on a standing consent."""
    held = Seat.objects.held()
    return held.filter(CONSENTED | CONSENTED_AS_MEMBER)


def signed_up(meeting: Meeting) -> QuerySet[Person]:
    """Return the group's members and whoever has or awaits a seat at this date, each once."""
    me = OuterRef("pk")
    return Person.objects.filter(
        Exists(members().filter(group=meeting.group_id, person=me))
        | Exists(seats_held().filter(meeting=meeting, person=me))
    )
