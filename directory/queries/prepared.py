"""Queries whose SQL is written once.

A page of a group asks five small questions. PostgreSQL answers each in a tenth of the time that
Django takes to write its SQL, the same every time but for a few values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState

Row = TypeVar("Row", bound=Model)


def made(model: type[Row], names: Sequence[str], values: Sequence[Any], using: str) -> Row:
    """Return the object of these values of its fields (`attname`), read from a database.

    It is what `Model.from_db` returns, which asks of each of fifty fields whether it was read.
    Those that were not are looked up when they are asked for, as always.
    """
    one = model.__new__(model)
    state = one._state = ModelState()
    state.adding, state.db = False, using
    one.__dict__.update(zip(names, values, strict=True))
    return one


@dataclass(frozen=True)
class _Gap:
    """Where a value is filled in."""

    name: str


@dataclass(frozen=True)
class _Shape:
    """How the columns of a row become an object, with those that come along."""

    model: type[Model]
    columns: slice
    names: list[str]
    key: int
    related: list[tuple[_Shape, Callable[..., None], Callable[..., None]]]

    @classmethod
    def of(cls, kind: dict[str, Any], select: Sequence[Any]) -> _Shape:
        """Read it from what a compiler says of the objects that its rows hold."""
        model, places = kind["model"], kind["select_fields"]
        names = [select[place][0].target.attname for place in places]
        related = [
            (cls.of(other, select), other["local_setter"], other["remote_setter"])
            for other in kind.get("related_klass_infos", ())
        ]
        key = places[names.index(model._meta.pk.attname)]
        return cls(model, slice(places[0], places[-1] + 1), names, key, related)

    def made_of(self, row: Sequence[Any], using: str) -> Any:
        """Return the object; None where a row holds none of this kind."""
        if row[self.key] is None:
            return None
        one = made(self.model, self.names, row[self.columns], using)
        for shape, tell_this, tell_other in self.related:
            other = shape.made_of(row, using)
            tell_this(one, other)
            if other is not None:
                tell_other(other, one)
        return one


@dataclass(frozen=True)
class _Compiled:
    """A query as SQL for one database, and what becomes of its rows. `params` has gaps."""

    using: str
    sql: str
    params: tuple[Any, ...]
    columns: slice
    converters: list[tuple[int, list[Callable[..., Any]], Any]]
    shape: _Shape | None

    def rows(self, values: dict[str, Any]) -> Iterator[list[Any]]:
        """Ask, and return the rows with their values as the models' fields have them."""
        connection = connections[self.using]
        filled = [values[one.name] if isinstance(one, _Gap) else one for one in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, filled)
            found = cursor.fetchall()
        for columns in found:
            row = list(columns[self.columns])
            for place, converters, expression in self.converters:
                for convert in converters:
                    row[place] = convert(row[place], expression, connection)
            yield row


class Prepared(Generic[Row]):
    """A query that is compiled at its first use, with values to be filled in at each.

    `write` makes the QuerySet from stand-ins, which must be values of the same types as the real
    ones and must not occur in the query otherwise:

        soon = Prepared(lambda now: Meeting.objects.filter(ends_at__gt=now), now=datetime.min)
        soon.objects(now=timezone.now())

    A stand-in has to reach the SQL as it is: no lookups that change a value (icontains), no slices
    by a value. What select_related brings comes along; what prefetch_related brings does not.
    """

    def __init__(self, write: Callable[..., QuerySet[Any, Any]], **stand_ins: Any) -> None:
        self.write = write
        self._stand_ins = stand_ins
        self._model: type[Model] | None = None
        self._compiled: dict[str, _Compiled] = {}

    def objects(self, **values: Any) -> list[Row]:
        """Return the objects that the query finds with these values."""
        compiled = self._for_reading()
        if compiled.shape is None:
            raise TypeError("A query that ends in values_list finds no objects.")
        made, using = compiled.shape.made_of, compiled.using
        return [made(row, using) for row in compiled.rows(values)]

    def rows(self, **values: Any) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a query that ends in values_list."""
        return map(tuple, self._for_reading().rows(values))

    def _for_reading(self) -> _Compiled:
        if self._model is None:
            self._model = self.write(**self._stand_ins).model
        using = router.db_for_read(self._model)
        return self._compiled.get(using) or self._compile(using)

    def _compile(self, using: str) -> _Compiled:
        query: Any = self.write(**self._stand_ins).query
        compiler = query.get_compiler(using=using)
        sql, params = compiler.as_sql()
        with_gaps = tuple(self._gap_for(param) or param for param in params)
        reached = {one.name for one in with_gaps if isinstance(one, _Gap)}
        if missing := set(self._stand_ins) - reached:
            raise ValueError(f"These values do not reach the SQL as they are: {sorted(missing)}")
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(columns)
        kind: Any = compiler.klass_info
        compiled = self._compiled[using] = _Compiled(
            using,
            sql,
            with_gaps,
            slice(compiler.col_count),
            [(place, *how) for place, how in converters.items()],
            None if query.values_select else _Shape.of(kind, compiler.select),
        )
        return compiled

    def _gap_for(self, param: Any) -> _Gap | None:
        for name, value in self._stand_ins.items():
            if type(param) is type(value) and param == value:
                return _Gap(name)
        return None
