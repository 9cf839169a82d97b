"""The office changes the timetable: what moves is told before, done whole, and taken back (L12)."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any

import pytest

from server.jobs.sweep import extend_layout
from server.models import DeadlinePolicy, DeskAct, Exemption, RollRow, StaffLeave, table_of
from tests.support import cast
from tests.support.api import School, Tree, statements
from tests.support.cast import HOLIDAY, TUESDAY, WEDNESDAY, local
from tests.support.timetable import (
    Desk,
    bells,
    day,
    everything,
    exemption,
    policy,
    roll_rows,
)

MINIMUM = bells("minimum", p1="08:00-08:30", p2="08:40-09:10")
THURSDAY, MONDAY = WEDNESDAY + timedelta(days=1), TUESDAY - timedelta(days=1)
NOWHERE = "00000000-0000-4000-8000-000000000000"
NOTHING = {
    "moved": 0,
    "voided": 0,
    "expected_again": 0,
    "added": 0,
    "kept_taken": 0,
    "dates": 0,
    "first_on": None,
    "last_on": None,
}


@pytest.fixture
def lind(school: School) -> Desk:
    """The office."""
    return Desk(school.tablet(school.cast.lind))


@pytest.fixture
def moss(school: School) -> Desk:
    """The administrator."""
    return Desk(school.tablet(school.cast.moss))


def due(told: Tree) -> list[tuple[str, int, str, str]]:
    """Moved due times as they read: period, how many rolls, from when to when, in UTC."""
    return [
        (one["period"], one["rolls"], one["due_before"][11:16], one["due_after"][11:16])
        for one in told["moves"]
        if "due_at" in one["what"]
    ]


def lines(told: Tree, name: str) -> list[tuple[str, str, int, str | None]]:
    """The lines of one list: date, period, how many rolls, why."""
    return [(one["on"], one["period"], one["rolls"], one["void_reason"]) for one in told[name]]


def said(told: Tree) -> Tree:
    """What an answer says of rolls."""
    return {name: told[name] for name in told if name not in {"preview", "revision", "undo"}}


def state_of(school: School, one: cast.Class, on: date = TUESDAY) -> Any:
    """A roll's row."""
    (row,) = school.rows(table_of(RollRow), roll_id=one.roll(on))
    return row


def test_L12_a_minimum_day_says_what_it_will_move_and_then_moves_it(
    school: School, moss: Desk
) -> None:
    before = everything(school)
    changes = (MINIMUM, day(WEDNESDAY, schedule="minimum", note="Staff meeting"))
    seen = moss.change(*changes, preview=True)
    assert everything(school) == before
    assert due(seen) == [("2", 1, "16:15", "15:55")]
    (first, second) = seen["moves"]
    assert first["what"] == ["ends_at"]
    assert set(second["what"]) >= {"starts_at", "ends_at", "opens_at", "due_at", "late_at"}
    done = moss.change(*changes)
    assert said(done) == said(seen)
    assert (seen["preview"], seen["revision"], seen["undo"]) == (True, 0, [])
    assert (done["preview"], done["revision"]) == (False, 1)
    told = moss.day(WEDNESDAY)
    assert [(one["period"], one["due_at"][11:16]) for one in told["meetings"]] == [
        ("1", "15:15"),
        ("2", "15:55"),
    ]
    assert told["bands"][0]["note"] == "Staff meeting"


def test_L12_rolls_come_in_while_a_preview_is_made(school: School, moss: Desk) -> None:
    """It neither takes the school's lock nor writes a roll."""
    with statements(school.engine) as told:
        moss.change(policy(TUESDAY, due_after_min=10), day(WEDNESDAY, note="x"), preview=True)
    writes = [one for one in told if re.match(r"INSERT|UPDATE|DELETE", one) or "FOR UPDATE" in one]
    assert [one for one in writes if re.search(r"school_sync|\broll\b|\bschool\b|act", one)] == []


def test_L12_tablets_learn_of_the_day_and_of_its_rolls(school: School, moss: Desk) -> None:
    brandt = school.tablet(school.cast.brandt)
    brandt.bootstrap()
    moss.change(MINIMUM, day(WEDNESDAY, schedule="minimum"))
    news = brandt.pull()
    (roll,) = [one for one in news if one["type"] == "roll"]
    assert (roll["on"], roll["due_at"][11:16]) == (f"{WEDNESDAY}", "15:55")
    (calendar,) = [one for one in news if one["type"] == "calendar"]
    assert {one["on"]: one["schedule"] for one in calendar["days"]}[f"{WEDNESDAY}"] == "minimum"


