"""A notice and the rolls that came after it: laid out later, or joined later (V6.1)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from server.db import reading
from server.jobs.sweep import extend_layout
from server.models import MarkException, NoticeLine, OpEntry, RollRow, table_of
from server.packs import load_pack
from server.services.fold_days import fold_days
from server.services.follow_notices import follow_notices
from sync.codes import Authorised
from sync.day import Day, Outcome
from tests.support import cast, desk
from tests.support.api import School, Tablet
from tests.support.timetable import Desk, day

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ELIF = EIGHT_A.students[3]
MADE_UP = cast.LAST + timedelta(days=3)
PACK = load_pack("california_lausd")


@pytest.fixture
def phone(school: School) -> Tablet:
    """Lind at the telephone: Elif is away today and tomorrow, and from the last day on."""
    desk.california(school)
    lind = school.tablet(school.cast.lind)
    desk.notice(lind, ELIF, str(cast.TUESDAY), str(cast.WEDNESDAY), code="A-1")
    desk.notice(lind, ELIF, str(cast.LAST), str(MADE_UP), code="A-1")
    return lind


def make_up(school: School) -> None:
    """One more day is taught; its rolls are laid out now."""
    Desk(school.tablet(school.cast.moss)).change(day(MADE_UP, kind="make_up"))


def reason(school: School, one: cast.Class, on: date) -> str | None:
    """Why Elif is away, on a roll."""
    exceptions = school.rows(table_of(MarkException), num=4, roll_id=one.roll(on))
    return exceptions[0].reason if exceptions else None


def folded(school: School, on: date) -> Day:
    with reading(school.engine) as connection:
        (told,) = fold_days(connection, school.cast.birch, PACK, (on, on), {ELIF})
    return told.days[ELIF]


def take(school: School, on: date, *, absent: bool) -> None:
    school.clock.set(cast.local(on, 8, 5))
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3] if absent else [], on=on))


def test_V6_1_a_roll_that_is_laid_out_later_knows_of_the_absence_and_why(phone: Tablet) -> None:
    school = phone.school
    make_up(school)
    assert phone.roll(EIGHT_A, MADE_UP)["known"] == [str(ELIF)]
    assert reason(school, EIGHT_A, MADE_UP) == "A-1"
    (told,) = phone.get(f"rolls/{EIGHT_A.roll(MADE_UP)}")["entries"]
    assert (told["author"]["name"], told["kind"]) == ("R. Lind", "rule")
    assert "A-1" not in str(school.tablet(school.cast.ruiz).roll(EIGHT_A, MADE_UP))
    assert folded(school, MADE_UP).outcome is Outcome.UNDETERMINED
    take(school, MADE_UP, absent=True)
    told = folded(school, MADE_UP)
    assert (told.outcome, told.excuse) == (Outcome.FULL_DAY, Authorised.YES)


def test_V6_1_S37_who_came_after_all_is_present_on_the_roll_laid_out_later_too(
    phone: Tablet,
) -> None:
    school = phone.school
    make_up(school)
    take(school, MADE_UP, absent=False)
    told = folded(school, MADE_UP)
    assert (told.outcome, told.missed) == (Outcome.PRESENT, ())
    assert desk.mark(phone, EIGHT_A, ELIF, on=MADE_UP)["flags"] == ["dormant_reason"]


def test_V6_1_a_roll_that_the_student_joins_later_knows_too_and_twice_is_once(
    phone: Tablet,
) -> None:
    school = phone.school
    desk.enroll(school, ELIF, EIGHT_B)
    extend_layout(school.engine, school.clock.now())
    assert reason(school, EIGHT_B, cast.TUESDAY) == "A-1"
    ops = len(school.rows(table_of(OpEntry)))
    assert follow_notices(school.engine, school.cast.birch, school.clock.now()) == 0
    assert len(school.rows(table_of(OpEntry))) == ops


def test_V6_1_K7_1_beyond_a_limit_it_speaks_on_the_later_roll_with_the_administrators_word(
    school: School,
) -> None:
    """More civic events in a year than the law counts."""
    desk.california(school)
    moss = school.tablet(school.cast.moss)
    civic = {"code": "A-6P", "discretion": "She speaks for the county."}
    desk.notice(moss, ELIF, str(cast.WEDNESDAY), str(cast.WEDNESDAY), **civic)
    desk.notice(moss, ELIF, str(cast.LAST), str(MADE_UP), **civic)
    make_up(school)
    assert reason(school, EIGHT_A, MADE_UP) == "A-6P"
    (told,) = moss.get(f"rolls/{EIGHT_A.roll(MADE_UP)}")["entries"]
    why = "The office was told ahead. Beyond the limit: She speaks for the county."
    assert told["marks"][0]["why"] == why
    assert {one.discretion for one in school.rows(table_of(NoticeLine))} == {civic["discretion"]}


def test_V6_1_a_reason_that_somebody_gave_meanwhile_and_a_locked_roll_stay(phone: Tablet) -> None:
    school = phone.school
    desk.enroll(school, ELIF, EIGHT_B)
    wednesday = {"on": cast.WEDNESDAY, "kind": "rule"}
    mark = {"student_id": str(ELIF), "reason": "A-2", "why": "A call."}
    phone.push(phone.op(EIGHT_B, marks=[mark], **wednesday))
    school.change(table_of(RollRow), {"state": "locked"}, roll_id=EIGHT_B.roll(cast.TUESDAY))
    ops = len(school.rows(table_of(OpEntry)))
    extend_layout(school.engine, school.clock.now())
    assert reason(school, EIGHT_B, cast.WEDNESDAY) == "A-2"
    assert school.rows(table_of(OpEntry), outcome="held") == []
    assert len(school.rows(table_of(OpEntry), roll_id=EIGHT_B.roll(cast.TUESDAY))) == 0
    assert len(school.rows(table_of(OpEntry))) > ops


def test_V7_a_notice_that_ended_says_nothing_on_a_roll_laid_out_later(phone: Tablet) -> None:
    _, told = phone.get("notices")["notices"]
    desk.end_notice(phone, told["notice_id"], str(cast.LAST))
    make_up(phone.school)
    assert phone.roll(EIGHT_A, MADE_UP)["known"] == []
    assert reason(phone.school, EIGHT_A, MADE_UP) is None


def test_T2_3_a_noticed_absence_is_explained_before_the_notice_spoke_on_the_roll(
    phone: Tablet,
) -> None:
    """The moment between a roster and the next sweep; a locked roll stays what it was."""
    school = phone.school
    desk.enroll(school, ELIF, EIGHT_B)
    brandt = school.tablet(school.cast.brandt)
    take(school, cast.TUESDAY, absent=True)
    school.clock.set(cast.local(cast.TUESDAY, 9, 5))
    op = brandt.op(EIGHT_B)
    op["marks"].append({"student_id": str(ELIF), "presence": "absent"})
    brandt.push(op)
    assert reason(school, EIGHT_B, cast.TUESDAY) is None
    told = folded(school, cast.TUESDAY)
    assert (told.outcome, told.excuse) == (Outcome.FULL_DAY, Authorised.YES)
    school.change(table_of(RollRow), {"state": "locked"}, roll_id=EIGHT_B.roll(cast.TUESDAY))
    assert folded(school, cast.TUESDAY).excuse is Authorised.PENDING


def test_T2_3_a_notice_without_a_reason_leaves_the_absence_waiting(school: School) -> None:
    desk.california(school)
    desk.notice(school.tablet(school.cast.lind), ELIF, str(cast.TUESDAY))
    assert folded(school, cast.TUESDAY).outcome is Outcome.UNDETERMINED
    take(school, cast.TUESDAY, absent=True)
    told = folded(school, cast.TUESDAY)
    assert (told.outcome, told.excuse) == (Outcome.FULL_DAY, Authorised.PENDING)
    assert len(school.rows(table_of(NoticeLine))) == 1


def test_V6_1_K7_a_day_beyond_the_limit_is_known_and_waits_for_a_reason(school: School) -> None:
    """Five days of a funeral were laid out when it was told; a sixth comes to it later."""
    desk.california(school)
    lind = school.tablet(school.cast.lind)
    funeral = {"code": "A-5", "incident": "Grandfather"}
    desk.notice(lind, ELIF, str(cast.LAST - timedelta(days=4)), str(MADE_UP), **funeral)
    make_up(school)
    assert lind.roll(EIGHT_A, MADE_UP)["known"] == [str(ELIF)]
    assert reason(school, EIGHT_A, cast.LAST) == "A-5"
    assert reason(school, EIGHT_A, MADE_UP) is None
