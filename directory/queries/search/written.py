"""Conditions written as SQL, for use in a QuerySet and in statements of our own.

A page asks the same of the finder half a dozen times: what is found, what is counted beside each
filter, what comes first. Django takes longer to write such a condition than PostgreSQL to answer
it; as text it is written at once. Values are parameters, always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Expression, F, Field


@dataclass(frozen=True)
class Text:
    """SQL and its parameters. It calls an entry of the finder `entry`, and a meeting `date`."""

    sql: str
    params: tuple[Any, ...] = ()

    def calling(self, table: str, name: str) -> Text:
        """Return the same with another name for a table."""
        return Text(self.sql.replace(f"{table}.", f"{name}."), self.params)


def all_of(texts: Iterable[Text]) -> Text:
    """Return that all hold; with none, that it is true."""
    return _joined(list(texts), " AND ", "true")


def any_of(texts: Iterable[Text]) -> Text:
    """Return that one holds at least; with none, that it is false."""
    return _joined(list(texts), " OR ", "false")


def has_all(facets: list[str]) -> Text:
    """Return that an entry has all of these facets."""
    return Text("entry.facets @> %s::text[]", (facets,))


def has_any(facets: list[str], places: list[str]) -> Text:
    """Return that an entry has one of these facets at least, in one of `places` if there are any.

    Hours of the week ("at:tue:evening") are keys, and may be among them by themselves.
    """
    if places:
        return is_under([f"{place} {facet}" for place in places for facet in facets])
    if facets[0].startswith("at:"):
        return is_under(facets)
    return Text("entry.facets && %s::text[]", (facets,))


def is_under(keys: list[str]) -> Text:
    """Return that an entry is looked up by one of these keys."""
    return Text("entry.keys && %s::text[]", (keys,))


def _joined(texts: list[Text], between: str, nothing: str) -> Text:
    if not texts:
        return Text(nothing)
    if len(texts) == 1:
        return texts[0]
    sql = between.join(text.sql for text in texts)
    return Text(f"({sql})", tuple(param for text in texts for param in text.params))


class Written(Expression):
    """A text in a QuerySet of the table that it calls `table`; `column` is any of its columns."""

    conditional = True

    def __init__(
        self, text: Text, table: str, column: str, output_field: Field[Any, Any] | None = None
    ) -> None:
        super().__init__(output_field=output_field or BooleanField())
        self.text, self.table, self.column = text, table, F(column)

    def get_source_expressions(self) -> list[Any]:
        """Return the column, by which is known what the query calls the table."""
        return [self.column]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the column as the query knows it."""
        (self.column,) = exprs

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ARG002
        """Return the text with the query's own name for the table."""
        column, _params = compiler.compile(self.column)
        text = self.text.calling(self.table, column.rpartition(".")[0])
        return text.sql, text.params
