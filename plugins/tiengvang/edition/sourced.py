"""Values that know where they come from: a mart's cell, or the SQL that computes them.

They are numbers like any others. What is computed from them by ``+ - * /`` knows its SQL as well; what is
computed otherwise is given its SQL with ``of_rows`` or ``computed``, or has none and then no receipt.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tiengvang.contracts import read_contracts
from tiengvang.edition import columns
from tiengvang.edition.request import EditionRequest
from tiengvang.edition.sql_text import bound_sql, literal, main_mart, rows_of

Key = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row of a query: its mart's primary key."""

    query: str
    key: Key


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one row, or an expression on its columns."""

    row: RowKey
    column: str


@dataclass(frozen=True, slots=True)
class OfRows:
    """What a select over the rows of queries gives; each query's rows have its name."""

    queries: tuple[str, ...]
    select: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of these rows there are: which they are was found by the method, not by SQL."""

    rows: tuple[RowKey, ...]


@dataclass(frozen=True, slots=True)
class Computed:
    """An expression in which ``{}`` stands for each part as a double precision number."""

    expression: str
    parts: tuple[Source, ...]


Source = Cell | OfRows | Counted | Computed


class Record(dict[Any, Any]):
    """A row of a query whose numbers know their cell."""

    def __init__(self, values: Mapping[Any, Any], row: RowKey) -> None:
        super().__init__(
            {name: with_source(value, Cell(row, str(name))) for name, value in values.items()}
        )
        self.row = row

    def computed(self, value: Any, expression: str) -> Any:
        """Return a value with the expression on the row's columns that gives it."""
        return with_source(value, Cell(self.row, expression))


class Sourced:
    """A number with the source of its value."""

    source: Source


def _operation(apply: Callable[[Any, Any], Any], expression: str, *, swap: bool = False) -> Any:
    def method(self: Any, other: Any) -> Any:
        if isinstance(other, bool) or not isinstance(other, (int, float)):
            return NotImplemented
        pair = (other, self) if swap else (self, other)
        plain = apply(*(_plain(value) for value in pair))
        is_begin = other == 0 and not isinstance(other, Sourced)
        if is_begin and expression == "{} + {}":  # where a sum begins
            return self
        parts = tuple(
            value.source if isinstance(value, Sourced) else OfRows((), f"select {float(value)!r}")
            for value in pair
        )
        return with_source(plain, Computed(expression, parts))

    return method


def _plain(value: int | float) -> int | float:
    return float(value) if isinstance(value, float) else int(value)


class _Arithmetic(Sourced):
    __add__ = _operation(operator.add, "{} + {}")
    __radd__ = _operation(operator.add, "{} + {}", swap=True)
    __sub__ = _operation(operator.sub, "{} - {}")
    __rsub__ = _operation(operator.sub, "{} - {}", swap=True)
    __mul__ = _operation(operator.mul, "{} * {}")
    __rmul__ = _operation(operator.mul, "{} * {}", swap=True)
    __truediv__ = _operation(operator.truediv, "{} / {}")
    __rtruediv__ = _operation(operator.truediv, "{} / {}", swap=True)

    def __neg__(self) -> Any:
        return computed(-_plain(self), "-{}", self)  # type: ignore[arg-type]

    def __abs__(self) -> Any:
        return computed(abs(_plain(self)), "abs({})", self)  # type: ignore[arg-type]

    def rounded(self) -> Any:
        """Return the nearest whole number."""
        return computed(round(_plain(self)), "round({})", self)  # type: ignore[arg-type]


class Whole(_Arithmetic, int):
    """A whole number with its source."""

    def __round__(self, digits: Any = None) -> Any:
        return self.rounded() if digits is None else round(int(self), digits)


class Real(_Arithmetic, float):
    """A number with its source."""

    def __round__(self, digits: Any = None) -> Any:
        return self.rounded() if digits is None else round(float(self), digits)


