"""Writes many rows in one statement: what `executemany` does in a round trip a row.

The statements are the same on SQLite and PostgreSQL but for the drivers' placeholders and a cast
where PostgreSQL cannot know a parameter's type. Values pass through the columns' own types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table

from server.ask import tell

Row = Mapping[str, Any]
Prepare = Callable[[Any], Any] | None
MOST_ROWS = 256
"""In one statement of any number of rows; a power of two."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Some columns of a table, as one dialect writes them."""

    names: tuple[str, ...]
    quoted: tuple[str, ...]
    kinds: tuple[str, ...]
    prepare: tuple[Prepare, ...]

    def values(self, rows: Iterable[Row]) -> tuple[Any, ...]:
        """The rows' values in order, as the driver takes them."""
        pairs = list(zip(self.names, self.prepare, strict=True))
        return tuple(
            row[name] if prepare is None else prepare(row[name])
            for row in rows
            for name, prepare in pairs
        )


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns."""
    columns = _columns(connection.dialect, table, tuple(rows[0]))
    statement = _insert(connection.dialect.name, table.name, columns.quoted, len(rows))
    tell(connection, statement, columns.values(rows))


def insert_many(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert any number of rows that all have the same columns, also none."""
    for some in in_powers(rows):
        insert_rows(connection, table, some)


def insert_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns, but for those whose key is there already."""
    for some in in_powers(rows):
        columns = _columns(connection.dialect, table, tuple(some[0]))
        statement = _insert(connection.dialect.name, table.name, columns.quoted, len(some))
        tell(connection, f"{statement} ON CONFLICT DO NOTHING", columns.values(some))


def update_many(connection: Connection, table: Table, key: str, rows: Sequence[Row]) -> None:
    """Update any number of rows of one school, also none."""
    for some in in_powers(rows):
        update_rows(connection, table, key, some)


def in_powers(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """The rows in lots of few sizes, so that the database's prepared statements are met again."""
    begin, size = 0, MOST_ROWS
    while begin < len(rows):
        while size > len(rows) - begin:
            size //= 2
        yield rows[begin : begin + size]
        begin += size


def update_rows(connection: Connection, table: Table, key: str, rows: Sequence[Row]) -> None:
    """Update the rows of one school; each names `school_id`, its `key` and what it becomes."""
    columns = _columns(connection.dialect, table, tuple(rows[0])[1:])
    school = _columns(connection.dialect, table, ("school_id",))
    statement = _update(connection.dialect.name, table.name, key, columns, len(rows))
    tell(connection, statement, (*columns.values(rows), *school.values(rows[:1])))


@lru_cache(maxsize=200)
def _columns(dialect: Dialect, table: Table, names: tuple[str, ...]) -> Columns:
    types = [table.c[name].type.dialect_impl(dialect) for name in names]
    return Columns(
        names,
        tuple(dialect.identifier_preparer.quote(name) for name in names),
        tuple(kind.compile(dialect) for kind in types),
        tuple(kind.bind_processor(dialect) for kind in types),
    )


@lru_cache(maxsize=200)
def _insert(dialect: str, table: str, names: tuple[str, ...], rows: int) -> str:
    lines = ", ".join(f"({', '.join(line)})" for line in _marks(dialect, len(names), rows))
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES {lines}"  # noqa: S608 - our own names


@lru_cache(maxsize=200)
def _update(dialect: str, table: str, key: str, columns: Columns, rows: int) -> str:
    first, *others = _marks(dialect, len(columns.names), rows)
    if dialect == "postgresql":
        first = [f"CAST({mark} AS {kind})" for mark, kind in zip(first, columns.kinds, strict=True)]
    named = [f"{mark} AS {name}" for mark, name in zip(first, columns.quoted, strict=True)]
    lines = " UNION ALL ".join(f"SELECT {', '.join(line)}" for line in [named, *others])
    becomes = ", ".join(f"{name} = to_be.{name}" for name in columns.quoted if name != key)
    school = "?" if dialect == "sqlite" else f"${len(columns.names) * rows + 1}"
    return (
        f"UPDATE {table} SET {becomes} FROM ({lines}) AS to_be"  # noqa: S608 - our own names
        f" WHERE {table}.school_id = {school} AND {table}.{key} = to_be.{key}"
    )


def _marks(dialect: str, names: int, rows: int) -> list[list[str]]:
    if dialect == "sqlite":
        return [["?"] * names] * rows
    return [[f"${row * names + n + 1}" for n in range(names)] for row in range(rows)]
