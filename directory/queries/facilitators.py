"""Facilitators as visitors may know them: who chose to be listed, by a first name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from directory.models import Facilitator, FacilitatorProfile, Group
from directory.models.search import Folded
from directory.queries.prepared import Prepared

# The person is never read, so that no address can slip into a page.
PROFILE = "person__facilitator_profile"
FIRST_NAME = f"{PROFILE}__public_first_name"


class ListedName(NamedTuple):
    """A facilitator as a group's page names them: the first name, and what their page is called."""

    name: str
    public_id: UUID


def names_of(group: Group) -> list[ListedName]:
    """Return the listed facilitators of a published group, the leading one first."""
    return [ListedName(*row) for row in LISTED.rows(group=group.pk)]


def _listed_of(group: UUID) -> QuerySet[Facilitator, tuple[Any, ...]]:
    listed = Facilitator.objects.current().filter(**{f"{PROFILE}__is_listed": True}, group=group)
    in_order = listed.order_by("-role", FIRST_NAME)
    return in_order.values_list(FIRST_NAME, f"{PROFILE}__public_id")


LISTED: Prepared[Facilitator] = Prepared(_listed_of, group=UUID(int=1))


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
