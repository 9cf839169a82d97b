"""The server's clock was ten years ahead, and somebody set it right."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from server.cli import cli
from server.clock import SystemClock
from server.models import CaptureGrant, DeskAct, Device, SigninSession, table_of
from server.services.put_right import find_ahead, put_right
from server.services.revoke import By, revoke_device
from tests.support.api import School, Tablet
from tests.support.cast import MORNING

YEARS = timedelta(days=3653)
WHY = "The clock chip's battery was empty."


@pytest.fixture
def okafors(school: School) -> dict[str, Any]:
    """At 8:03 Ruiz took the roll; then the clock was ahead, Okafor changed it, and it is 8:20."""
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    ruiz.push(ruiz.op(school.cast.eight_a))
    op = okafor.op(school.cast.eight_a, absent=[2], taken_at=MORNING + timedelta(minutes=5))
    school.clock.set(MORNING + YEARS)
    enter_until(okafor, school)
    (told,) = okafor.push(op)
    assert (told["outcome"], told["received_at"][:4]) == ("accepted", "2036")
    school.clock.set(MORNING + timedelta(minutes=17))
    return op


def enter_until(tablet: Tablet, school: School) -> None:
    """Signed in anew, for long enough."""
    later = {"expires_at": MORNING + 2 * YEARS}
    school.change(table_of(SigninSession), later, staff_id=tablet.person.staff_id)
    school.change(
        table_of(CaptureGrant), {"until_at": MORNING + 2 * YEARS}, staff_id=tablet.person.staff_id
    )


def test_Z4_receipts_begin_again_at_the_present_and_what_was_told_stays_told(
    school: School, okafors: dict[str, Any]
) -> None:
    ruiz, now = school.tablet(school.cast.ruiz), school.clock.now()
    (frozen,) = ruiz.push(ruiz.op(school.cast.eight_a, absent=[4]))
    assert frozen["received_at"][:4] == "2036"
    (ahead,) = find_ahead(school.engine, now)
    assert (ahead.school_id, ahead.last_receipt) == (school.cast.birch, MORNING + YEARS)
    assert put_right(school.engine, ahead.school_id, WHY, now)
    assert find_ahead(school.engine, now) == []
    assert not put_right(school.engine, ahead.school_id, WHY, now), "twice is once"
    ruiz, okafor = school.tablet(school.cast.ruiz), school.tablet(school.cast.okafor)
    (right,) = ruiz.push(ruiz.op(school.cast.eight_a, absent=[5]))
    assert right["received_at"] == "2026-10-06T15:20:00.000Z"
    (again,) = okafor.push(okafors)
    assert (again["replayed"], again["received_at"][:4]) == (True, "2036")
    (noted,) = school.rows(table_of(DeskAct), kind="clock_put_right")
    facts = json.loads(noted.facts)
    assert (noted.at, facts["last_receipt"][:4], facts["why"]) == (now, "2036", WHY)
    ready = school.app.test_client().get("/ready").get_json()
    (clock,) = [one for one in ready["checks"] if one["name"] == "clock"]
    assert clock["detail"] == "runs on"


def test_Z4_W4_what_came_while_it_was_ahead_counts_since_it_was_put_right(
    school: School, okafors: dict[str, Any]
) -> None:
    put_right(school.engine, school.cast.birch, WHY, school.clock.now())
    school.clock.forward(minutes=5)
    lind, roll = school.tablet(school.cast.lind), f"rolls/{school.cast.eight_a.roll()}"
    ops = [
        [
            one["op_id"]
            for one in lind.get(f"{roll}?as_of=2026-10-06T15:{minute}:00.000Z")["entries"]
        ]
        for minute in (19, 20)
    ]
    assert (len(ops[0]), len(ops[1])) == (1, 2)
    assert ops[1][1] == okafors["id"]
    now = lind.get(roll)
    then = lind.get(f"{roll}?as_of=2026-10-06T15:22:00.000Z")
    assert now["roll"]["marks"] == then["roll"]["marks"]
    assert now["entries"][1]["heard_at"] == "2026-10-06T15:20:00.000Z"


def test_Z4_leave_that_was_withdrawn_or_given_meanwhile_is_as_of_now(school: School) -> None:
    brandt, now = school.tablet(school.cast.brandt), MORNING + timedelta(minutes=17)
    before = brandt.op(school.cast.eight_b)
    school.clock.set(MORNING + YEARS)
    enter_until(brandt, school)
    revoke_device(
        school.engine, school.cast.birch, brandt.device_id, By(None, "lost"), school.clock.now()
    )
    lind = school.tablet(school.cast.lind)
    enter_until(lind, school)
    lind.push(lind.op(school.cast.eight_a))
    school.clock.set(now)
    put_right(school.engine, school.cast.birch, WHY, now)
    (device,) = school.rows(table_of(Device), device_id=brandt.device_id)
    (leave,) = school.rows(table_of(CaptureGrant), grant_id=brandt.person.grant_id)
    assert device.revoked_at == leave.revoked_at == now
    assert leave.until_at < now + timedelta(days=91)
    okafor = school.tablet(school.cast.okafor)
    school.clock.forward(minutes=5)
    after = brandt.op(school.cast.eight_b, taken_at=school.clock.now())
    told = okafor.push(before, after)
    assert [one["reason"] for one in told] == [None, "grant_revoked"]


def test_Z4_an_operator_looks_then_puts_it_right(
    sqlite_school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    school, clock = sqlite_school, sqlite_school.clock
    clock.set(MORNING + YEARS)
    ruiz = school.tablet(school.cast.ruiz)
    enter_until(ruiz, school)
    ruiz.push(ruiz.op(school.cast.eight_a))
    clock.set(MORNING)
    monkeypatch.setenv("ROLLBOOK_DATABASE_URL", school.engine.url.render_as_string(False))
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.now())

    def rollbook(*words: str) -> str:
        done = CliRunner().invoke(cli, ["clock", *words])
        assert done.exit_code == 0, done.output
        return done.output

    assert "Birch has received something at Monday, October 6, 2036" in rollbook("show")
    assert json.loads(rollbook("show", "--json"))["ahead"][0]["school"] == "Birch"
    assert "Nothing was changed." in rollbook("put-right", "--why", WHY)
    assert find_ahead(school.engine, MORNING)
    assert "Birch receives" not in rollbook("put-right", "--why", WHY, "--school", "Alder")
    assert "receives at its own time again" in rollbook("put-right", "--why", WHY, "--yes")
    assert "nothing to put right" in rollbook("put-right", "--why", WHY, "--yes")
    assert "No school has received anything later" in rollbook("show")
