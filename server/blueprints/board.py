"""The office's board, and what stands beside its rolls."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.aside import draw_aside
from server.services.board import draw_board
from server.services.note_calls import note_calls
from server.services.tablet_words import hear_words

board = Blueprint("board", __name__)


@operation(board, "board")
def show(call: Call) -> bytes:
    """Who has submitted on a day."""
    mails = current.settings().mails
    return draw_board(current.engine(), call.viewer, call.query, call.now, mails=mails)


@operation(board, "board_aside")
def show_aside(call: Call) -> bytes:
    """What stands beside the rolls."""
    return draw_aside(current.engine(), call.viewer, call.query, call.now)


@operation(board, "note_calls")
def call_up(call: Call) -> dict[str, Any]:
    """Note a call, or take it back."""
    undo = call.body.get("undo", False)
    calls = note_calls(current.engine(), call.viewer, call.body["roll_ids"], call.now, undo=undo)
    return {"calls": calls}


@operation(board, "tablet_words")
def hear(call: Call) -> dict[str, Any]:
    """What a tablet has open, and what waits there."""
    shown = hear_words(current.engine(), call.carrier, call.body["words"], call.now)
    return {"server_time": call.now, "roll_ids": shown}
