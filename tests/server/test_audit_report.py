"""The auditor's report: who entered what when, every change, what nobody took, outages, the log."""

from __future__ import annotations

import csv
import io
import threading
from datetime import timedelta

import pytest

from schemas.audit import AuditReport, Integrity, Outages
from server import heartbeat
from server.columns import spell
from server.db import writing
from server.models import Closing, School, ServerRun, WeekStatement, table_of
from server.services.check import check
from server.services.server_runs import note_alive, note_start
from tests.support import auditors, cast
from tests.support.api import School as Birch
from tests.support.api import Tablet, Tree

RUNS = table_of(ServerRun)
DAY = f"?from={cast.TUESDAY}"


@pytest.fixture
def vale(school: Birch) -> Tablet:
    """Ruiz took her roll in time, Okafor changed a mark, the office gave a confidential reason;
    Brandt's roll came a day later; an auditor looks at all of it on Thursday."""
    auditors.settle(school.engine)
    pack = {"rule_pack": "california_lausd"}
    school.change(table_of(School), pack, school_id=school.cast.birch)
    eight_a = school.cast.eight_a
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    first = ruiz.op(eight_a, absent=[3, 5])
    ruiz.push(first)
    school.clock.forward(minutes=6)
    late = {"student_id": str(eight_a.students[3]), "presence": "late", "parents": [first["id"]]}
    okafor.push(okafor.op(eight_a, marks=[late | {"arrived_at": "2026-10-06T15:08:00.000Z"}]))
    school.clock.forward(minutes=30)
    lind = school.tablet(school.cast.lind)
    excused = {"student_id": str(eight_a.students[5]), "reason": "A-1", "why": "A call from home."}
    lind.push(lind.op(eight_a, kind="rule", marks=[excused]))
    brandt = school.tablet(school.cast.brandt)
    school.clock.set(cast.local(cast.TUESDAY, 9, 4))
    forgotten = brandt.op(school.cast.eight_b)
    school.clock.set(cast.local(cast.WEDNESDAY, 8, 30))
    brandt.push(forgotten)
    school.clock.set(cast.local(cast.WEDNESDAY + timedelta(days=1), 8))
    return school.tablet(auditors.VALE)


def report(tablet: Tablet, query: str = DAY) -> Tree:
    told = tablet.get(f"audit{query}")
    assert AuditReport().validate(told) == {}
    return told


def roll(told: Tree, title: str) -> Tree:
    (one,) = [each for each in told["rolls"] if each["section_title"] == title]
    return one


def test_E1_the_report_says_who_entered_a_roll_when_and_every_change_in_order(
    vale: Tablet,
) -> None:
    lines = roll(report(vale), "8A")["lines"]
    entered = lines[0]
    assert (entered["kind"], entered["by"]["name"], entered["by"]["employee_id"]) == (
        "entered", "D. Ruiz", "ruiz",
    )  # fmt: skip
    assert entered["summary"] == {"present": 28, "absent": 2}
    assert (entered["entered_on"], entered["later_day"]) == (str(cast.TUESDAY), False)
    (mark,) = [one for one in lines if one["fact"] == "presence"]
    assert (mark["kind"], mark["by"]["name"], mark["old"], mark["new"]) == (
        "changed", "N. Okafor", "absent", "late",
    )  # fmt: skip
    (reason,) = [one for one in lines if one["fact"] == "reason"]
    assert (reason["kind"], reason["by"]["name"]) == ("ruled", "R. Lind")
    assert [one["seq"] for one in lines] == sorted(one["seq"] for one in lines)


def test_E1_the_calendar_day_of_the_first_entry_is_told_where_it_is_a_later_one(
    vale: Tablet,
) -> None:
    (entered,) = roll(report(vale), "8B")["lines"]
    assert (entered["entered_on"], entered["later_day"]) == (str(cast.WEDNESDAY), True)


