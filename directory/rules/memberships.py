from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import AgreementKind, Joining, MembershipState
from directory.models import Facilitator, Group, Membership
from directory.queries.agreements import version_in_force
from directory.queries.memberships import membership_of
from directory.refusals import Refusal
from directory.rules.agreements import NO_AGREEMENT

NOT_PUBLIC = Refusal("not-public", _("This group is not taking new people at the moment."))
JUST_COME = Refusal("just-come", _("There is nothing to sign up for. You can just come."))
NOT_ADULT = Refusal(
    "not-adult", _("This group is for people who are 18 or over. Please say whether you are.")
)
REMOVED = Refusal(
    "removed",
    _("You cannot join this group again here. The organisation that runs it can tell you more."),
)
ALREADY: dict[str, Refusal] = {
    MembershipState.ACTIVE: Refusal("already-in", _("You are in this group already.")),
    MembershipState.ASKED: Refusal("already-asked", _("You have asked to join this group.")),
    MembershipState.WAITING: Refusal(
        "already-waiting", _("You are on the waiting list of this group.")
    ),
}
NOT_YOURS = Refusal("not-yours", _("Only the person who joined can do this."))
NOT_IN = Refusal("not-in", _("You are not in this group any more."))
NOT_FACILITATOR = Refusal("not-facilitator", _("Only a facilitator of this group can do this."))
ANSWERED = Refusal("answered", _("This request has been answered already."))
NOT_A_MEMBER = Refusal("not-a-member", _("This person is not in the group any more."))


def why_not_join(group: Group, person: Person | None) -> Refusal | None:
    """Whether `person` (None: a visitor without an account) may join or ask to join."""
    if not group.is_published:
        return NOT_PUBLIC
    if group.joining == Joining.JUST_COME:
        return JUST_COME
    if not all(version_in_force(kind) for kind in AgreementKind.values):
        return NO_AGREEMENT
    standing = membership_of(person, group) if person else None
    return _why_not_with(standing) if standing else None


def _why_not_with(standing: Membership) -> Refusal | None:
    if standing.state in ALREADY:
        return ALREADY[standing.state]
    if standing.state == MembershipState.REMOVED:
        return REMOVED
    again_from = asks_again_from(standing)
    if again_from and timezone.now() < again_from:
        day = date_format(timezone.localtime(again_from), "DATE_FORMAT")
        message = _now("The facilitators said “not this time”. You can ask again from %(day)s.")
        return Refusal("declined", message % {"day": day})
    return None


def asks_again_from(membership: Membership) -> datetime | None:
    """From when somebody who was declined may ask again; None for everybody else."""
    if membership.state != MembershipState.DECLINED or membership.ended_at is None:
        return None
    return membership.ended_at + timedelta(days=settings.DECLINED_REQUEST_DAYS)


def why_not_as_answered(group: Group, *, is_adult: bool) -> Refusal | None:
    """Whether the answers on joining are enough for this group."""
    return NOT_ADULT if group.adults_only and not is_adult else None


def why_not_leave(membership: Membership, person: Person) -> Refusal | None:
    """Leaving, taking back a request and taking back consent are open to oneself, at any time."""
    if membership.person_id != person.pk:
        return NOT_YOURS
    return None if membership.state in Membership.OPEN else NOT_IN


def why_not_answer(membership: Membership, person: Person) -> Refusal | None:
    """Requests are answered once, by a facilitator of the group."""
    if not facilitates(person, membership.group_id):
        return NOT_FACILITATOR
    return None if membership.state == MembershipState.ASKED else ANSWERED


def why_not_remove(membership: Membership, person: Person) -> Refusal | None:
    """A facilitator may end somebody's membership of the group."""
    if not facilitates(person, membership.group_id):
        return NOT_FACILITATOR
    return None if membership.state in Membership.OPEN else NOT_A_MEMBER


def facilitates(person: Person, group_id: UUID) -> bool:
    """Whether `person` facilitates the group now."""
    return Facilitator.objects.current().filter(person=person, group=group_id).exists()
