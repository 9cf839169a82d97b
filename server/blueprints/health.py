"""The server's clock, and whether it is up and ready."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from schemas.server import Ready
from server import current
from server.doors import Call, operation
from server.services.ready import check_ready
from server.version import VERSION

health = Blueprint("health", __name__)


@operation(health, "server_time")
def server_time(call: Call) -> dict[str, Any]:
    """The server's clock."""
    return {"server_time": call.now}


@operation(health, "up")
def up(_: Call) -> dict[str, Any]:
    """Whether the process answers."""
    return {"status": "up", "version": VERSION}


@operation(health, "ready")
def ready(call: Call) -> Response:
    """Whether work can be taken: 200, or 503 with what is missing."""
    checks = check_ready(current.engine(), current.settings(), call.now)
    fine = all(check.ok for check in checks)
    response = jsonify(Ready().dump({"ready": fine, "checks": checks}))
    response.status_code = 200 if fine else 503
    return response
