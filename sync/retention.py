"""Until when records are kept (T17). The earliest date for the purge, or none yet, or never."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

JULY_FIRST = (7, 1)


class Kept(StrEnum):
    """How long a record is kept: for ever (5 CCR 16023, 432), until well after the audit of its
    year (5 CCR 16026), or for years from its last entry (SI 2024/208 reg 7)."""

    PERMANENT = "permanent"
    AUDIT = "audit"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of a record. `hold`: somebody has to keep it whatever the date."""

    kept: Kept
    audit_completed_on: date | None = None
    last_entry_on: date | None = None
    years: int | None = None
    hold: bool = False


def purge_from(record: Record) -> date | None:
    """The first date on which a record may go; None: not by anything that is known now."""
    if record.hold or record.kept is Kept.PERMANENT:
        return None
    if record.kept is Kept.AUDIT:
        return _after_audit(record.audit_completed_on)
    if record.last_entry_on is None or record.years is None:
        return None
    return _years_after(record.last_entry_on, record.years) + timedelta(days=1)


def _after_audit(completed_on: date | None) -> date | None:
    """The day after the third July 1 that follows the audit."""
    if completed_on is None:
        return None
    first = date(completed_on.year, *JULY_FIRST)
    third = completed_on.year + (2 if completed_on < first else 3)
    return date(third, *JULY_FIRST) + timedelta(days=1)


def _years_after(on: date, years: int) -> date:
    """The same date years later; a leap day's is March 1, rather a day too late than too early."""
    try:
        return on.replace(year=on.year + years)
    except ValueError:
        return date(on.year + years, 3, 1)
