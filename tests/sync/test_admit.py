"""Taking in an op (rules A)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from sync.admit import Admission, GrantFacts, MeetingFacts, OpFacts, Outcome, Reason, admit
from sync.deadline import is_ahead
from sync.layout import Void
from sync.model import Kind, Rank, RollState
from tests.sync.ops import ANA, BEN, CLEO, MORNING

HOUR = timedelta(hours=1)
CLASS = MeetingFacts(roster=(ANA, BEN))


def sent(
    *students: UUID,
    kind: Kind | None = Kind.SUBMIT,
    rank: Rank | None = Rank.TEACHER,
    grant: GrantFacts | None = None,
) -> OpFacts:
    return OpFacts(kind, rank, MORNING, students, grant)


def ruling(*students: UUID) -> OpFacts:
    return sent(*students, kind=Kind.RULE, rank=Rank.OFFICE)


def held(reason: Reason, *students: UUID) -> Admission:
    return Admission(Outcome.HELD, reason, students)


def test_A9_Ruiz_sends_the_roll_of_her_class() -> None:
    assert admit(CLASS, sent(ANA, BEN)) == Admission(Outcome.ACCEPTED)


def test_A9_an_op_without_lines_is_taken_in() -> None:
    assert admit(CLASS, sent()).outcome is Outcome.ACCEPTED


def test_A1_a_grant_of_another_school_is_refused_before_anything_else() -> None:
    op = sent(ANA, kind=None, grant=GrantFacts(same_school=False))
    assert admit(None, op) == Admission(Outcome.REFUSED, Reason.WRONG_SCHOOL)


def test_A2_a_kind_from_a_newer_app_waits_for_a_newer_server() -> None:
    assert admit(CLASS, sent(ANA, kind=None)) == held(Reason.UNSUPPORTED_KIND)


def test_A3_an_unknown_grant_is_held() -> None:
    assert admit(CLASS, sent(ANA, grant=GrantFacts(known=False))) == held(Reason.GRANT_UNKNOWN)


@pytest.mark.parametrize(
    ("grant", "reason"),
    [
        (GrantFacts(revoked_at=MORNING - HOUR), Reason.GRANT_REVOKED),
        (GrantFacts(until_at=MORNING - HOUR), Reason.GRANT_EXPIRED),
        (GrantFacts(until_at=MORNING - HOUR, revoked_at=MORNING - HOUR), Reason.GRANT_REVOKED),
        (GrantFacts(revoked_at=MORNING), None),
        (GrantFacts(revoked_at=MORNING + HOUR, until_at=MORNING + HOUR), None),
        (GrantFacts(until_at=MORNING), None),
    ],
)
def test_A4_what_was_captured_before_a_grant_ended_counts_however_late(
    grant: GrantFacts, reason: Reason | None
) -> None:
    admission = admit(CLASS, sent(ANA, grant=grant))
    assert admission == (Admission(Outcome.ACCEPTED) if reason is None else held(reason))


def test_A5_an_unknown_roll_another_teachers_roll_and_a_teachers_ruling_look_alike() -> None:
    unknown = admit(None, sent(ANA))
    not_hers = admit(CLASS, sent(ANA, rank=None))
    not_her_right = admit(CLASS, sent(ANA, kind=Kind.RULE))
    assert unknown == not_hers == not_her_right == held(Reason.UNKNOWN_ROLL)


@pytest.mark.parametrize(
    ("void", "reason"),
    [
        (Void.HOLIDAY, Reason.NO_SCHOOL),
        (Void.CLOSED, Reason.NO_SCHOOL),
        (Void.EMERGENCY, Reason.NO_SCHOOL),
        (Void.SECTION_INACTIVE, Reason.ROLL_VOID),
        ("cancelled", Reason.ROLL_VOID),
    ],
)
def test_A6_a_roll_that_should_not_be_is_held_with_its_reason(void: str, reason: Reason) -> None:
    meeting = MeetingFacts((ANA,), void_reason=void)
    assert admit(meeting, sent(ANA)) == admit(meeting, ruling(ANA)) == held(reason)


def test_A6_a_section_thought_empty_is_judged_by_its_roster() -> None:
    assert admit(MeetingFacts((ANA,), void_reason=Void.NO_STUDENTS), sent(ANA)).reason is None
    empty = MeetingFacts((), void_reason=Void.NO_STUDENTS)
    assert admit(empty, sent(ANA)) == held(Reason.NOT_ENROLLED, ANA)


def test_A7_a_certified_roll_holds_submissions_and_takes_corrections() -> None:
    for state in (RollState.CERTIFIED, RollState.CORRECTED):
        meeting = MeetingFacts((ANA,), state)
        assert admit(meeting, sent(ANA)) == held(Reason.CERTIFIED)
        assert admit(meeting, ruling(ANA)).outcome is Outcome.ACCEPTED


def test_A7_a_locked_roll_holds_everything() -> None:
    meeting = MeetingFacts((ANA,), RollState.LOCKED)
    assert admit(meeting, sent(ANA)) == admit(meeting, ruling(ANA)) == held(Reason.LOCKED)


def test_A7_a_submitted_roll_takes_in_more() -> None:
    meeting = MeetingFacts((ANA,), RollState.SUBMITTED)
    assert admit(meeting, sent(ANA)).outcome is Outcome.ACCEPTED


def test_A11_nobody_can_have_seen_a_meeting_of_a_later_day() -> None:
    friday = MeetingFacts((ANA,), ahead=True)
    assert admit(friday, sent(ANA)) == admit(friday, sent(CLEO)) == held(Reason.NOT_OPEN)
    assert admit(friday, ruling(ANA)) == Admission(Outcome.ACCEPTED)


def test_A11_a_day_without_school_is_told_as_that_also_ahead() -> None:
    holiday = MeetingFacts((ANA,), void_reason=Void.HOLIDAY, ahead=True)
    assert admit(holiday, sent(ANA)) == held(Reason.NO_SCHOOL)


def test_A11_a_day_begins_at_midnight_where_the_school_is() -> None:
    on, zone = date(2026, 10, 6), "America/Los_Angeles"
    midnight = datetime(2026, 10, 6, 7, tzinfo=UTC)
    assert is_ahead(on, midnight - timedelta(milliseconds=1), zone)
    assert not is_ahead(on, midnight, zone)
    assert not is_ahead(on, midnight + timedelta(days=3), zone)


def test_A8_F10_2_one_student_who_left_does_not_hold_the_others() -> None:
    admission = admit(CLASS, sent(BEN, CLEO, ANA, CLEO))
    assert admission == Admission(Outcome.ACCEPTED, Reason.NOT_ENROLLED, (CLEO,))


def test_A8_an_op_about_nobody_of_the_class_is_held() -> None:
    assert admit(CLASS, sent(CLEO)) == held(Reason.NOT_ENROLLED, CLEO)
