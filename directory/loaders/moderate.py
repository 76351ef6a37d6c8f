"""What moderators may work on: 404 to a stranger, 403 to somebody with a smaller part in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404

from accounts.models import Person
from directory.loaders.strangers import keep_out
from directory.models import (
    CrisisLine,
    Facilitator,
    Group,
    Invitation,
    Membership,
    Moderator,
    Organisation,
    Place,
    Topic,
)
from directory.rules.moderating import moderates, runs_site


def load_moderated_group(person: Person, uuid: UUID) -> Group:
    """Return a group of an organisation that `person` moderates, with organisation and place."""
    groups = Group.everything.select_related("organisation", "place")
    group = get_object_or_404(groups, pk=uuid)
    _ask_for_group(group, person)
    return group


def load_moderated_organisation(person: Person, slug: str) -> Organisation:
    """Return an organisation that `person` moderates."""
    organisation = get_object_or_404(Organisation, slug=slug)
    _ask(organisation, person)
    return organisation


def load_moderated_place(person: Person, uuid: UUID) -> Place:
    """Return a place of an organisation that `person` moderates."""
    place = get_object_or_404(Place.objects.select_related("organisation"), pk=uuid)
    _ask(place.organisation, person)
    return place


def load_moderated_facilitator(person: Person, uuid: UUID) -> Facilitator:
    """Return somebody's part in running a group of an organisation that `person` moderates."""
    return _of_moderated_group(
        person, Facilitator.objects.select_related("person__facilitator_profile"), uuid
    )


def load_moderated_invitation(person: Person, uuid: UUID) -> Invitation:
    """Return an invitation to a group of an organisation that `person` moderates."""
    return _of_moderated_group(person, Invitation.objects.all(), uuid)


def ask_to_moderate(person: Person) -> None:
    """Let in who moderates any organisation, or looks after the site."""
    if Moderator.objects.current().filter(person=person).exists() or runs_site(person):
        return
    keep_out(has_a_part=_has_a_part(person))


def ask_to_run_site(person: Person) -> None:
    """Let in who looks after what the whole site shows."""
    if not runs_site(person):
        keep_out(has_a_part=Moderator.objects.current().filter(person=person).exists())


def load_crisis_line(person: Person, number: int) -> CrisisLine:
    """Return a crisis line, for somebody who looks after the site."""
    ask_to_run_site(person)
    return get_object_or_404(CrisisLine, pk=number)


def load_topic(person: Person, slug: str) -> Topic:
    """Return a topic, for somebody who looks after the site."""
    ask_to_run_site(person)
    return get_object_or_404(Topic, slug=slug)


def _of_moderated_group(person: Person, rows: QuerySet, uuid: UUID) -> Any:
    row = get_object_or_404(rows.select_related("group__organisation"), pk=uuid)
    _ask_for_group(row.group, person)
    return row


def _ask_for_group(group: Group, person: Person) -> None:
    if not moderates(group.organisation, person):
        keep_out(has_a_part=_has_a_part(person, group=group))


def _ask(organisation: Organisation, person: Person) -> None:
    if not moderates(organisation, person):
        keep_out(has_a_part=_has_a_part(person, group__organisation=organisation))


def _has_a_part(person: Person, **where: Model) -> bool:
    """Whether somebody runs or is in one of these groups."""
    return (
        Facilitator.objects.current().filter(person=person, **where).exists()
        or Membership.objects.active().filter(person=person, **where).exists()
    )
