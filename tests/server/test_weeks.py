"""Teachers sign the past week's rolls; what changes afterwards is listed beside the signature."""

from __future__ import annotations

import hashlib
import zlib
from datetime import timedelta

from schemas.signatures import SinceClosed, Week, Weeks
from server.models import Closing, NextDayAcceptance, WeekStatement, table_of
from tests.server.held_desk import differences
from tests.support import cast
from tests.support.api import School, Tablet, Tree

STATEMENTS, CLOSINGS = table_of(WeekStatement), table_of(Closing)
MONDAY = cast.TUESDAY - timedelta(days=1)
NEXT_MONDAY = MONDAY + timedelta(days=7)
WEEK = f"?week={cast.TUESDAY}"


def take(school: School, *absent: int) -> Tablet:
    ruiz = school.tablet(school.cast.ruiz)
    (result,) = ruiz.push(ruiz.op(school.cast.eight_a, absent=absent))
    assert result["outcome"] == "accepted"
    return ruiz


def mine(tablet: Tablet, query: str = WEEK) -> Tree:
    told = tablet.get(f"weeks/mine{query}")
    assert Week().validate(told) == {}
    return told


def sign(tablet: Tablet, digest: str, status: int = 200) -> Tree:
    answer = tablet.post("weeks/mine", {"week_on": str(MONDAY), "digest": digest})
    assert answer.status_code == status, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def monday(school: School) -> None:
    school.clock.set(cast.local(NEXT_MONDAY, 8))


def everybody(tablet: Tablet, query: str = WEEK) -> dict[str, Tree]:
    told = tablet.get(f"weeks{query}")
    assert Weeks().validate(told) == {}
    return {one["name"]: one for one in told["people"]}


def test_C9_ruiz_signs_exactly_what_the_statement_shows(school: School) -> None:
    ruiz = take(school, 3, 5)
    monday(school)
    week = mine(ruiz)
    (roll,) = [one for one in week["rolls"] if one["taken"]]
    assert (roll["on"], roll["counts"]["absent"], roll["counts"]["present"]) == (
        str(cast.TUESDAY), 2, 28,
    )  # fmt: skip
    assert len(week["rolls"]) == 5  # Wednesday's is Sato's too, and 8A's teachers may sign it
    assert "true and correct as it stands here" in week["words"]
    signed = sign(ruiz, week["digest"])["signed"]
    assert (signed["digest"], signed["changes"]) == (week["digest"], [])
    (row,) = school.rows(STATEMENTS)
    content = zlib.decompress(row.content)
    assert hashlib.sha256(content).hexdigest() == row.digest == week["digest"]
    assert week["words"].encode() in content


def test_C9_what_changed_while_it_was_read_is_not_signed(school: School) -> None:
    ruiz, lind = take(school), school.tablet(school.cast.lind)
    monday(school)
    read = mine(ruiz)["digest"]
    student = str(school.cast.eight_a.students[3])
    mark = {"student_id": student, "presence": "absent", "why": "Home called."}
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[mark]))
    assert sign(ruiz, read, 409)["code"] == "changed_meanwhile"
    assert school.rows(STATEMENTS) == []
    sign(ruiz, mine(ruiz)["digest"])
    assert len(school.rows(STATEMENTS)) == 1


def test_C9_1_a_week_is_signed_when_it_is_over_and_by_whom_its_rolls_are(school: School) -> None:
    ruiz = take(school)
    early = sign(ruiz, mine(ruiz)["digest"], 409)
    assert early["detail"] == "This week is not over yet. You can sign it from Monday on."
    monday(school)
    lind = school.tablet(school.cast.lind)
    assert mine(lind)["rolls"] == []
    assert "nothing to sign" in sign(lind, mine(lind)["digest"], 409)["detail"]
    sato = school.tablet(school.cast.sato)
    assert [one["on"] for one in mine(sato)["rolls"]] == [str(cast.WEDNESDAY)]


def test_C9_a_week_without_any_roll_taken_says_so_and_can_be_signed(school: School) -> None:
    brandt = school.tablet(school.cast.brandt)
    monday(school)
    week = mine(brandt)
    assert not any(one["taken"] for one in week["rolls"])
    assert sum(week["rolls"][0]["counts"].values()) == 0
    assert sign(brandt, week["digest"])["signed"] is not None


