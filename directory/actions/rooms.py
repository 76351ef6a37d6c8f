"""How people get into a group's online meetings."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import Person
from directory.actions.locks import lock_group
from directory.models import Group, OnlineRoom
from directory.refusals import Refusal, Refused, refuse_if
from directory.rules.facilitating import why_not_run

CHANGED_MEANWHILE = Refusal(
    "changed-meanwhile",
    _("Somebody changed this while you had it open. Nothing of yours is saved yet."),
)


@transaction.atomic
def replace_online_room(
    *, group: Group, by: Person | None, seen: str | None = None, **fields: Any
) -> OnlineRoom:
    """Change the link and what belongs to it, for all coming dates.

    `seen` is `updated_at` of the room the person was looking at, as text, empty where there was
    none; None when they looked at nothing. Raises Refused.
    """
    locked = lock_group(group)
    refuse_if(why_not_run(locked, by))
    room = OnlineRoom.objects.filter(group=locked).first()
    if room and all(getattr(room, name) == value for name, value in fields.items()):
        return room
    if seen is not None and seen != (room.updated_at.isoformat() if room else ""):
        raise Refused(CHANGED_MEANWHILE)
    room, _is_new = OnlineRoom.objects.update_or_create(group=locked, defaults=fields)
    record(
        by=by,
        action="online_room.changed",
        about=locked,
        organisation=locked.organisation,
        fields=sorted(fields),
    )
    return room
