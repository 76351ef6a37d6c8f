"""Rows held for oneself, always in the order person, group, meeting: nobody waits in a ring.

What a rule asks about (capacity, state) is read after the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import OperationalError
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Group, Meeting, Membership
from directory.refusals import Refusal, Refused

# PostgreSQL's codes for "lock_not_available" (lock_timeout ran out) and "deadlock_detected".
BUSY_STATES = {"55P03", "40P01"}

BUSY = Refusal(
    "busy",
    _(
        "Many people are doing this at the same moment, and we could not finish. "
        "Nothing has changed. Please try again."
    ),
)

# A date that was made by a change goes when that is undone.
GONE = Refusal("gone", _("This was taken away in the meantime. Nothing has changed."))


@contextmanager
def kind_when_busy() -> Iterator[None]:
    """Raise Refused(BUSY) where the database gave up waiting for somebody else's lock."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", None) in BUSY_STATES:
            raise Refused(BUSY) from error
        raise


def lock_person(person: Person) -> Person:
    """Return the person's row as it is now, held until the transaction ends."""
    return _locked(Person.objects, person.pk)


def lock_group(group: Group | UUID) -> Group:
    """Return the group's row as it is now, whatever its status, with its organisation."""
    key = group.pk if isinstance(group, Group) else group
    return _locked(Group.everything.select_related("organisation"), key)


def lock_meeting(meeting: Meeting | UUID) -> Meeting:
    """Return the meeting's row as it is now, with its group (which is not locked)."""
    key = meeting.pk if isinstance(meeting, Meeting) else meeting
    return _locked(Meeting.everything.select_related("group__organisation"), key)


def lock_date(meeting: Meeting | UUID) -> Meeting:
    """Return the meeting's row as it is now, with its group, both held."""
    if isinstance(meeting, Meeting):
        group_key = meeting.group_id
    else:
        group_key = Meeting.everything.values_list("group", flat=True).get(pk=meeting)
    group = lock_group(group_key)
    locked = lock_meeting(meeting)
    locked.group = group
    return locked


def lock_membership(membership: Membership) -> Membership:
    """Return the membership as it is now, with its person and group, both held."""
    person = lock_person(Person(pk=membership.person_id))
    group = lock_group(membership.group_id)
    locked = Membership.objects.get(pk=membership.pk)
    locked.person, locked.group = person, group
    return locked


def lock_groups(groups: Iterable[UUID]) -> list[Group]:
    """Return these groups as they are now, held in the order of their ids."""
    rows = Group.everything.filter(pk__in=list(groups))
    with kind_when_busy():
        return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def lock_meetings(meetings: Iterable[UUID]) -> list[Meeting]:
    """Return these dates as they are now, held in the order of their ids, soonest first.

    Whoever holds more than one holds their group first, so that no two wait in a ring.
    """
    rows = Meeting.everything.filter(pk__in=list(meetings)).select_related("group__organisation")
    with kind_when_busy():
        held = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    return sorted(held, key=lambda meeting: (meeting.starts_at, meeting.pk))


def lock_coming_dates(group: Group) -> list[Meeting]:
    """Return the dates of a group to come, held; the caller holds the group."""
    coming = Meeting.everything.filter(group=group).coming().order_by()
    return lock_meetings(coming.values_list("pk", flat=True))


def _locked(rows: Any, key: UUID) -> Any:
    # "No key": rows that point here may still be written meanwhile.
    with kind_when_busy():
        try:
            return rows.select_for_update(of=("self",), no_key=True).get(pk=key)
        except ObjectDoesNotExist:
            raise Refused(GONE) from None
