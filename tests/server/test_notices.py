"""Absences by telephone and letter: known in the room, explained in the office, ended (V6, V7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from server.columns import spell
from server.models import AbsenceNotice, MarkException, NoticeLine, table_of
from tests.server.guest_tablet import code_of
from tests.support import cast, desk
from tests.support.api import School, Tablet

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
ELIF = EIGHT_A.students[3]
WEDNESDAY, THURSDAY, FRIDAY = (f"2026-10-{day:02}" for day in (7, 8, 9))
LINES = table_of(NoticeLine)


@pytest.fixture
def phone(school: School) -> Tablet:
    """Lind at the telephone, on Tuesday."""
    desk.california(school)
    return school.tablet(school.cast.lind)


def reasons(school: School, on: Any = cast.WEDNESDAY) -> list[str | None]:
    exceptions = school.rows(table_of(MarkException), num=4, roll_id=EIGHT_A.roll(on))
    return [one.reason for one in exceptions]


def test_V6_a_notice_is_known_in_the_room_without_its_reason(phone: Tablet) -> None:
    school = phone.school
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.bootstrap()
    told = desk.notice(phone, ELIF, WEDNESDAY, FRIDAY, code="A-1", told_by="Mr. Eriksen")
    assert (told["told_by"], told["told_how"], told["by"]["name"]) == (
        "Mr. Eriksen",
        "phone",
        "R. Lind",
    )
    assert told["reason"]["code"] == "A-1"
    news = {one["on"]: one for one in ruiz.pull() if one["type"] == "roll"}
    assert sorted(news) == [WEDNESDAY, THURSDAY, FRIDAY]
    assert all(one["known"] == [str(ELIF)] for one in news.values())
    assert "A-1" not in str(news)
    assert reasons(school) == ["A-1"]


def test_V6_a_reason_waits_for_an_absence_and_is_dormant_where_she_came(phone: Tablet) -> None:
    school = phone.school
    desk.notice(phone, ELIF, WEDNESDAY, THURSDAY, code="A-1")
    sato = school.tablet(school.cast.sato)
    school.clock.set(cast.local(cast.WEDNESDAY, 8, 5))
    sato.push(sato.op(EIGHT_A, absent=[3], on=cast.WEDNESDAY))
    line = desk.mark(phone, EIGHT_A, ELIF, on=cast.WEDNESDAY)
    assert (line["presence"], line.get("flags", [])) == ("absent", [])
    thursday = cast.WEDNESDAY + timedelta(days=1)
    school.clock.set(cast.local(thursday, 8, 5))
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, on=thursday))
    line = desk.mark(phone, EIGHT_A, ELIF, on=thursday)
    assert (line["presence"], line["flags"]) == ("present", ["dormant_reason"])


def test_V6_a_notice_for_some_periods_is_about_these(phone: Tablet) -> None:
    school = phone.school
    desk.enroll(school, ELIF, EIGHT_B)
    desk.notice(phone, ELIF, WEDNESDAY, periods=["2"])
    assert phone.roll(EIGHT_A, cast.WEDNESDAY)["known"] == []
    assert phone.roll(EIGHT_B, cast.WEDNESDAY)["known"] == [str(ELIF)]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"code": "NO"}, "October 7: There is no code NO."),
        ({"code": "A-3"}, "October 7: A-3 cannot be known before somebody has looked."),
        ({"code": "A-9"}, "October 7: A-9 is set by an administrator."),
        ({"code": "A-J"}, "October 7: A-J asks for proof."),
    ],
)
def test_V6_a_reason_that_may_not_be_given_gives_none(
    phone: Tablet, facts: dict[str, Any], says: str
) -> None:
    answer = desk.post_notice(phone, ELIF, WEDNESDAY, FRIDAY, **facts)
    assert code_of(answer) == (422, "invalid")
    assert answer.get_json()["detail"].startswith(says)
    assert phone.school.rows(LINES) == []
    assert phone.roll(EIGHT_A, cast.WEDNESDAY)["known"] == []


def test_V6_days_of_an_incident_are_capped_together(phone: Tablet) -> None:
    school = phone.school
    first = {"code": "A-5", "incident": "Grandfather"}
    desk.notice(phone, ELIF, WEDNESDAY, FRIDAY, **first)
    answer = desk.post_notice(phone, ELIF, "2026-10-13", "2026-10-15", **first)
    assert code_of(answer) == (422, "invalid")
    assert len(answer.get_json()["errors"]["code"]) == 1
    assert "October 15: A-5 may be set for 5 days" in answer.get_json()["detail"]
    assert len(school.rows(LINES)) == 1
    desk.notice(phone, ELIF, "2026-10-13", "2026-10-14", **first)


def test_V6_what_makes_no_sense_is_refused_in_words(phone: Tablet) -> None:
    for dates, field in (
        ((FRIDAY, WEDNESDAY), "to_on"),
        ((WEDNESDAY, "2027-06-01"), "to_on"),
        (("2026-10-10", "2026-10-11"), "from_on"),
    ):
        answer = desk.post_notice(phone, ELIF, *dates)
        assert code_of(answer) == (422, "invalid")
        assert list(answer.get_json()["errors"]) == [field]


def test_V6_a_period_that_she_does_not_have_is_named(phone: Tablet) -> None:
    answer = desk.post_notice(phone, ELIF, WEDNESDAY, periods=["1", "9"])
    assert answer.get_json()["errors"] == {
        "periods": ["The student has no period 9 on these days."]
    }
    assert phone.school.rows(LINES) == []


def test_V7_a_notice_ends_with_the_reasons_that_it_gave_and_what_was_stays(phone: Tablet) -> None:
    school = phone.school
    told = desk.notice(phone, ELIF, WEDNESDAY, FRIDAY, code="A-1")
    after = desk.end_notice(phone, told["notice_id"], WEDNESDAY)
    assert (after["to_on"], after["active"]) == (WEDNESDAY, True)
    said = school.clock.now() + timedelta(milliseconds=1)
    assert (after["ended_by"]["name"], after["ended_at"]) == ("R. Lind", spell(said))
    assert phone.roll(EIGHT_A, cast.WEDNESDAY)["known"] == [str(ELIF)]
    thursday = cast.WEDNESDAY + timedelta(days=1)
    assert phone.roll(EIGHT_A, thursday)["known"] == []
    assert (reasons(school), reasons(school, thursday)) in (
        (["A-1"], []),
        (["A-1"], [None]),
    )
    assert len(school.rows(LINES)) == 2


def test_V7_a_notice_that_never_held_is_shown_to_no_room_and_still_listed(phone: Tablet) -> None:
    told = desk.notice(phone, ELIF, WEDNESDAY, code="A-1")
    after = desk.end_notice(phone, told["notice_id"])
    assert not after["active"]
    assert phone.roll(EIGHT_A, cast.WEDNESDAY)["known"] == []
    (listed,) = phone.get("notices")["notices"]
    assert listed == after
    again = phone.post(
        "notices/ended",
        {"line_id": told["notice_id"], "notice_id": told["notice_id"], "to_on": None},
    )
    assert again.status_code == 200


def test_V7_those_of_a_file_are_listed_and_are_not_the_desks_to_end(phone: Tablet) -> None:
    row = {
        "school_id": phone.school.cast.birch,
        "notice_id": cast.named("notice", "file"),
        "student_id": ELIF,
        "from_on": cast.WEDNESDAY,
        "to_on": cast.WEDNESDAY,
        "period": "1",
        "active": True,
    }
    with desk.writing(phone.school.engine) as connection:
        connection.execute(table_of(AbsenceNotice).insert(), row)
    (listed,) = phone.get("notices")["notices"]
    assert (listed["by"], listed["periods"]) == (None, ["1"])
    body = {"line_id": str(ELIF), "notice_id": str(row["notice_id"]), "to_on": None}
    assert code_of(phone.post("notices/ended", body)) == (422, "invalid")
