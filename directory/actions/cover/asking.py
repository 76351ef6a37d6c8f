"""What whoever runs a group does: asks for somebody, or needs nobody any more."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from directory.actions.cover.steps import ask_people, let_go, lock_date, write_audit
from directory.models import Cover, Meeting
from directory.queries.cover import may_cover
from directory.refusals import Refused, refuse_if
from directory.rules.cover import (
    ALL_ASKED,
    ASKED_ALREADY,
    why_not_ask_for_cover,
    why_not_withdraw_request,
)


@transaction.atomic
def ask_for_cover(
    *, meeting: Meeting, by: Person | None, person: Person | None = None, note: str = ""
) -> list[Cover]:
    """Ask one person to stand in at a date, or all who may. Returns who is newly asked.

    Whoever has said yes or no to this start already is not asked with all the others. Raises
    Refused.
    """
    locked, now = lock_date(meeting.pk), timezone.now()
    refuse_if(why_not_ask_for_cover(locked, by, person, now))
    people = may_cover(locked.group).filter(pk=person.pk) if person else may_cover(locked.group)
    asked = ask_people(locked, people, by=by, by_name=person is not None, note=note.strip())
    if not asked:
        raise Refused(ASKED_ALREADY if person else ALL_ASKED)
    write_audit(locked, by, "cover.asked", asked=len(asked), by_name=person is not None)
    return asked


@transaction.atomic
def withdraw_request(*, meeting: Meeting, by: Person | None) -> Meeting:
    """Say that nobody is needed any more; whoever had said yes is told. Raises Refused."""
    locked = lock_date(meeting.pk)
    refuse_if(why_not_withdraw_request(locked, by, timezone.now()))
    let_go(locked)
    write_audit(locked, by, "cover.withdrawn")
    return locked
