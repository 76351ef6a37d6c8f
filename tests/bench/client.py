"""A client that keeps some connections busy for a while; small, so that the server is measured."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle

CONNECTIONS = 8
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
ETAG = re.compile(rb"\r\netag: *([^\r]+)", re.IGNORECASE)
MOST_SECONDS_TO_WAIT = 30


@dataclass
class Asking:
    """What is asked of a server again and again."""

    port: int
    paths: Sequence[str]
    # Whether to ask as somebody who has the page already.
    has_pages: bool = False
    connections: int = CONNECTIONS
    marks: dict[str, bytes] = field(default_factory=dict)

    def requests_a_second(self, seconds: float) -> float:
        """Ask with all connections for so long; return how many answers came a second."""
        order = cycle(self.paths)
        with selectors.DefaultSelector() as selector:
            for _ in range(self.connections):
                connection = Connection(self, order)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
                connection.send()
            began = time.perf_counter()
            answers = _count(selector, began + seconds)
            took = time.perf_counter() - began
            for key in list(selector.get_map().values()):
                key.data.socket.close()
        return answers / took

    def request(self, path: str) -> bytes:
        """Return the bytes of one request."""
        language = "es" if path.startswith("/es/") else "en"
        lines = [
            f"GET {path} HTTP/1.1",
            "Host: localhost",
            "Accept: text/html",
            "Accept-Encoding: gzip",
            f"Accept-Language: {language}",
        ]
        head = "\r\n".join(lines).encode() + b"\r\n"
        if self.has_pages and path in self.marks:
            head += b"If-None-Match: " + self.marks[path] + b"\r\n"
        return head + b"\r\n"


def _count(selector: selectors.BaseSelector, until: float) -> int:
    answers = 0
    while time.perf_counter() < until:
        ready = selector.select(MOST_SECONDS_TO_WAIT)
        if not ready:
            raise SystemExit("The server does not answer any more.")
        for key, _events in ready:
            if key.data.is_answered():
                answers += 1
                key.data.send()
    return answers


class Connection:
    """One connection, which asks for the next page once it has the last."""

    def __init__(self, asking: Asking, order: Iterator[str]) -> None:
        self.asking, self.order = asking, order
        self.socket = socket.create_connection(("127.0.0.1", asking.port), MOST_SECONDS_TO_WAIT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.path, self.heard = "", b""

    def send(self) -> None:
        """Ask for the next page."""
        self.path, self.heard = next(self.order), b""
        self.socket.sendall(self.asking.request(self.path))

    def is_answered(self) -> bool:
        """Read what has come; return whether that was all of the answer."""
        part = self.socket.recv(262_144)
        if not part:
            raise SystemExit("The server hung up.")
        self.heard += part
        head, blank, body = self.heard.partition(b"\r\n\r\n")
        if not blank:
            return False
        status = head[9:12]
        if status == b"304":
            return True
        if status != b"200":
            raise SystemExit(f"{self.path} was answered with {status.decode()}.")
        length = LENGTH.search(head)
        if not length:
            raise SystemExit("The server does not say how long its answers are.")
        if len(body) < int(length[1]):
            return False
        if mark := ETAG.search(head):
            self.asking.marks[self.path] = mark[1]
        return True
