from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.choices import MembershipState
from directory.models import AgreementVersion, Group
from directory.queries.memberships import membership_of
from directory.queries.room_watches import has_room
from directory.refusals import Refusal
from directory.rules.agreements import why_not_consent
from directory.rules.memberships import ALREADY, REMOVED, why_not_join
from directory.rules.seats import consent_stands

HAS_ROOM = Refusal("has-room", _("There is room in this group now. You can join it."))


def why_not_watch(group: Group, person: Person | None) -> Refusal | None:
    """Whether `person` (None: a visitor) may ask to hear of room in a group.

    Where there is none, and they could join. Who waits for a place already is told anyway.
    """
    standing = membership_of(person, group) if person else None
    if standing and standing.state == MembershipState.REMOVED:
        return REMOVED
    if standing and standing.state in ALREADY:
        return ALREADY[standing.state]
    if refusal := why_not_join(group, None):
        return refusal
    return HAS_ROOM if has_room(group) else None


def why_not_watch_on_these_terms(
    group: Group, person: Person, consented: AgreementVersion | None
) -> Refusal | None:
    """Whether we may keep that this person asks about this group."""
    return None if consent_stands(person, group) else why_not_consent(consented)
