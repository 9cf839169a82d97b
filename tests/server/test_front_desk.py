"""Late at the window, gone early, with the nurse: what is written, ruled and taken back (V)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from server.columns import spell
from server.models import DeskVisit, MarkException, Student, table_of
from server.services.check import check
from tests.server.guest_tablet import code_of
from tests.support import cast, desk
from tests.support.api import School, Tablet, Tree

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ELIF = EIGHT_A.students[3]
VISITS = table_of(DeskVisit)


def at(hour: int, minute: int = 0) -> datetime:
    return cast.local(cast.TUESDAY, hour, minute)


@pytest.fixture
def window(school: School) -> Tablet:
    """Lind at the window; Elif has two periods."""
    desk.california(school)
    desk.enroll(school, ELIF, EIGHT_B)
    return school.tablet(school.cast.lind)


def test_V2_V4_an_absence_taken_before_she_came_is_explained_by_her_arrival(
    window: Tablet,
) -> None:
    school = window.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    told = desk.visit(window, ELIF, "arrived")
    (ruled,) = told["rolls"]
    assert (ruled["presence"], ruled["minutes"], ruled["outcome"]) == ("late", 12, "accepted")
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["office"], line["seen"]) == ("late", "late", "absent")
    assert line["arrived_at"] == spell(school.clock.now())
    assert "contested" not in line.get("flags", [])
    assert ruiz.roll(EIGHT_A)["contested"] == 0


def test_V4_who_never_came_to_the_room_after_the_window_saw_her_is_asked_for(
    window: Tablet,
) -> None:
    school = window.school
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    desk.visit(window, ELIF, "arrived")
    school.clock.set(cast.local(cast.TUESDAY, 8, 25))
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    flags = desk.mark(window, EIGHT_A, ELIF)["flags"]
    assert {"contested", "safety"} <= set(flags)


def test_V2_the_arrival_reaches_the_teachers_tablet_with_its_minutes(window: Tablet) -> None:
    school = window.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.bootstrap()
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    desk.visit(window, ELIF, "arrived")
    rolls = [one for one in ruiz.pull() if one["roll_id"] == str(EIGHT_A.roll())]
    (line,) = rolls[-1]["marks"]
    assert (line["presence"], line["arrived_at"]) == ("late", spell(school.clock.now()))
    assert rolls[-1]["state"] == "not_taken"


def test_V1_a_line_is_taken_back_with_what_it_ruled_and_stays_written(window: Tablet) -> None:
    school = window.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    told = desk.visit(window, ELIF, "arrived")
    school.clock.forward(minutes=1)
    after = desk.withdraw(window, told["visit_id"])
    assert not after["stands"]
    assert after["withdrawn_by"]["name"] == "R. Lind"
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line.get("office")) == ("absent", None)
    assert {row.what for row in school.rows(VISITS)} == {"arrived", "withdrawn"}
    assert {row.by for row in school.rows(VISITS)} == {school.cast.lind.staff_id}
    answer = window.post(
        "visits/withdrawn", {"withdrawal_id": str(uuid4()), "visit_id": told["visit_id"]}
    )
    assert code_of(answer) == (409, "not_possible")


def test_V1_a_corrected_time_is_a_line_more_and_rules_anew(window: Tablet) -> None:
    school = window.school
    school.clock.set(cast.local(cast.TUESDAY, 8, 30))
    first = desk.visit(window, ELIF, "arrived", at=at(8, 12))
    school.clock.forward(minutes=1)
    desk.visit(window, ELIF, "arrived", at=at(8, 21), replaces=first["visit_id"])
    line = desk.mark(window, EIGHT_A, ELIF)
    assert line["arrived_at"] == spell(cast.local(cast.TUESDAY, 8, 21))
    listed = window.get("visits")["visits"]
    assert [(one["stands"], one["withdrawn_at"]) for one in listed] == [(True, None), (False, None)]
    again = desk.post_visit(window, ELIF, "arrived", at=at(8, 5), replaces=first["visit_id"])
    assert code_of(again) == (409, "not_possible")


def test_V4_what_somebody_else_ruled_meanwhile_stays_as_it_stands(window: Tablet) -> None:
    school = window.school
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    told = desk.visit(window, ELIF, "arrived")
    moss = school.tablet(school.cast.moss)
    parents = [moss.roll(EIGHT_A)["ops"][0]]
    ruling: Tree = {"student_id": str(ELIF), "presence": "present", "parents": parents}
    op = moss.op(EIGHT_A) | {"kind": "rule", "marks": [ruling | {"why": "The bus was late."}]}
    del op["grant"], op["clock"]
    assert moss.push(op)[0]["outcome"] == "accepted"
    desk.withdraw(window, told["visit_id"])
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["office"]) == ("present", "present")


def test_V2_V5_who_leaves_with_a_reason_is_known_away_for_the_rest_of_the_day(
    window: Tablet,
) -> None:
    school = window.school
    ruiz, brandt = school.tablet(school.cast.ruiz), school.tablet(school.cast.brandt)
    ruiz.push(ruiz.op(EIGHT_A))
    school.clock.set(cast.local(cast.TUESDAY, 8, 30))
    brandt.bootstrap()
    told = desk.visit(window, ELIF, "left", code="A-2")
    assert [(one["period"], one["presence"]) for one in told["rolls"]] == [
        ("1", "left_early"),
        ("2", None),
    ]
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["seen"]) == ("left_early", "present")
    assert "contested" not in line.get("flags", [])
    (news,) = [one for one in brandt.pull() if one.get("roll_id") == str(EIGHT_B.roll())]
    assert news["known"] == [str(ELIF)]
    assert "A-2" not in str(news)
    desk.withdraw(window, told["visit_id"])
    assert brandt.pull()[-1]["known"] == []


def test_V3_a_sheet_for_the_whole_period_is_elsewhere_and_its_end_is_a_line_more(
    window: Tablet,
) -> None:
    school = window.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(cast.local(cast.TUESDAY, 8, 52))
    open_line = desk.visit(window, ELIF, "visit", place="nurse", at=at(7, 58))
    assert open_line["rolls"] == []
    closed = desk.visit(
        window,
        ELIF,
        "visit",
        place="nurse",
        at=at(7, 58),
        until=at(8, 51),
        replaces=open_line["visit_id"],
    )
    assert [one["presence"] for one in closed["rolls"]] == ["elsewhere"]
    line = desk.mark(window, EIGHT_A, ELIF)
    assert (line["presence"], line["seen"]) == ("elsewhere", "absent")
    assert "nurse" not in str(ruiz.get(f"rolls/{EIGHT_A.roll()}"))


def test_V1_the_same_line_sent_again_is_written_once(window: Tablet) -> None:
    window.school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    same = {"visit_id": str(uuid4())}
    assert desk.visit(window, ELIF, "arrived", **same) == desk.visit(
        window, ELIF, "arrived", **same
    )
    assert len(window.school.rows(VISITS)) == 1
    other = desk.post_visit(window, EIGHT_A.students[4], "arrived", **same)
    assert code_of(other) == (409, "not_possible")


def test_a_line_that_makes_no_sense_is_refused_in_words(window: Tablet) -> None:
    stranger = window.school.cast.alder_8a.students[0]
    nobody = desk.post_visit(window, stranger, "arrived")
    assert list(nobody.get_json()["errors"]) == ["student_id"]
    wrong: list[tuple[Tree, str]] = [
        ({"at": cast.MORNING + timedelta(minutes=10)}, "at"),
        ({"until": cast.MORNING + timedelta(minutes=10)}, "until"),
        ({"place": "nurse"}, "place"),
        ({"what": "visit"}, "place"),
        ({"code": "NO-SUCH"}, "code"),
        ({"what": "visit", "place": "nurse", "code": "A-2"}, "code"),
    ]
    for facts, field in wrong:
        said = {"what": "arrived", **facts}
        answer = desk.post_visit(window, ELIF, said.pop("what"), **said)
        assert code_of(answer) == (422, "invalid"), facts
        assert list(answer.get_json()["errors"]) == [field]
    assert window.school.rows(VISITS) == []


def test_V4_the_reason_is_on_the_mark_and_gone_with_its_line(window: Tablet) -> None:
    school = window.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A))
    school.clock.set(cast.local(cast.TUESDAY, 8, 30))
    told = desk.visit(window, ELIF, "left", code="A-2")
    of_elif = {"num": 4, "roll_id": EIGHT_A.roll()}
    exceptions = table_of(MarkException)
    assert [one.reason for one in school.rows(exceptions, **of_elif)] == ["A-2"]
    desk.withdraw(window, told["visit_id"])
    assert [one.reason for one in school.rows(exceptions, **of_elif)] in ([], [None])


def test_V4_what_the_desk_ruled_is_what_the_log_says(window: Tablet) -> None:
    school = window.school
    desk.notice(window, ELIF, str(cast.WEDNESDAY), code="A-1")
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    told = desk.visit(window, ELIF, "arrived")
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(cast.local(cast.TUESDAY, 8, 40))
    desk.visit(window, ELIF, "left", code="A-2")
    desk.withdraw(window, told["visit_id"])
    assert [line for one in check(school.engine) for line in one.differences] == []


def test_namesakes_are_told_apart_by_the_schools_own_number(window: Tablet) -> None:
    school = window.school
    school.change(table_of(Student), {"local_id": "4711"}, student_id=ELIF)
    students = window.get("desk-students")["students"]
    (elif_there,) = [one for one in students if one["student_id"] == str(ELIF)]
    assert (elif_there["grade"], elif_there["local_id"]) == ("08", "4711")
    assert len(students) == 50


def test_V2_K7_days_of_an_incident_count_together_at_the_window_too(window: Tablet) -> None:
    """Five days are known ahead for one funeral; a sixth takes an administrator's word."""
    school = window.school
    desk.notice(window, ELIF, "2026-10-13", "2026-10-19", code="A-5", incident="Grandfather")
    school.clock.set(cast.local(cast.TUESDAY, 8, 12))
    late = {"code": "A-5", "at": at(8, 10)}
    unnamed = desk.post_visit(window, ELIF, "arrived", **late)
    assert "Name which one this day belongs to" in unnamed.get_json()["detail"]
    answer = desk.post_visit(window, ELIF, "arrived", **late, incident="Grandfather")
    assert code_of(answer) == (422, "invalid")
    assert "A-5 may be set for 5 days" in answer.get_json()["detail"]
    told = desk.visit(window, ELIF, "arrived", **late, incident="Aunt")
    assert (told["incident"], told["reason"]["code"]) == ("Aunt", "A-5")
    moss = school.tablet(school.cast.moss)
    beyond = {"incident": "Grandfather", "discretion": "The burial is abroad."}
    told = desk.visit(moss, ELIF, "arrived", **late, **beyond, replaces=told["visit_id"])
    assert told["incident"] == "Grandfather"
    entries = window.get(f"rolls/{school.cast.eight_a.roll()}")["entries"]
    (mark,) = entries[-1]["marks"]
    assert (mark["reason"], mark["incident"]) == ("A-5", "Grandfather")
    assert mark["why"].endswith("Beyond the limit: The burial is abroad.")


def test_V1_a_line_from_which_nothing_follows_is_news_for_other_desks_too(window: Tablet) -> None:
    school = window.school
    moss = school.tablet(school.cast.moss)
    moss.bootstrap()
    school.clock.set(cast.local(cast.TUESDAY, 8, 52))
    told = desk.visit(window, ELIF, "visit", place="nurse", at=at(8, 52))
    assert told["rolls"] == []
    assert [one["type"] for one in moss.pull()] == ["roll"]
