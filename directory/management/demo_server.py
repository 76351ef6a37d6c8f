"""Prepares the demo step by step, then runs the site and its worker until it is stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings

from directory.management.parent import VARIABLE

SITE = [sys.executable, "-m", "config.serve"]
WORKER = [sys.executable, "manage.py", "worker"]
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15
SECONDS_BEFORE_NEW_WORKER = 2


class CannotRun(Exception):
    """The demo cannot run here; the message is one sentence."""


def check_port(address: str, port: int) -> None:
    """Raise `CannotRun` unless this process could listen there.

    granian would share a busy port silently with whoever has it.
    """
    if not 0 < port < 65536:
        raise CannotRun(f"PORT={port} is not a port: choose a number from 1024 to 65535.")
    other = f"choose another one: make demo PORT={port + 1 if port < 65535 else 8001}"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except PermissionError:
            raise CannotRun(f"Port {port} is for root alone: {other}.") from None
        except OSError:
            raise CannotRun(
                f"Port {port} is busy: stop what uses it (perhaps another demo), or {other}."
            ) from None


@dataclass
class Running:
    """The two processes of a running demo."""

    say: Callable[[str], None]
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str, command: list[str]) -> None:
        """Start a process that ends with this one, and out of reach of the terminal's Ctrl-C."""
        environment = {**os.environ, VARIABLE: str(os.getpid())}
        self.children[name] = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait_for_site(self, address: str) -> None:
        """Return when the site answers at `address`; raises CannotRun when it never does."""
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            if self.children["site"].poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310
            except urllib.error.HTTPError:
                break
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise CannotRun("The site did not start; what it said is above.")

    def watch(self) -> None:
        """Look after both until the site ends; a worker that ended is started again."""
        while self.children["site"].poll() is None:
            if self.children["worker"].poll() is not None:
                self.say("The worker ended; starting it again.")
                time.sleep(SECONDS_BEFORE_NEW_WORKER)
                self.start("worker", WORKER)
            time.sleep(0.5)
        raise CannotRun("The site ended by itself; what it said is above.")

    def stop(self) -> None:
        """Stop both, gently at first."""
        for child in self.children.values():
            with contextlib.suppress(ProcessLookupError):
                child.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for child in self.children.values():
            try:
                child.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


@contextlib.contextmanager
def until_stopped(say: Callable[[str], None]) -> Iterator[Running]:
    """Give what runs, and stop it however the block is left; Ctrl-C is a good way."""
    # SIGINT as well: whoever is started in the background is told to overhear it.
    for number in STOPPING:
        signal.signal(number, signal.default_int_handler)
    running = Running(say)
    try:
        yield running
    except KeyboardInterrupt:
        say("\nStopping …")
    finally:
        # A second Ctrl-C must not leave half of it behind.
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)
        running.stop()
