"""Who stands in looks at who comes: the audit trail keeps it, once for each yes."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Person
from directory.actions.cover.steps import LOOKED, has_looked, write_audit
from directory.models import Cover, Meeting


@transaction.atomic
def write_look(*, meeting: Meeting, by: Person) -> None:
    """Write that who stands in has seen who comes to a date and how to get in."""
    cover = Cover.objects.promised().asked_of(by).filter(meeting=meeting).first()
    if cover is None:
        return
    cover.meeting, cover.person = meeting, by
    if not has_looked(cover):
        write_audit(meeting, by, LOOKED)
