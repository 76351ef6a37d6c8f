"""A process that was started by another one goes when that one goes, however it went."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "STOP_WITH_PARENT"
SECONDS_BETWEEN_LOOKS = 0.5


def stop_with_parent() -> None:
    """End this process, as by SIGTERM, once the process that VARIABLE names is not its parent.

    Without the variable nothing is watched.
    """
    parent = os.environ.pop(VARIABLE, "")
    if parent:
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
