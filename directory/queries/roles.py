from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from accounts.models import Person
from directory.models import Facilitator, Moderator


@dataclass(frozen=True)
class Roles:
    """Which doors a person sees; what is behind them is asked again there."""

    facilitates: bool = False
    moderates: bool = False
    runs_site: bool = False


def roles_of(person: Person | AnonymousUser) -> Roles:
    """The doors of `person`; a visitor has none."""
    if not person.is_authenticated:
        return Roles()
    moderated = list(
        Moderator.objects.current()
        .filter(person=person)
        .values_list("organisation__runs_site", flat=True)
    )
    return Roles(
        facilitates=Facilitator.objects.current().filter(person=person).exists(),
        moderates=bool(moderated),
        runs_site=any(moderated) or person.is_staff,
    )
