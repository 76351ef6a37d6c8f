"""Rows held for oneself, always in the order person, group, meeting: nobody waits in a ring.

What a rule asks about (capacity, state) is read after the lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from directory.models import Group, Meeting, Membership
from directory.queries.prepared import Prepared, Row
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


def _held(rows: QuerySet[Any]) -> QuerySet[Any]:
    # "No key": rows that point here may still be written meanwhile.
    return rows.select_for_update(of=("self",), no_key=True)


# Others wait while a row is held, so it is asked for without making the SQL anew.
A_KEY = UUID(int=0)
PERSON: Prepared[Person] = Prepared(lambda key: _held(Person.objects.filter(pk=key)), key=A_KEY)
GROUP: Prepared[Group] = Prepared(
    lambda key: _held(Group.everything.select_related("organisation").filter(pk=key)), key=A_KEY
)
MEETING: Prepared[Meeting] = Prepared(
    lambda key: _held(Meeting.everything.filter(pk=key)), key=A_KEY
)
GROUP_OF: Prepared[Group] = Prepared(lambda key: Group.everything.filter(pk=key), key=A_KEY)


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
    return _locked(PERSON, person.pk)


def lock_group(group: Group | UUID) -> Group:
    """Return the group's row as it is now, whatever its status, with its organisation."""
    return _locked(GROUP, group.pk if isinstance(group, Group) else group)


def lock_meeting(meeting: Meeting | UUID) -> Meeting:
    """Return the meeting's row as it is now, with its group (which is not locked).

    The group is read once the meeting is held: read with it, it would be as it was before the wait.
    """
    locked = _locked(MEETING, meeting.pk if isinstance(meeting, Meeting) else meeting)
    (locked.group,) = GROUP_OF.objects(key=locked.group_id)
    return locked


def lock_date(meeting: Meeting | UUID) -> Meeting:
    """Return the meeting's row as it is now, with its group, both held."""
    if isinstance(meeting, Meeting):
        group_key = meeting.group_id
    else:
        group_key = Meeting.everything.values_list("group", flat=True).get(pk=meeting)
    group = lock_group(group_key)
    locked = _locked(MEETING, meeting.pk if isinstance(meeting, Meeting) else meeting)
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
        return list(_held(rows).order_by("pk"))


def lock_meetings(meetings: Iterable[UUID]) -> list[Meeting]:
    """Return these dates as they are now, held in the order of their ids, soonest first.

    Whoever holds more than one holds their group first, so that no two wait in a ring.
    """
    with kind_when_busy():
        held = list(_held(Meeting.everything.filter(pk__in=list(meetings))).order_by("pk"))
    # Read once the dates are held, as by `lock_meeting`.
    keys = {meeting.group_id for meeting in held}
    groups = Group.everything.select_related("organisation").in_bulk(keys)
    for meeting in held:
        meeting.group = groups[meeting.group_id]
    return sorted(held, key=lambda meeting: (meeting.starts_at, meeting.pk))


def lock_coming_dates(group: Group) -> list[Meeting]:
    """Return the dates of a group to come, held; the caller holds the group."""
    coming = Meeting.everything.filter(group=group).coming().order_by()
    return lock_meetings(coming.values_list("pk", flat=True))


def _locked(rows: Prepared[Row], key: UUID) -> Row:
    if connection.get_autocommit():
        raise TransactionManagementError("A row is held in a transaction only.")
    with kind_when_busy():
        found = rows.objects(key=key)
    if not found:
        raise Refused(GONE)
    return found[0]
