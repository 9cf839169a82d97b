"""Reports: what is missing, and how rolls came over the term; on screen and as CSV."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import current
from server.doors import Call, operation
from server.downloads import FileKind, download
from server.services import report_tables as tables
from server.services.explain_roll import explain_roll
from server.services.not_submitted import not_submitted
from server.services.own_rates import own_rates
from server.services.rates import school_rates, teacher_rates
from server.services.unresolved import unresolved

reports = Blueprint("reports", __name__)


@operation(reports, "not_submitted")
def missing(call: Call) -> dict[str, Any]:
    """What is missing of a day."""
    mails = current.settings().mails
    return not_submitted(current.engine(), call.viewer, call.query, call.now, mails=mails)


@operation(reports, "not_submitted_csv")
def missing_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    mails = current.settings().mails
    told = not_submitted(current.engine(), call.viewer, call.query, call.now, mails=mails)
    return _file(tables.not_submitted_table(told), f"rolls-not-submitted-{told['on']}")


@operation(reports, "unresolved")
def never_taken(call: Call) -> dict[str, Any]:
    """What nobody took."""
    return unresolved(current.engine(), call.viewer, call.query, call.now)


@operation(reports, "unresolved_csv")
def never_taken_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    told = unresolved(current.engine(), call.viewer, call.query, call.now)
    return _file(tables.unresolved_table(told), f"rolls-unresolved-{told['to']}")


@operation(reports, "explain_roll")
def explain(call: Call) -> dict[str, Any]:
    """Say why nobody took a roll."""
    why = call.body["why"]
    return explain_roll(current.engine(), call.viewer, call.part("roll_id"), why, call.now)


@operation(reports, "submission_rates")
def rates(call: Call) -> dict[str, Any]:
    """How a school's rolls came."""
    return school_rates(current.engine(), call.viewer, call.query, call.now)


@operation(reports, "days_csv")
def days_csv(call: Call) -> Response:
    """By day, for a spreadsheet."""
    told = school_rates(current.engine(), call.viewer, call.query, call.now)
    return _file(tables.days_table(told), f"submission-by-day-{told['from']}-{told['to']}")


@operation(reports, "periods_csv")
def periods_csv(call: Call) -> Response:
    """By period, for a spreadsheet."""
    told = school_rates(current.engine(), call.viewer, call.query, call.now)
    return _file(tables.periods_table(told), f"submission-by-period-{told['from']}-{told['to']}")


@operation(reports, "teacher_rates")
def rates_of_teachers(call: Call) -> dict[str, Any]:
    """How each teacher's rolls came."""
    return teacher_rates(current.engine(), call.viewer, call.query, call.now)


@operation(reports, "teachers_csv")
def teachers_csv(call: Call) -> Response:
    """By teacher, for a spreadsheet."""
    told = teacher_rates(current.engine(), call.viewer, call.query, call.now)
    return _file(tables.teachers_table(told), f"submission-by-teacher-{told['from']}-{told['to']}")


@operation(reports, "own_rates")
def rates_of_oneself(call: Call) -> dict[str, Any]:
    """How one's own rolls came."""
    return own_rates(current.engine(), call.viewer, call.query, call.now)


def _file(content: bytes, name: str) -> Response:
    return download(content, name, FileKind.CSV)
