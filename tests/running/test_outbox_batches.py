"""Mails one after another: what each costs, and what happens where the time is over."""

from __future__ import annotations

import pytest
from django.core import mail as sent
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import delivery
from accounts.choices import MailState
from accounts.models import OutgoingMail
from accounts.outbox import queue_for_all
from directory.emails import kinds, one_batch, render
from directory.models import Group, Meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _three_are_owed(group: Group) -> None:
    meeting = factories.make_meeting(group)
    Meeting.everything.update(status="cancelled", reason="Ill.")
    people = [factories.make_person() for _ in range(3)]
    for person in people:
        factories.make_membership(group, person)
    queue_for_all(kind=kinds.MEETING_CANCELLED, about=meeting, people=people)


def test_a_mail_is_marked_and_the_next_one_counted_by_one_statement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery, "SECONDS_A_BATCH", 60)
    with CaptureQueriesContext(connection) as captured:
        assert not delivery.deliver_due(render=render, batch=one_batch)
    written = [it["sql"] for it in captured if "UPDATE accounts_outgoingmail" in it["sql"]]
    assert ["WITH finished" in sql for sql in written] == [False, True, True, False]
    assert list(OutgoingMail.objects.values_list("state", "attempts")) == [(MailState.SENT, 1)] * 3
    assert len(sent.outbox) == 3


def test_where_the_time_is_over_no_attempt_is_counted_that_is_not_made() -> None:
    assert delivery.deliver_due(render=render, batch=one_batch, seconds=-1)
    states = OutgoingMail.objects.order_by("-attempts").values_list("state", "attempts")
    assert list(states) == [(MailState.SENT, 1), (MailState.WAITING, 0), (MailState.WAITING, 0)]
