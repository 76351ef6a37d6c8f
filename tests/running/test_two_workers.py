"""Real workers side by side, on one outbox and one real SMTP server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.choices import MailState
from accounts.jobs import retry_stalled_jobs
from accounts.models import OutgoingMail, Person
from accounts.outbox import queue_text, send_soon
from directory.actions.changes import undo_change
from directory.actions.meetings import cancel_meeting
from directory.models import Group, ScheduleChange
from tests import factories
from tests.running.smtp import SECONDS, Postbox, running_postbox
from tests.running.worker_process import TAKEN, running_worker, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]
MAILS = 40


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as running:
        yield running


def owe(number: int) -> set[str]:
    """Owe so many mails; return their ids as the server sees them."""
    for it in range(number):
        queue_text(kind="news", address=f"{it}@example.org", subject="News", text="Text")
    return {f"<{pk}@localhost>" for pk in OutgoingMail.objects.values_list("pk", flat=True)}


def nothing_waits() -> bool:
    at_work = ProcrastinateJob.objects.filter(status="doing", task_name="send_mail")
    return (
        not OutgoingMail.objects.filter(state=MailState.WAITING).exists() and not at_work.exists()
    )


def test_two_workers_send_each_mail_once(postbox: Postbox) -> None:
    owed = owe(MAILS)
    with running_worker(smtp_port=postbox.port), running_worker(smtp_port=postbox.port):
        wait_until(nothing_waits)
    assert Counter(postbox.ids) == Counter(owed)


def test_two_go_on_where_one_died_and_only_what_was_taken_unmarked_comes_twice(
    postbox: Postbox,
) -> None:
    owed = owe(MAILS)
    with running_worker(smtp_port=postbox.port, die_at=TAKEN, time=5) as first:
        first.wait(SECONDS)
    # Half a minute after its last sign of life a worker counts as dead; here at once.
    assert retry_stalled_jobs(silent_seconds=0) == 1
    with running_worker(smtp_port=postbox.port), running_worker(smtp_port=postbox.port):
        wait_until(nothing_waits)
    times = Counter(postbox.ids)
    assert set(times) == owed
    assert sorted(times.values()) == [1] * (MAILS - 1) + [2]


def test_what_was_undone_is_never_sent(
    postbox: Postbox, group: Group, fay: Person, ben: Person
) -> None:
    undone = factories.make_meeting(group, timezone.now() + timedelta(days=3))
    stays = factories.make_meeting(group, timezone.now() + timedelta(days=5))
    for meeting in (undone, stays):
        cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    change = ScheduleChange.objects.order_by("made_at").first()
    undo_change(change=change, by=fay)
    # As if the five minutes were over.
    OutgoingMail.objects.update(send_after=None)
    send_soon()
    with running_worker(smtp_port=postbox.port):
        wait_until(nothing_waits)
    told = {mail.about: mail.state for mail in OutgoingMail.objects.all()}
    assert told == {f"meeting:{undone.pk}": "dropped", f"meeting:{stays.pk}": "sent"}
    assert len(postbox.received) == 1
