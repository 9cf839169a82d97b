"""Refolds some days of a school from the log for whoever audits it; changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from server.access import Viewer
from server.db import reading
from server.services.audit_span import audit_span
from server.services.check import check_days


def integrity(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What differs of the rolls between two dates, of what was signed in them and of the months
    that were closed. Raises Problem `invalid`."""
    span = audit_span(viewer, query, now)
    with reading(engine) as connection:
        found = check_days(connection, viewer.school_id, viewer.school_name, viewer.zone, span)
    return {
        "server_time": now,
        "from": span[0],
        "to": span[1],
        "rolls": found.rolls,
        "ops": found.ops,
        "statements": found.statements,
        "months": found.months,
        "differences": [asdict(one) for one in found.differences],
    }
