"""The audit as a table for a spreadsheet: a line for each entry, change and act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from server.spreadsheet import Table, local_time

HEAD = (
    "Date", "Period", "Section", "Teachers", "What", "Who", "Employee id", "Role", "Device",
    "Taken", "Received", "Entered on", "On a later day", "Marks", "Student", "Fact", "From", "To",
    "Why",
)  # fmt: skip
NOT_TAKEN = "not taken"
HIDDEN = "confidential"


def audit_table(told: Mapping[str, Any]) -> Table:
    """A line for each thing that happened, and one for each roll that nobody took."""
    zone = told["school"]["zone"]
    return Table(HEAD, (line for roll in told["rolls"] for line in _lines(roll, zone)))


def _lines(roll: Mapping[str, Any], zone: str) -> Iterator[tuple[Any, ...]]:
    meeting = (
        roll["on"],
        roll["period_name"],
        roll["section_title"],
        ", ".join(roll["teacher_names"]),
    )
    if not roll["taken"]:
        yield (*meeting, NOT_TAKEN, *(None,) * (len(HEAD) - len(meeting) - 1))
    for line in roll["lines"]:
        by = line["by"] or {"name": "by the school's deadlines", "employee_id": None, "role": None}
        values = (HIDDEN, HIDDEN) if line["hidden"] else (line["old"], line["new"])
        yield (
            *meeting,
            line["kind"].value,
            by["name"],
            by["employee_id"],
            by["role"],
            line["device_label"],
            local_time(line["taken_at"], zone),
            local_time(line["received_at"], zone),
            line["entered_on"],
            "yes" if line["later_day"] else "no",
            ", ".join(f"{count} {name}" for name, count in line["summary"].items()),
            line["student_name"],
            line["fact"],
            *values,
            line["why"],
        )
