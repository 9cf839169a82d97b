"""Signatures: weeks, closed days and months, rolls that came on a later day."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.accept_next_day import accept_next_day
from server.services.close_days import close_span
from server.services.show_weeks import show_week, show_weeks
from server.services.sign_week import sign_week
from server.services.since_closed import since_closed

signatures = Blueprint("signatures", __name__)


@operation(signatures, "own_week")
def own(call: Call) -> dict[str, Any]:
    """One's own week."""
    mine = call.viewer.staff_id
    return show_week(current.engine(), call.viewer, mine, call.query, call.now)


@operation(signatures, "sign_week")
def sign(call: Call) -> dict[str, Any]:
    """Sign it."""
    return sign_week(current.engine(), call.viewer, call.body, call.now)


@operation(signatures, "weeks")
def everybodys(call: Call) -> dict[str, Any]:
    """Who has signed."""
    return show_weeks(current.engine(), call.viewer, call.query, call.now)


@operation(signatures, "week_of")
def somebodys(call: Call) -> dict[str, Any]:
    """Somebody's week."""
    staff_id = call.part("staff_id")
    return show_week(current.engine(), call.viewer, staff_id, call.query, call.now)


@operation(signatures, "close_span")
def close(call: Call) -> dict[str, Any]:
    """Close a day or a month, or open it again."""
    close_span(current.engine(), call.viewer, call.body, call.now)
    asked = {"week": call.body["first_on"]}
    return show_weeks(current.engine(), call.viewer, asked, call.now)


@operation(signatures, "since_closed")
def changed(call: Call) -> dict[str, Any]:
    """What changed of a closed month."""
    return since_closed(current.engine(), call.viewer, call.query, call.now)


@operation(signatures, "accept_next_day")
def accept(call: Call) -> None:
    """Accept a roll of an earlier day."""
    why = call.body["why"]
    accept_next_day(current.engine(), call.viewer, call.part("roll_id"), why, call.now)
