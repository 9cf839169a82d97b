"""Attendance: what students' days came to, on screen and as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import current
from server.doors import Call, operation
from server.services import attendance_tables as tables
from server.services.attendance import school_attendance, student_attendance
from server.services.edfi_events import edfi_events

attendance = Blueprint("attendance", __name__)
CSV = "text/csv; charset=utf-8"


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
    told = school_attendance(current.engine(), call.viewer, call.query, call.now)
    return kept(tables.students_table(told), f"attendance-{told['from']}-{told['to']}")


@operation(attendance, "months_csv")
def months_csv(call: Call) -> Response:
    """A line a month."""
    told = school_attendance(current.engine(), call.viewer, call.query, call.now)
    return kept(tables.months_table(told), f"attendance-by-month-{told['from']}-{told['to']}")


@operation(attendance, "edfi_events")
def events(call: Call) -> dict[str, Any]:
    """For the district's own systems."""
    return edfi_events(current.engine(), call.viewer, call.query, call.now)


def kept(content: bytes, name: str) -> Response:
    """To be kept under a name in which nobody's is."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(content, content_type=CSV, headers=headers)
