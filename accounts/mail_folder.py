"""The demo's mail: kept in a folder instead of sent, so that a page can show it."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each mail as a file into `settings.MAIL_DIR`, named by its time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        folder = Path(settings.MAIL_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns()}-{os.getpid()}.eml"
            unfinished = folder / f"{name}.part"
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.rename(folder / name)
        return len(email_messages)


@dataclass(frozen=True)
class KeptMail:
    """One mail as a person would read it."""

    to: str
    subject: str
    text: str
    sent_at: datetime


def newest_mail(*, limit: int) -> list[KeptMail]:
    """The mail that was kept, newest first."""
    files = sorted(Path(settings.MAIL_DIR).glob("*.eml"), reverse=True)
    return [_read(path) for path in files[:limit]]


def _read(path: Path) -> KeptMail:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return KeptMail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        sent_at=datetime.fromtimestamp(int(path.name.split("-")[0]) / 1e9, tz=UTC),
    )
