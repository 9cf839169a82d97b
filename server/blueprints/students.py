"""Doors to the grid of students and periods, its codes and rulings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.grid import draw_grid, draw_student
from server.services.list_codes import list_codes
from server.services.rulings import rule
from server.services.time_enrollment import time_enrollment

students = Blueprint("students", __name__)


@operation(students, "codes")
def codes(call: Call) -> dict[str, Any]:
    """The reasons that may be given on a date."""
    return list_codes(current.engine(), call.viewer, call.query, call.now)


@operation(students, "grid")
def grid(call: Call) -> bytes:
    """Students and periods of a day."""
    return draw_grid(current.engine(), call.viewer, call.query, call.now)


@operation(students, "student_rolls")
def student_rolls(call: Call) -> bytes:
    """One student's rolls over some dates."""
    student_id = call.part("student_id")
    return draw_student(current.engine(), call.viewer, student_id, call.query, call.now)


@operation(students, "time_enrollment")
def enrollment_time(call: Call) -> dict[str, Any]:
    """Say when a student came or left."""
    return time_enrollment(current.engine(), call.viewer, call.body, call.now)


@operation(students, "rule")
def rulings(call: Call) -> bytes:
    """Look at rulings, or make them."""
    return rule(current.engine(), call.viewer, call.body, call.now)
