"""The audit: entry and modification, the integrity of the log, outages. All of it is read-only."""

from __future__ import annotations

from typing import Final

from schemas import audit
from schemas.operation import CSV, PDF, READERS, SCHOOL, XLSX, Operation

AUDIT: Final = (
    Operation(
        "audit",
        "GET",
        f"{SCHOOL}/audit",
        "Who entered each roll when, and every change, of a day, a teacher or a student",
        READERS,
        relation="own school",
        query=audit.AuditQuery,
        returns=audit.AuditReport,
    ),
    Operation(
        "audit_csv",
        "GET",
        f"{SCHOOL}/audit.csv",
        "The same for a spreadsheet, a line for each entry and change",
        READERS,
        relation="own school",
        query=audit.AuditQuery,
        media=CSV,
    ),
    Operation(
        "audit_xlsx",
        "GET",
        f"{SCHOOL}/audit.xlsx",
        "The same as a workbook",
        READERS,
        relation="own school",
        query=audit.AuditQuery,
        media=XLSX,
    ),
    Operation(
        "audit_pdf",
        "GET",
        f"{SCHOOL}/audit.pdf",
        "The same on paper: who asked for it when, and the digest of the same file",
        READERS,
        relation="own school",
        query=audit.AuditPaperQuery,
        media=PDF,
    ),
    Operation(
        "integrity",
        "GET",
        f"{SCHOOL}/audit/integrity",
        "Refold the rolls of some days from the log and report any difference",
        READERS,
        relation="own school",
        query=audit.SpanQuery,
        returns=audit.Integrity,
    ),
    Operation(
        "outages",
        "GET",
        f"{SCHOOL}/audit/outages",
        "When tablets could not reach the school, and when no server is known to have run",
        READERS,
        relation="own school",
        query=audit.SpanQuery,
        returns=audit.Outages,
    ),
    Operation(
        "outages_csv",
        "GET",
        f"{SCHOOL}/audit/outages.csv",
        "The same for a spreadsheet, with each start of the server",
        READERS,
        relation="own school",
        query=audit.SpanQuery,
        media=CSV,
    ),
    Operation(
        "outages_xlsx",
        "GET",
        f"{SCHOOL}/audit/outages.xlsx",
        "The same as a workbook",
        READERS,
        relation="own school",
        query=audit.SpanQuery,
        media=XLSX,
    ),
)
