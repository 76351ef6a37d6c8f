"""A real worker, killed over a mail by SIGKILL; a real SMTP server; then another worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from signal import SIGKILL

import pytest

from accounts.choices import MailState
from accounts.jobs import retry_stalled_jobs
from accounts.models import OutgoingMail, Person
from accounts.outbox import send_soon
from directory.actions.meetings import cancel_meeting
from directory.models import Group
from tests import factories
from tests.running.smtp import SECONDS, Postbox, running_postbox
from tests.running.worker_process import (
    ADDRESSED,
    CLAIM_NOT_COMMITTED,
    CLAIMED,
    CONNECTED,
    MARK_NOT_COMMITTED,
    MARKED,
    STEPS,
    TAKEN,
    forget_jobs,
    kill,
    running_worker,
    wait_until,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as running:
        yield running


def cancel(group: Group, fay: Person) -> None:
    cancel_meeting(meeting=factories.make_meeting(group), by=fay, reason="The hall is closed.")
    OutgoingMail.objects.update(send_after=None)
    send_soon()


def all_are_sent() -> bool:
    states = set(OutgoingMail.objects.values_list("state", flat=True))
    return states == {MailState.SENT}


def kill_while_it_waits_for_the_server(postbox: Postbox) -> None:
    with running_worker(smtp_port=postbox.port) as worker:
        assert postbox.holding.wait(SECONDS)
        kill(worker)
    postbox.hold_before = postbox.hold_after = False
    postbox.go_on.set()


def take_up_what_was_left(postbox: Postbox) -> None:
    # Half a minute after its last sign of life a worker counts as dead; here at once.
    assert retry_stalled_jobs(silent_seconds=0) == 1
    with running_worker(smtp_port=postbox.port):
        wait_until(all_are_sent)


def test_killed_between_claim_and_send_it_arrives_once(
    postbox: Postbox, group: Group, fay: Person, ben: Person
) -> None:
    postbox.hold_before = True
    cancel(group, fay)
    kill_while_it_waits_for_the_server(postbox)
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts, postbox.received) == (MailState.WAITING, 1, [])
    take_up_what_was_left(postbox)
    assert postbox.ids == [f"<{mail.pk}@localhost>"]
    assert OutgoingMail.objects.get().attempts == 2


def test_killed_before_the_mark_it_comes_again_under_the_same_id(
    postbox: Postbox, group: Group, fay: Person, ben: Person
) -> None:
    postbox.hold_after = True
    cancel(group, fay)
    kill_while_it_waits_for_the_server(postbox)
    mail = OutgoingMail.objects.get()
    assert (mail.state, len(postbox.received)) == (MailState.WAITING, 1)
    take_up_what_was_left(postbox)
    assert postbox.ids == [f"<{mail.pk}@localhost>"] * 2


def die_at(step: str, postbox: Postbox) -> None:
    """Let a worker send what is due, and die over the second mail, or what only the first has."""
    forget_jobs()
    send_soon()
    time = 1 if step in ONLY_ONCE else 2
    with running_worker(smtp_port=postbox.port, die_at=step, time=time) as worker:
        assert worker.wait(SECONDS) == -SIGKILL


def test_killed_at_every_step_each_mail_arrives_and_what_comes_twice_is_counted(
    postbox: Postbox, group: Group, fay: Person
) -> None:
    for _ in range(2 * len(STEPS)):
        factories.make_membership(group, factories.make_person())
    cancel(group, fay)
    came_before, sent_before = 0, 0
    for step in STEPS:
        die_at(step, postbox)
        sent = OutgoingMail.objects.filter(state=MailState.SENT).count()
        came = (len(postbox.received) - came_before, sent - sent_before)
        assert (step, came) == (step, CAME_AND_MARKED[step])
        came_before, sent_before = len(postbox.received), sent
    forget_jobs()
    send_soon()
    with running_worker(smtp_port=postbox.port):
        wait_until(all_are_sent)
    owed = {f"<{pk}@localhost>" for pk in OutgoingMail.objects.values_list("pk", flat=True)}
    times = Counter(postbox.ids)
    assert set(times) == owed
    # Twice came what the server had taken and nobody had marked, under the same id.
    assert sorted(times.values())[-3:] == [1, 2, 2]


# A batch claims its first mail by itself, and each other when the one before it is marked.
ONLY_ONCE = {CLAIM_NOT_COMMITTED, CLAIMED, CONNECTED}
# Of the mails that a worker had begun: how many came, and how many are marked as sent.
CAME_AND_MARKED = {
    CLAIM_NOT_COMMITTED: (0, 0),
    CLAIMED: (0, 0),
    CONNECTED: (0, 0),
    ADDRESSED: (1, 1),
    TAKEN: (2, 1),
    MARK_NOT_COMMITTED: (2, 1),
    MARKED: (2, 2),
}
