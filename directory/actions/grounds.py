"""What a place without membership rests on, and when that ends."""

from __future__ import annotations

from accounts.models import Person
from directory.actions.agreements import end_consent
from directory.models import Group, Membership, RoomWatch, Seat


def end_consent_unless_needed(person: Person, group: Group) -> None:
    """End consent to a group when the last thing that rested on it is gone.

    Call it in a transaction that holds the person.
    """
    if Membership.objects.open().of(person).filter(group=group).exists():
        return
    if Seat.objects.held().of(person).filter(meeting__group=group).exists():
        return
    if RoomWatch.objects.filter(person=person, group=group).exists():
        return
    end_consent(person, group)