def test_E1_a_roll_that_nobody_took_is_not_taken_and_counts_nobody(vale: Tablet) -> None:
    told = report(vale, f"?from={cast.WEDNESDAY}")
    assert {one["section_title"]: one["taken"] for one in told["rolls"]} == {
        "8A": False, "8B": False,
    }  # fmt: skip
    assert all(one["lines"] == [] for one in told["rolls"])


def test_E1_it_is_of_a_teacher_or_a_student_too(vale: Tablet) -> None:
    everyone = vale.school.cast
    span = f"?from={cast.FIRST}&to={cast.TUESDAY}"
    of_brandt = report(vale, f"{span}&staff_id={everyone.brandt.staff_id}")
    assert of_brandt["about"] == "P. Brandt"
    assert {one["section_title"] for one in of_brandt["rolls"]} == {"8B"}
    student = everyone.eight_a.students[3]
    of_one = report(vale, f"{DAY}&student_id={student}")
    lines = roll(of_one, "8A")["lines"]
    assert lines[0]["summary"] == {"absent": 1}
    assert {one["student_name"] for one in lines[1:]} == {of_one["about"]}
    assert "R. Lind" not in {one["by"]["name"] for one in lines}


def test_E1_a_day_of_everybody_and_a_month_of_one(vale: Tablet) -> None:
    asked = (
        f"?from={cast.FIRST}&to={cast.TUESDAY}",
        f"?from=2026-08-01&to={cast.TUESDAY}&staff_id={vale.school.cast.ruiz.staff_id}",
        f"?from={cast.TUESDAY}&to={cast.FIRST}",
    )
    for query in asked:
        assert vale.client.get(f"{vale.path}/audit{query}").status_code == 422
    nobody = vale.client.get(f"{vale.path}/audit{DAY}&staff_id={cast.named('staff', 'nobody')}")
    assert nobody.status_code == 404


def test_E1_a_confidential_reason_is_hidden_from_who_may_not_read_it(vale: Tablet) -> None:
    school = vale.school
    lind = school.tablet(school.cast.lind)
    student = str(school.cast.eight_a.students[5])
    secret = {"student_id": student, "reason": "CM", "why": "The clinic called."}
    school.clock.forward(minutes=1)
    lind.push(lind.op(school.cast.eight_a, kind="rule", marks=[secret]))
    line = roll(report(vale), "8A")["lines"][-1]
    assert (line["fact"], line["hidden"], line["old"], line["new"], line["why"]) == (
        "reason", True, None, None, None,
    )  # fmt: skip
    answer = vale.client.get(f"{vale.path}/audit.csv{DAY}")
    assert "clinic" not in answer.get_data(as_text=True)


def test_E1_the_file_has_a_line_for_each_entry_and_each_roll_not_taken(vale: Tablet) -> None:
    answer = vale.client.get(f"{vale.path}/audit.csv{DAY}")
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    assert [one["What"] for one in lines if one["Section"] == "8B"] == ["entered"]
    later = vale.client.get(f"{vale.path}/audit.csv?from={cast.WEDNESDAY}")
    lines = list(csv.DictReader(io.StringIO(later.get_data().decode("utf-8-sig"))))
    assert [one["What"] for one in lines] == ["not taken", "not taken"]