def test_L9_school_closes_at_noon_and_what_was_taken_stays(school: School, lind: Desk) -> None:
    """At 8:25 the water fails; school closes at 8:30. Ruiz has taken period 1, which goes on."""
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3]))
    school.clock.set(local(TUESDAY, 8, 25))
    told = lind.change(day(TUESDAY, closed_from_time="08:30", note="Water main"))
    assert lines(told, "voided") == [(f"{TUESDAY}", "2", 1, "closed_early")]
    assert told["kept_taken"] == []
    assert ruiz.roll(school.cast.eight_a)["state"] == "submitted"
    brandt = school.tablet(school.cast.brandt)
    roll = brandt.roll(school.cast.eight_b)
    assert (roll["expected"], roll["void_reason"], roll["void_note"]) == (
        False,
        "closed_early",
        "Water main",
    )
    (late,) = brandt.push(brandt.op(school.cast.eight_b))
    assert (late["outcome"], late["reason"]) == ("held", "no_school")
    assert state_of(school, school.cast.eight_b).remind_at is None


def test_L9_what_was_taken_before_school_closed_counts_all_the_same(
    school: School, lind: Desk
) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3]))
    told = lind.change(day(TUESDAY, closed_from_time="08:00"))
    assert lines(told, "kept_taken") == [(f"{TUESDAY}", "1", 1, None)]
    assert lines(told, "voided") == [(f"{TUESDAY}", "2", 1, "closed_early")]
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["expected"]) == ("submitted", True)
    # A correction of that roll is taken in like any other.
    (again,) = ruiz.push(ruiz.op(school.cast.eight_a, parents=[roll["ops"][0]]))
    assert again["outcome"] == "accepted"


def test_L10_an_assembly_expects_no_roll_and_one_that_came_is_heard_when_it_is_off(
    school: School, lind: Desk
) -> None:
    told = lind.change(exemption(TUESDAY, period="1"))
    assert lines(told, "voided") == [(f"{TUESDAY}", "1", 1, "exempt")]
    assert told["voided"][0]["void_note"] == "Assembly in the gym"
    ruiz = school.tablet(school.cast.ruiz)
    (held,) = ruiz.push(ruiz.op(school.cast.eight_a))
    assert (held["outcome"], held["reason"]) == ("held", "roll_void")
    again = lind.undo(told)
    assert lines(again, "expected_again") == [(f"{TUESDAY}", "1", 1, None)]
    assert ruiz.roll(school.cast.eight_a)["state"] == "submitted"


def test_L10_an_exemption_of_a_section_leaves_the_others(school: School, lind: Desk) -> None:
    told = lind.change(exemption(WEDNESDAY, section=school.cast.eight_b, why="At the museum"))
    assert lines(told, "voided") == [(f"{WEDNESDAY}", "2", 1, "exempt")]
    shown = lind.day(WEDNESDAY)
    assert [one["expected"] for one in shown["meetings"]] == [True, False]
    (one,) = shown["exemptions"]
    assert (one["why"], one["period"], one["set_by"]["name"]) == ("At the museum", None, "R. Lind")


def test_L12_a_day_off_and_on_again(school: School, lind: Desk) -> None:
    off = lind.change(day(WEDNESDAY, kind="closed", schedule=None, note="Power is out"))
    assert lines(off, "voided") == [
        (f"{WEDNESDAY}", "1", 1, "closed"),
        (f"{WEDNESDAY}", "2", 1, "closed"),
    ]
    on = lind.change(day(WEDNESDAY))
    assert [line[:3] for line in lines(on, "expected_again")] == [
        line[:3] for line in lines(off, "voided")
    ]


def test_L12_a_make_up_day_after_the_last_has_new_rolls(school: School, lind: Desk) -> None:
    saturday = cast.LAST + timedelta(days=3)
    told = lind.change(day(saturday, kind="make_up"))
    assert lines(told, "added") == [(f"{saturday}", "1", 1, None), (f"{saturday}", "2", 1, None)]
    gone = lind.undo(told)
    assert [line[3] for line in lines(gone, "voided")] == ["no_meeting"] * 2
    assert not lind.show(f"?from={saturday}&to={saturday}")["days"][0]["bands"]


