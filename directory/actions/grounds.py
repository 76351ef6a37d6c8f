"""What a place without membership rests on, and when that ends."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Person
from directory.actions.agreements import end_consent
from directory.models import Group, Membership, RoomWatch, Seat


def end_consent_unless_needed(person: Person, group: Group) -> None:
    """End consent to a group when nothing to come rests on it any more.

    Call it in a transaction that holds the person.
    """
    if Membership.objects.open().of(person).filter(group=group).exists():
        return
    to_come = Seat.objects.held().of(person).filter(meeting__ends_at__gt=timezone.now())
    if to_come.filter(meeting__group=group).exists():
        return
    if RoomWatch.objects.filter(person=person, group=group).exists():
        return
    end_consent(person, group)
