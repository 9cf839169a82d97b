"""Doors to the front desk, absences known ahead, clearing and contradictions."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.clear import clear, preview_clearing, undo_clearing
from server.services.clear_many import clear_many, undo_many
from server.services.clearing_queue import clearing_queue
from server.services.contradictions import list_contradictions, say_of_finding
from server.services.note_visit import note_visit, withdraw_visit
from server.services.notices import end_notice, list_notices, note_notice
from server.services.quick_rolls import note_shown, own_habits
from server.services.visits import desk_students, list_visits

front_desk = Blueprint("front_desk", __name__)


@operation(front_desk, "desk_students")
def students(call: Call) -> dict[str, Any]:
    """The students by name."""
    return desk_students(current.engine(), call.viewer)


@operation(front_desk, "visits")
def visits(call: Call) -> dict[str, Any]:
    """The lines of a date."""
    return list_visits(current.engine(), call.viewer, call.query, call.now)


@operation(front_desk, "note_visit")
def note(call: Call) -> dict[str, Any]:
    """Write a line."""
    return note_visit(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "withdraw_visit")
def withdraw(call: Call) -> dict[str, Any]:
    """Take a line back."""
    return withdraw_visit(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "notices")
def notices(call: Call) -> dict[str, Any]:
    """Absences known ahead."""
    return list_notices(current.engine(), call.viewer, call.query, call.now)


@operation(front_desk, "note_notice")
def told(call: Call) -> dict[str, Any]:
    """Write down what a family told."""
    return note_notice(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "end_notice")
def ended(call: Call) -> dict[str, Any]:
    """End what was told."""
    return end_notice(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "contradictions")
def findings(call: Call) -> dict[str, Any]:
    """What does not fit together."""
    return list_contradictions(current.engine(), call.viewer, call.query, call.now)


@operation(front_desk, "say_of_finding")
def looked_at(call: Call) -> dict[str, Any]:
    """Note that somebody looked."""
    return say_of_finding(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "quick_rolls")
def quick(call: Call) -> dict[str, Any]:
    """One's own habits of quick rolls."""
    return own_habits(current.engine(), call.viewer, call.now)


@operation(front_desk, "quick_rolls_shown")
def quick_shown(call: Call) -> dict[str, Any]:
    """Note that one was shown one."""
    return note_shown(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "clearing")
def waiting(call: Call) -> dict[str, Any]:
    """What waits for a reason."""
    return clearing_queue(current.engine(), call.viewer, call.query, call.now)


@operation(front_desk, "preview_clearing")
def would_clear(call: Call) -> dict[str, Any]:
    """What a reason would be given to."""
    return preview_clearing(current.engine(), call.viewer, call.body)


@operation(front_desk, "clear")
def cleared(call: Call) -> dict[str, Any]:
    """Give a reason."""
    return clear(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "clear_many")
def cleared_many(call: Call) -> dict[str, Any]:
    """Give several absences a reason, or look first."""
    return clear_many(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "undo_many")
def not_cleared_many(call: Call) -> dict[str, Any]:
    """Take several reasons back."""
    return undo_many(current.engine(), call.viewer, call.body, call.now)


@operation(front_desk, "undo_clearing")
def not_cleared(call: Call) -> dict[str, Any]:
    """Take a reason back."""
    return undo_clearing(current.engine(), call.viewer, call.body, call.now)
