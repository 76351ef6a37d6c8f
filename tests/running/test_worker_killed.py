"""A real worker, killed over a mail by SIGKILL; a real SMTP server; then another worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.choices import MailState
from accounts.jobs import retry_stalled_jobs
from accounts.models import OutgoingMail, Person
from accounts.outbox import send_soon
from directory.actions.meetings import cancel_meeting
from directory.models import Group
from tests import factories
from tests.running.smtp import SECONDS, Postbox, running_postbox
from tests.running.worker_process import forget_jobs, kill, running_worker, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    with running_postbox() as running:
        yield running


@pytest.fixture(autouse=True)
def _empty_queue(transactional_db: None) -> Iterator[None]:
    forget_jobs()
    yield
    forget_jobs()


@pytest.fixture
def members(group: Group) -> list[Person]:
    people = [factories.make_person() for _ in range(6)]
    for person in people:
        factories.make_membership(group, person)
    return people


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


@pytest.mark.usefixtures("members")
def test_two_workers_and_doubled_jobs_send_each_mail_once(
    postbox: Postbox, group: Group, fay: Person
) -> None:
    cancel(group, fay)
    mails = list(OutgoingMail.objects.values_list("pk", flat=True))
    with running_worker(smtp_port=postbox.port), running_worker(smtp_port=postbox.port):
        wait_until(all_are_sent)
        wait_until(
            lambda: (
                not ProcrastinateJob.objects.filter(status="doing", task_name="send_mail").exists()
            )
        )
    assert sorted(postbox.ids) == sorted(f"<{pk}@localhost>" for pk in mails)