def test_L12_a_bell_schedule_moves_every_date_from_today_on_that_it_rings(
    school: School, moss: Desk
) -> None:
    told = moss.change(bells("regular", p1="08:30-09:26", p2="09:32-10:28", p3="10:49-11:45"))
    dates = {one["on"] for one in told["moves"]}
    assert min(dates) == f"{TUESDAY}"
    assert max(dates) == f"{cast.LAST}"
    assert told["totals"]["moved"] == 2 * told["totals"]["dates"]
    # Days without school go by the usual bells, and expect nothing: they are not told of.
    assert f"{HOLIDAY}" not in dates


def test_D16_what_has_passed_keeps_its_times(school: School, moss: Desk) -> None:
    """Monday's roll is still missing on Tuesday, when the bells change. It was due when it was."""
    monday = roll_rows(school, school.cast.birch)[school.cast.eight_a.roll(MONDAY)]
    moss.change(bells("regular", p1="09:00-09:50", p2="10:00-10:50"))
    extend_layout(school.engine, school.clock.now())
    now = roll_rows(school, school.cast.birch)[school.cast.eight_a.roll(MONDAY)]
    assert now == monday
    told = moss.change(day(MONDAY, schedule="regular", note="The bells were late"))
    assert due(told) == [("1", 1, "15:15", "16:15"), ("2", 1, "16:15", "17:15")]


def test_D16_a_roll_that_was_taken_keeps_its_deadline(school: School, moss: Desk) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    school.clock.set(local(TUESDAY, 8, 12))
    ruiz.push(ruiz.op(school.cast.eight_a))
    told = moss.change(policy(TUESDAY, due_after_min=5))
    assert lines(told, "kept_taken") == [(f"{TUESDAY}", "1", 1, None)]
    row = state_of(school, school.cast.eight_a)
    assert (row.due_at, row.timeliness) == (local(TUESDAY, 8, 15), "on_time")


def test_D13_deadlines_are_an_administrators_and_hold_from_their_date_on(
    school: School, lind: Desk, moss: Desk
) -> None:
    sooner = policy(THURSDAY, due_after_min=10, grace_min=2, period="1")
    refused = lind.ask(sooner)
    assert refused.status_code == 409
    assert refused.get_json()["detail"] == (
        "Only an administrator changes bell schedules and deadlines."
    )
    told = moss.change(sooner)
    assert {one["on"] for one in told["moves"]} >= {f"{THURSDAY}", f"{cast.LAST}"}
    assert f"{WEDNESDAY}" not in {one["on"] for one in told["moves"]}
    assert {one["period"] for one in told["moves"]} == {"1"}
    (move,) = [one for one in told["moves"] if one["on"] == f"{THURSDAY}"]
    assert (move["due_after"][11:19], move["late_after"][11:19]) == ("15:10:00", "15:12:00")
    shown = moss.day(THURSDAY)
    (held,) = shown["policies"]
    assert [one["policy_id"] for one in shown["meetings"]] == [held["policy_id"], None]
    assert held["set_by"]["name"] == "T. Moss"
    assert not lind.show()["may_set_policies"]
    assert moss.show()["may_set_policies"]


def test_D13_deadlines_for_a_grade_end_on_a_date_and_the_usual_hold_again(
    school: School, moss: Desk
) -> None:
    before = roll_rows(school, school.cast.birch, "remind_at", "policy_id")
    moss.change(policy(TUESDAY, grades="08", due_after_min=20, lock_after_days=2))
    (shown,) = moss.show()["policies"]
    assert (shown["grades"], shown["until_on"]) == ("8", None)
    end = {"type": "end_policy", "policy_id": shown["policy_id"], "from_on": f"{THURSDAY}"}
    told = moss.change(end)
    assert min(one["on"] for one in told["moves"]) == f"{THURSDAY}"
    after = roll_rows(school, school.cast.birch, "remind_at", "policy_id")
    differing = {before[key]["school_date"] for key in before if before[key] != after[key]}
    assert differing == {TUESDAY, WEDNESDAY}
    assert state_of(school, school.cast.eight_a, WEDNESDAY).locks_at == local(
        WEDNESDAY + timedelta(days=2), 17
    )


