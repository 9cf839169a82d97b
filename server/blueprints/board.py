"""The office's board."""

from __future__ import annotations

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.board import draw_board

board = Blueprint("board", __name__)


@operation(board, "board")
def show(call: Call) -> bytes:
    """Who has submitted on a day."""
    return draw_board(current.engine(), call.viewer, call.query, call.now)
