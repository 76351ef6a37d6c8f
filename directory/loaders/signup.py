"""What belongs to the person who asks, or 404."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import Person
from directory.models import Consent, Membership
from directory.queries.memberships import memberships_of
from directory.queries.my_meetings import MyMeeting, meetings_open_to, with_own


def load_own_membership(person: Person, uuid: UUID) -> Membership:
    """Return one's own membership, whatever its state, with its group."""
    return get_object_or_404(memberships_of(person), pk=uuid)


def load_own_meeting(person: Person, uuid: UUID) -> MyMeeting:
    """Return a date of one's group, or with a place of one's own, and what is one's own there."""
    found = with_own(person, meetings_open_to(person).filter(pk=uuid))
    if not found:
        raise Http404
    return found[0]


def load_own_consent(person: Person, number: int) -> Consent:
    """Return one's own yes to our holding that one comes to a group, standing or not."""
    return get_object_or_404(Consent.objects.select_related("group"), person=person, pk=number)
