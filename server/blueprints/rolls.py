"""Rolls to read: one with its history, and what waits for a person."""

from __future__ import annotations

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.certify import certify
from server.services.contested import list_contested
from server.services.history import tell_history
from server.services.list_held import list_held, show_held
from server.services.resolve import resolve
from server.services.sheets import print_sheets

rolls = Blueprint("rolls", __name__)


@operation(rolls, "roll_history")
def history(call: Call) -> bytes:
    """One roll with everything that ever reached it."""
    as_of = call.query.get("as_of")
    return tell_history(current.engine(), call.viewer, call.part("roll_id"), as_of, call.now)


@operation(rolls, "held")
def held(call: Call) -> bytes:
    """The ops that wait for a person, or those that waited."""
    resolved = bool(call.query.get("resolved"))
    return list_held(current.engine(), call.viewer, call.now, resolved=resolved)


@operation(rolls, "held_detail")
def held_detail(call: Call) -> bytes:
    """One held op, and what may be done about it."""
    return show_held(current.engine(), call.viewer, call.part("op_id"), call.now)


@operation(rolls, "resolve_held")
def resolve_held(call: Call) -> bytes:
    """Decide about a held op."""
    return resolve(current.engine(), call.viewer, call.part("op_id"), call.body, call.now)


@operation(rolls, "certify_roll")
def certify_roll(call: Call) -> bytes:
    """Certify a roll, lock it, or open it again."""
    return certify(current.engine(), call.viewer, call.part("roll_id"), call.body, call.now)


@operation(rolls, "contested")
def contested(call: Call) -> bytes:
    """The marks about which people disagree."""
    return list_contested(current.engine(), call.viewer, call.query, call.now)


@operation(rolls, "sheets")
def sheets(call: Call) -> bytes:
    """Blank roll sheets to print."""
    return print_sheets(current.engine(), call.viewer, call.query, call.now)
