from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from accounts.models import Person
from directory.choices import MembershipState
from directory.models import Group, Membership, Seat
from directory.models.memberships import MembershipQuerySet


def membership_of(person: Person, group: Group) -> Membership | None:
    """This person's standing in this group, whatever its state."""
    return Membership.objects.filter(person=person, group=group).first()


def memberships_of(person: Person) -> MembershipQuerySet:
    """All that `person` has a standing in, with what their pages show of the groups."""
    return (
        Membership.objects.of(person)
        .select_related(
            "group__organisation", "group__place", "acceptance__version", "consent__version"
        )
        .order_by("group__name", "id")
    )


def is_member(person: Person, group: Group) -> bool:
    """Whether the person is in the group now."""
    return Membership.objects.active().filter(person=person, group=group).exists()


def has_joined_before(person: Person) -> bool:
    """Whether the person has ever joined, asked to join, or come to a date of, any group."""
    return Membership.objects.of(person).exists() or Seat.objects.of(person).exists()


def places_left(group: Group) -> int | None:
    """Places for members that nobody holds, never below 0; None where no number is named."""
    if group.capacity is None:
        return None
    return max(0, group.capacity - Membership.objects.active().filter(group=group).count())


def is_full(group: Group) -> bool:
    """Whether somebody who joins now has to wait: no place left, or others wait already."""
    left = places_left(group)
    if left is None:
        return False
    return left == 0 or Membership.objects.waiting().filter(group=group).exists()


def waiting_before(membership: Membership) -> int:
    """How many wait for a place in the group longer than this person."""
    queue = Membership.objects.waiting().filter(group=membership.group_id)
    return list(queue.values_list("id", flat=True)).index(membership.id)


def is_still_told(membership: Membership) -> bool:
    """Whether the person's own page still speaks of an end that others decided."""
    if membership.state not in {MembershipState.DECLINED, MembershipState.REMOVED}:
        return False
    told_for = timedelta(days=settings.DECLINED_REQUEST_DAYS)
    return membership.ended_at is not None and timezone.now() < membership.ended_at + told_for


def turned_away_from(group: Group) -> MembershipQuerySet:
    """Return those whom the group let come no more, the last one first, with their names."""
    ended = Membership.objects.filter(group=group, state=MembershipState.REMOVED)
    return ended.select_related("person").order_by("-ended_at", "id")


def answer_due_on(membership: Membership) -> date | None:
    """The day by which the facilitators said that they answer; None when nobody was asked."""
    days = membership.group.answer_within_days
    if membership.state != MembershipState.ASKED or days is None:
        return None
    return (membership.asked_at + timedelta(days=days)).date()
