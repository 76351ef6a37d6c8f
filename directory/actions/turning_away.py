"""Somebody who takes single dates is turned away by who runs the group, and may come again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.locks import lock_group, lock_membership, lock_person
from directory.actions.memberships import end_membership, note_membership
from directory.actions.telling import tell_again
from directory.choices import MembershipState
from directory.emails import kinds
from directory.models import Group, Membership, RoomWatch
from directory.refusals import refuse_if
from directory.rules.turning_away import why_not_let_come_again, why_not_turn_away


@transaction.atomic
def turn_away(*, group: Group, person: Person, by: Person, reason: str) -> Membership:
    """Let somebody who is not in the group take no more dates of it; they read the reason.

    Their coming places go to those who wait, and their consent ends. What is kept is the row of a
    membership that was ended, so all that asks about one (joining, places, hearing of room) knows.
    Raises Refused.
    """
    locked_person = lock_person(person)
    locked = lock_group(group)
    refuse_if(why_not_turn_away(locked, locked_person, by, reason=reason))
    fields = {"state": MembershipState.REMOVED, "ended_at": timezone.now()}
    standing, _is_new = Membership.objects.get_or_create(
        group=locked, person=locked_person, defaults=fields
    )
    standing.group, standing.person, standing.answer = locked, locked_person, reason.strip()
    RoomWatch.objects.filter(group=locked, person=locked_person).delete()
    end_membership(standing, MembershipState.REMOVED, "answer")
    tell_again(kind=kinds.REMOVED, about=standing, people=[locked_person])
    note_membership(standing, by=by, action="membership.turned_away")
    return standing


@transaction.atomic
def let_come_again(*, membership: Membership, by: Person) -> Membership:
    """Let somebody join and take dates again as anybody may; nobody is told. Raises Refused."""
    locked = lock_membership(membership)
    refuse_if(why_not_let_come_again(locked, by))
    locked.state, locked.answer = MembershipState.LEFT, ""
    locked.save(update_fields=("state", "answer"))
    note_membership(locked, by=by, action="membership.let_come_again")
    return locked
