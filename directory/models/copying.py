"""Many new rows at once, by PostgreSQL's COPY."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Any

from django.db import connection, models
from psycopg import sql
from psycopg.types.json import Json


def copy_rows(rows: Sequence[models.Model]) -> None:
    """Write new rows of one model, several times faster than `bulk_create`.

    Like that, it sends no signals and calls no `save`; unlike that, it reads nothing back, so keys
    are set beforehand or never asked for. A row that breaks a constraint raises IntegrityError.
    """
    if not rows:
        return
    meta = rows[0]._meta
    fields = [it for it in meta.concrete_fields if not it.generated and not _is_numbered(it)]
    columns: list[sql.Composable] = [sql.Identifier(str(it.column)) for it in fields]
    command = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(
        table=sql.Identifier(meta.db_table), columns=sql.SQL(", ").join(columns)
    )
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(command) as copy,
    ):
        for row in rows:
            copy.write_row([_written(it, it.pre_save(row, add=True)) for it in fields])


def _is_numbered(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, models.AutoField | models.BigAutoField)


def _written(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is not None and isinstance(field, models.JSONField):
        return Json(value)
    return value
