from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.choices import MailState
from accounts.jobs import SEND_MAIL, defer
from accounts.models import OutgoingMail, Person
from accounts.references import reference

# Somebody sits before a page that asks for the code in this mail.
AWAITED = 10
SELECTED = f"""
INSERT INTO accounts_outgoingmail (id, kind, about, person_id, version, state, created_at, address,
    subject, text, attempts, last_error)
SELECT gen_random_uuid(), %s, owed.about, owed.person_id, 1, '{MailState.WAITING.value}', %s, '',
    '', '', 0, ''
FROM ({{owed}}) AS owed
ON CONFLICT DO NOTHING
"""  # noqa: S608 (made of our own words only)


def queue(
    *,
    kind: str,
    about: Model | str,
    person: Person,
    version: int = 1,
    send_after: datetime | None = None,
) -> None:
    """Owe `person` one mail; asked for twice, it is owed once. See `queue_for_all`."""
    queue_for_all(kind=kind, about=about, people=[person], version=version, send_after=send_after)


def queue_for_all(
    *,
    kind: str,
    about: Model | str,
    people: Iterable[Person],
    version: int = 1,
    send_after: datetime | None = None,
) -> int:
    """Owe each of `people` one mail of this kind; returns how many are now owed.

    Nothing is sent before `send_after`: until then what is told can be undone.
    """
    rows = [
        OutgoingMail(
            kind=kind,
            about=reference(about),
            person=person,
            version=version,
            send_after=send_after,
        )
        for person in people
    ]
    return _write(rows, not_before=send_after)


def queue_selected(*, kind: str, owed: QuerySet[Any, Any]) -> int:
    """Owe a mail for each row that `owed` selects as `about` and `person_id`, by one statement.

    Returns how many are new: what was owed once is not owed again.
    """
    sql, params = owed.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(SELECTED.format(owed=sql), (kind, timezone.now(), *params))
        written = int(cursor.rowcount)
    if written:
        send_soon()
    return written


def queue_to_address(*, kind: str, about: Model | str, address: str, version: int = 1) -> None:
    """Owe a mail to somebody who has no account yet (an invitation)."""
    _write(
        [OutgoingMail(kind=kind, about=reference(about), address=address.lower(), version=version)]
    )


def queue_text(*, kind: str, address: str, subject: str, text: str) -> None:
    """Owe a mail whose words are known now: those about the account itself (codes, warnings)."""
    mail = OutgoingMail(kind=kind, address=address.lower(), subject=subject, text=text)
    mail.about = f"mail:{mail.id}"
    _write([mail], priority=AWAITED)


def send_soon(*, priority: int = 0, not_before: datetime | None = None) -> None:
    """Ask the worker, once this transaction commits, to send what is due then."""
    defer(SEND_MAIL, priority=priority, not_before=not_before)


def _write(
    rows: list[OutgoingMail], *, priority: int = 0, not_before: datetime | None = None
) -> int:
    OutgoingMail.objects.bulk_create(rows, ignore_conflicts=True)
    # A conflict leaves the row unwritten.
    written = OutgoingMail.objects.filter(id__in=[row.id for row in rows]).count()
    if written:
        send_soon(priority=priority, not_before=not_before)
    return written
