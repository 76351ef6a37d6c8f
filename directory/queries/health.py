from __future__ import annotations

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def database_answers() -> None:
    """Ask the database for nothing; raises OperationalError when it cannot be reached."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")


def unapplied_migrations() -> list[str]:
    """The migrations of this version that the database has not seen, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in _migrations() - applied.keys())


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Those in the source, which do not change while a process lives."""
    return frozenset(MigrationLoader(None).graph.nodes)
