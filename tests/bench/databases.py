"""A database for each size, in a PostgreSQL of their own, kept in var/bench between runs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from config import embedded_postgres
from config.postgres_cluster import THROW_AWAY, Cluster

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "var" / "bench"
# What the rows of a sample depend on: where one of these has changed, it is loaded anew.
SOURCES = (
    "accounts/migrations/*.py",
    "directory/migrations/*.py",
    "directory/demo/sample/*",
    "directory/actions/finder*.py",
    "directory/actions/vocabulary.py",
    "directory/content/*.toml",
    "directory/content/gazetteer/*",
)
# Dates go by: in an older one, fewer lie ahead.
DAYS_KEPT = 3
# A million groups have dates four weeks ahead only.
WEEKS, WEEKS_OF_MANY, MANY = 12, 4, 1_000_000


@contextmanager
def databases(sizes: list[int]) -> Iterator[dict[int, str]]:
    """Give the address of a database for each number of groups; the server stops afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    server = embedded_postgres.running_server(
        FOLDER / "postgres", options=(*THROW_AWAY, "shared_buffers=2GB")
    )
    try:
        _run("collectstatic", "--noinput", "--verbosity=0", url=server.url())
        yield {size: _database(server, size) for size in sizes}
    finally:
        embedded_postgres.leave(FOLDER / "postgres")


def environment(url: str) -> dict[str, str]:
    """Return the environment of a process that is to use this database as a site would."""
    return {
        **os.environ,
        "DATABASE_URL": url,
        "VAR_DIR": str(FOLDER),
        "WAYMEET_ENV": "demo",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "ERROR",
    }


@contextmanager
def copy_of(url: str) -> Iterator[str]:
    """Give a copy of a database, to change; it is dropped afterwards."""
    server = Cluster.at(FOLDER / "postgres")
    name = url.rpartition("/")[2]
    copied = f"{name}_copy"
    _recreate(server, copied, template=name)
    try:
        yield server.url(copied)
    finally:
        with server.connect() as connection:
            connection.execute(_named("DROP DATABASE {} WITH (FORCE)", copied))


def _database(server: Cluster, size: int) -> str:
    name = f"sample_{size}"
    note = FOLDER / f"{name}.json"
    url = server.url(name)
    wanted = {"made_from": _fingerprint(), "groups": size}
    if note.exists():
        kept = json.loads(note.read_text())
        is_new = time.time() - kept.pop("made_at") < DAYS_KEPT * 24 * 60 * 60
        if is_new and kept == wanted:
            _say(f"The {size:,} groups of last time are used again.")
            return url
    note.unlink(missing_ok=True)
    _say(f"Loading {size:,} groups …")
    _recreate(server, name)
    _run("migrate", "--verbosity=0", url=url)
    _run("createcachetable", url=url)
    weeks = WEEKS_OF_MANY if size >= MANY else WEEKS
    _run("load_sample", f"--groups={size}", f"--weeks={weeks}", url=url)
    note.write_text(json.dumps({**wanted, "made_at": time.time()}))
    return url


def _recreate(server: Cluster, name: str, template: str = "template1") -> None:
    with server.connect() as connection:
        connection.execute(_named("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))
        connection.execute(
            _named("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, template)
        )


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))  # type: ignore[arg-type]


def _run(*command: str, url: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=PROJECT, env=environment(url), check=False
    )
    if done.returncode:
        raise SystemExit(f"manage.py {' '.join(command)} failed; what it said is above.")


def _fingerprint() -> str:
    files = sorted(it for pattern in SOURCES for it in PROJECT.glob(pattern) if it.is_file())
    digest = hashlib.sha256()
    for file in files:
        digest.update(str(file.relative_to(PROJECT)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
