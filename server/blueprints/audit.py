"""The audit: entry and modification, the integrity of the log, outages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from server import current
from server.doors import Call, operation
from server.downloads import FileKind, download
from server.paper import write_pdf
from server.services.audit import audit as audit_rolls
from server.services.audit_tables import audit_table
from server.services.integrity import integrity
from server.services.outage_tables import outages_table
from server.services.outages import outages
from server.services.report_pages import audit_pages
from server.spreadsheet import as_csv
from server.workbook import write_xlsx

audit = Blueprint("audit", __name__)


@operation(audit, "audit")
def report(call: Call) -> dict[str, Any]:
    """Who entered what when."""
    return audit_rolls(current.engine(), call.viewer, call.query, call.now)


@operation(audit, "audit_csv")
def report_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    told = audit_rolls(current.engine(), call.viewer, call.query, call.now)
    return download(as_csv(audit_table(told)), _name(told), FileKind.CSV)


@operation(audit, "audit_xlsx")
def report_xlsx(call: Call) -> Response:
    """The same as a workbook."""
    told = audit_rolls(current.engine(), call.viewer, call.query, call.now)
    book = write_xlsx(audit_table(told), "Entries and changes", call.now)
    return download(book, _name(told), FileKind.XLSX)


@operation(audit, "audit_pdf")
def report_pdf(call: Call) -> Response:
    """The same on paper."""
    told = audit_rolls(current.engine(), call.viewer, call.query, call.now)
    report = audit_pages(current.engine(), call.viewer, told, call.now)
    return download(write_pdf(report, call.now), _name(told), FileKind.PDF)


@operation(audit, "integrity")
def check(call: Call) -> dict[str, Any]:
    """Whether the record is what the log says."""
    return integrity(current.engine(), call.viewer, call.query, call.now)


@operation(audit, "outages")
def offline(call: Call) -> dict[str, Any]:
    """When tablets were away."""
    return outages(current.engine(), call.viewer, call.query, call.now)


@operation(audit, "outages_csv")
def offline_csv(call: Call) -> Response:
    """The same for a spreadsheet."""
    told = outages(current.engine(), call.viewer, call.query, call.now)
    return download(as_csv(outages_table(told)), f"outages-{_dates(told)}", FileKind.CSV)


@operation(audit, "outages_xlsx")
def offline_xlsx(call: Call) -> Response:
    """The same as a workbook."""
    told = outages(current.engine(), call.viewer, call.query, call.now)
    book = write_xlsx(outages_table(told), "Outages", call.now)
    return download(book, f"outages-{_dates(told)}", FileKind.XLSX)


def _name(told: Mapping[str, Any]) -> str:
    return f"audit-{_dates(told)}"


def _dates(told: Mapping[str, Any]) -> str:
    return f"{told['from']}-{told['to']}"
