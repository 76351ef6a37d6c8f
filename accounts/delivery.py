"""Sends what the outbox owes: each mail once, whatever dies in between.

The row is locked while its mail is on the way, and marked as sent in the same transaction, which
also notes that the next one is about to be tried: one commit a mail. A worker that is killed before
the server took the mail leaves it waiting. One that is killed after that leaves it waiting too: the
mail then goes out again with the Message-ID it had, by which it can be known as the same. Two
workers at once take different mails: what one has locked, the other passes over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import Q, QuerySet
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
BATCH = 100
SECONDS_A_BATCH = 2
# Other jobs want their turn as well.
SECONDS_A_JOB = 10

# What administrators are told of.
FAILED_LATELY, LATE = timedelta(days=30), timedelta(minutes=10)
DUE_AT = Coalesce("send_after", "created_at")

# As SQL, since these run for each mail: to make them anew takes longer than to run them.
FREE = """
id = %s AND state = 'waiting' AND coalesce(send_after, created_at) <= %s"""
COUNT = f"""
UPDATE accounts_outgoingmail SET attempts = attempts + 1 WHERE id = (
    SELECT id FROM accounts_outgoingmail WHERE {FREE} AND attempts < %s FOR UPDATE SKIP LOCKED)
"""  # noqa: S608 (made of our own words only)
LOCK = f"""
SELECT attempts, version FROM accounts_outgoingmail WHERE {FREE} FOR UPDATE SKIP LOCKED
"""  # noqa: S608
FINISH = """
UPDATE accounts_outgoingmail SET state = %s, finished_at = %s, last_error = %s, text = ''
WHERE id = %s"""
FINISH_AND_COUNT = f"WITH finished AS ({FINISH}) {COUNT}"

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
                is_up = _deliver_all(
                    mails, render, server, until=min(end, monotonic() + SECONDS_A_BATCH)
                )
            # Without a server the others would only wait for it as well.
            if not is_up:
                return False
            if monotonic() > end:
                return True
    return False


def _deliver_all(
    mails: list[OutgoingMail], render: Render, server: MailServer, *, until: float
) -> bool:
    """Send these mails, for so long; returns whether there is a server."""
    is_counted = False
    for mail, following in zip(mails, [*mails[1:], None], strict=True):
        turn = _Turn(mail, following, until)
        try:
            is_counted = _deliver(turn, render, server, is_counted=is_counted)
        except Unreachable:
            return False
        # What is counted is tried.
        if not is_counted and monotonic() > until:
            break
    return True


@dataclass(frozen=True)
class _Turn:
    """A mail to be sent now, and the one after it unless the time is over."""

    mail: OutgoingMail
    following: OutgoingMail | None
    until: float

    def next_key(self) -> UUID | None:
        """Return the key of the mail that is sent after this one."""
        if self.following is None or monotonic() > self.until:
            return None
        return self.following.pk


def _deliver(turn: _Turn, render: Render, server: MailServer, *, is_counted: bool) -> bool:
    """Send one mail, unless that is done or somebody else is at it.

    The attempt is counted before it is made, so that a mail over which workers die is not tried
    for ever; returns whether that at the next mail is. Raises Unreachable when no mail can be sent.
    """
    mail = turn.mail
    if not is_counted and not _count_attempt(mail):
        _give_up(mail)
        return False
    try:
        return _attempt(turn, render, server)
    except NotYet as problem:
        _put_off(mail, str(problem), at_once=isinstance(problem, HungUp))
        if isinstance(problem, Unreachable):
            raise
    except Exception as error:
        # What is wrong with one mail must not keep the others back.
        logger.exception("The mail %s cannot be written.", mail.pk)
        _put_off(mail, f"It cannot be written: {type(error).__name__}")
    return False


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


def _next_batch() -> list[OutgoingMail]:
    """Return the mails to send next: those that somebody sits and waits for, else the oldest."""
    for mails in (_due().exclude(text=""), _due()):
        in_order = mails.order_by(DUE_AT).select_related("person")
        with transaction.atomic():
            free = in_order.select_for_update(of=("self",), skip_locked=True)
            batch = list(free[:BATCH])
        if batch:
            return batch
    return []


def _due() -> QuerySet[OutgoingMail]:
    """Return the mail that waits and may be sent by now."""
    waiting = OutgoingMail.objects.filter(state=MailState.WAITING)
    return waiting.alias(due_at=DUE_AT).filter(due_at__lte=timezone.now())


@transaction.atomic(durable=True)
def _count_attempt(mail: OutgoingMail) -> bool:
    """Note that the mail is about to be tried; False when it is not to be."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, (mail.pk, timezone.now(), ATTEMPTS))
        return cursor.rowcount == 1


@transaction.atomic(durable=True)
def _attempt(turn: _Turn, render: Render, server: MailServer) -> bool:
    """Send and mark the mail; returns whether the attempt at the next is counted. Raises NotYet."""
    mail = turn.mail
    if not _lock(mail):
        return False
    message = render(mail)
    if message is None:
        return _finish(mail, MailState.DROPPED, then=turn.next_key())
    message.extra_headers.setdefault("Message-ID", message_id(mail))
    try:
        server.send(message)
    except Never as refused:
        return _finish(mail, MailState.FAILED, str(refused), then=turn.next_key())
    return _finish(mail, MailState.SENT, then=turn.next_key())


@transaction.atomic(durable=True)
def _put_off(mail: OutgoingMail, problem: str, *, at_once: bool = False) -> None:
    """Note why the mail is still waiting, and until when; or that it was tried often enough."""
    if not _lock(mail):
        return
    if mail.attempts >= ATTEMPTS:
        _finish(mail, MailState.FAILED, problem)
        return
    mail.last_error = problem
    if not at_once:
        mail.send_after = _again_at(mail.attempts)
    mail.save(update_fields=("last_error", "send_after"))


@transaction.atomic(durable=True)
def _give_up(mail: OutgoingMail) -> None:
    """End a mail that was tried too often, each time without an outcome."""
    if _lock(mail) and mail.attempts >= ATTEMPTS:
        _finish(mail, MailState.FAILED, mail.last_error or "Tried too often.")


def _again_at(attempts: int) -> datetime:
    """Return when to try again: after half a minute, then twice as long each time, to an hour."""
    return timezone.now() + timedelta(seconds=min(30 * 2 ** min(attempts - 1, 10), 3600))


def _lock(mail: OutgoingMail) -> bool:
    """Lock the row and read what may have changed in it since the batch was read.

    False when it is done, gone, no longer due, or in somebody else's hands.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK, (mail.pk, timezone.now()))
        row = cursor.fetchone()
    if row is None:
        return False
    mail.attempts, mail.version = row
    return True


def _finish(mail: OutgoingMail, state: str, problem: str = "", *, then: UUID | None = None) -> bool:
    """Mark the mail, and count the attempt at the one that comes then; returns whether it is."""
    now = timezone.now()
    # A code or a link that was in it is nobody's business afterwards.
    finished = (state, now, problem, mail.pk)
    with connection.cursor() as cursor:
        if then is None:
            cursor.execute(FINISH, finished)
            return False
        cursor.execute(FINISH_AND_COUNT, (*finished, then, now, ATTEMPTS))
        return cursor.rowcount == 1
