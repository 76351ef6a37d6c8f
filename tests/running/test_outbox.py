"""The outbox over a real SMTP server: what becomes of a mail in every case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import delivery, jobs
from accounts.choices import MailState
from accounts.delivery import NotYet, send_late
from accounts.models import OutgoingMail, Person
from accounts.outbox import queue, queue_text
from directory.actions.mail import send_mail
from directory.actions.meetings import cancel_meeting
from directory.emails import kinds
from directory.models import Group, Meeting
from tests import factories
from tests.running.smtp import Postbox, running_postbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    with running_postbox() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_TIMEOUT = 5
        yield running


@pytest.fixture
def meeting(group: Group) -> Meeting:
    return factories.make_meeting(group)


@pytest.fixture
def mail(meeting: Meeting, ben: Person, fay: Person) -> OutgoingMail:
    """Fay cancels, so Ben is owed a mail."""
    cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    return OutgoingMail.objects.get()


def state_of(mail: OutgoingMail) -> tuple[str, int, str]:
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.last_error


def jobs_waiting() -> list[tuple[str, dict[str, Any]]]:
    return list(ProcrastinateJob.objects.filter(status="todo").values_list("lock", "args"))


def test_it_arrives_once_however_often_the_job_runs(postbox: Postbox, mail: OutgoingMail) -> None:
    for _ in range(3):
        send_mail(mail_id=mail.pk)
    assert [message["To"] for message in postbox.received] == [mail.person.email]
    assert state_of(mail) == (MailState.SENT, 1, "")


def test_its_id_comes_from_its_row(postbox: Postbox, mail: OutgoingMail) -> None:
    send_mail(mail_id=mail.pk)
    assert postbox.ids == [f"<{mail.pk}@localhost>"]


def test_a_job_of_its_own_is_written_with_it(mail: OutgoingMail) -> None:
    assert jobs_waiting() == [(f"mail:{mail.pk}", {"mail_id": str(mail.pk)})]


def test_neither_mail_nor_job_outlives_its_transaction(meeting: Meeting, ben: Person) -> None:
    with transaction.atomic():
        queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), jobs_waiting()) == (0, [])


@pytest.mark.parametrize("members", [1, 3])
def test_many_mails_cost_as_many_queries_as_one(
    meeting: Meeting, group: Group, fay: Person, members: int, django_assert_num_queries: Any
) -> None:
    for _ in range(members):
        factories.make_membership(group, factories.make_person())
    with django_assert_num_queries(17):
        cancel_meeting(meeting=meeting, by=fay, reason="The hall is closed.")
    assert len(jobs_waiting()) == members


def test_no_longer_owed(postbox: Postbox, mail: OutgoingMail, ben: Person) -> None:
    Person.objects.filter(pk=ben.pk).update(is_safe_to_email=False)
    send_mail(mail_id=mail.pk)
    assert (postbox.received, state_of(mail)[0]) == ([], MailState.DROPPED)


@pytest.mark.parametrize(
    ("command", "answer"), [("RCPT", "450 Greylisted, try later"), ("DATA", "451 Busy")]
)
def test_an_answer_that_may_pass_is_tried_again(
    postbox: Postbox, mail: OutgoingMail, command: str, answer: str
) -> None:
    postbox.answer_to[command] = answer
    with pytest.raises(NotYet):
        send_mail(mail_id=mail.pk)
    assert state_of(mail) == (MailState.WAITING, 1, answer)
    postbox.answer_to.clear()
    send_mail(mail_id=mail.pk)
    assert state_of(mail) == (MailState.SENT, 2, "")


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_an_answer_that_will_not_pass_ends_it(
    postbox: Postbox, mail: OutgoingMail, command: str
) -> None:
    postbox.answer_to[command] = f"550 5.1.1 <{mail.person.email}> does not live here"
    send_mail(mail_id=mail.pk)
    assert state_of(mail) == (MailState.FAILED, 1, "550 5.1.1 (address) does not live here")


def test_no_server_is_tried_again(mail: OutgoingMail, postbox: Postbox, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    with pytest.raises(NotYet, match="No mail server: ConnectionRefusedError"):
        send_mail(mail_id=mail.pk)
    assert state_of(mail)[0] == MailState.WAITING


def test_trying_has_an_end(postbox: Postbox, mail: OutgoingMail) -> None:
    OutgoingMail.objects.update(attempts=delivery.ATTEMPTS, last_error="451 Busy")
    send_mail(mail_id=mail.pk)
    assert state_of(mail) == (MailState.FAILED, delivery.ATTEMPTS, "451 Busy")
    assert postbox.received == []


def test_the_waits_grow_and_stop_growing() -> None:
    backoff = jobs.Backoff()
    waits = [
        backoff.get_retry_decision(exception=NotYet(), job=jobs.Job(**JOB, attempts=number))
        for number in (0, 1, 7, 50)
    ]
    seconds = [round((wait.retry_at - timezone.now()).total_seconds()) for wait in waits]
    assert seconds == [30, 60, 3600, 3600]


JOB = {"task_name": "send_mail", "queue": "default", "lock": None, "queueing_lock": None}


def test_a_code_is_sent_as_it_is_and_then_forgotten(postbox: Postbox) -> None:
    queue_text(kind="code", address="New@example.org", subject="Confirm", text="Code 123456")
    mail = OutgoingMail.objects.get()
    send_mail(mail_id=mail.pk)
    message = postbox.received[0]
    assert (message["To"], message["Subject"]) == ("new@example.org", "Confirm")
    assert "123456" in message.get_payload()
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (MailState.SENT, "")


def test_a_code_does_not_wait_behind_other_mail(mail: OutgoingMail) -> None:
    queue_text(kind="code", address="new@example.org", subject="Confirm", text="Code 123456")
    waiting = ProcrastinateJob.objects.order_by("-priority").values_list("args", flat=True)
    first = OutgoingMail.objects.get(pk=waiting[0]["mail_id"])
    assert first.kind == "code"


def test_a_subject_of_two_lines_is_never_sent(postbox: Postbox) -> None:
    queue_text(kind="code", address="new@example.org", subject="One\nBcc: x@y.z", text="Text")
    mail = OutgoingMail.objects.get()
    send_mail(mail_id=mail.pk)
    assert (postbox.received, state_of(mail)[0]) == ([], MailState.FAILED)


def test_mail_that_no_job_is_about_is_found(mail: OutgoingMail) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    assert send_late() == 0  # it may still be on its way
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert send_late() == 1
    assert send_late() == 0  # now a job is about it
    assert jobs_waiting() == [(f"mail:{mail.pk}", {"mail_id": str(mail.pk)})]


def test_mail_that_is_done_is_left_alone(postbox: Postbox, mail: OutgoingMail) -> None:
    send_mail(mail_id=mail.pk)
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs")
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(minutes=3))
    assert send_late() == 0


def test_nothing_is_sent_before_its_time(postbox: Postbox, meeting: Meeting, ben: Person) -> None:
    later = timezone.now() + timedelta(minutes=5)
    Meeting.everything.update(status="cancelled", reason="Ill.")
    queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben, send_after=later)
    mail = OutgoingMail.objects.get()
    send_mail(mail_id=mail.pk)
    assert (postbox.received, state_of(mail)) == ([], (MailState.WAITING, 0, ""))
    OutgoingMail.objects.update(send_after=timezone.now())
    send_mail(mail_id=mail.pk)
    assert state_of(mail) == (MailState.SENT, 1, "")
