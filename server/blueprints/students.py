"""Doors to the grid of students and periods, its codes and rulings."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.list_codes import list_codes

students = Blueprint("students", __name__)


@operation(students, "codes")
def codes(call: Call) -> dict[str, Any]:
    """The reasons that may be given on a date."""
    return list_codes(current.engine(), call.viewer, call.query, call.now)
