"""What visitors asked a group, and what they say is wrong, for those who answer: no addresses."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person
from directory.models import Correction, Facilitator, Group, Moderator, Question

KINDS: tuple[type[Question] | type[Correction], ...] = (Question, Correction)
# The oldest of each; so many of them are enough for one evening.
SHOWN = 20


def asked_of(groups: Iterable[Group], at_most: int = SHOWN) -> list[Question | Correction]:
    """Return what waits for an answer from these groups, oldest first. Two queries.

    Of questions and of corrections `at_most` so many.
    """
    by_key = {group.pk: group for group in groups}
    waiting: list[Question | Correction] = []
    for kind in KINDS:
        rows = kind.objects.open().filter(group__in=list(by_key)).without_address()
        waiting += rows[:at_most]
    for row in waiting:
        row.group = by_key[row.group_id]
    return sorted(waiting, key=lambda row: row.came_at)


def facilitators_of(group: Group) -> QuerySet[Person]:
    """Return who runs the group now."""
    now = Facilitator.objects.current().filter(group=group)
    return Person.objects.filter(pk__in=now.values("person"))


def moderators_of(group: Group) -> QuerySet[Person]:
    """Return who moderates the group's organisation now."""
    now = Moderator.objects.current().filter(organisation=group.organisation_id)
    return Person.objects.filter(pk__in=now.values("person"))


def is_somebody_there() -> Q:
    """Return the condition on groups that somebody could answer: who runs or moderates them."""
    facilitators = Facilitator.objects.current().filter(group=OuterRef("pk"))
    moderators = Moderator.objects.current().filter(organisation=OuterRef("organisation"))
    return Q(Exists(facilitators)) | Q(Exists(moderators))
