"""Attendance: what students' days came to, on screen and as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import current
from server.doors import Call, operation
from server.downloads import FileKind, download
from server.paper import write_pdf
from server.services import attendance_tables as tables
from server.services.attendance import school_attendance, student_attendance
from server.services.edfi_events import edfi_events
from server.services.report_pages import month_pages
from server.spreadsheet import as_csv
from server.workbook import write_xlsx

attendance = Blueprint("attendance", __name__)


@operation(attendance, "attendance")
def of_school(call: Call) -> dict[str, Any]:
    """Everybody's days."""
    return school_attendance(current.engine(), call.viewer, call.query, call.now)


@operation(attendance, "student_attendance")
def of_student(call: Call) -> dict[str, Any]:
    """One student's."""
    student = call.part("student_id")
    return student_attendance(current.engine(), call.viewer, student, call.query, call.now)


@operation(attendance, "attendance_csv")
def students_csv(call: Call) -> Response:
    """A line a student."""
    told, name = _told(call, "attendance")
    return download(as_csv(tables.students_table(told)), name, FileKind.CSV)


@operation(attendance, "attendance_xlsx")
def students_xlsx(call: Call) -> Response:
    """The same as a workbook."""
    told, name = _told(call, "attendance")
    book = write_xlsx(tables.students_table(told), "Attendance", call.now)
    return download(book, name, FileKind.XLSX)


@operation(attendance, "months_csv")
def months_csv(call: Call) -> Response:
    """A line a month."""
    told, name = _told(call, "attendance-by-month")
    return download(as_csv(tables.months_table(told)), name, FileKind.CSV)


@operation(attendance, "months_xlsx")
def months_xlsx(call: Call) -> Response:
    """The same as a workbook."""
    told, name = _told(call, "attendance-by-month")
    book = write_xlsx(tables.months_table(told), "Attendance by month", call.now)
    return download(book, name, FileKind.XLSX)


@operation(attendance, "months_pdf")
def months_pdf(call: Call) -> Response:
    """The same on paper."""
    told, name = _told(call, "attendance-by-month")
    report = month_pages(current.engine(), call.viewer, told, call.now)
    return download(write_pdf(report, call.now), name, FileKind.PDF)


@operation(attendance, "edfi_events")
def events(call: Call) -> dict[str, Any]:
    """For the district's own systems."""
    return edfi_events(current.engine(), call.viewer, call.query, call.now)


def _told(call: Call, what: str) -> tuple[dict[str, Any], str]:
    """Everybody's days, and the name of a file of them."""
    told = school_attendance(current.engine(), call.viewer, call.query, call.now)
    return told, f"{what}-{told['from']}-{told['to']}"
