"""Writes many rows fast: COPY on PostgreSQL, executemany elsewhere; temporary tables for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, insert, text

BATCH = 5_000


def temporary(name: str, *columns: Column[Any]) -> Table:
    """A table that only this connection sees."""
    return Table(name, MetaData(), *columns, prefixes=["TEMPORARY"])


def like(name: str, target: Table, columns: Sequence[str], *more: Column[Any]) -> Table:
    """A temporary table with some of another's columns, without its constraints."""
    copied = [Column(column, target.c[column].type) for column in columns]
    return temporary(name, *copied, *more)


def prepare(connection: Connection, tables: Iterable[Table]) -> None:
    """Makes temporary tables, empty, also where an earlier import left them behind."""
    for table in tables:
        connection.execute(text(f"DROP TABLE IF EXISTS {table.name}"))
        table.create(connection)


def load(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Writes rows whose values are in the order of the table's columns."""
    if connection.dialect.name == "postgresql":
        _copy(connection, table, rows)
    else:
        _execute_many(connection, table, rows)


def analyze(connection: Connection, tables: Iterable[Table]) -> None:
    """Tells PostgreSQL how many rows there are; its own housekeeping does not see them."""
    if connection.dialect.name == "postgresql":
        for table in tables:
            connection.execute(text(f"ANALYZE {table.name}"))


def _copy(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    driver: Any = connection.connection.driver_connection
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    with (
        driver.cursor() as cursor,
        cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _execute_many(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    compiled = str(insert(table).compile(dialect=connection.dialect))
    binders = [
        column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        for column in table.columns
    ]
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        bound = [
            tuple(
                bind(value) if bind and value is not None else value
                for bind, value in zip(binders, row, strict=True)
            )
            for row in batch
        ]
        connection.exec_driver_sql(compiled, bound)
