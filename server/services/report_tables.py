"""The reports as tables for a spreadsheet: no student is named, times are the school's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from server.spreadsheet import local_time, write_csv
from sync.rates import Tally, percent

RATE = (
    "Due", "In time", "Received on time", "Taken on time, delivered later", "Late", "Unproven",
    "Not taken", "Not due yet", "Percent in time", "Percent received",
)  # fmt: skip
PARTIAL = "Not over yet"


def not_submitted_table(told: Mapping[str, Any]) -> bytes:
    """A line for each roll that is missing."""
    zone = told["school"]["zone"]
    head = (
        "Date", "Period", "Due", "Checked", "Section", "Section room", "Teacher", "Room",
        "Extension", "Also", "Reminded", "Last reminded", "Called by", "Called", "On a tablet",
        "Tablet last heard",
    )  # fmt: skip
    return write_csv(
        head,
        (
            (
                told["on"],
                roll["period_name"],
                local_time(roll["due_at"], zone),
                local_time(roll["check_at"], zone),
                roll["section_title"],
                roll["room"],
                person["name"],
                person["room"],
                person["extension"],
                ", ".join(roll["with_names"]),
                *_done(roll, zone),
                TABLET[roll["tablet"]["state"]] if roll["tablet"] else None,
                local_time(roll["tablet"]["at"], zone) if roll["tablet"] else None,
            )
            for person in told["people"]
            for roll in person["rolls"]
        ),
    )


TABLET = {"open": "open", "waiting": "saved, on its way"}


def unresolved_table(told: Mapping[str, Any]) -> bytes:
    """A line for each roll that nobody took."""
    zone = told["school"]["zone"]
    head = (
        "Date", "Period", "Due", "Section", "Section room", "Teachers", "Reminded",
        "Last reminded", "Called by", "Called", "Why not taken", "Said by", "Said",
    )  # fmt: skip
    return write_csv(
        head,
        (
            (
                roll["on"],
                roll["period_name"],
                local_time(roll["due_at"], zone),
                roll["section_title"],
                roll["room"],
                ", ".join(roll["teacher_names"]),
                *_done(roll, zone),
                *_said(roll["explained"], zone),
            )
            for roll in told["rolls"]
        ),
    )


def _done(roll: Mapping[str, Any], zone: str) -> tuple[Any, ...]:
    """Reminders and calls."""
    reminded, called = roll["reminded"], roll["called"] or {}
    return (
        reminded["count"],
        local_time(reminded["last_at"], zone),
        called.get("by_name"),
        local_time(called.get("at"), zone),
    )


def _said(explained: Mapping[str, Any] | None, zone: str) -> tuple[Any, ...]:
    if explained is None:
        return (None, None, None)
    return explained["why"], explained["by"]["name"], local_time(explained["at"], zone)


def days_table(told: Mapping[str, Any]) -> bytes:
    """A line for each school date."""
    return write_csv(
        ("Date", *RATE, PARTIAL),
        (
            (day["on"], *_rate(day["rate"]), "yes" if day["partial"] else None)
            for day in told["days"]
        ),
    )


def periods_table(told: Mapping[str, Any]) -> bytes:
    """A line for each class period."""
    return write_csv(
        ("Period", *RATE), ((one["name"], *_rate(one["rate"])) for one in told["periods"])
    )


def teachers_table(told: Mapping[str, Any]) -> bytes:
    """A line for each teacher."""
    return write_csv(
        ("Teacher", *RATE), ((one["name"], *_rate(one["total"])) for one in told["teachers"])
    )


def _rate(rate: Mapping[str, int]) -> Iterable[int | None]:
    counts = Tally(**rate)
    return (
        counts.due,
        counts.in_time,
        counts.on_time,
        counts.delivered_later,
        counts.late,
        counts.unproven,
        counts.not_taken,
        counts.pending,
        percent(counts.in_time, counts.due),
        percent(counts.received, counts.due),
    )