def test_D13_one_for_the_same_band_period_and_date_takes_the_place_of_the_former(
    school: School, moss: Desk
) -> None:
    moss.change(policy(THURSDAY, due_after_min=10))
    second = moss.change(policy(THURSDAY, due_after_min=20))
    assert due(second)[0] == ("1", 1, "15:10", "15:20")
    assert [one["due_after_min"] for one in moss.show()["policies"]] == [20]
    assert due(moss.undo(second))[0] == ("1", 1, "15:20", "15:10")
    assert [one["due_after_min"] for one in moss.show()["policies"]] == [10]


@pytest.mark.parametrize(
    "changes",
    [
        [MINIMUM, day(WEDNESDAY, schedule="minimum", note="Staff meeting")],
        [day(WEDNESDAY, kind="emergency", schedule=None)],
        [day(WEDNESDAY, grades="8", closed_from_time="08:30", day_label="A")],
        [bells("regular", p1="08:30-09:26", p2="09:32-10:28")],
        [exemption(TUESDAY, period="1"), exemption(WEDNESDAY, period="2", why="Testing")],
        [policy(WEDNESDAY, due_after_min=10), policy(THURSDAY, period="2", grace_min=5)],
        [policy(WEDNESDAY, due_after_min=10), policy(WEDNESDAY, due_after_min=20)],
        [{"type": "remove_day", "on": f"{WEDNESDAY}", "grades": "*"}],
    ],
    ids=lambda changes: "+".join(one["type"] for one in changes),
)
def test_L12_what_it_answers_takes_it_back(school: School, moss: Desk, changes: list[Tree]) -> None:
    extend_layout(school.engine, school.clock.now())
    before = roll_rows(school, school.cast.birch)
    shown = moss.show()
    done = moss.change(*changes)
    assert roll_rows(school, school.cast.birch) != before
    moss.undo(done)
    assert roll_rows(school, school.cast.birch) == before
    again = moss.show()
    assert again.pop("revision") == shown.pop("revision") + 2
    for one in (*again["schedules"], *shown["schedules"]):
        one["periods"].sort(key=lambda slot: slot["period"])
    assert again == shown


def test_L12_leaves_are_kept_and_taken_back_and_move_nothing(school: School, lind: Desk) -> None:
    away = {
        "type": "leave",
        "staff_id": str(school.cast.ruiz.staff_id),
        "from_on": f"{TUESDAY}",
        "to_on": f"{THURSDAY}",
    }
    told = lind.change(away)
    assert told["totals"] == NOTHING
    (leave,) = lind.show()["leaves"]
    assert (leave["staff_id"], leave["from_on"]) == (away["staff_id"], f"{TUESDAY}")
    lind.undo(told)
    assert lind.show()["leaves"] == []
    (row,) = school.rows(table_of(StaffLeave))
    assert row.ended_at == school.clock.now()


def test_L12_every_change_is_noted_with_who_and_when(school: School, moss: Desk) -> None:
    changes = (
        MINIMUM,
        day(WEDNESDAY, schedule="minimum"),
        policy(WEDNESDAY, due_after_min=10),
        exemption(WEDNESDAY, period="1"),
    )
    told = moss.change(*changes)
    moss.undo(told)
    acts = school.rows(table_of(DeskAct))
    assert {act.kind for act in acts} == {
        "timetable_schedule",
        "timetable_day",
        "deadline_policy_set",
        "deadline_policy_ended",
        "exemption_set",
        "exemption_ended",
    }
    assert {(act.by, act.at) for act in acts} == {(school.cast.moss.staff_id, cast.MORNING)}
    (changed,) = [
        facts
        for act in acts
        if act.kind == "timetable_day"
        and (facts := json.loads(act.facts))["before"]["schedule"] == "regular"
    ]
    assert changed["after"]["schedule"] == "minimum"


