"""Attendance as tables for a spreadsheet. Shares are told exactly and in percent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from server.spreadsheet import Table

DAYS = {
    "expected": "Days expected",
    "attended": "Days attended",
    "excused": "Absent, excused",
    "unexcused": "Absent, unexcused",
    "pending": "Absent, waiting for a reason",
    "suspension": "Suspended",
    "study_incomplete": "Study not completed",
    "in_school_suspension": "Of those attended: in-school suspension",
    "study": "Of those attended: independent study",
    "undetermined": "Days without any roll",
}


SESSIONS = {
    "possible": "Sessions possible",
    "attended": "Sessions attended",
    "authorised": "Sessions absent, authorised",
    "unauthorised": "Sessions absent, unauthorised",
    "pending": "Sessions absent, waiting for a reason",
}


def students_table(told: Mapping[str, Any]) -> Table:
    """A line a student; with sessions where the school counts in them."""
    sessions = SESSIONS if told["sessions"] else {}
    head = (
        "Student id", "Family name", "Given name", "Grade", *DAYS.values(), "Part days",
        "Minutes present", "Minutes missed", "Attendance, exactly", "Attendance, percent",
        "Days measured for chronic absence", "Full days absent", "Full days absent, percent",
        "Tier", "Chronic", *sessions.values(),
    )  # fmt: skip
    return Table(
        head,
        (
            (
                one["local_id"],
                one["family_name"],
                one["given_name"],
                one["grade"],
                *_days(one["days"]),
                one["part_days"],
                one["present_min"],
                one["missed_min"],
                exactly(one["rate"]),
                in_percent(one["rate"]),
                one["chronic"]["expected"],
                one["chronic"]["absent"],
                in_percent(one["chronic"]["share"]),
                one["chronic"]["tier"],
                "yes" if one["chronic"]["chronic"] else "no",
                *(one["sessions"][name] for name in sessions),
            )
            for one in told["students"]
        ),
    )


def months_table(told: Mapping[str, Any]) -> Table:
    """A line a month, then the whole span; with sessions where the school counts in them."""
    sessions = SESSIONS if told["sessions"] else {}
    head = (
        "Month", "Days taught", *DAYS.values(), "ADA, exactly", "ADA",
        "Attendance, exactly", "Attendance, percent", *sessions.values(),
    )  # fmt: skip
    lines = [(f"{one['month_on']:%Y-%m}", one) for one in told["months"]]
    every = (f"{told['from']} to {told['to']}", told)
    return Table(
        head,
        (
            (
                month,
                one["days_taught"],
                *_days(one["days"]),
                exactly(one["ada"]),
                rounded(one["ada"]),
                exactly(one["rate"]),
                in_percent(one["rate"]),
                *(one["sessions"][name] for name in sessions),
            )
            for month, one in [*lines, every]
        ),
    )


def exactly(ratio: Mapping[str, int] | None) -> str | None:
    """A share that no spreadsheet takes for a date: 17 of 180."""
    return None if ratio is None else f"{ratio['top']} of {ratio['bottom']}"


def rounded(ratio: Mapping[str, int] | None) -> Decimal | None:
    """To two places, for people to read."""
    return None if ratio is None else Decimal(f"{ratio['top'] / ratio['bottom']:.2f}")


def in_percent(ratio: Mapping[str, int] | None) -> Decimal | None:
    """To two places, rounded down, so that 9.999 percent never looks like ten."""
    if ratio is None:
        return None
    return Decimal(10_000 * ratio["top"] // ratio["bottom"]).scaleb(-2)


def _days(days: Mapping[str, int]) -> Iterable[int]:
    return (days[name] for name in DAYS)
