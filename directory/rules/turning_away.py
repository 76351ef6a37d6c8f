"""Whether a facilitator may turn somebody away who takes single dates, and let them come again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import MembershipState
from directory.models import Group, Membership
from directory.queries.memberships import membership_of
from directory.refusals import Refusal
from directory.rules.asking import may_answer
from directory.rules.memberships import NOT_FACILITATOR, facilitates

IN_THE_GROUP = Refusal("member", _("This person is in the group now. Nothing has changed."))
RUNS_IT = Refusal("facilitator", _("This person runs the group. Nothing has changed."))
TURNED_AWAY = Refusal("turned-away", _("This person has been turned away already."))
NO_REASON = Refusal("answer", _("Please write a sentence or two that the person can read."))
NOT_YOURS = Refusal("not-yours", _("Only those who run this group can do this."))
MAY_COME = Refusal("may-come", _("This person may come again already."))


def why_not_turn_away(
    group: Group, person: Person, by: Person, *, reason: str | None = None
) -> Refusal | None:
    """Whether `by` may turn somebody away who is not in the group; `reason` None: not said yet."""
    if not facilitates(by, group.pk):
        return NOT_FACILITATOR
    if facilitates(person, group.pk):
        return RUNS_IT
    standing = membership_of(person, group)
    if standing and standing.is_active:
        return IN_THE_GROUP
    if standing and standing.state == MembershipState.REMOVED:
        return TURNED_AWAY
    return NO_REASON if reason is not None and not reason.strip() else None


def why_not_let_come_again(membership: Membership, by: Person) -> Refusal | None:
    """Whether `by`, who runs the group or moderates its organisation, may lift it."""
    if not may_answer(membership.group, by):
        return NOT_YOURS
    return None if membership.state == MembershipState.REMOVED else MAY_COME