def test_L12_who_saw_an_older_timetable_looks_again(school: School, lind: Desk) -> None:
    seen = lind.show()["revision"]
    lind.change(exemption(WEDNESDAY, period="1"))
    before = everything(school)
    for preview in (True, False):
        refused = lind.ask(exemption(THURSDAY, period="1"), preview=preview, revision=seen)
        assert refused.status_code == 409
        told = refused.get_json()
        assert (told["code"], told["revision"]) == ("changed_meanwhile", seen + 1)
        assert "timetable" in told["detail"]
    assert everything(school) == before


def test_L12_one_wrong_change_and_none_is_made(school: School, lind: Desk) -> None:
    before = everything(school)
    wrong = lind.wrong(exemption(WEDNESDAY, period="1"), exemption(HOLIDAY, period="1"))
    assert wrong == {"1": {"on": ["There is no school on October 12, 2026."]}}
    assert everything(school) == before


ON = f"{WEDNESDAY}"
SPAN = "September 28, 2026 to October 23, 2026"
WRONG: list[tuple[Tree, str, str]] = [
    (day(WEDNESDAY, schedule=None), "schedule", "A school day needs a bell schedule."),
    (day(WEDNESDAY, schedule="late"), "schedule", "There is no bell schedule late. Make it first."),
    (day(WEDNESDAY, grades="13"), "grades", "No section of this school has grade 13."),
    (
        day(WEDNESDAY, kind="closed", schedule=None, closed_from_time="12:00"),
        "closed_from_time",
        "There is no school on that day anyway.",
    ),
    (
        day(date(2027, 1, 4)),
        "on",
        f"The calendar runs from {SPAN}. Import a calendar for other years.",
    ),
    (
        {"type": "remove_day", "on": ON, "grades": "8"},
        "on",
        "The calendar has no such line on October 7, 2026.",
    ),
    (bells("regular", p1="08:50-08:00"), "periods", "Period 1 ends before it begins."),
    (
        {**bells("regular"), "periods": [*bells("x", p1="08:00-09:00")["periods"]] * 2},
        "periods",
        "Period 1 is there twice.",
    ),
    (bells("regular"), "schedule", "13 dates from today on use it. Give them another first."),
    (bells("late"), "schedule", "There is no bell schedule late."),
    (
        policy(WEDNESDAY, check_after_min=14),
        "check_after_min",
        "Look for missing rolls when they are due or later.",
    ),
    (
        policy(MONDAY),
        "from_on",
        "Deadlines change from today or a later date on; what has passed stays as it was.",
    ),
    (policy(WEDNESDAY, period="9"), "period", "No bell schedule has a period 9."),
    (policy(WEDNESDAY, grades="7,8"), "grades", "No section of this school has grade 7."),
    (
        {"type": "end_policy", "policy_id": NOWHERE, "from_on": ON},
        "policy_id",
        "There are no such deadlines.",
    ),
    (
        exemption(WEDNESDAY),
        "period",
        "Name a section or a period; to close school, change the day.",
    ),
    (exemption(WEDNESDAY, period="9"), "period", "No bell schedule has a period 9."),
    (
        {**exemption(WEDNESDAY), "section_id": NOWHERE},
        "section_id",
        "There is no such section at this school.",
    ),
    (
        {"type": "end_exemption", "exemption_id": NOWHERE},
        "exemption_id",
        "There is no such exemption.",
    ),
    (
        {"type": "leave", "staff_id": NOWHERE, "from_on": ON, "to_on": ON},
        "staff_id",
        "Nobody at this school.",
    ),
    ({"type": "end_leave", "leave_id": NOWHERE}, "leave_id", "There is no such leave."),
]


@pytest.mark.parametrize(
    ("change", "field", "sentence"), WRONG, ids=[f"{one['type']}-{name}" for one, name, _ in WRONG]
)
def test_L12_bad_input_is_a_sentence_about_its_field(
    sqlite_school: School, change: Tree, field: str, sentence: str
) -> None:
    desk = Desk(sqlite_school.tablet(sqlite_school.cast.moss))
    assert desk.wrong(change) == {"0": {field: [sentence]}}


def test_L12_what_has_the_wrong_form_is_told_by_place_and_field(sqlite_school: School) -> None:
    desk = Desk(sqlite_school.tablet(sqlite_school.cast.moss))
    forms = [
        (policy(WEDNESDAY, close_time="25:00"), "close_time"),
        (policy(WEDNESDAY, grace_min=-1), "grace_min"),
        (day(WEDNESDAY, kind="party"), "kind"),
        ({"type": "party"}, "type"),
        ("party", "type"),
    ]
    for change, field in forms:
        answer = desk.ask(change)  # type: ignore[arg-type]
        assert answer.status_code == 422
        assert list(answer.get_json()["errors"]["changes"]["0"]) == [field]


