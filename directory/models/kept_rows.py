"""Rows as text, so that they can be put back as they were."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
KeptRow = dict[str, str | None]


def as_kept(row: models.Model) -> KeptRow:
    """Return the columns of a row as JSON can hold them; those the database computes are left."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in _columns(type(row))
    }


def from_kept(model: type[Row], kept: KeptRow) -> Row:
    """Return an unsaved row with the values it had."""
    return model(**{field.attname: _value(field, kept) for field in _columns(model)})


def _columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def _value(field: models.Field[Any, Any], kept: KeptRow) -> Any:
    # A column that is younger than what was kept has its default.
    if field.attname not in kept:
        return field.get_default()
    text = kept[field.attname]
    return None if text is None else field.to_python(text)
