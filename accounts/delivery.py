"""Sends what the outbox owes: each mail once, whatever dies in between.

The row is locked while its mail is on the way, and marked as sent in the same transaction. A
worker that is killed before the server took the mail leaves it waiting. One that is killed
after that leaves it waiting too: the mail then goes out again with the Message-ID it had, by
which it can be known as the same.
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from accounts.choices import MailState
from accounts.jobs import live_locks
from accounts.models import OutgoingMail
from accounts.outbox import lock_of, send_soon

Render = Callable[[OutgoingMail], EmailMessage | None]

# With the waits of `Backoff` these take about fourteen hours.
ATTEMPTS = 20
LATE_AFTER = timedelta(minutes=2)
LATE_AT_ONCE = 1_000
ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
# These say something about the server or our account there, whatever their number.
ABOUT_THE_SERVER = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
)


class NotYet(Exception):
    """The mail could not be sent now; it can be tried again."""


class Never(Exception):
    """The server will not take this mail, however often it is asked."""


def deliver(*, mail_id: UUID, render: Render) -> None:
    """Send one mail, unless that is done or somebody else is at it.

    `render` makes the message from the row as it is now; None says that it is no longer owed.
    Raises NotYet; the attempt is counted before it is made, so that a mail over which workers
    die is not tried for ever.
    """
    if not _count_attempt(mail_id):
        return
    problem = _attempt(mail_id, render)
    if problem:
        raise NotYet(problem)


def send_late() -> int:
    """Ask again for mail that waits and that no job is about; returns how much there was."""
    late = (
        _due()
        .filter(created_at__lt=timezone.now() - LATE_AFTER)
        .annotate(lock=Concat(Value(lock_of("")), Cast("id", CharField())))
        .exclude(lock__in=live_locks())
        .order_by("created_at")
    )
    ids = list(late.values_list("id", flat=True)[:LATE_AT_ONCE])
    send_soon(ids)
    return len(ids)


def message_id(mail: OutgoingMail) -> str:
    """Return the Message-ID: always the same for the same row."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{mail.id}@{domain}>"


@transaction.atomic(durable=True)
def _count_attempt(mail_id: UUID) -> bool:
    """Note that the mail is about to be tried; False when there is nothing to do."""
    mail = _lock(mail_id)
    if mail is None:
        return False
    if mail.attempts >= ATTEMPTS:
        _finish(mail, MailState.FAILED, mail.last_error or "Tried too often.")
        return False
    mail.attempts += 1
    mail.save(update_fields=("attempts",))
    return True


@transaction.atomic(durable=True)
def _attempt(mail_id: UUID, render: Render) -> str:
    """Send and mark the mail; returns a problem that may pass, or nothing."""
    mail = _lock(mail_id)
    if mail is None:
        return ""
    message = render(mail)
    if message is None:
        _finish(mail, MailState.DROPPED)
        return ""
    message.extra_headers.setdefault("Message-ID", message_id(mail))
    try:
        _send(message)
    except Never as refused:
        _finish(mail, MailState.FAILED, str(refused))
        return ""
    except NotYet as problem:
        mail.last_error = str(problem)
        mail.save(update_fields=("last_error",))
        return mail.last_error
    _finish(mail, MailState.SENT)
    return ""


def _lock(mail_id: UUID) -> OutgoingMail | None:
    """Return the row, locked; None when it is done, gone, or in somebody else's hands."""
    waiting = _due().filter(id=mail_id)
    return waiting.select_for_update(of=("self",), skip_locked=True).first()


def _due() -> QuerySet[OutgoingMail]:
    """Return the mail that waits and may be sent by now."""
    held = Q(send_after__gt=timezone.now())
    return OutgoingMail.objects.filter(~held, state=MailState.WAITING)


def _finish(mail: OutgoingMail, state: str, problem: str = "") -> None:
    mail.state = state
    mail.finished_at = timezone.now()
    mail.last_error = problem
    # A code or a link that was in it is nobody's business afterwards.
    mail.text = ""
    mail.save(update_fields=("state", "finished_at", "last_error", "text"))


def _send(message: EmailMessage) -> None:
    try:
        connection = get_connection()
        try:
            connection.open()
            taken = connection.send_messages([message])
        finally:
            # Once the server took the mail, a broken good-bye must not send it again.
            with suppress(OSError):
                connection.close()
    except ABOUT_THE_SERVER as error:
        raise NotYet(_words(error.smtp_code, error.smtp_error)) from None
    except smtplib.SMTPRecipientsRefused as error:
        raise _verdict(*next(iter(error.recipients.values()))) from None
    except smtplib.SMTPResponseException as error:
        raise _verdict(error.smtp_code, error.smtp_error) from None
    except OSError as error:
        raise NotYet(f"No mail server: {type(error).__name__}") from None
    except ValueError as error:
        raise Never(f"Not a mail that can be sent: {type(error).__name__}") from None
    if not taken:
        raise NotYet("The mail server took nothing.")


def _verdict(code: int, text: bytes | str) -> Exception:
    """Return what an answer means: 4xx may pass, 5xx will not (RFC 5321, 4.2.1)."""
    return (Never if code >= 500 else NotYet)(_words(code, text))


def _words(code: int, text: bytes | str) -> str:
    """Return the server's answer without the addresses that it likes to repeat."""
    answer = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {ADDRESS.sub('(address)', ' '.join(answer.split()))}"[:200]
