"""Many people at once: made in a few statements, at work on connections of their own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

from django.db import connection
from django.utils import timezone

from accounts.models import Person
from directory.actions import locks
from directory.choices import AgreementKind, MembershipState
from directory.models import Acceptance, Consent, Group, Membership
from directory.queries.prepared import Prepared
from tests import factories

LONGEST = 60


def make_members(group: Group, number: int) -> list[Person]:
    """People who are in the group, with agreement and consent, and without seats."""
    agreement = factories.current_agreement()
    wording = factories.current_agreement(AgreementKind.MEMBERSHIP)
    people = Person.objects.bulk_create(
        Person(email=f"person{next(factories.numbers)}@example.org", display_name="Somebody")
        for _number in range(number)
    )
    accepted = Acceptance.objects.bulk_create(
        Acceptance(person=person, version=agreement) for person in people
    )
    consents = Consent.objects.bulk_create(
        Consent(person=person, group=group, version=wording) for person in people
    )
    Membership.objects.bulk_create(
        Membership(
            group=group,
            person=person,
            state=MembershipState.ACTIVE,
            acceptance=acceptance,
            consent=consent,
            joined_at=timezone.now(),
        )
        for person, acceptance, consent in zip(people, accepted, consents, strict=True)
    )
    return people


@contextmanager
def without_locks() -> Iterator[None]:
    """Let nobody hold what they read, to show what would become of it."""

    def read(rows: Prepared[Any], key: UUID) -> Any:
        plain = rows.write(key=key)
        plain.query.select_for_update = False
        return plain.get()

    with mock.patch.object(locks, "_locked", read):
        yield


def all_at_once(
    calls: Sequence[Callable[[], object]],
    *,
    connections: int,
    when_connected: Callable[[], None] | None = None,
) -> list[object]:
    """Do every call on one of so many connections; what each returned, or the error it raised."""
    outcomes: list[object] = [None] * len(calls)
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(calls)):
        waiting.put(number)
    start = threading.Barrier(connections, action=when_connected)

    def work() -> None:
        connection.ensure_connection()
        start.wait(timeout=LONGEST)
        try:
            while True:
                number = waiting.get_nowait()
                try:
                    outcomes[number] = calls[number]()
                except Exception as error:  # noqa: BLE001 (told to the test)
                    outcomes[number] = error
        except queue.Empty:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work, daemon=True) for _number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST)
    assert not any(thread.is_alive() for thread in threads), "Somebody is stuck."
    return outcomes
