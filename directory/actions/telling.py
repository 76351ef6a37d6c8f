from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from accounts.models import OutgoingMail, Person
from accounts.outbox import queue_for_all
from accounts.references import reference


def tell_again(*, kind: str, about: Model, people: Iterable[Person]) -> int:
    """Owe a mail about something that may happen to the same row more than once.

    Somebody can ask, leave and ask again: each time is a version of its own. Call it under the
    row's lock, where the change itself happens once. Returns how many people are owed it.
    """
    so_far = OutgoingMail.objects.filter(kind=kind, about=reference(about)).order_by("-version")
    newest = so_far.values_list("version", flat=True).first() or 0
    return queue_for_all(kind=kind, about=about, people=people, version=newest + 1)
