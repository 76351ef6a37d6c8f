"""What moderators need to know of their groups, for one group or for hundreds in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Person
from directory.choices import WrongAbout
from directory.models import (
    Correction,
    Facilitator,
    Group,
    Invitation,
    Meeting,
    Membership,
    MissingGroup,
    OnlineRoom,
    Organisation,
    Place,
    Question,
)

# Sums about members are told from this many on; below it, only that there are some.
SMALLEST_TOLD = 10


@dataclass(frozen=True, kw_only=True)
class GroupFacts:
    """What stands in other tables than the group's own row, in the order in which it is read."""

    has_topics: bool = False
    has_online_room: bool = False
    has_dates: bool = False
    facilitators: int = 0
    open_invitations: int = 0
    requests: int = 0
    oldest_request_at: datetime | None = None
    questions: int = 0
    corrections: int = 0
    says_not_running: int = 0

    @property
    def requests_told(self) -> int | None:
        """How many requests wait; None where there are so few that a number would tell too much."""
        return self.requests if self.requests >= SMALLEST_TOLD else None


def facts_about(groups: Iterable[Group]) -> dict[UUID, GroupFacts]:
    """The facts of each group, by its id. One query."""
    of_group = {"group": OuterRef("pk")}
    rooms = OnlineRoom.objects.filter(**of_group).filter(
        ~Q(url="") | ~Q(phone="") | ~Q(meeting_code="")
    )
    # In the order of the fields of GroupFacts.
    facts = Group.everything.filter(pk__in=[group.pk for group in groups]).values_list(
        "pk",
        Exists(Group.topics.through.objects.filter(**of_group)),
        Exists(rooms),
        Exists(Meeting.everything.filter(**of_group).coming().going_ahead()),
        _count_of(Facilitator.objects.current().filter(**of_group)),
        _count_of(Invitation.objects.open().filter(**of_group)),
        _count_of(Membership.objects.asked().filter(**of_group)),
        Subquery(_per_group(Membership.objects.asked().filter(**of_group), Min("asked_at"))),
        _count_of(Question.objects.open().filter(**of_group)),
        _count_of(Correction.objects.open().filter(**of_group)),
        _count_of(Correction.objects.open().filter(**of_group, about=WrongAbout.NOT_RUNNING)),
    )
    names = [field.name for field in fields(GroupFacts)]
    return {pk: GroupFacts(**dict(zip(names, values, strict=True))) for pk, *values in facts}


def facts_of(group: Group) -> GroupFacts:
    """The facts of one group."""
    return facts_about([group])[group.pk]


def moderated_groups(person: Person) -> list[Group]:
    """All groups of the organisations that `person` moderates, by name."""
    groups = Group.everything.moderated_by(person).select_related("organisation", "place")
    return list(groups.order_by("name", "id"))


def moderated_organisations(person: Person) -> list[Organisation]:
    """The organisations that `person` moderates, by name."""
    return list(Organisation.objects.moderated_by(person).order_by("name"))


def current_facilitators(group: Group) -> QuerySet[Facilitator]:
    """Who runs the group now, the lead first, each with the person and the public listing."""
    people = Facilitator.objects.current().filter(group=group)
    return people.select_related("person__facilitator_profile").order_by("-role", "since_at")


def standing_invitations(group: Group) -> QuerySet[Invitation]:
    """Invitations that nobody answered or withdrew, whether they ran out or not; newest first."""
    return Invitation.objects.filter(group=group, accepted_at=None, withdrawn_at=None).order_by(
        "-created_at"
    )


def invited_by(person: Person, group: Group) -> QuerySet[Invitation]:
    """Those of them that this person sent."""
    return standing_invitations(group).filter(invited_by=person)


def wanted_groups() -> QuerySet[MissingGroup]:
    """What people looked for and did not find, newest first, until it is dealt with."""
    return MissingGroup.objects.filter(done_at=None)


def _per_group(rows: QuerySet[Any], value: Count | Min) -> QuerySet[Any]:
    return rows.order_by().values("group").annotate(value=value).values("value")


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(_per_group(rows, Count("pk"))), 0)


def places_of(organisation: Organisation) -> QuerySet[Place]:
    """The organisation's places by town, each with the number of its groups that meet there."""
    groups = Group.everything.filter(place=OuterRef("pk"))
    count = groups.order_by().values("place").annotate(value=Count("pk")).values("value")
    return Place.objects.filter(organisation=organisation).annotate(
        group_count=Coalesce(Subquery(count), 0)
    )


def groups_at(place: Place) -> QuerySet[Group]:
    """All groups that meet at a place, drafts included, by name."""
    return Group.everything.filter(place=place).order_by("name")