def test_E2_1_each_start_of_the_server_is_kept_with_the_last_moment_that_one_was_alive(
    vale: Tablet,
) -> None:
    engine = vale.school.engine
    at = [cast.local(cast.TUESDAY, 6 + n) for n in range(4)]
    note_start(engine, at[0])
    note_alive(engine, at[1])
    note_alive(engine, at[1] + timedelta(seconds=10))  # another process: written down already
    note_start(engine, at[1] + timedelta(seconds=50))  # a restart keeps nobody waiting
    note_alive(engine, at[2])
    note_start(engine, at[3])
    told = vale.get(f"audit/outages?from={cast.TUESDAY}")
    assert Outages().validate(told) == {}
    assert [(one["known_until"], one["outage"]) for one in told["starts"]] == [
        (None, False), (spell(at[1]), False), (spell(at[2]), True),
    ]  # fmt: skip
    assert vale.get(f"audit/outages?from={cast.WEDNESDAY}")["starts"] == []
    answer = vale.client.get(f"{vale.path}/audit/outages.csv?from={cast.TUESDAY}&to=2026-10-07")
    lines = list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    (down,) = [one for one in lines if one["What"] == "no server known"]
    assert (down["From"], down["To"], down["Minutes"]) == (
        "2026-10-06 08:00", "2026-10-06 09:00", "60",
    )  # fmt: skip
    assert [one["What"] for one in lines].count("server started") == 3
    assert [one["Whose rolls"] for one in lines if one["What"] == "tablet away"] == ["P. Brandt"]


def test_E2_1_a_server_beats_until_it_is_stopped(
    vale: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "BEAT", timedelta(0))
    school = vale.school
    note_start(school.engine, cast.MORNING)
    stop = threading.Event()
    beating = heartbeat.begin_heartbeat(school.engine, school.clock, stop)
    patience = threading.Event()
    for _ in range(600):
        if school.rows(RUNS)[0].alive_at == school.clock.now():
            break
        patience.wait(0.05)
    stop.set()
    beating.join()
    assert school.rows(RUNS)[0].alive_at == school.clock.now()


def test_E2_a_tablet_that_was_away_is_told_from_what_it_sent_later(vale: Tablet) -> None:
    told = vale.get(f"audit/outages?from={cast.TUESDAY}&to={cast.WEDNESDAY}")
    assert Outages().validate(told) == {}
    (one,) = told["outages"]
    assert (one["names"], one["entries"], one["device_label"]) == (
        ["P. Brandt"], 1, "Tablet of P. Brandt",
    )  # fmt: skip
    assert one["longest_min"] == 23 * 60 + 26


def integrity(tablet: Tablet) -> Tree:
    told = tablet.get(f"audit/integrity?from={cast.FIRST}&to={cast.LAST}")
    assert Integrity().validate(told) == {}
    return told


def test_E3_the_log_is_checked_on_the_screen_and_a_changed_row_is_found(vale: Tablet) -> None:
    told = integrity(vale)
    assert (told["rolls"], told["ops"], told["differences"]) == (2, 4, [])
    with writing(vale.school.engine) as connection:
        connection.exec_driver_sql("UPDATE mark_exception SET presence = 'present'")
    (difference, *_) = integrity(vale)["differences"]
    assert difference["what"] == "exceptions differ"


def test_E3_what_was_signed_and_what_a_month_came_to_are_checked_too(vale: Tablet) -> None:
    school = vale.school
    ruiz, moss = school.tablet(school.cast.ruiz), school.tablet(school.cast.moss)
    school.clock.set(cast.local(cast.LAST + timedelta(days=10), 9))
    week = ruiz.get(f"weeks/mine?week={cast.TUESDAY}")
    body = {"week_on": week["week_on"], "digest": week["digest"]}
    assert ruiz.post("weeks/mine", body).status_code == 200
    month = {"span": "month", "act": "close", "first_on": "2026-10-01"}
    assert moss.post("closings", month).status_code == 200
    told = integrity(vale)
    assert (told["statements"], told["months"], told["differences"]) == (1, 1, [])
    assert [one.differences for one in check(school.engine)] == [[], []]
    school.change(table_of(WeekStatement), {"content": b"x\x9c"}, school_id=school.cast.birch)
    school.change(table_of(Closing), {"sums": "{}"}, school_id=school.cast.birch, span="month")
    found = [one.what for each in check(school.engine) for one in each.differences]
    assert found[0].endswith("is not what was signed")
    assert found[1] == "2026-10 does not come to what it came to when it was closed"
