"""Rolls lock by the deadlines that a school set, in the log, in the name of who set them (D17)."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import insert

from server.db import writing
from server.jobs.sweep import extend_layout, lock_due
from server.models import OpEntry, RollRow, table_of
from server.services.lock_rolls import AT_ONCE
from server.services.poke import count
from tests.server.held_desk import decide, differences, done
from tests.support.api import School, Tablet
from tests.support.cast import TUESDAY, WEDNESDAY, local, named
from tests.support.timetable import Desk, exemption, policy

FIVE, ROLLS = local(TUESDAY, 17), table_of(RollRow)
THURSDAY = WEDNESDAY + timedelta(days=1)


@pytest.fixture
def moss(school: School) -> Tablet:
    """The administrator, who has set that rolls lock when their own day closes."""
    moss = school.tablet(school.cast.moss)
    Desk(moss).change(policy(TUESDAY, lock_after_days=0))
    return moss


def lock(school: School, at: Any = FIVE) -> int:
    """The clockwork at an instant."""
    school.clock.set(at)
    return lock_due(school.engine, at)


def row_of(school: School, roll_id: Any) -> Any:
    """A roll's row."""
    (row,) = school.rows(ROLLS, roll_id=roll_id)
    return row


def test_D17_a_roll_locks_when_its_time_has_come_and_says_by_whose_rule(
    school: School, moss: Tablet
) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a, absent=[3]))
    ruiz.bootstrap()
    assert ruiz.roll(school.cast.eight_a)["locks_at"] == "2026-10-07T00:00:00.000Z"
    assert lock(school, FIVE - timedelta(seconds=1)) == 0
    pokes = count(school.cast.birch)
    assert lock(school) == 2
    assert count(school.cast.birch) > pokes
    (told,) = [one for one in ruiz.pull() if one["type"] == "roll"]
    assert told["state"] == "locked"
    assert told["locked"]["at"] == "2026-10-07T00:00:00.000Z"
    assert told["locked"]["by"]["name"] == "T. Moss"
    (entry,) = [
        one
        for one in moss.get(f"rolls/{school.cast.eight_a.roll()}")["entries"]
        if one["kind"] == "lock"
    ]
    assert entry["author"]["name"] == "T. Moss"
    assert entry["why"] == "By the school's deadlines: rolls lock on their own date."
    assert differences(school) == []


def test_D17_A7_what_comes_too_late_waits_for_the_office(school: School, moss: Tablet) -> None:
    lock(school)
    brandt = school.tablet(school.cast.brandt)
    (late,) = brandt.push(brandt.op(school.cast.eight_b))
    assert (late["outcome"], late["reason"]) == ("held", "locked")
    roll = done(moss, school.cast.eight_b.roll(), "reopen", 0, why="The sheet was found.")
    assert (roll["state"], roll["locked"]) == ("not_taken", None)
    decide(moss, late["id"], "hear_again")
    assert brandt.roll(school.cast.eight_b)["state"] == "submitted"
    assert differences(school) == []


def test_D17_twice_is_once(school: School, moss: Tablet) -> None:
    assert lock(school) == 2
    seq = row_of(school, school.cast.eight_a.roll()).seq
    assert lock(school) == lock(school, FIVE + timedelta(hours=3)) == 0
    assert row_of(school, school.cast.eight_a.roll()).seq == seq
    assert len([one for one in school.rows(table_of(OpEntry)) if one.kind == "lock"]) == 2


def test_D17_what_was_opened_again_stays_open(school: School, moss: Tablet) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    lock(school)
    school.clock.set(FIVE + timedelta(minutes=5))
    done(moss, school.cast.eight_a.roll(), "reopen", 1, why="Two marks were mixed up.")
    ruiz.bootstrap()
    assert lock(school, FIVE + timedelta(minutes=6)) == 0
    (told,) = [one for one in ruiz.pull() if one["type"] == "roll"]
    assert (told["state"], told["locks_at"], told["locked"]) == ("submitted", None, None)
    extend_layout(school.engine, FIVE + timedelta(minutes=7))
    assert lock(school, FIVE + timedelta(days=1)) == 2  # Wednesday's, not this one again
    assert row_of(school, school.cast.eight_a.roll()).state == "submitted"
    assert differences(school) == []


def test_D17_one_opened_before_its_time_locks_all_the_same(school: School, moss: Tablet) -> None:
    done(moss, school.cast.eight_a.roll(), "lock", 0)
    done(moss, school.cast.eight_a.roll(), "reopen", 0, why="Too early.")
    assert lock(school) == 2
    assert row_of(school, school.cast.eight_a.roll()).state == "locked"


def test_D17_a_signature_stays_to_be_seen(school: School, moss: Tablet) -> None:
    ruiz = school.tablet(school.cast.ruiz)
    ruiz.push(ruiz.op(school.cast.eight_a))
    done(ruiz, school.cast.eight_a.roll(), "certify", 1)
    lock(school)
    roll = ruiz.roll(school.cast.eight_a)
    assert (roll["state"], roll["certified"]["by"]["name"]) == ("locked", "D. Ruiz")
    assert differences(school) == []


def test_D17_nobody_is_named_where_nobody_is_known_who_set_the_rule(
    school: School, moss: Tablet
) -> None:
    school.change(ROLLS, {"policy_id": None}, school_id=school.cast.birch)
    lock(school)
    roll = moss.roll(school.cast.eight_a)
    assert roll["locked"] == {"at": "2026-10-07T00:00:00.000Z", "by": None}
    assert differences(school) == []


def test_D17_a_meeting_that_nobody_expects_is_not_locked(school: School, moss: Tablet) -> None:
    Desk(moss).change(exemption(TUESDAY, period="2"))
    assert lock(school) == 1
    assert row_of(school, school.cast.eight_b.roll()).state == "not_taken"


def test_D17_a_clockwork_that_was_down_for_days_has_missed_nothing(
    school: School, moss: Tablet
) -> None:
    assert lock(school, local(THURSDAY, 18)) == 6
    states = {
        row.school_date: row.state
        for row in school.rows(ROLLS, section_id=school.cast.eight_a.section_id)
    }
    assert states[TUESDAY] == states[WEDNESDAY] == states[THURSDAY] == "locked"
    assert set(states.values()) == {"locked", "not_taken"}


def test_D17_hundreds_at_once_by_two_clockworks_each_once(school: School, moss: Tablet) -> None:
    (known,) = school.rows(ROLLS, roll_id=school.cast.eight_a.roll())
    many = [
        {**known._asdict(), "roll_id": named("roll", f"lock/{n}"), "period": f"x{n}"}
        for n in range(2 * AT_ONCE + 20)
    ]
    with writing(school.engine) as connection:
        connection.execute(insert(ROLLS), many)
    locked: list[int] = []
    clockworks = [Thread(target=lambda: locked.append(lock_due(school.engine, FIVE))) for _ in "ab"]
    for one in clockworks:
        one.start()
    for one in clockworks:
        one.join()
    assert sum(locked) == len(many) + 2
    acts = [one.roll_id for one in school.rows(table_of(OpEntry)) if one.kind == "lock"]
    assert len(acts) == len(set(acts)) == len(many) + 2
    assert differences(school) == []
