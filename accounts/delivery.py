"""Sends what the outbox owes: each mail once, whatever dies in between.

The row is locked while its mail is on the way, and marked as sent in the same transaction. A
worker that is killed before the server took the mail leaves it waiting. One that is killed
after that leaves it waiting too: the mail then goes out again with the Message-ID it had, by
which it can be known as the same. Two workers at once take different mails: what one has
locked, the other passes over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.choices import MailState
from accounts.mail_server import HungUp, MailServer, Never, NotYet, Unreachable
from accounts.models import OutgoingMail

Render = Callable[[OutgoingMail], EmailMessage | None]
Batch = Callable[[], AbstractContextManager[None]]

# With the waits of `_again_at` these take about fourteen hours.
ATTEMPTS = 20
# A batch ends by its number or its time, and the next begins with the codes: however slow the
# server is, somebody before a page that asks for one waits for one mail and this long.
BATCH = 50
SECONDS_A_BATCH = 2
# Other jobs want their turn as well.
SECONDS_A_JOB = 10

# What administrators are told of.
FAILED_LATELY, LATE = timedelta(days=30), timedelta(minutes=10)
DUE_AT = Coalesce("send_after", "created_at")

logger = logging.getLogger(__name__)


def deliver_due(*, render: Render, batch: Batch, seconds: float = SECONDS_A_JOB) -> bool:
    """Send what is owed and due, for so long; returns whether there may be more.

    `render` makes the message from the row as it is now; None says that it is no longer owed.
    Each batch of mails is made within `batch`.
    """
    end = monotonic() + seconds
    with MailServer() as server:
        while mails := _next_batch():
            with batch():
                is_up = _deliver_all(mails, render, server, until=min(end, _end_of_batch()))
            # Without a server the others would only wait for it as well.
            if not is_up:
                return False
            if monotonic() > end:
                return True
    return False


def _deliver_all(mails: list[UUID], render: Render, server: MailServer, *, until: float) -> bool:
    """Send these mails, for so long; returns whether there is a server."""
    for mail_id in mails:
        try:
            deliver(mail_id=mail_id, render=render, server=server)
        except Unreachable:
            return False
        if monotonic() > until:
            break
    return True


def _end_of_batch() -> float:
    return monotonic() + SECONDS_A_BATCH


def deliver(*, mail_id: UUID, render: Render, server: MailServer) -> None:
    """Send one mail, unless that is done or somebody else is at it.

    The attempt is counted before it is made, so that a mail over which workers die is not tried
    for ever. Raises Unreachable when no mail can be sent.
    """
    if not _count_attempt(mail_id):
        _give_up(mail_id)
        return
    try:
        _attempt(mail_id, render, server)
    except NotYet as problem:
        _put_off(mail_id, str(problem), at_once=isinstance(problem, HungUp))
        if isinstance(problem, Unreachable):
            raise
    except Exception as error:
        # What is wrong with one mail must not keep the others back.
        logger.exception("The mail %s cannot be written.", mail_id)
        _put_off(mail_id, f"It cannot be written: {type(error).__name__}")


def mail_in_trouble() -> dict[str, int]:
    """Return how many mails failed lately for good, and how many should have gone out before."""
    now = timezone.now()
    mails = OutgoingMail.objects.all()
    failed = mails.filter(state=MailState.FAILED, finished_at__gt=now - FAILED_LATELY)
    late = mails.filter(state=MailState.WAITING, created_at__lt=now - LATE).filter(
        Q(send_after=None) | Q(send_after__lt=now - LATE) | Q(attempts__gt=0)
    )
    return {"mail_failed": failed.count(), "mail_late": late.count()}


def message_id(mail: OutgoingMail) -> str:
    """Return the Message-ID: always the same for the same row."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{mail.id}@{domain}>"


def _next_batch() -> list[UUID]:
    """Return the mails to send next: those that somebody sits and waits for, else the oldest."""
    for mails in (_due().exclude(text=""), _due()):
        in_order = mails.order_by(DUE_AT)
        with transaction.atomic():
            free = in_order.select_for_update(skip_locked=True)
            batch = list(free.values_list("id", flat=True)[:BATCH])
        if batch:
            return batch
    return []


def _due() -> QuerySet[OutgoingMail]:
    """Return the mail that waits and may be sent by now."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    return waiting.alias(due_at=DUE_AT).filter(due_at__lte=timezone.now())


@transaction.atomic(durable=True)
def _count_attempt(mail_id: UUID) -> bool:
    """Note that the mail is about to be tried; False when it is not to be."""
    free = _due().filter(id=mail_id, attempts__lt=ATTEMPTS).select_for_update(skip_locked=True)
    return (
        OutgoingMail.objects.filter(id__in=free.values("id")).update(attempts=F("attempts") + 1)
        == 1
    )


@transaction.atomic(durable=True)
def _attempt(mail_id: UUID, render: Render, server: MailServer) -> None:
    """Send and mark the mail. Raises NotYet."""
    mail = _lock(mail_id)
    if mail is None:
        return
    message = render(mail)
    if message is None:
        _finish(mail, MailState.DROPPED)
        return
    message.extra_headers.setdefault("Message-ID", message_id(mail))
    try:
        server.send(message)
    except Never as refused:
        _finish(mail, MailState.FAILED, str(refused))
    else:
        _finish(mail, MailState.SENT)


@transaction.atomic(durable=True)
def _put_off(mail_id: UUID, problem: str, *, at_once: bool = False) -> None:
    """Note why the mail is still waiting, and until when; or that it was tried often enough."""
    mail = _lock(mail_id)
    if mail is None:
        return
    if mail.attempts >= ATTEMPTS:
        _finish(mail, MailState.FAILED, problem)
        return
    mail.last_error = problem
    if not at_once:
        mail.send_after = _again_at(mail.attempts)
    mail.save(update_fields=("last_error", "send_after"))


@transaction.atomic(durable=True)
def _give_up(mail_id: UUID) -> None:
    """End a mail that was tried too often, each time without an outcome."""
    mail = _lock(mail_id)
    if mail is not None and mail.attempts >= ATTEMPTS:
        _finish(mail, MailState.FAILED, mail.last_error or "Tried too often.")


def _again_at(attempts: int) -> datetime:
    """Return when to try again: after half a minute, then twice as long each time, to an hour."""
    return timezone.now() + timedelta(seconds=min(30 * 2 ** min(attempts - 1, 10), 3600))


def _lock(mail_id: UUID) -> OutgoingMail | None:
    """Return the row, locked; None when it is done, gone, or in somebody else's hands."""
    waiting = _due().filter(id=mail_id).select_related("person")
    return waiting.select_for_update(of=("self",), skip_locked=True).first()


def _finish(mail: OutgoingMail, state: str, problem: str = "") -> None:
    mail.state = state
    mail.finished_at = timezone.now()
    mail.last_error = problem
    # A code or a link that was in it is nobody's business afterwards.
    mail.text = ""
    mail.save(update_fields=("state", "finished_at", "last_error", "text"))
