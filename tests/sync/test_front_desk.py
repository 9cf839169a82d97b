"""What the desk's lines say of the meetings of a day (V)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from sync.finding import At
from sync.front_desk import DeskLine, DeskWord, Slot, desk_words, known_away
from sync.intervals import Interval
from sync.model import Presence

FIRST, SECOND, THIRD = (UUID(int=n) for n in (1, 2, 3))
BELLS = {FIRST: (8, 0), SECOND: (9, 0), THIRD: (10, 0)}


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 6, hour, minute, tzinfo=UTC)


def slot(roll: UUID) -> Slot:
    begins = at(*BELLS[roll])
    return Slot(roll, Interval(begins, begins + timedelta(minutes=50)))


SLOTS = [slot(one) for one in BELLS]


def line(what: At, when: datetime, until: datetime | None = None, code: str = "") -> DeskLine:
    number = UUID(int=int(when.timestamp()))
    return DeskLine(number, what, when, until, code or None)


def words(*lines: DeskLine) -> dict[UUID, tuple[Presence | None, int, str | None]]:
    said = desk_words(lines, SLOTS)
    return {roll: (word.presence, word.minutes, word.reason) for roll, word in said.items()}


def test_V2_who_comes_late_is_late_by_the_bell_in_the_period_that_runs() -> None:
    assert words(line(At.ARRIVED, at(8, 12))) == {FIRST: (Presence.LATE, 12, None)}


@pytest.mark.parametrize("when", [at(7, 50), at(8, 0), at(8, 0) + timedelta(seconds=59)])
def test_V2_less_than_a_minute_late_is_nothing_to_say(when: datetime) -> None:
    assert words(line(At.ARRIVED, when)) == {}


def test_V2_between_two_bells_nobody_is_late_and_a_reason_is_for_what_was_missed() -> None:
    assert words(line(At.ARRIVED, at(8, 55))) == {}
    assert words(line(At.ARRIVED, at(8, 55), code="DENTIST")) == {FIRST: (None, 0, "DENTIST")}


def test_V2_who_leaves_has_left_early_and_the_rest_has_the_reason() -> None:
    assert words(line(At.LEFT, at(9, 20), code="DENTIST")) == {
        SECOND: (Presence.LEFT_EARLY, 30, "DENTIST"),
        THIRD: (None, 0, "DENTIST"),
    }
    assert words(line(At.LEFT, at(9, 20))) == {SECOND: (Presence.LEFT_EARLY, 30, None)}


def test_V2_who_leaves_and_returns_is_late_in_the_period_of_her_return() -> None:
    out, back = line(At.LEFT, at(8, 30), code="DENTIST"), line(At.ARRIVED, at(10, 5))
    assert words(out, back) == {
        FIRST: (Presence.LEFT_EARLY, 20, "DENTIST"),
        SECOND: (None, 0, "DENTIST"),
        THIRD: (Presence.LATE, 5, "DENTIST"),
    }
    assert words(back, out) == words(out, back)


def test_V2_gone_for_the_middle_of_a_period_is_evidence_alone() -> None:
    assert words(line(At.LEFT, at(8, 10)), line(At.ARRIVED, at(8, 40))) == {}


def test_V2_late_and_gone_again_in_one_period_has_both_times() -> None:
    said = desk_words([line(At.ARRIVED, at(8, 12)), line(At.LEFT, at(8, 40))], SLOTS)
    assert said[FIRST] == DeskWord(
        UUID(int=int(at(8, 40).timestamp())),
        Presence.LEFT_EARLY,
        at(8, 12),
        at(8, 40),
        None,
        22,
    )
    assert set(said) == {FIRST}


def test_V3_a_sheet_that_covers_a_period_says_elsewhere_and_a_part_of_one_nothing() -> None:
    whole = line(At.VISIT, at(8, 55), at(10, 20))
    assert words(whole) == {SECOND: (Presence.ELSEWHERE, 0, None)}
    assert words(line(At.VISIT, at(9, 1), at(9, 50))) == {}
    assert words(line(At.VISIT, at(8, 0))) == {}


def test_V5_a_room_need_not_look_for_who_is_signed_out_or_on_a_sheet_at_the_bell() -> None:
    out, sheet = line(At.LEFT, at(8, 30)), line(At.VISIT, at(8, 55), at(9, 30))
    spans = [one.span for one in SLOTS]
    assert [known_away([out], span) for span in spans] == [False, True, True]
    assert [known_away([sheet], span) for span in spans] == [False, True, False]
    assert not any(known_away([line(At.VISIT, at(7, 55))], span) for span in spans)
    assert not any(known_away([line(At.ARRIVED, at(10, 30))], span) for span in spans)
