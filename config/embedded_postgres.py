"""A PostgreSQL server of our own, for development, the demo and the tests.

Several processes share one server. Each holds a shared lock on a file for as long
as it lives, however it ends. A small guardian process waits until it can have that
lock alone, and then stops the server: nobody is left. Imports no Django.

The wheel's own start function is not used; docs/running.md says why.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from config.postgres_cluster import CannotStart, Cluster

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["CannotStart", "leave", "running_server"]

PROJECT = Path(__file__).resolve().parent.parent
SECONDS_TO_LEAVE = 30

_one_at_a_time = threading.Lock()
_joined: dict[Path, tuple[Cluster, int]] = {}


def running_server(
    folder: Path, *, options: tuple[str, ...] = (), remove_afterwards: bool = False
) -> Cluster:
    """Return the server of `folder`, started when it does not run yet.

    The answer is kept, so that asking again costs next to nothing. `options` are
    settings of the server (`name=value`) and matter to whoever starts it.
    With `remove_afterwards` the folder goes when its last user has gone.
    Raises CannotStart.
    """
    with _one_at_a_time:
        known = _joined.get(folder)
        if known and known[0].socket.exists():
            return known[0]
        if fcntl is None:
            raise CannotStart(
                "The embedded PostgreSQL does not run on Windows: use WSL, or set DATABASE_URL."
            )
        cluster = known[0] if known else Cluster.at(folder)
        users = known[1] if known else _open(cluster.home / "users.lock")
        # Waits while a guardian is just stopping the server.
        fcntl.flock(users, fcntl.LOCK_SH)
        _joined[folder] = (cluster, users)
        with _locked(cluster.home / "start.lock"):
            _start_if_needed(cluster, options, remove_afterwards=remove_afterwards)
        return cluster


def leave(folder: Path) -> bool:
    """Give the server up; stop it when nobody else uses it. Returns whether it is stopped."""
    with _one_at_a_time:
        cluster, users = _joined.pop(folder, (None, -1))
        if cluster is None:
            return True
        try:
            return _stop_unless_used(cluster, users)
        finally:
            os.close(users)


def guard(home: Path, *, remove: bool) -> None:
    """Wait until nobody uses the server in `home`, then stop it. Runs as a process of its own."""
    for sign in (signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    guardian = _open(home / "guardian.lock")
    if not _try_lock(guardian, fcntl.LOCK_EX):
        return
    users = _open(home / "users.lock")
    fcntl.flock(users, fcntl.LOCK_EX)
    Cluster.at(home).stop()
    if remove:
        shutil.rmtree(home, ignore_errors=True)
    # In this order: who joins next must not take this process for a guardian.
    os.close(guardian)
    os.close(users)


def _start_if_needed(
    cluster: Cluster, options: tuple[str, ...], *, remove_afterwards: bool
) -> None:
    if cluster.pid() is not None and not cluster.socket.exists():
        # Somebody tidied the socket away; nobody can reach the server any more.
        cluster.stop()
    if not cluster.is_ready():
        if cluster.user.name and not (cluster.data.exists() or remove_afterwards):
            print(
                f"PostgreSQL runs as the user {cluster.user.name}; its data: {cluster.data}",
                file=sys.stderr,
            )
        cluster.start(options)
    guardian = _open(cluster.home / "guardian.lock")
    if _try_lock(guardian, fcntl.LOCK_EX):
        _start_guardian(cluster.home, remove=remove_afterwards)
    os.close(guardian)


def _start_guardian(home: Path, *, remove: bool) -> None:
    """Start the guardian as nobody's child, so that nobody has to wait for it."""
    command = [sys.executable, "-m", "config.embedded_postgres", str(home)]
    command += ["--remove"] if remove else []
    subprocess.run(
        ["/bin/sh", "-c", '"$@" </dev/null >/dev/null 2>&1 &', "sh", *command],
        cwd=PROJECT,
        check=True,
        start_new_session=True,
    )


def _stop_unless_used(cluster: Cluster, users: int) -> bool:
    until = time.monotonic() + SECONDS_TO_LEAVE
    while time.monotonic() < until:
        if _try_lock(users, fcntl.LOCK_EX):
            cluster.stop()
            return True
        if _try_lock(users, fcntl.LOCK_SH):
            return False
        # The guardian is at work.
        time.sleep(0.02)
    return False


def _open(path: Path) -> int:
    """Open a lock file; its lock is held until this is closed in every process that has it."""
    return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)


def _try_lock(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def main() -> None:
    """Be the guardian of the folder that is given."""
    parser = argparse.ArgumentParser(description=guard.__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--remove", action="store_true")
    arguments = parser.parse_args()
    guard(arguments.home, remove=arguments.remove)


if __name__ == "__main__":
    main()
