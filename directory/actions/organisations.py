from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.models import Group, Moderator, Organisation
from directory.refusals import refuse_if
from directory.rules.moderating import (
    why_not_add_moderator,
    why_not_end_moderator,
    why_not_moderate,
)
from directory.text.folding import fold

# Any number that no other lock of ours has.
LOCK = 76_202


@transaction.atomic
def create_organisation(
    *, by: Person | None, name: str, country: str, time_zone: str, **fields: Any
) -> Organisation:
    """Make an organisation; the first one of a site runs it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    organisation = Organisation.objects.create(
        name=name.strip(),
        slug=_free_slug(name),
        country=country,
        time_zone=time_zone,
        **{"runs_site": not Organisation.objects.exists(), **fields},
    )
    record(by=by, action="organisation.created", about=organisation, organisation=organisation)
    return organisation


@transaction.atomic
def update_organisation(
    *, organisation: Organisation, by: Person | None, **fields: Any
) -> Organisation:
    """Change what an organisation says of itself; its address stays. Raises Refused."""
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    refuse_if(why_not_moderate(locked, by))
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, fields[name])
    locked.save(update_fields=changed)
    if "name" in changed:
        refresh_finder(Group.everything.filter(organisation=locked))
    record(
        by=by,
        action="organisation.changed",
        about=locked,
        organisation=locked,
        fields=changed,
    )
    return locked


@transaction.atomic
def add_moderator(*, organisation: Organisation, person: Person, by: Person | None) -> Moderator:
    """Let a person act for an organisation. Raises Refused."""
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    refuse_if(why_not_add_moderator(locked, person, by))
    moderator = Moderator.objects.create(organisation=locked, person=person)
    record(by=by, action="moderator.added", about=moderator, organisation=locked)
    return moderator


@transaction.atomic
def end_moderator(*, moderator: Moderator, by: Person | None) -> Moderator:
    """End a person's acting for an organisation, at once. Raises Refused."""
    locked = Moderator.objects.select_for_update(no_key=True).get(pk=moderator.pk)
    refuse_if(why_not_end_moderator(locked, by))
    locked.ended_at = timezone.now()
    locked.save(update_fields=("ended_at",))
    record(by=by, action="moderator.ended", about=locked, organisation=locked.organisation)
    return locked


def _free_slug(name: str) -> str:
    base = slugify(fold(name))[:58].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in numbered if slug not in taken)
