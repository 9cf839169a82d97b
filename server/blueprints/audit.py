"""The audit: entry and modification, the integrity of the log, outages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from server import current
from server.blueprints.attendance import kept
from server.doors import Call, operation
from server.services.audit import audit as audit_rolls
from server.services.audit_tables import audit_table
from server.services.integrity import integrity
from server.services.outages import outages

audit = Blueprint("audit", __name__)


@operation(audit, "audit")
def report(call: Call) -> dict[str, Any]:
    """Who entered what when."""
    return audit_rolls(current.engine(), call.viewer, call.query, call.now)


@operation(audit, "audit_csv")
def report_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    told = audit_rolls(current.engine(), call.viewer, call.query, call.now)
    return kept(audit_table(told), f"audit-{told['from']}-{told['to']}")


@operation(audit, "integrity")
def check(call: Call) -> dict[str, Any]:
    """Whether the record is what the log says."""
    return integrity(current.engine(), call.viewer, call.query, call.now)


@operation(audit, "outages")
def offline(call: Call) -> dict[str, Any]:
    """When tablets were away."""
    return outages(current.engine(), call.viewer, call.query, call.now)
