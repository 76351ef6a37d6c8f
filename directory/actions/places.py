from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit import record
from accounts.models import Person
from directory.actions.finder import refresh_finder
from directory.models import Group, Organisation, Place
from directory.refusals import refuse_if
from directory.rules.moderating import why_not_moderate

WHERE_IT_IS = {"address", "town", "region", "postal_code", "country"}


@transaction.atomic
def add_place(*, organisation: Organisation, by: Person | None, **fields: Any) -> Place:
    """Add a place where groups of the organisation meet. Raises Refused."""
    refuse_if(why_not_moderate(organisation, by))
    place = Place.objects.create(organisation=organisation, **fields)
    record(by=by, action="place.added", about=place, organisation=organisation)
    return place


@transaction.atomic
def update_place(*, place: Place, by: Person | None, **fields: Any) -> Place:
    """Change a place, for all groups that meet there. Raises Refused.

    A place that has moved loses its point on the map, unless the new one is given.
    """
    locked = Place.objects.select_for_update(no_key=True).get(pk=place.pk)
    refuse_if(why_not_moderate(locked.organisation, by))
    changed = {name for name, value in fields.items() if getattr(locked, name) != value}
    if not changed:
        return locked
    if changed & WHERE_IT_IS and not changed & {"latitude", "longitude"}:
        fields.update(latitude=None, longitude=None)
        changed |= {"latitude", "longitude"}
    told_before = locked.public_address
    for name in changed:
        setattr(locked, name, fields[name])
    locked.save(update_fields=changed)
    groups = Group.everything.filter(place=locked)
    if locked.public_address != told_before:
        # Calendars take a new address only of a later version. A hidden one changes nothing there.
        groups.update(version=F("version") + 1, updated_at=timezone.now())
    refresh_finder(groups)
    record(
        by=by,
        action="place.changed",
        about=locked,
        organisation=locked.organisation,
        fields=sorted(changed),
    )
    return locked
