"""Which rolls are missing, and from when on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sync.missing import Expectation, Missing, missing

CHECK = datetime(2026, 10, 6, 15, 30, tzinfo=UTC)
CLOSE = datetime(2026, 10, 7, 0, 0, tzinfo=UTC)
A_MOMENT = timedelta(milliseconds=1)
ROLL = Expectation(expected=True, taken=False, check_at=CHECK, closes_at=CLOSE)


def test_B3_1_a_roll_is_looked_for_from_its_check_on() -> None:
    assert missing(ROLL, CHECK - A_MOMENT) is Missing.DUE
    assert missing(ROLL, CHECK) is Missing.NOT_SUBMITTED
    assert missing(ROLL, CLOSE - A_MOMENT) is Missing.NOT_SUBMITTED


def test_B3_1_what_was_taken_or_is_not_expected_is_missing_never() -> None:
    for roll in (replace(ROLL, taken=True), replace(ROLL, expected=False)):
        for now in (CHECK - A_MOMENT, CHECK, CLOSE, CLOSE + timedelta(days=300)):
            assert missing(roll, now) is Missing.NO


def test_B4_1_from_closing_on_it_is_unresolved_until_somebody_says_why() -> None:
    assert missing(ROLL, CLOSE) is Missing.UNRESOLVED
    assert missing(ROLL, CLOSE + timedelta(days=300)) is Missing.UNRESOLVED
    assert missing(replace(ROLL, explained=True), CLOSE) is Missing.RESOLVED


def test_B4_2_taken_after_all_it_is_missing_no_more_whatever_was_said() -> None:
    assert missing(replace(ROLL, taken=True, explained=True), CLOSE) is Missing.NO
