"""Reports: what is missing, and how rolls came over the term; on screen and as CSV."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.own_rates import own_rates
from server.services.rates import school_rates, teacher_rates

reports = Blueprint("reports", __name__)


@operation(reports, "submission_rates")
def rates(call: Call) -> dict[str, Any]:
    """How a school's rolls came."""
    return school_rates(current.engine(), call.viewer, call.query, call.now)


@operation(reports, "teacher_rates")
def rates_of_teachers(call: Call) -> dict[str, Any]:
    """How each teacher's rolls came."""
    return teacher_rates(current.engine(), call.viewer, call.query, call.now)


@operation(reports, "own_rates")
def rates_of_oneself(call: Call) -> dict[str, Any]:
    """How one's own rolls came."""
    return own_rates(current.engine(), call.viewer, call.query, call.now)
