"""What somebody who takes a place has already, by SQL that is made once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import Person
from directory.choices import AgreementKind
from directory.models import Meeting, Membership, Seat
from directory.queries.prepared import Prepared, made

STANDING_FIELDS = ("id", "group_id", "person_id", "state", "is_adult")
STANDING = f"""
SELECT {", ".join(f"member.{it}" for it in STANDING_FIELDS)}, EXISTS (
    SELECT FROM directory_acceptance AS accepted
    WHERE accepted.person_id = member.person_id AND accepted.version_id = (
        SELECT version.id FROM directory_agreementversion AS version
        WHERE version.kind = '{AgreementKind.CONFIDENTIALITY.value}'
          AND version.published_at <= %(now)s
        ORDER BY version.number DESC LIMIT 1)) AS has_agreed
FROM directory_membership AS member
WHERE member.person_id = %(person)s AND member.group_id = %(group)s
"""  # noqa: S608 (made of our own words only)

ROW: Prepared[Seat] = Prepared(
    lambda person, meeting: Seat.objects.filter(person=person, meeting=meeting),
    person=UUID(int=1),
    meeting=UUID(int=2),
)


def standing_of(person: Person, group_id: UUID) -> Membership | None:
    """This person's standing in a group; `has_agreed` says whether to the agreement of now."""
    values: dict[str, Any] = {"person": person.pk, "group": group_id, "now": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(STANDING, values)
        row = cursor.fetchone()
    if row is None:
        return None
    standing = made(Membership, STANDING_FIELDS, row[:-1], connection.alias)
    standing.has_agreed = row[-1]  # type: ignore[attr-defined]
    return standing


def row_of(person: Person, meeting: Meeting) -> Seat | None:
    """This person's one row at this date, whatever its state."""
    return next(iter(ROW.objects(person=person.pk, meeting=meeting.pk)), None)
