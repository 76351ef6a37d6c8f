"""An SMTP server in a process of its own, which takes everything and says when."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from typing import NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

SECONDS = 120


class Arrival(NamedTuple):
    """One mail as the server took it, and when, by the clock that processes share."""

    at: float
    sender: str
    to: list[str]
    content: bytes


class Box:
    """Takes every mail and hands it on."""

    def __init__(self, arrivals: Queue[Arrival]) -> None:
        self.arrivals = arrivals

    async def handle_DATA(  # noqa: N802 (the name is aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Note the mail."""
        content = bytes(envelope.content or b"")
        sender, to = str(envelope.mail_from), list(envelope.rcpt_tos)
        self.arrivals.put(Arrival(time.perf_counter(), sender, to, content))
        return "250 Taken"


def serve(port: int, arrivals: Queue[Arrival], is_ready: Event) -> None:
    """Be an SMTP server, in a process of its own, until that is ended."""
    controller = Controller(Box(arrivals), hostname="127.0.0.1", port=port)
    controller.start()
    is_ready.set()
    time.sleep(24 * 60 * 60)


@contextmanager
def smtp_server() -> Iterator[tuple[int, Queue[Arrival]]]:
    """Run the server; give its port and what arrives there."""
    spawning = get_context("spawn")
    arrivals: Queue[Arrival] = spawning.Queue()
    is_ready = spawning.Event()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = spawning.Process(target=serve, args=(port, arrivals, is_ready), daemon=True)
    process.start()
    is_ready.wait(SECONDS)
    try:
        yield port, arrivals
    finally:
        process.terminate()
        process.join(SECONDS)
