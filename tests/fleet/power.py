"""Power cuts without a power switch: from the log of a real server's system calls, what the disk
may hold after a cut at any instant, and whether an answer left before its data was safe.

A crash image of a file is all that was written up to its last fsync, and a random half of what was
written later. `-shm` is left out (it is rebuilt), and so is a journal that was deleted.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

CALLS = "pwrite64,fdatasync,fsync,ftruncate,unlink,write,writev,sendto,sendmsg"
STRACE = ("strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "70000", "-e", f"trace={CALLS}", "-o")
LINE = re.compile(r"^(\d+) +(?:(\w+)\((.*)|<\.\.\. (\w+) resumed>(.*))$")
FD = re.compile(r"^\d+<((?:\\x[0-9a-f]{2}|[^>])*)>")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
OP_ID = re.compile(rb'"id":"([0-9a-f-]{36})"')


@dataclass(frozen=True, slots=True)
class Call:
    """What one system call did: wrote, synced or cut a file, or answered ops."""

    what: str
    path: str = ""
    at: int = 0
    written: bytes = b""
    answered: frozenset[str] = frozenset()


def read(log: Path) -> list[Call]:
    """The calls, in the order in which they ended."""
    begun: dict[str, str] = {}
    calls: list[Call] = []
    for line in log.read_text().splitlines():
        found = LINE.match(line)
        if not found:
            continue
        pid, name, rest, resumed, tail = found.groups()
        if name and rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>")
            continue
        whole = rest if name else begun.pop(pid, "") + tail
        call = _call(name or resumed, whole)
        if call:
            calls.append(call)
    return calls


def _call(name: str, rest: str) -> Call | None:
    fd = FD.match(rest)
    path = Path(_bytes(fd[1]).decode(errors="replace")).name if fd else ""
    if name in {"fdatasync", "fsync"}:
        return Call("sync", path)
    if name == "pwrite64":
        text = TEXT.search(rest)
        offset = re.search(r", (\d+)\)? *=", rest)
        assert text, rest[-80:]
        assert offset, rest[-80:]
        return Call("write", path, int(offset[1]), _bytes(text[1]))
    if name == "ftruncate":
        size = re.search(r">, (\d+)\)", rest)
        return Call("cut", path, int(size[1])) if size else None
    answered = frozenset(
        found.decode() for text in TEXT.findall(rest) for found in OP_ID.findall(_bytes(text))
    )
    return Call("answer", answered=answered) if answered else None


def _bytes(text: str) -> bytes:
    if "\\x" not in text:
        return text.encode()
    return bytes.fromhex(text.replace("\\x", ""))


def answered_early(calls: Iterable[Call], wal: str) -> tuple[int, int]:
    """PW2: of how many answers, how many left while writes to the log file were not synced."""
    answers = early = 0
    dirty = False
    for call in calls:
        if call.path == wal and call.what in {"write", "sync"}:
            dirty = call.what == "write"
        elif call.what == "answer":
            answers += 1
            early += dirty
    return answers, early


def image(calls: Sequence[Call], upto: int, before: Path, folder: Path, rng: Random) -> set[str]:
    """PW1: the files after a cut; returns the ops that were answered until then."""
    seen = calls[:upto]
    for name in (before.name, f"{before.name}-wal"):
        target = folder / name
        target.unlink(missing_ok=True)
        if name == before.name:
            shutil.copy(before, target)
        kept = list(_kept([call for call in seen if call.path == name], rng))
        if kept or target.exists():
            _write(target, kept)
    return {op for call in seen for op in call.answered}


def _kept(calls: Sequence[Call], rng: Random) -> Iterator[Call]:
    syncs = [at for at, call in enumerate(calls) if call.what == "sync"]
    safe = syncs[-1] if syncs else -1
    for at, call in enumerate(calls):
        if call.what != "sync" and (at < safe or rng.random() < 0.5):
            yield call


def _write(target: Path, calls: Iterable[Call]) -> None:
    target.touch()
    with target.open("r+b") as file:
        for call in calls:
            if call.what == "cut":
                file.truncate(call.at)
            else:
                file.seek(call.at)
                file.write(call.written)


def look(path: Path, answered: set[str]) -> str:
    """What became of an image: `whole`, `lost` or `corrupt`."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
            ops = {str(_uuid(row[0])) for row in connection.execute("SELECT op_id FROM op")}
    except sqlite3.DatabaseError:
        return "corrupt"
    if sound != "ok":
        return "corrupt"
    return "lost" if answered - ops else "whole"


def _uuid(stored: bytes | str) -> UUID:
    return UUID(bytes=stored) if isinstance(stored, bytes) else UUID(stored)
