"""Facilitators as visitors may know them: who chose to be listed, by a first name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from directory.models import Facilitator, FacilitatorProfile, Group
from directory.models.search import Folded

# The person is never read, so that no address can slip into a page.
FIRST_NAME = "person__facilitator_profile__public_first_name"


def first_names_of(group: Group) -> list[str]:
    """Return the public first names of a group's listed facilitators, the leading one first."""
    listed = Facilitator.objects.listed().filter(group=group)
    return list(listed.order_by("-role", FIRST_NAME).values_list(FIRST_NAME, flat=True))


def listed_facilitators() -> QuerySet[FacilitatorProfile]:
    """Return those who chose to be listed and facilitate a published group, by name."""
    facilitates = Facilitator.objects.listed().filter(person=OuterRef("pk"))
    listed = FacilitatorProfile.objects.filter(Exists(facilitates))
    return listed.order_by(Folded(F("public_first_name")), "pk")


def published_groups_of(profiles: Iterable[FacilitatorProfile]) -> dict[UUID, list[Group]]:
    """Return the published groups that each of these people facilitates, by the profile's key."""
    groups: dict[UUID, list[Group]] = {profile.pk: [] for profile in profiles}
    facilitations = (
        Facilitator.objects.listed()
        .filter(person__in=list(groups))
        .select_related("group__organisation", "group__place")
        .order_by("group__name")
    )
    for facilitation in facilitations:
        groups[facilitation.person_id].append(facilitation.group)
    return groups
