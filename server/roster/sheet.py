"""Reads one CSV file row by row, with the encodings, headers and quotes of real exports."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from server.roster.findings import Findings, refusal
from server.roster.source import Source

MAX_COLUMNS = 200
MAX_FIELD = 1_000
MAX_LIST = 4_000  # a specialist's thirty schools in one cell
MAX_LINE = 256 * 1024
# NUL, control characters, and what UTF-8 could not decode.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\udc80-\udcff]")
UNDECODED = re.compile("[\udc80-\udcff]")
Row = dict[str, str]


class LeftOut(Exception):
    """This row cannot be used; why was noted."""


@dataclass(slots=True)
class Line:
    """One row of a file, with its place; a missing column reads as blank."""

    sheet: Sheet
    number: int
    cells: Row

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def note(self, code: str, column: str, found: str | None = None, **words: object) -> None:
        """Note a finding at a column; the row is used all the same."""
        found = self[column] if found is None else found
        self.sheet.findings.note(code, self.sheet.file, self.number, column, found, **words)

    def lost(self, code: str, column: str, found: str | None = None, **words: object) -> LeftOut:
        """Note why the row cannot be used, and give what is to be raised. What the school already
        has under the row's id is not withdrawn for it."""
        self.note(code, column, found, **words)
        self.sheet.bad.setdefault(self["sourcedId"], self.number)
        return LeftOut()

    def need(self, *columns: str) -> None:
        """Raises LeftOut when a required value is blank."""
        for column in columns:
            if not self[column]:
                raise self.lost("required", column)


@dataclass
class Sheet:
    """One file being read. `bad` are the ids of rows that cannot be used, with their lines."""

    source: Source
    name: str
    findings: Findings
    wanted: Sequence[str]
    required: Sequence[str] = ("sourcedId",)
    encoding: str = "utf-8"
    on_bytes: Callable[[int], None] | None = None
    bad: dict[str, int] = field(default_factory=dict)
    columns: frozenset[str] = frozenset()

    @property
    def file(self) -> str:
        """The file's name for findings."""
        return self.source.file(self.name)

    def rows(self) -> Iterator[Line]:
        """Each sound row; blank ones are passed over. Raises Refused."""
        csv.field_size_limit(MAX_LIST * 3)
        with contextlib.closing(_Lines(self)) as lines:
            yield from self._rows(lines)

    def _rows(self, lines: _Lines) -> Iterator[Line]:
        header, delimiter = self._header(lines)
        places = self._places(header)
        reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
        while True:
            line = lines.number + 1
            lines.suspect = False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as no:
                self.note("quote", line, why=no)
                continue
            row = self._row(line, cells, places, len(header)) if any(cells) else None
            if row and (not lines.suspect or self._is_clean(line, row)):
                yield Line(self, line, row)

    def note(
        self,
        code: str,
        line: int | None,
        column: str | None = None,
        found: str = "",
        lost: str = "",
        **words: object,
    ) -> None:
        """Note a finding in this file. `lost` is the id of a row that is therefore left out: what
        the school already has under that id is not withdrawn for it."""
        if lost:
            self.bad.setdefault(lost, line or 0)
        self.findings.note(code, self.file, line, column, found, **words)

    def _header(self, lines: _Lines) -> tuple[list[str], str]:
        text = next((text for text in lines if text.strip(' ,;\t"\n')), None)
        if text is None:
            raise refusal("empty", self.file)
        known = {fold(name) for name in (*self.wanted, *self.required)}
        headers = {
            mark: next(csv.reader([text], delimiter=mark, skipinitialspace=True))
            for mark in ",;\t|"
        }
        delimiter = max(headers, key=lambda mark: len(known & {fold(c) for c in headers[mark]}))
        header = headers[delimiter]
        if len(header) > MAX_COLUMNS:
            raise refusal("columns", self.file, lines.number, count=len(header), limit=MAX_COLUMNS)
        return header, delimiter

    def _places(self, header: list[str]) -> dict[str, int]:
        by_fold = {fold(name): name for name in (*self.wanted, *self.required)}
        places: dict[str, int] = {}
        for index, cell in enumerate(header):
            name = by_fold.get(fold(cell))
            if name in places:
                self.note("column_twice", 1, name, cell)
            elif name:
                places[name] = index
        for name in self.required:
            if name not in places:
                raise refusal("no_column", self.file, 1, name, ",".join(header[:6]), name=name)
        self.columns = frozenset(places)
        return places

    def _row(self, line: int, cells: list[str], places: dict[str, int], width: int) -> Row | None:
        count = len(cells)
        row = {
            name: cells[index].strip() if index < count else "" for name, index in places.items()
        }
        lost = row.get("sourcedId", "")
        if count > width and any(cell.strip() for cell in cells[width:]):
            self.note("too_many_fields", line, None, f"{count} for {width}", lost)
            return None
        for name, value in row.items():
            limit = MAX_LIST if name.endswith("s") else MAX_FIELD
            if len(value) > limit:
                self.note("too_long", line, name, value, lost, limit=limit)
                return None
        return row if any(row.values()) else None

    def _is_clean(self, line: int, row: Row) -> bool:
        for name, value in row.items():
            if FORBIDDEN.search(value):
                code = "not_utf8" if UNDECODED.search(value) else "control_character"
                lost = row.get("sourcedId", "")
                self.note(code, line, name, value, "" if FORBIDDEN.search(lost) else lost)
                return False
            row[name] = " ".join(value.split())
        return True


class _Lines:
    """A file's lines, decoded and bounded; `suspect` says that a row needs a closer look."""

    def __init__(self, sheet: Sheet) -> None:
        self.number = 0
        self.suspect = False
        self._sheet = sheet
        self._each = self._decoded()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._each)
        self.number += 1
        if len(line) > MAX_LINE:
            raise refusal("long_line", self._sheet.file, self.number)
        if FORBIDDEN.search(line) or line.count('"') % 2:
            self.suspect = True
        return line

    def close(self) -> None:
        """Let go of the file, also where it was not read to its end."""
        self._each.close()

    def _decoded(self) -> Generator[str, None, None]:
        encoding = "utf-8-sig" if self._sheet.encoding == "utf-8" else self._sheet.encoding
        decoder = io.IncrementalNewlineDecoder(
            codecs.getincrementaldecoder(encoding)("surrogateescape"), translate=True
        )
        with contextlib.closing(self._sheet.source.chunks(self._sheet.name)) as chunks:
            yield from self._split(chunks, decoder)

    def _split(
        self, chunks: Iterator[bytes], decoder: io.IncrementalNewlineDecoder
    ) -> Iterator[str]:
        rest = ""
        for chunk in chunks:
            if not self.number and not rest and _is_utf16(chunk):
                raise refusal("utf16", self._sheet.file)
            if self._sheet.on_bytes:
                self._sheet.on_bytes(len(chunk))
            *complete, rest = (rest + decoder.decode(chunk)).split("\n")
            if len(rest) > MAX_LINE:
                raise refusal("long_line", self._sheet.file, self.number + len(complete) + 1)
            yield from (f"{line}\n" for line in complete)
        rest += decoder.decode(b"", final=True)
        if rest:
            yield rest


def _is_utf16(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[:200].count(b"\x00") > 20


def fold(name: str) -> str:
    """A column's name without regard to case, spaces, underscores and a plural s."""
    return re.sub(r"[^a-z0-9]", "", name.casefold()).removesuffix("s")
