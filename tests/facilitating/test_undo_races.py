"""Undone at the moment at which the worker sends, each on a connection of its own."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from directory.actions import mail as sending
from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting
from directory.emails import render
from directory.models import Group, Meeting, ScheduleChange
from directory.refusals import Refused
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
SECONDS = 30


@pytest.fixture
def change(group: Group, ben: Person, fay: Person) -> ScheduleChange:
    """Its mails are due, and by this clock it can still be undone."""
    cancel_meeting(meeting=factories.make_meeting(group), by=fay, reason="Ill.")
    OutgoingMail.objects.update(send_after=timezone.now())
    ScheduleChange.objects.update(undo_until=timezone.now() + timedelta(minutes=1))
    return ScheduleChange.objects.get()


def undo(change: ScheduleChange, by: Person) -> str:
    try:
        undo_change(change=change, by=by)
    except Refused as refused:
        return refused.refusal.code
    return "done"


def aside(pool: ThreadPoolExecutor, action: Any) -> Future[Any]:
    def run() -> Any:
        try:
            return action()
        finally:
            connection.close()

    return pool.submit(run)


def test_while_the_mail_is_on_the_way_it_is_refused(
    change: ScheduleChange, fay: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    holds, goes_on = Event(), Event()

    def slowly(mail: OutgoingMail) -> Any:
        holds.set()
        assert goes_on.wait(SECONDS)
        return render(mail)

    monkeypatch.setattr(sending, "render", slowly)
    with ThreadPoolExecutor(2) as pool:
        sent = aside(pool, sending.send_due_mail)
        assert holds.wait(SECONDS)
        undone = aside(pool, lambda: undo(change, fay))
        goes_on.set()
        sent.result(SECONDS)
        assert undone.result(SECONDS) == "told-already"
    assert len(outbox.outbox) == 1
    assert Meeting.everything.get().is_cancelled


def test_undone_first_nothing_is_sent(change: ScheduleChange, fay: Person) -> None:
    assert undo(change, fay) == "done"
    sending.send_due_mail()
    assert outbox.outbox == []


def test_at_the_same_moment_one_of_both_happens(change: ScheduleChange, fay: Person) -> None:
    with ThreadPoolExecutor(2) as pool:
        sent = aside(pool, sending.send_due_mail)
        undone = aside(pool, lambda: undo(change, fay))
        sent.result(SECONDS)
        answer = undone.result(SECONDS)
    is_off = Meeting.everything.get().is_cancelled
    assert (answer, len(outbox.outbox), is_off) in {
        ("done", 0, False),
        ("told-already", 1, True),
    }


def test_two_who_undo_at_once_undo_it_once(change: ScheduleChange, fay: Person, mo: Person) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [aside(pool, lambda by=by: undo(change, by)) for by in (fay, mo)]
        answers = sorted(one.result(SECONDS) for one in both)
    assert answers == ["done", "undone-already"]
    assert Meeting.everything.get().version == 3
