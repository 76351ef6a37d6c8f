"""A PostgreSQL server for one run of the tests, gone when the run ends, however it ends.

A plugin and not a conftest, since pytest-django reads the settings before any
conftest, and the tests would run on the demo's database. With DATABASE_URL they run
on that server, in a database of their own name.

With xdist the process that controls the others starts the server; the workers
inherit its address.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config import embedded_postgres
from config.postgres_cluster import THROW_AWAY

_folders: list[Path] = []


def pytest_addoption() -> None:
    """Prepare the environment: this is the first hook that pytest calls."""
    os.environ["WAYMEET_ENV"] = "test"
    # Another run on the same server must not meet this one.
    os.environ.setdefault("TEST_DATABASE_NAME", f"test_waymeet_{os.getpid()}")
    if os.environ.get("DATABASE_URL"):
        return
    folder = Path(tempfile.mkdtemp(prefix="waymeet-tests-"))
    # As root the server runs as somebody else, who has to pass through.
    folder.chmod(0o711)
    _folders.append(folder)
    try:
        server = embedded_postgres.running_server(
            folder, options=THROW_AWAY, remove_afterwards=True
        )
    except embedded_postgres.CannotStart as error:
        pytest.exit(str(error), returncode=3)
    os.environ["DATABASE_URL"] = server.url()


def pytest_unconfigure() -> None:
    """Stop the server that this process started."""
    for folder in _folders:
        embedded_postgres.leave(folder)
        shutil.rmtree(folder, ignore_errors=True)