def test_C10_what_joins_the_log_later_is_listed_beside_the_statement_and_changes_nothing_in_it(
    school: School,
) -> None:
    ruiz, lind = take(school, 3), school.tablet(school.cast.lind)
    monday(school)
    before = mine(ruiz)["digest"]
    sign(ruiz, before)
    student = str(school.cast.eight_a.students[3])
    mark = {
        "student_id": student, "presence": "present", "reason": "", "why": "She was in the library."
    }  # fmt: skip
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[mark]))
    signed = mine(ruiz)["signed"]
    assert signed["digest"] == before
    (change,) = [one for one in signed["changes"] if one["fact"] == "presence"]
    assert (change["old"], change["new"], change["by"]["name"]) == ("absent", "present", "R. Lind")
    assert change["why"] is None  # the office's words are the office's
    row = everybody(lind)["D. Ruiz"]
    assert (row["changes"], row["rolls"], row["not_taken"]) == (1, 5, 4)
    of = lind.get(f"weeks/of/{school.cast.ruiz.staff_id}{WEEK}")
    assert of["signed"]["changes"][0]["why"] == "She was in the library."
    again = sign(ruiz, mine(ruiz)["digest"])["signed"]
    assert again["changes"] == []
    assert len(school.rows(STATEMENTS)) == 2


def test_C9_the_office_sees_who_has_signed_and_who_has_not(school: School) -> None:
    ruiz = take(school)
    monday(school)
    sign(ruiz, mine(ruiz)["digest"])
    people = everybody(school.tablet(school.cast.lind), "")
    assert people["D. Ruiz"]["signed_at"] is not None
    assert [name for name, one in people.items() if one["signed_at"] is None] == [
        "P. Brandt", "N. Okafor", "K. Sato",
    ]  # fmt: skip


def close(tablet: Tablet, span: str, act: str, on: object, status: int = 200, **more: str) -> Tree:
    body = {"span": span, "act": act, "first_on": str(on), **more}
    answer = tablet.post("closings", body)
    assert answer.status_code == status, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def day(told: Tree, on: object) -> Tree:
    (one,) = [each for each in told["days"] if each["on"] == str(on)]
    return one


def test_C11_a_closed_day_locks_its_rolls_and_what_comes_later_is_held(school: School) -> None:
    ruiz, moss = take(school), school.tablet(school.cast.moss)
    assert "not over yet" in close(moss, "day", "close", cast.TUESDAY, 409)["detail"]
    school.clock.set(cast.local(cast.WEDNESDAY, 7))
    told = close(moss, "day", "close", cast.TUESDAY)
    assert (day(told, cast.TUESDAY)["closed"], day(told, cast.TUESDAY)["by"]["name"]) == (
        True, "T. Moss",
    )  # fmt: skip
    assert ruiz.roll(school.cast.eight_a)["state"] == "locked"
    brandt = school.tablet(school.cast.brandt)
    (late,) = brandt.push(brandt.op(school.cast.eight_b))
    assert (late["outcome"], late["reason"]) == ("held", "locked")
    assert close(moss, "day", "close", cast.TUESDAY)["days"] == told["days"]
    assert differences(school) == []


def test_C12_a_day_is_opened_again_with_a_reason_and_a_roll_locked_for_itself_stays_locked(
    school: School,
) -> None:
    ruiz, moss = take(school), school.tablet(school.cast.moss)
    school.clock.set(cast.local(cast.WEDNESDAY, 7))
    own = {"how": "lock", "revision": 0}
    path = f"rolls/{school.cast.eight_b.roll()}/certification"
    assert moss.post(path, own).status_code == 200
    school.clock.forward(minutes=1)
    close(moss, "day", "close", cast.TUESDAY)
    nameless = close(moss, "day", "reopen", cast.TUESDAY, 409)
    assert nameless["detail"] == "Say why it is opened again."
    school.clock.forward(minutes=1)
    told = close(moss, "day", "reopen", cast.TUESDAY, why="The nurse's list came late.")
    one = day(told, cast.TUESDAY)
    assert (one["closed"], one["why"]) == (False, "The nurse's list came late.")
    assert ruiz.roll(school.cast.eight_a)["state"] == "submitted"
    lind = school.tablet(school.cast.lind)
    assert lind.roll(school.cast.eight_b)["state"] == "locked"
    (entry,) = [
        one
        for one in lind.get(f"rolls/{school.cast.eight_a.roll()}")["entries"]
        if one["kind"] == "reopen"
    ]
    assert entry["why"] == "The day is opened again: The nurse's list came late."
    assert differences(school) == []


