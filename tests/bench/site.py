"""A demo of its own to measure: in a temporary folder, on a free port, gone afterwards."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running_demo() -> Iterator[str]:
    """Give the address of a running demo. Its own output goes to the screen."""
    with tempfile.TemporaryDirectory(prefix="waymeet-bench-") as folder:
        # As root the database runs as somebody else, who has to pass through.
        Path(folder).chmod(0o711)
        port = _free_port()
        environment = {**os.environ, "VAR_DIR": folder, "PORT": str(port), "WAYMEET_ENV": "demo"}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_until_ready(process)
            yield f"http://localhost:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_ready(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        print(f"  {line.rstrip()}", file=sys.stderr)
        if line.startswith("Ready"):
            return
    raise SystemExit("The demo did not start; what it said is above.")
