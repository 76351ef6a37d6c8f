"""What visitors asked a group, and what they say is wrong, for those who answer: no addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Person
from directory.models import Correction, Facilitator, Group, Moderator, Question

# Questions are shown oldest first; so many of them are enough for one evening.
SHOWN = 20


@dataclass(frozen=True)
class Asked:
    """One line of a list: a question or a correction that waits, and of which group."""

    row: Question | Correction
    group: Group
    at: datetime

    @property
    def is_question(self) -> bool:
        return isinstance(self.row, Question)


def asked_of(groups: Iterable[Group]) -> list[Asked]:
    """Return what waits for an answer from these groups, oldest first. Two queries."""
    by_key = {group.pk: group for group in groups}
    questions = _without_address(Question.objects.open().filter(group__in=list(by_key)))
    corrections = _without_address(Correction.objects.open().filter(group__in=list(by_key)))
    lines = chain(
        (Asked(row, by_key[row.group_id], row.asked_at) for row in questions[:SHOWN]),
        (Asked(row, by_key[row.group_id], row.told_at) for row in corrections[:SHOWN]),
    )
    return sorted(lines, key=lambda line: line.at)


def _without_address(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]
    return rows.defer("address")


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
