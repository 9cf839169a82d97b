"""What the readers of a roster's files share: rows by status, references, dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from server.roster.findings import Findings, refusal
from server.roster.records import Known, Mode
from server.roster.sheet import LeftOut, Line, Sheet
from server.roster.source import Source
from server.roster.values import (
    Dates,
    Unreadable,
    is_placeholder,
    is_slashed,
    shows_order,
    word,
)

Progress = Callable[[str, int, int], None]
LOOK_AT = 2_000


@dataclass
class Reading:
    """One roster being read, file by file, in the order in which rows refer to each other."""

    source: Source
    findings: Findings
    modes: dict[str, Mode]
    known: Known
    encoding: str
    progress: Progress
    dates: Dates = field(default_factory=Dates)
    deleted: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bad: defaultdict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    passed_over: Counter[str] = field(default_factory=Counter)

    def sheet(self, name: str, wanted: str, required: str = "sourcedId") -> Sheet:
        """A file of the roster, to be read by these columns."""
        file, total, done = self.source.file(name), self.source.size(name), 0

        def on_bytes(count: int) -> None:
            nonlocal done
            done += count
            self.progress(f"Reading {file}", min(done, total), total)

        columns = ("status", *wanted.split())
        sheet = Sheet(
            self.source, name, self.findings, columns, required.split(), self.encoding, on_bytes
        )
        sheet.bad = self.bad[name]
        return sheet

    def rows(self, sheet: Sheet, gone: list[Line] | None = None) -> Iterator[Line]:
        """The rows that are to be kept, each id once; those to be deleted are remembered, whole in
        `gone` if that is given."""
        seen: dict[str, int] = {}
        for line in sheet.rows():
            sourced_id = line["sourcedId"]
            if not sourced_id:
                line.note("required", "sourcedId")
                continue
            # One small number a row: a district has a million of them.
            mark = hash(tuple(line.cells.values())) & 0xFFFFFFFF
            before = seen.setdefault(sourced_id, mark << 32 | line.number)
            if (first := before & 0xFFFFFFFF) != line.number:
                code = "same_row_twice" if before >> 32 == mark else "duplicate_id"
                line.note(code, "sourcedId", first=first)
            elif line["status"] and self._is_deleted(line):
                self.deleted[sheet.name].add(sourced_id)
                if gone is not None:
                    gone.append(line)
            else:
                yield line

    def _is_deleted(self, line: Line) -> bool:
        plain = word(line["status"])
        if plain in {"active", "tobedeleted"}:
            return plain == "tobedeleted"
        gone = plain in {"inactive", "deleted"}
        line.note("unknown_status", "status", read_as="tobedeleted" if gone else "active")
        return gone

    def dangling(self, line: Line, column: str, what: str, where: str) -> LeftOut:
        """Notes a reference to something that is not there, or was itself left out."""
        file = self.source.file(where)
        first = self.bad[where].get(line[column])
        if first:
            return line.lost("depends", column, what=what, where=file, first=first)
        return line.lost("dangling", column, what=what, where=file)

    def date(self, line: Line, column: str) -> date | None:
        """The date in a column, None for blank or "for ever". Raises LeftOut when unreadable."""
        text = line[column]
        try:
            found = self.dates.read(text)
        except Unreadable:
            unclear = self.dates.order is None and is_slashed(text)
            raise line.lost("ambiguous_date" if unclear else "bad_date", column) from None
        if found and is_placeholder(found):
            line.note("placeholder_date", column)
            return None
        return found

    def learn_dates(self) -> None:
        """Finds out from the files whether 8/9/2025 has the month or the day first."""
        shown: set[str] = set()
        for name, columns in (
            ("academicSessions", ("startDate", "endDate")),
            ("enrollments", ("beginDate", "endDate")),
            ("roles", ("beginDate", "endDate")),
        ):
            if self.source.has(name):
                shown |= self._orders_in(name, columns)
        if len(shown) > 1:
            raise refusal("mixed_dates", self.source.name)
        self.dates.order = shown.pop() if shown else None

    def _orders_in(self, name: str, columns: tuple[str, str]) -> set[str]:
        sheet = Sheet(self.source, name, Findings(), columns, (), self.encoding)
        shown: set[str] = set()
        slashed = False
        for count, line in enumerate(sheet.rows()):
            for value in line.cells.values():
                slashed = slashed or is_slashed(value)
                if slashed and (order := shows_order(value)):
                    shown.add(order)
            if count > LOOK_AT and not slashed:
                break
        return shown