def test_L12_a_section_that_meets_in_both_keeps_two_periods_apart(
    school: School, moss: Desk
) -> None:
    overlapping = bells("regular", p1="08:00-08:50", p2="08:40-09:30")
    assert moss.change(overlapping)["totals"]["moved"] > 0
    eight_a = school.cast.eight_a
    with school.engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO section_meeting (school_id, section_id, period, weekdays, day_labels)"
            " SELECT school_id, section_id, '2', 'MTWRF', '' FROM section_meeting"
            f" WHERE period = '1' AND school_id = '{_key(school, eight_a.school_id)}'"
        )
    wrong = moss.wrong(overlapping)
    assert wrong == {
        "0": {"periods": ["Period 2 begins before Period 1 ends, and 8A meets in both."]}
    }


def _key(school: School, school_id: Any) -> str:
    """An id as the database spells it."""
    return school_id.hex if school.engine.dialect.name == "sqlite" else str(school_id)


def test_L12_bands_of_a_date_that_cross_are_refused(sqlite_school: School) -> None:
    desk = Desk(sqlite_school.tablet(sqlite_school.cast.lind))
    with sqlite_school.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE section SET grades = '07,08' WHERE title = '8B'")
        connection.exec_driver_sql("UPDATE section SET grades = '08,09' WHERE title = '8A'")
    desk.change(day(WEDNESDAY, grades="7,8"))
    wrong = desk.wrong(day(WEDNESDAY, grades="8,9"))
    assert wrong == {
        "0": {"grades": ["Grade 8 is in the line for grades 7,8 of that date already."]}
    }
    desk.change(day(WEDNESDAY, grades="8"))


def test_an_exemption_is_not_made_twice_nor_ended_twice(school: School, lind: Desk) -> None:
    told = lind.change(exemption(WEDNESDAY, period="1"))
    assert lind.wrong(exemption(WEDNESDAY, period="1"))["0"] == {"on": ["That is exempt already."]}
    lind.undo(told)
    assert lind.wrong(*told["undo"])["0"] == {"exemption_id": ["There is no such exemption."]}
    (row,) = school.rows(table_of(Exemption))
    assert row.ended_at == school.clock.now()


def test_D13_deadlines_that_have_ended_are_set_anew_not_revived(school: School, moss: Desk) -> None:
    moss.change(policy(TUESDAY, due_after_min=10))
    (row,) = school.rows(table_of(DeadlinePolicy))
    end = {"type": "end_policy", "policy_id": str(row.policy_id), "from_on": f"{WEDNESDAY}"}
    moss.change(end)
    school.clock.set(local(THURSDAY, 8))
    wrong = moss.wrong({**end, "from_on": None})
    assert wrong == {"0": {"policy_id": ["They ended on October 7, 2026. Set them anew."]}}
    assert moss.wrong(end)["0"]["from_on"] == [
        "Deadlines change from today or a later date on; what has passed stays as it was."
    ]


def test_a_roll_is_reminded_of_when_it_is_due_now(school: School, moss: Desk) -> None:
    moss.change(MINIMUM, day(WEDNESDAY, schedule="minimum"))
    row = state_of(school, school.cast.eight_b, WEDNESDAY)
    assert row.remind_at == row.due_at - timedelta(minutes=5) == local(WEDNESDAY, 8, 50)
    # Its first reminder was made: the row points at the next. A day that moves begins anew.
    school.change(
        table_of(RollRow), {"remind_at": row.due_at}, roll_id=school.cast.eight_b.roll(WEDNESDAY)
    )
    school.clock.set(local(WEDNESDAY, 8, 51))
    extend_layout(school.engine, school.clock.now())
    assert state_of(school, school.cast.eight_b, WEDNESDAY).remind_at == row.due_at
    moss.change(day(WEDNESDAY))
    assert state_of(school, school.cast.eight_b, WEDNESDAY).remind_at == local(WEDNESDAY, 9, 10)
