from __future__ import annotations

from typing import Any

from django.db.models import Model

from accounts.models import AuditEntry, Person
from accounts.references import reference


def record(
    *,
    by: Person | None,
    action: str,
    about: Model | str,
    organisation: Model | str | None = None,
    **detail: Any,
) -> AuditEntry:
    """Write one line of the audit trail, in the caller's transaction.

    `by` is None for the software itself; `detail` holds facts (states, counts, times) and never
    content, names or addresses.
    """
    return AuditEntry.objects.create(
        actor=reference(by),
        action=action,
        about=reference(about),
        organisation=reference(organisation) if organisation else "",
        detail=detail,
    )