def test_C11_a_month_closes_its_days_and_is_open_again_with_any_of_them(school: School) -> None:
    take(school)
    moss = school.tablet(school.cast.moss)
    assert "month is not over" in close(moss, "month", "close", "2026-10-01", 409)["detail"]
    school.clock.set(cast.local(cast.LAST + timedelta(days=10), 9))
    told = close(moss, "month", "close", "2026-10-01")
    assert told["month_closed"]
    assert all(one["closed"] for one in told["days"])
    school.clock.forward(minutes=1)
    told = close(moss, "day", "reopen", cast.TUESDAY, why="A letter came.")
    assert not told["month_closed"]
    assert sum(not one["closed"] for one in told["days"]) == 1
    assert differences(school) == []


def since(tablet: Tablet) -> Tree:
    told = tablet.get("closings/since?month=2026-10-06")
    assert SinceClosed().validate(told) == {}
    return told


def test_C12_C11_1_a_month_is_opened_again_in_one_press_and_closing_it_tells_what_changed(
    school: School,
) -> None:
    take(school, 3, 5)
    moss = school.tablet(school.cast.moss)
    school.clock.set(cast.local(cast.LAST + timedelta(days=10), 9))
    not_closed = close(moss, "month", "reopen", "2026-10-01", 409, why="A letter came.")
    assert "was not closed" in not_closed["detail"]
    assert since(moss)["closed"] is None
    told = close(moss, "month", "close", "2026-10-01")
    assert close(moss, "month", "close", "2026-10-01") == told
    assert (since(moss)["closed"]["by"]["name"], since(moss)["again"]) == ("T. Moss", None)
    school.clock.forward(minutes=1)
    assert "Say why" in close(moss, "month", "reopen", "2026-10-01", 409)["detail"]
    told = close(moss, "month", "reopen", "2026-10-01", why="A letter came.")
    assert not told["month_closed"]
    assert {(one["closed"], one["why"]) for one in told["days"]} == {(False, "A letter came.")}

    lind = school.tablet(school.cast.lind)
    student = str(school.cast.eight_a.students[3])
    mark = {"student_id": student, "presence": "late", "why": "She was at the nurse's."}
    (ruled,) = lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[mark]))
    assert ruled["outcome"] == "accepted"
    open_now = since(moss)
    assert [one["fact"] for one in open_now["changes"]] == ["presence"]
    assert open_now["again"] is None

    school.clock.forward(minutes=1)
    close(moss, "month", "close", "2026-10-01")
    changed = since(moss)
    (change,) = changed["changes"]
    assert (change["old"], change["new"], change["by"]["name"]) == ("absent", "late", "R. Lind")
    before, after = changed["closed"]["days"], changed["again"]["days"]
    assert (after["attended"] - before["attended"], after["pending"] - before["pending"]) == (1, -1)
    assert len(school.rows(CLOSINGS, span="month", act="close")) == 2
    assert differences(school) == []


def test_C11_a_date_without_rolls_cannot_be_closed(school: School) -> None:
    school.clock.set(cast.local(cast.LAST, 9))
    moss = school.tablet(school.cast.moss)
    assert "No roll was expected" in close(moss, "day", "close", cast.HOLIDAY, 409)["detail"]


def test_C13_a_roll_of_an_earlier_day_is_attested_by_its_teacher_then_accepted(
    school: School,
) -> None:
    ruiz, moss = school.tablet(school.cast.ruiz), school.tablet(school.cast.moss)
    op = ruiz.op(school.cast.eight_a)
    school.clock.set(cast.local(cast.WEDNESDAY, 8, 30))
    ruiz.push(op)
    monday(school)
    accept = f"rolls/{school.cast.eight_a.roll()}/acceptance"
    why = {"why": "The network was down until Wednesday."}
    refused = moss.post(accept, why)
    assert refused.status_code == 409
    assert "has signed this roll's week" in refused.get_json()["detail"]
    week = mine(ruiz)
    (late,) = [one for one in week["rolls"] if one["next_day"]]
    assert late["taken_at"] < late["received_at"]
    sign(ruiz, week["digest"])
    assert moss.post(accept, why).status_code == 204
    assert moss.post(accept, {"why": "Again."}).status_code == 204
    (row,) = school.rows(table_of(NextDayAcceptance))
    assert row.why == why["why"]
    (late,) = [one for one in mine(ruiz)["rolls"] if one["next_day"]]
    assert late["accepted"]["by"]["name"] == "T. Moss"
    in_time = moss.post(f"rolls/{school.cast.eight_b.roll()}/acceptance", why)
    assert "on its own school date" in in_time.get_json()["detail"]
