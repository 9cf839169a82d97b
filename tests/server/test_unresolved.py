"""Rolls never taken wait for a roll, a sheet of paper or a reason, and stay not taken (S32)."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert

from schemas.missing import Unresolved, UnresolvedRoll
from server.columns import spell
from server.db import writing
from server.models import DeskAct, MarkException, Reminder, RollRow, table_of
from server.services import unresolved as service
from tests.server.guest_tablet import code_of
from tests.support import cast
from tests.support.api import School, Tablet, Tree

EIGHT_A, EIGHT_B = cast.gather().eight_a, cast.gather().eight_b
CLOSED = cast.local(cast.TUESDAY, 17)
ROLLS, ACTS = table_of(RollRow), table_of(DeskAct)
TODAY = f"?from={cast.TUESDAY}&to={cast.TUESDAY}"
WHY = "The substitute never came; the class sat in the library."


@pytest.fixture
def closed(school: School) -> School:
    """Tuesday, 17:00: Ruiz has taken 8A, nobody 8B."""
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(EIGHT_A, absent=[3]))
    school.clock.set(CLOSED)
    return school


def waiting(tablet: Tablet, query: str = TODAY) -> list[Tree]:
    told = tablet.get(f"reports/unresolved{query}")
    assert Unresolved().validate(told) == {}
    rolls: list[Tree] = told["rolls"]
    assert told["count"] == sum(one["explained"] is None for one in rolls)
    return rolls


def explain(tablet: Tablet, why: str | None) -> Tree:
    answer = tablet.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": why})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    assert UnresolvedRoll().validate(told) == {}
    return told


def test_B4_1_a_roll_that_nobody_took_by_closing_is_unresolved(closed: School) -> None:
    lind = closed.tablet(closed.cast.lind)
    closed.clock.set(CLOSED - timedelta(milliseconds=1))
    assert waiting(lind) == []
    closed.clock.set(CLOSED)
    (roll,) = waiting(lind)
    assert (roll["roll_id"], roll["section_title"]) == (str(EIGHT_B.roll()), "8B")
    assert roll["teacher_names"] == ["P. Brandt"]
    closed.clock.forward(days=2)
    assert waiting(lind) == [roll]


def test_B4_1_taken_however_late_it_is_resolved(closed: School) -> None:
    lind, brandt = closed.tablet(closed.cast.lind), closed.tablet(closed.cast.brandt)
    closed.clock.forward(days=1)
    brandt.push(brandt.op(EIGHT_B, taken_at=cast.local(cast.TUESDAY, 9, 5)))
    assert waiting(lind) == []


def test_B4_1_a_sheet_copied_by_the_office_resolves_it(closed: School) -> None:
    lind = closed.tablet(closed.cast.lind)
    closed.clock.forward(hours=15)
    paper = {"how": "paper", "taken_by": "P. Brandt"}
    (result,) = lind.push(lind.op(EIGHT_B, source=paper))
    assert result["outcome"] == "accepted"
    assert waiting(lind) == []


def test_B4_1_a_roll_that_was_not_expected_after_all_is_none(closed: School) -> None:
    lind = closed.tablet(closed.cast.lind)
    closed.change(ROLLS, {"expected": False, "void_reason": "trip"}, roll_id=EIGHT_B.roll())
    assert waiting(lind, f"{TODAY}&resolved=1") == []


def test_B4_1_a_locked_roll_that_nobody_took_is_unresolved_too(closed: School) -> None:
    closed.change(ROLLS, {"state": "locked"}, roll_id=EIGHT_B.roll())
    assert len(waiting(closed.tablet(closed.cast.lind))) == 1


def test_B4_2_an_administrator_says_why_and_the_roll_stays_not_taken(closed: School) -> None:
    lind, moss = closed.tablet(closed.cast.lind), closed.tablet(closed.cast.moss)
    before = closed.rows(ROLLS, roll_id=EIGHT_B.roll()), moss.roll(EIGHT_B)
    told = explain(moss, WHY)
    assert told["explained"] == {
        "why": WHY,
        "by": {"role": "administrator", "name": "T. Moss", "staff_id": str(moss.person.staff_id)},
        "at": spell(CLOSED),
    }
    assert waiting(lind) == []
    assert waiting(lind, f"{TODAY}&resolved=1") == [told]
    assert (closed.rows(ROLLS, roll_id=EIGHT_B.roll()), moss.roll(EIGHT_B)) == before
    assert moss.roll(EIGHT_B)["state"] == "not_taken"
    of_8b = closed.rows(table_of(MarkException), roll_id=EIGHT_B.roll())
    assert of_8b == []
    rates = lind.get(f"reports/submission{TODAY}")["total"]
    assert (rates["on_time"], rates["not_taken"]) == (1, 1)


def test_B4_2_a_reason_is_taken_back_said_anew_and_never_noted_twice(closed: School) -> None:
    moss = closed.tablet(closed.cast.moss)
    explain(moss, None)
    assert closed.rows(ACTS) == []
    explain(moss, WHY)
    explain(moss, WHY)
    closed.clock.forward(minutes=-30)
    assert code_of(moss.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": None}))[0] == 409
    closed.clock.forward(minutes=30)
    assert explain(moss, None)["explained"] is None
    assert len(waiting(moss)) == 1
    told = explain(moss, "A fire drill.")
    assert told["explained"]["why"] == "A fire drill."
    kinds = [row.kind for row in sorted(closed.rows(ACTS), key=lambda row: row.at)]
    assert kinds == ["roll_explained", "roll_explanation_undone", "roll_explained"]


def test_B4_2_taken_after_all_the_reason_is_history(closed: School) -> None:
    moss, brandt = closed.tablet(closed.cast.moss), closed.tablet(closed.cast.brandt)
    explain(moss, WHY)
    brandt.push(brandt.op(EIGHT_B))
    assert waiting(moss, f"{TODAY}&resolved=1") == []
    assert moss.roll(EIGHT_B)["state"] == "submitted"
    answer = moss.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": WHY})
    assert code_of(answer) == (409, "not_possible")
    assert "it was taken" in answer.get_json()["detail"]


def test_B4_2_what_may_still_come_cannot_be_explained_away(school: School) -> None:
    moss = school.tablet(school.cast.moss)
    school.clock.set(CLOSED - timedelta(minutes=1))
    answer = moss.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": WHY})
    assert code_of(answer) == (409, "not_possible")
    assert "may still come" in answer.get_json()["detail"]


def test_only_an_administrator_says_why_and_only_of_the_own_school(closed: School) -> None:
    for person in (closed.cast.lind, closed.cast.brandt, closed.cast.stranger):
        tablet = closed.tablet(person)
        answer = tablet.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": WHY})
        assert code_of(answer) == (404, "not_found")
    moss = closed.tablet(closed.cast.moss)
    alder = closed.cast.alder_8a.roll()
    for roll in (alder, uuid4()):
        answer = moss.post(f"rolls/{roll}/explanation", {"why": WHY})
        assert code_of(answer) == (404, "not_found")
    for why in ("", "x" * 301, 7):
        answer = moss.post(f"rolls/{EIGHT_B.roll()}/explanation", {"why": why})
        assert code_of(answer) == (422, "invalid")
    assert closed.rows(ACTS) == []


def test_the_newest_come_first_and_a_long_list_says_that_there_is_more(
    closed: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    lind = closed.tablet(closed.cast.lind)
    rolls = waiting(lind, f"?from={cast.FIRST}&to={cast.TUESDAY}")
    assert [one["on"] for one in rolls] == sorted((one["on"] for one in rolls), reverse=True)
    assert len(rolls) == 13
    monkeypatch.setattr(service, "MOST", 5)
    told = lind.get(f"reports/unresolved?from={cast.FIRST}&to={cast.TUESDAY}")
    assert (told["count"], len(told["rolls"]), told["more"]) == (13, 5, True)


def test_B7_1_the_list_is_a_file_with_why_and_by_whom(closed: School) -> None:
    moss = closed.tablet(closed.cast.moss)
    explain(moss, "=1+1")
    reminder = {
        "school_id": closed.cast.birch,
        "reminder_id": uuid4(),
        "roll_id": EIGHT_B.roll(),
        "staff_id": closed.cast.brandt.staff_id,
        "step": "teachers+0",
        "made_at": cast.local(cast.TUESDAY, 9, 15),
        "state": "sent",
        "ended_at": cast.local(cast.TUESDAY, 9, 15),
    }
    with writing(closed.engine) as connection:
        connection.execute(insert(Reminder), reminder)
    answer = moss.client.get(f"{moss.path}/reports/unresolved.csv{TODAY}&resolved=1")
    head, line = csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"), newline=""))
    told = dict(zip(head, line, strict=True))
    assert (told["Why not taken"], told["Said by"]) == ("'=1+1", "T. Moss")
    assert (told["Reminded"], told["Last reminded"]) == ("1", "2026-10-06 09:15")
    assert date.fromisoformat(told["Date"]) == cast.TUESDAY
