"""Two at once, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import OutgoingMail, Person
from directory.actions.meetings import cancel_meeting
from directory.actions.series import generate_meetings
from directory.models import Group, Meeting, Series
from directory.refusals import Refused
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """Run the actions at the same moment; returns what each returned."""
    start = Barrier(len(actions))

    def run(action: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def make_series(group: Group, number: int) -> None:
    for _ in range(number):
        factories.make_series(group, rule="FREQ=WEEKLY;BYDAY=TU", first_on=date(2030, 1, 1))


def test_two_generators_make_each_date_once(group: Group) -> None:
    make_series(group, 60)
    made = at_once(*[lambda: generate_meetings(now=NOW, check_gaps=True)] * 3)
    assert sum(made) == Meeting.everything.count() == 60 * 12


def test_a_generator_leaves_alone_what_another_holds(group: Group) -> None:
    make_series(group, 3)
    with transaction.atomic():
        held = Series.objects.select_for_update().order_by("id")[0]
        made = at_once(lambda: generate_meetings(now=NOW))
    assert (made, held.meetings.count()) == ([24], 0)
    assert generate_meetings(now=NOW) == 12


def test_two_facilitators_cancel_and_people_are_told_once(
    group: Group, fay: Person, ben: Person
) -> None:
    cas = factories.make_person("Cas", is_safe_to_email=False)
    factories.make_facilitator(group, cas)
    meeting = factories.make_meeting(group)

    def cancel(by: Person) -> str:
        try:
            cancel_meeting(meeting=meeting, by=by, reason="The hall is closed.")
        except Refused as refused:
            return refused.refusal.code
        return "done"

    answers = at_once(lambda: cancel(fay), lambda: cancel(cas))
    assert sorted(answers) == ["already-cancelled", "done"]
    assert OutgoingMail.objects.filter(person=ben).count() == 1
