"""Asks a database several questions in one round trip, straight at the driver.

A question is a SELECT of SQLAlchemy's Core. It is put into words once for each database and number
of ids; its values and answers pass through the columns' own types. What SQLAlchemy does besides for
every execution costs about as much as judging a roll, and on PostgreSQL each wait for an answer
costs more than the answer.
"""

from __future__ import annotations

import contextlib
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Dialect, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

Read = Callable[[Any], Any] | None
NUMBERED = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call] # not ours


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT with its values, and the ids for its `IN :ids`, if it has one."""

    statement: Select[Any]
    values: Mapping[str, Any]
    ids: Sequence[Any] = field(default=())


@dataclass(frozen=True, slots=True)
class Wording:
    """A statement as one database wants it: its text, its parameters in order, how rows read."""

    text: str
    names: tuple[tuple[str, Read], ...]
    fixed: Mapping[str, Any]
    make: Callable[..., Any]
    read: tuple[tuple[int, Callable[[Any], Any]], ...]

    def parameters(self, question: Question) -> tuple[Any, ...]:
        """The values in order, as the driver takes them."""
        given = {**self.fixed, **question.values}
        for n, one in enumerate(question.ids, start=1):
            given[f"ids_{n}"] = one
        return tuple(
            given[name] if prepare is None else prepare(given[name]) for name, prepare in self.names
        )

    def rows(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """The driver's rows with their columns' names and types."""
        rows = []
        for row in found:
            facts = list(row)
            for place, read in self.read:
                facts[place] = read(facts[place])
            rows.append(self.make(facts))
        return rows


def ask(connection: Connection, questions: Sequence[Question]) -> list[list[Any]]:
    """The rows that answer each question."""
    dialect = connection.dialect
    wordings = [_word(dialect, one.statement, tuple(one.values), len(one.ids)) for one in questions]
    texts = [(w.text, w.parameters(one)) for w, one in zip(wordings, questions, strict=True)]
    driver: Any = connection.connection.driver_connection
    for text in texts:
        _announce(connection, *text)
    if dialect.name == "sqlite":
        found = [driver.execute(*text).fetchall() for text in texts]
    else:
        with _falling_together(connection, driver):
            found = _at_once(driver, texts)
    return [w.rows(rows) for w, rows in zip(wordings, found, strict=True)]


def tell(connection: Connection, text: str, values: Sequence[Any]) -> None:
    """Say a statement that answers nothing; its parameters are the driver's `?` or `$1`."""
    driver: Any = connection.connection.driver_connection
    _announce(connection, text, values)
    if connection.dialect.name == "sqlite":
        driver.execute(text, values)
        return
    with _falling_together(connection, driver):
        psycopg.RawCursor(driver).execute(text, values)


def _announce(connection: Connection, text: str, values: Sequence[Any]) -> None:
    """Whoever listens to SQLAlchemy's statements hears these too."""
    for hear in connection.engine.dispatch.before_cursor_execute:
        hear(connection, None, text, values, None, False)


@contextlib.contextmanager
def _falling_together(connection: Connection, driver: Any) -> Iterator[None]:
    """Where PostgreSQL hangs up, it has hung up on the whole pool: nobody else shall find out."""
    try:
        yield
    except psycopg.OperationalError:
        if driver.closed:
            connection.invalidate()
            connection.engine.dispose()
        raise


def _at_once(driver: Any, texts: Sequence[tuple[str, tuple[Any, ...]]]) -> list[Any]:
    """The answers of PostgreSQL, all sent before the first is waited for."""
    cursors = [psycopg.RawCursor(driver) for _ in texts]
    if len(texts) == 1:
        cursors[0].execute(*texts[0])
    else:
        with driver.pipeline():
            for cursor, text in zip(cursors, texts, strict=True):
                cursor.execute(*text)
    return [cursor.fetchall() for cursor in cursors]


@lru_cache(maxsize=200)
def _word(dialect: Dialect, statement: Select[Any], names: tuple[str, ...], ids: int) -> Wording:
    """Put a statement into a database's words."""
    blanks = dict.fromkeys(names) | ({"ids": [None] * ids} if ids else {})
    told: Any = statement.params(blanks).compile(
        dialect=dialect if dialect.name == "sqlite" else NUMBERED,
        compile_kwargs={"render_postcompile": True},
    )
    columns = list(statement.selected_columns)
    reads = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in columns]
    return Wording(
        str(told),
        tuple((name, _prepare(dialect, told, name)) for name in told.positiontup),
        {name: bound.value for name, bound in told.binds.items() if bound.value is not None},
        namedtuple("Answer", [one.name for one in columns])._make,  # type: ignore[attr-defined] # noqa: PYI024 - its names are known only now
        tuple((place, read) for place, read in enumerate(reads) if read is not None),
    )


def _prepare(dialect: Dialect, told: Any, name: str) -> Read:
    bound = told.binds["ids" if name.startswith("ids_") else name]
    return cast("Read", bound.type.dialect_impl(dialect).bind_processor(dialect))
