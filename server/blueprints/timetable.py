"""The timetable at the desk: calendar, bells, deadlines, exemptions, leaves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.change_timetable import change_timetable
from server.services.import_files import import_files
from server.services.show_day import show_day
from server.services.show_timetable import show_timetable

timetable = Blueprint("timetable", __name__)


@operation(timetable, "timetable")
def show(call: Call) -> dict[str, Any]:
    """The timetable between two dates."""
    return show_timetable(current.engine(), call.viewer, call.query, call.now)


@operation(timetable, "timetable_day")
def day(call: Call) -> dict[str, Any]:
    """Every meeting of a date."""
    return show_day(current.engine(), call.viewer, call.query, call.now)


@operation(timetable, "change_timetable")
def change(call: Call) -> dict[str, Any]:
    """Change it, or see what a change would move."""
    return change_timetable(current.engine(), call.viewer, call.body, call.now)


@operation(timetable, "import_files")
def files(call: Call) -> dict[str, Any]:
    """Bring in its files, or see what they would change."""
    return import_files(current.engine(), call.viewer, call.body, call.now)
