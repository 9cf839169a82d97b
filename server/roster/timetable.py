"""Reads our own files: bells, calendar, meetings, absences, contacts, deadlines and the like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from server.roster import deadlines
from server.roster.cells import needed_date, span_in, time_in
from server.roster.directory import Directory, SchoolNames
from server.roster.findings import Findings
from server.roster.reading import Progress
from server.roster.sheet import LeftOut, Line, Sheet
from server.roster.source import Source
from server.roster.values import (
    Dates,
    Unreadable,
    grades,
    listed,
    shows_order,
    weekdays,
    word,
)
from sync.identity import imported
from sync.sentence import say

FILES = (
    "bell_schedules", "calendar", "meetings", "absences", "staff_contacts", "deadlines",
    "exemptions", "leaves",
)  # fmt: skip
COLUMNS = {
    "bell_schedules": ("schedule period starts ends", "name"),
    "calendar": ("date", "grades kind schedule day_label note closed_from"),
    "meetings": ("section period", "weekdays day_labels begin end through"),
    "absences": ("student from", "to period"),
    "staff_contacts": ("staff", "room extension"),
    "deadlines": (
        "from",
        "grades period open_before due_after check_after grace close lock_after",
    ),
    "exemptions": ("date why", "section period"),
    "leaves": ("staff from", "to"),
}
KINDS = {
    word(kind): kind for kind in ("instructional", "make_up", "holiday", "closed", "emergency")
}
SCHOOL_KINDS = {"instructional", "make_up"}
Row = dict[str, Any]
Read = Callable[[Line, SchoolNames], Row]


@dataclass
class TimetableFiles:
    """One set of our files being read."""

    source: Source
    findings: Findings
    directory: Directory
    encoding: str
    progress: Progress
    dates: Dates = field(default_factory=Dates)
    renewed: set[UUID] = field(default_factory=set)

    def sheet(self, name: str) -> Sheet:
        """One of our files."""
        required, more = (part.split() for part in COLUMNS[name])
        wanted = ("school", *required, *more)
        return Sheet(self.source, name, self.findings, wanted, required, self.encoding)

    def learn_dates(self) -> None:
        """Finds out from all files whether 8/9/2025 has the month or the day first."""
        shown: set[str | None] = {self.dates.order}
        for name in FILES:
            if self.dates.order is None and self.source.has(name):
                quiet = self.sheet(name)
                quiet.findings = Findings()
                shown |= {shows_order(v) for line in quiet.rows() for v in line.cells.values()}
        found = shown - {None}
        self.dates = Dates(found.pop() if len(found) == 1 else None)

    def read(self, name: str) -> Iterator[tuple[SchoolNames, Row]]:
        """The rows of one file as rows of its table; each key once."""
        if not self.source.has(name):
            return
        reads: dict[str, tuple[Read, tuple[str, ...]]] = {
            "bell_schedules": (self._bell, ("schedule", "period")),
            "calendar": (self._day, ("school_date", "grades")),
            "meetings": (self._meeting, ("section_id", "period", "weekdays", "day_labels")),
            "absences": (self._absence, ("notice_id",)),
            "staff_contacts": (self._contact, ("staff_id",)),
            "deadlines": (self._dated(deadlines.deadline), ("grades", "period", "from_on")),
            "exemptions": (self._dated(deadlines.exemption), ("exemption_id",)),
            "leaves": (self._dated(deadlines.leave), ("leave_id",)),
        }
        read, keys = reads[name]
        seen: dict[tuple[Any, ...], int] = {}
        size = self.source.size(name)
        for line in self.sheet(name).rows():
            try:
                school = self.directory.school(line)
                row = read(line, school)
            except LeftOut:
                continue
            first = seen.setdefault((school.school_id, *(row[k] for k in keys)), line.number)
            if first == line.number:
                yield school, {"school_id": school.school_id, **row}
            else:
                line.note("row_twice", COLUMNS[name][0].split()[0], first=first)
        self.progress(f"Reading {self.source.file(name)}", size, size)

    def _dated(self, read: Callable[[Line, SchoolNames, Dates], Row]) -> Read:
        """Reads a row with what is known of how dates are written."""
        return lambda line, school: read(line, school, self.dates)

    def _bell(self, line: Line, school: SchoolNames) -> Row:
        line.need("schedule", "period", "starts", "ends")
        starts, ends = time_in(line, "starts"), time_in(line, "ends")
        if ends <= starts:
            raise line.lost("ends_before", "ends")
        if school.school_id not in self.renewed:
            # Where bell schedules are sent anew, only those count.
            self.renewed.add(school.school_id)
            school.schedules.clear()
        school.schedules.setdefault(line["schedule"], set()).add(line["period"])
        name = line["name"] or f"Period {line['period']}"
        times = {"starts_time": starts, "ends_time": ends}
        return {"schedule": line["schedule"], "period": line["period"], "name": name, **times}

    def _day(self, line: Line, school: SchoolNames) -> Row:
        on = needed_date(line, "date", self.dates)
        kind = KINDS.get(word(line["kind"] or "instructional"))
        if kind is None:
            raise line.lost("bad_word", "kind", known=", ".join(KINDS.values()))
        schedule = line["schedule"] or None
        if kind in SCHOOL_KINDS:
            line.need("schedule")
            if not school.in_term(on):
                line.note("outside_terms", "date")
        if schedule and schedule not in school.schedules:
            raise line.lost("no_schedule", "schedule")
        if line["closed_from"] and kind not in SCHOOL_KINDS:
            raise line.lost("closed_anyway", "closed_from")
        return {
            "school_date": on,
            "grades": grades("" if line["grades"] == "*" else line["grades"]),
            "kind": kind,
            "schedule": schedule,
            "day_label": line["day_label"] or None,
            "note": line["note"] or None,
            "closed_from_time": time_in(line, "closed_from") if line["closed_from"] else None,
        }

    def _meeting(self, line: Line, school: SchoolNames) -> Row:
        section_id = school.sections.find(line, "section", school.name)
        line.need("period")
        for column in ("period", "through"):
            if line[column] and not school.has_period(line[column]):
                line.note("no_bell", column)
        begin, end = span_in(line, "begin", "end", self.dates)
        for column, on in (("begin", begin), ("end", end)):
            if on and not school.in_term(on):
                line.note("outside_terms", column)
        try:
            days = weekdays(line["weekdays"])
        except Unreadable:
            raise line.lost("bad_word", "weekdays", known=say("letters of MTWRFSU")) from None
        return {
            "section_id": section_id,
            "period": line["period"],
            "weekdays": days,
            "day_labels": ",".join(listed(line["day_labels"])),
            "begin_on": begin,
            "end_on": end,
            "through": line["through"] or None,
        }

    def _absence(self, line: Line, school: SchoolNames) -> Row:
        student_id = school.students.find(line, "student", school.name)
        line.need("from")
        begin, end = span_in(line, "from", "to", self.dates)
        period = line["period"] or None
        key = f"{school.school_id}/{student_id}/{begin}/{end or begin}/{period or ''}"
        return {
            "notice_id": imported("absence", key),
            "student_id": student_id,
            "from_on": begin,
            "to_on": end or begin,
            "period": period,
            "active": True,
        }

    def _contact(self, line: Line, school: SchoolNames) -> Row:
        staff_id: UUID = school.staff.find(line, "staff", school.name)
        room, extension = line["room"] or None, line["extension"] or None
        return {"staff_id": staff_id, "room": room, "extension": extension}
