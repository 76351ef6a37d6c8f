from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Meeting, Membership
from directory.queries.agreements import has_accepted_current
from directory.queries.seats import seat_of
from directory.refusals import Refusal

NOT_PUBLIC = Refusal("not-public", _("This group is not meeting at the moment."))
CANCELLED = Refusal("cancelled", _("This meeting is cancelled."))
BEGUN = Refusal("begun", _("This meeting has begun already."))
HAS_SEAT = Refusal("has-seat", _("You have asked for a place at this meeting already."))
NOT_A_MEMBER = Refusal("not-a-member", _("Places are for people in the group. Please join first."))
NEW_AGREEMENT = Refusal(
    "new-agreement",
    _("What we agree with each other has changed. Please read it before you take a place."),
)
NO_SEAT = Refusal("no-seat", _("You have no place at this meeting."))


def why_not_take_seat(meeting: Meeting, person: Person) -> Refusal | None:
    """Whether `person` may ask for a place at this date; a full date is no reason: one waits."""
    refusal = _why_not_at_all(meeting)
    if refusal:
        return refusal
    if not Membership.objects.active().filter(person=person, group=meeting.group_id).exists():
        return NOT_A_MEMBER
    if seat_of(person, meeting):
        return HAS_SEAT
    return None if has_accepted_current(person) else NEW_AGREEMENT


def _why_not_at_all(meeting: Meeting) -> Refusal | None:
    if not meeting.group.is_published:
        return NOT_PUBLIC
    if meeting.is_cancelled:
        return CANCELLED
    return BEGUN if has_begun(meeting) else None


def why_not_give_back_seat(meeting: Meeting, person: Person) -> Refusal | None:
    """A place can be given back until the meeting begins."""
    if not seat_of(person, meeting):
        return NO_SEAT
    return BEGUN if has_begun(meeting) else None


def has_begun(meeting: Meeting) -> bool:
    """Whether the meeting's start has passed."""
    return meeting.starts_at <= timezone.now()
