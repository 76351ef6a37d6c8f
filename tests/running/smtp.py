"""A real SMTP server for tests, which takes mail, refuses it, or hesitates."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECONDS = 60


@dataclass
class Postbox:
    """What arrived, and how the next mail is answered.

    `answer_to` maps a command (RCPT, DATA) to the answer it gets instead of the usual one. With
    `hold_before` or `hold_after` the server sets `holding` and waits for `go_on`: before it
    takes a recipient, or when it has taken the mail and before it says so.
    """

    received: list[Message] = field(default_factory=list)
    answer_to: dict[str, str] = field(default_factory=dict)
    hold_before: bool = False
    hold_after: bool = False
    holding: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    port: int = 0

    @property
    def ids(self) -> list[str]:
        return [message["Message-ID"] for message in self.received]

    async def handle_RCPT(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.hold_before:
            await self._hold()
        if "RCPT" in self.answer_to:
            return self.answer_to["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if "DATA" in self.answer_to:
            return self.answer_to["DATA"]
        self.received.append(message_from_bytes(envelope.content))
        if self.hold_after:
            await self._hold()
        return "250 Taken"

    async def _hold(self) -> None:
        self.holding.set()
        await asyncio.to_thread(self.go_on.wait, SECONDS)


@contextmanager
def running_postbox() -> Iterator[Postbox]:
    postbox = Postbox(port=_free_port())
    controller = Controller(postbox, hostname="127.0.0.1", port=postbox.port)
    controller.start()
    try:
        yield postbox
    finally:
        postbox.go_on.set()
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
