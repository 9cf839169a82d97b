"""How commands speak: plain sentences, tables, and a bar where somebody watches."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from server import settings
from server.settings import PREFIX, SETTINGS, Settings

# Into a file or a pipe tables are not folded.
WIDE = None if sys.stdout.isatty() else 200
out = Console(highlight=False, soft_wrap=True, width=WIDE)
err = Console(stderr=True, highlight=False, soft_wrap=True)
Advance = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class Exit(IntEnum):
    """How a command ends."""

    OK = 0
    FOUND = 1
    BAD_INPUT = 2
    NOT_NOW = 3


EXITS = """\b
Exit codes:
  0  done
  1  done, and a problem was found: see what was printed
  2  wrong input: a command, a setting or a file; nothing was changed
  3  not now: the database cannot be reached or its schema is behind"""


def read_settings() -> Settings:
    """The settings of this environment. Raises BadSettings."""
    return settings.from_environment(os.environ)


def settings_help() -> str:
    """Every setting with its default and what it is for, as a block of `--help`."""
    lines = ["\b", "Settings (environment; NAME_FILE names a file that holds the value):"]
    for name, setting in SETTINGS.items():
        default = f" [{setting.default}]" if setting.default else ""
        lines += [f"  {PREFIX}{name.upper()}{default}", f"      {setting.help}"]
    return "\n".join(lines)


class Stop(click.ClickException):
    """The end of a command that cannot be done, with sentences that say why and what to do."""

    def __init__(self, *sentences: str) -> None:
        """Take what to say."""
        super().__init__("\n".join(sentences))

    def show(self, file: Any = None) -> None:  # noqa: ARG002 - Click's signature
        """Say it on stderr."""
        err.print(self.message, markup=False)


class BadInput(Stop):
    """A command, a setting or a file is wrong; nothing was changed."""

    exit_code = Exit.BAD_INPUT


class NotNow(Stop):
    """The database, or something else outside, does not let it."""

    exit_code = Exit.NOT_NOW


def say(sentence: str = "") -> None:
    """One line for the person who typed."""
    out.print(sentence, markup=False)


def say_json(value: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(value, indent=2, default=str, ensure_ascii=False))


def table(title: str, *columns: str, rows: Sequence[tuple[str, ...]]) -> None:
    """A plain table; nothing when there are no rows."""
    if not rows:
        return
    drawn = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        drawn.add_row(*(cell.replace("[", r"\[") for cell in row))
    out.print(drawn, soft_wrap=False)


@contextlib.contextmanager
def progress(*, quiet: bool = False) -> Iterator[Advance]:
    """A bar for each thing that takes long, on a terminal; a line for each where it is not one."""
    if quiet:
        yield lambda *_: None
    elif err.is_terminal:
        yield from _bars()
    else:
        yield _lines()


def _bars() -> Iterator[Advance]:
    shown: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) as bars:

        def advance(what: str, done: int, total: int) -> None:
            if what not in shown:
                shown[what] = bars.add_task(what, total=total or None)
            bars.update(shown[what], completed=done, total=total or None)

        yield advance


def _lines() -> Advance:
    said: set[str] = set()

    def advance(what: str, done: int, total: int) -> None:  # noqa: ARG001 - a line has no length
        if what not in said:
            said.add(what)
            err.print(f"{what} …", markup=False)

    return advance
