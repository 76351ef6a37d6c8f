"""The mail server: one connection for many mails, and what its answers mean."""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from types import TracebackType

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+>?")
# These say something about the server or our account there, whatever their number.
ABOUT_THE_SERVER = (
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPConnectError,
    smtplib.SMTPHeloError,
)
# "Service not available, closing transmission channel" (RFC 5321, 4.2.2).
HANGS_UP = 421


class NotYet(Exception):
    """The mail could not be sent now; it can be tried again."""


class Unreachable(NotYet):
    """There is no server at the moment, or none that lets us in: for no mail."""


class HungUp(NotYet):
    """A connection that had served for a while is gone; another one may serve at once."""


class Never(Exception):
    """The server will not take this mail, however often it is asked."""


class MailServer:
    """One connection, opened when the first mail goes out, and anew once it has broken."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._has_served = False

    def __enter__(self) -> MailServer:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # What the server took, it took: a broken good-bye changes nothing.
            with suppress(OSError):
                connection.close()

    def send(self, message: EmailMessage) -> None:
        """Hand over one mail. Raises NotYet, or one of its kinds, or Never."""
        connection = self._connection or self._opened()
        try:
            taken = connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            raise self._verdict(*next(iter(error.recipients.values()))) from None
        except smtplib.SMTPResponseException as error:
            raise self._verdict(error.smtp_code, error.smtp_error) from None
        except (ValueError, smtplib.SMTPNotSupportedError) as error:
            raise Never(f"Not a mail that can be sent: {type(error).__name__}") from None
        except OSError as error:
            raise self._broken(f"No mail server: {type(error).__name__}") from None
        if not taken:
            raise NotYet("The mail server took nothing.")
        self._has_served = True

    def _opened(self) -> BaseEmailBackend:
        connection = get_connection()
        try:
            connection.open()
        except ABOUT_THE_SERVER as error:
            raise Unreachable(_words(error.smtp_code, error.smtp_error)) from None
        except OSError as error:
            raise Unreachable(f"No mail server: {type(error).__name__}") from None
        self._connection, self._has_served = connection, False
        return connection

    def _verdict(self, code: int, text: bytes | str) -> Exception:
        """Return what an answer means: 4xx may pass, 5xx will not (RFC 5321, 4.2.1)."""
        if code == HANGS_UP:
            return self._broken(_words(code, text))
        return (Never if code >= 500 else NotYet)(_words(code, text))

    def _broken(self, words: str) -> NotYet:
        connection, self._connection = self._connection, None
        # Without a word: who does not answer would not answer to a good-bye either.
        smtp = getattr(connection, "connection", None)
        if smtp is not None:
            smtp.close()
        return HungUp(words) if self._has_served else NotYet(words)


def _words(code: int, text: bytes | str) -> str:
    """Return the server's answer without the addresses that it likes to repeat."""
    answer = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"{code} {ADDRESS.sub('(address)', ' '.join(answer.split()))}"[:200]
