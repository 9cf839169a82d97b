"""Until when records are kept (T17)."""

from __future__ import annotations

from datetime import date

import pytest

from sync.retention import Kept, Record, purge_from


def test_T17_X05_what_the_audit_needs_goes_after_the_third_july_1() -> None:
    assert purge_from(Record(Kept.AUDIT, date(2026, 12, 15))) == date(2029, 7, 2)
    assert purge_from(Record(Kept.PERMANENT, date(2026, 12, 15))) is None


@pytest.mark.parametrize(
    ("completed", "goes"),
    [
        (date(2026, 6, 30), date(2028, 7, 2)),
        (date(2026, 7, 1), date(2029, 7, 2)),  # that July 1 does not follow it
        (date(2026, 7, 2), date(2029, 7, 2)),
        (date(2026, 1, 1), date(2028, 7, 2)),
    ],
)
def test_T17_a_july_1_that_follows_is_after_the_day_itself(completed: date, goes: date) -> None:
    assert purge_from(Record(Kept.AUDIT, completed)) == goes


def test_T17_without_the_date_or_under_a_hold_nothing_goes() -> None:
    assert purge_from(Record(Kept.AUDIT)) is None
    assert purge_from(Record(Kept.YEARS, last_entry_on=date(2025, 9, 8))) is None
    assert purge_from(Record(Kept.YEARS, years=6)) is None
    assert purge_from(Record(Kept.AUDIT, date(2026, 12, 15), hold=True)) is None


@pytest.mark.parametrize(
    ("entered", "goes"),
    [(date(2025, 9, 8), date(2031, 9, 9)), (date(2024, 2, 29), date(2030, 3, 2))],
)
def test_T17_englands_registers_are_kept_for_six_years(entered: date, goes: date) -> None:
    assert purge_from(Record(Kept.YEARS, last_entry_on=entered, years=6)) == goes
