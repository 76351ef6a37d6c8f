"""The outbox over a real SMTP server: what becomes of a mail in every case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts import delivery, outbox
from accounts.choices import MailState
from accounts.models import OutgoingMail, Person
from accounts.outbox import queue, queue_for_all, queue_text
from directory.actions.mail import send_due_mail
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
    due_now()
    return OutgoingMail.objects.get()


def state_of(mail: OutgoingMail) -> tuple[str, int, str]:
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.last_error


def jobs_waiting() -> list[tuple[str, Any]]:
    jobs = ProcrastinateJob.objects.filter(status="todo").order_by("-priority", "id")
    return list(jobs.values_list("task_name", "scheduled_at"))


def due_now(**fields: Any) -> None:
    OutgoingMail.objects.update(send_after=timezone.now(), **fields)


def test_it_arrives_once_however_often_the_job_runs(postbox: Postbox, mail: OutgoingMail) -> None:
    for _ in range(3):
        send_due_mail()
    assert [message["To"] for message in postbox.received] == [mail.person.email]
    assert state_of(mail) == (MailState.SENT, 1, "")


def test_its_id_comes_from_its_row(postbox: Postbox, mail: OutgoingMail) -> None:
    send_due_mail()
    assert postbox.ids == [f"<{mail.pk}@localhost>"]


def test_the_worker_is_asked_in_the_same_transaction(meeting: Meeting, ben: Person) -> None:
    queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben)
    later = timezone.now() + timedelta(minutes=5)
    queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben, version=2, send_after=later)
    assert jobs_waiting() == [("send_mail", None), ("send_mail", later)]


def test_asked_twice_it_is_owed_once(meeting: Meeting, ben: Person) -> None:
    for owed in (1, 0):
        people = [ben]
        assert queue_for_all(kind=kinds.MEETING_MOVED, about=meeting, people=people) == owed
    assert jobs_waiting() == [("send_mail", None)]


def test_neither_mail_nor_job_outlives_its_transaction(meeting: Meeting, ben: Person) -> None:
    with transaction.atomic():
        queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben)
        transaction.set_rollback(True)
    assert (OutgoingMail.objects.count(), jobs_waiting()) == (0, [])


@pytest.mark.parametrize("number", [1, 3])
def test_many_mails_cost_as_many_queries_as_one(
    meeting: Meeting, number: int, django_assert_num_queries: Any
) -> None:
    people = [factories.make_person() for _ in range(number)]
    with django_assert_num_queries(3):
        queue_for_all(kind=kinds.MEETING_CANCELLED, about=meeting, people=people)
    assert len(jobs_waiting()) == 1


def test_no_longer_owed(postbox: Postbox, mail: OutgoingMail, ben: Person) -> None:
    Person.objects.filter(pk=ben.pk).update(is_safe_to_email=False)
    send_due_mail()
    assert (postbox.received, state_of(mail)[0]) == ([], MailState.DROPPED)


@pytest.mark.parametrize(
    ("command", "answer"), [("RCPT", "450 Greylisted, try later"), ("DATA", "451 Busy")]
)
def test_an_answer_that_may_pass_is_tried_again(
    postbox: Postbox, mail: OutgoingMail, command: str, answer: str
) -> None:
    postbox.answer_to[command] = answer
    send_due_mail()
    assert state_of(mail) == (MailState.WAITING, 1, answer)
    postbox.answer_to.clear()
    send_due_mail()
    assert postbox.received == []  # not at once
    due_now()
    send_due_mail()
    assert state_of(mail) == (MailState.SENT, 2, "")


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_an_answer_that_will_not_pass_ends_it(
    postbox: Postbox, mail: OutgoingMail, command: str
) -> None:
    postbox.answer_to[command] = f"550 5.1.1 <{mail.person.email}> does not live here"
    send_due_mail()
    assert state_of(mail) == (MailState.FAILED, 1, "550 5.1.1 (address) does not live here")


def test_no_server_costs_one_mail_an_attempt(postbox: Postbox, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    for number in range(2):
        queue_text(kind="code", address=f"{number}@example.org", subject="Confirm", text="1")
    send_due_mail()
    first, second = OutgoingMail.objects.order_by("created_at")
    problem = "No mail server: ConnectionRefusedError"
    assert state_of(first) == (MailState.WAITING, 1, problem)
    assert state_of(second) == (MailState.WAITING, 0, "")


def test_trying_has_an_end(postbox: Postbox, mail: OutgoingMail) -> None:
    due_now(attempts=delivery.ATTEMPTS, last_error="451 Busy")
    send_due_mail()
    assert state_of(mail) == (MailState.FAILED, delivery.ATTEMPTS, "451 Busy")
    assert postbox.received == []


def test_the_last_attempt_ends_it(postbox: Postbox, mail: OutgoingMail) -> None:
    postbox.answer_to["DATA"] = "451 Busy"
    due_now(attempts=delivery.ATTEMPTS - 1)
    send_due_mail()
    assert state_of(mail) == (MailState.FAILED, delivery.ATTEMPTS, "451 Busy")


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 30), (2, 60), (8, 3600), (19, 3600)])
def test_the_waits_grow_and_stop_growing(
    postbox: Postbox, mail: OutgoingMail, attempts: int, seconds: int
) -> None:
    postbox.answer_to["DATA"] = "451 Busy"
    due_now(attempts=attempts - 1)
    send_due_mail()
    mail.refresh_from_db()
    # Less what the test itself took.
    assert 0 <= seconds - (mail.send_after - timezone.now()).total_seconds() < 20


def test_a_code_is_sent_as_it_is_and_then_forgotten(postbox: Postbox) -> None:
    queue_text(kind="code", address="New@example.org", subject="Confirm", text="Code 123456")
    mail = OutgoingMail.objects.get()
    send_due_mail()
    message = postbox.received[0]
    assert (message["To"], message["Subject"]) == ("new@example.org", "Confirm")
    assert "123456" in message.get_payload()
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (MailState.SENT, "")


def test_a_code_goes_first_and_then_the_oldest(postbox: Postbox, meeting: Meeting) -> None:
    now = timezone.now()
    Meeting.everything.update(status="cancelled", reason="Ill.")
    for minutes, name in ((1, "Third"), (9, "Second")):
        person = factories.make_person(name, email=f"{name}@example.org")
        factories.make_membership(meeting.group, person)
        before = now - timedelta(minutes=minutes)
        queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=person, send_after=before)
    queue_text(kind="code", address="First@example.org", subject="Confirm", text="Code 123456")
    send_due_mail()
    to = [message["To"].partition("@")[0] for message in postbox.received]
    assert to == ["first", "second", "third"]


def test_a_job_that_somebody_waits_for_goes_first(meeting: Meeting, ben: Person) -> None:
    queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben)
    queue_text(kind="code", address="new@example.org", subject="Confirm", text="Code 123456")
    jobs = ProcrastinateJob.objects.order_by("id")
    assert list(jobs.values_list("priority", flat=True)) == [0, outbox.AWAITED]


def test_a_subject_of_two_lines_is_never_sent(postbox: Postbox) -> None:
    queue_text(kind="code", address="new@example.org", subject="One\nBcc: x@y.z", text="Text")
    mail = OutgoingMail.objects.get()
    send_due_mail()
    assert (postbox.received, state_of(mail)[0]) == ([], MailState.FAILED)


def test_nothing_is_sent_before_its_time(postbox: Postbox, meeting: Meeting, ben: Person) -> None:
    later = timezone.now() + timedelta(minutes=5)
    Meeting.everything.update(status="cancelled", reason="Ill.")
    queue(kind=kinds.MEETING_CANCELLED, about=meeting, person=ben, send_after=later)
    mail = OutgoingMail.objects.get()
    send_due_mail()
    assert (postbox.received, state_of(mail)) == ([], (MailState.WAITING, 0, ""))
    OutgoingMail.objects.update(send_after=timezone.now())
    send_due_mail()
    assert state_of(mail) == (MailState.SENT, 1, "")
