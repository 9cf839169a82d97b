"""Rolls to read: one with its history, and what waits for a person."""

from __future__ import annotations

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.history import list_held, tell_history

rolls = Blueprint("rolls", __name__)


@operation(rolls, "roll_history")
def history(call: Call) -> bytes:
    """One roll with everything that ever reached it."""
    return tell_history(current.engine(), call.viewer, call.part("roll_id"), call.now)


@operation(rolls, "held")
def held(call: Call) -> bytes:
    """The ops that wait for a person."""
    return list_held(current.engine(), call.viewer, call.now)
