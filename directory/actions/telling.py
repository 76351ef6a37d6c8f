from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Model
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from accounts.outbox import queue_for_all
from accounts.references import reference

A_DAY = timedelta(days=1)


def tell_again(
    *,
    kind: str,
    about: Model | str,
    people: Iterable[Person],
    most_a_day: int | None = None,
    send_after: datetime | None = None,
) -> int:
    """Owe a mail about something that may happen to the same row more than once.

    Somebody can ask, leave and ask again: each time is a version of its own. Call it under the
    row's lock, where the change itself happens once. Where somebody could make it happen all day
    long, `most_a_day` says how often people hear of it. It goes out after `send_after`.
    Returns how many people are owed it.
    """
    so_far = OutgoingMail.objects.filter(kind=kind, about=reference(about)).order_by("-version")
    lately = so_far.filter(created_at__gt=timezone.now() - A_DAY).order_by()
    if most_a_day is not None and lately.values("version").distinct().count() >= most_a_day:
        return 0
    newest = so_far.values_list("version", flat=True).first() or 0
    return queue_for_all(
        kind=kind, about=about, people=people, version=newest + 1, send_after=send_after
    )