def with_source(value: Any, source: Source) -> Any:
    """Return a number with its source; a truth, a text, a day and a null as they are."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        return value
    found: Whole | Real = Real(value) if isinstance(value, float) else Whole(value)
    found.source = source
    return found


def computed(value: Any, expression: str, *parts: Any) -> Any:
    """Return a value with the expression that gives it from its parts; plain where a part is plain."""
    sources = [part.source for part in parts if isinstance(part, Sourced)]
    if len(sources) < len(parts):
        return value
    return with_source(value, Computed(expression, tuple(sources)))


def of_rows(value: Any, queries: str, select: str, **values: Any) -> Any:
    """Return a value with the select that gives it from the rows of one or more queries.

    ``queries`` names them; ``{name}`` in the select stands for a value.
    """
    text = select.format(**{name: literal(given) for name, given in values.items()})
    return with_source(value, OfRows(tuple(queries.split()), text))


def records(query: str, frame: pd.DataFrame) -> list[Record]:
    """Return the rows of a query's frame, or of a part of it, with values that know their cells.

    What the frame does not have of its mart's key is the country of the edition, named by the query.
    """
    key = read_contracts()[main_mart(query)].primary_key
    known = [name for name in key if name in columns.BY_FRAME[query]]
    return [
        Record(row, RowKey(query, tuple((name, row[name]) for name in known)))
        for row in frame.to_dict("records")
    ]


def count_of(found: Iterable[Any]) -> int:
    """Count records, or values that each are of a row: the receipt names the rows that were counted."""
    rows = [_row_of(one) for one in found]
    distinct = tuple(dict.fromkeys(row for row in rows if row is not None))
    if not rows or len(distinct) < len(rows):
        return len(rows)
    n: int = with_source(len(rows), Counted(distinct))
    return n


def _row_of(found: Any) -> RowKey | None:
    if isinstance(found, Record):
        return found.row
    source = getattr(found, "source", None)
    return source.row if isinstance(source, Cell) else None


def cells_of(source: Source) -> list[Cell]:
    """Return the cells that a source reads by their keys, in their order."""
    if isinstance(source, Cell):
        return [source]
    if isinstance(source, Computed):
        return [cell for part in source.parts for cell in cells_of(part)]
    return []


def queries_of(source: Source) -> list[str]:
    """Return the queries whose rows a source counts or reads as a whole."""
    if isinstance(source, OfRows):
        return list(source.queries)
    if isinstance(source, Counted):
        return [source.rows[0].query]
    if isinstance(source, Computed):
        return [query for part in source.parts for query in queries_of(part)]
    return []


def sql_of(source: Source, request: EditionRequest) -> str:
    """Return the query that gives exactly the value of a source, with every parameter written in."""
    if isinstance(source, Cell):
        return f"select {source.column}\n{rows_of((source.row,), request)}"
    if isinstance(source, Counted):
        return f"select count(*)\n{rows_of(source.rows, request)}"
    if isinstance(source, OfRows):
        tables = ",\n".join(
            f"{name} as (\n{bound_sql(name, request).rstrip(';')}\n)" for name in source.queries
        )
        return f"with {tables}\n{source.select}" if tables else source.select
    rows = {cell.row for cell in cells_of(source)}
    if len(rows) == 1 and not queries_of(source):
        return f"select {_of_columns(source)}\n{rows_of(tuple(rows), request)}"
    parts = (f"({sql_of(part, request)})::float8" for part in source.parts)
    return f"select {source.expression.format(*parts)}"


def _of_columns(source: Source) -> str:
    """Write what is computed from the columns of one row as an expression on them."""
    if isinstance(source, Cell):
        return f"{source.column}::float8"
    if isinstance(source, Computed):
        return f"({source.expression.format(*map(_of_columns, source.parts))})"
    return str(source.select.removeprefix("select ")) if isinstance(source, OfRows) else ""
