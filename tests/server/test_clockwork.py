"""The clockwork: what is done how often, and what becomes of it when somebody sets the clock."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from server.jobs import clockwork
from server.jobs.steady import HOLD, Steady, put_off
from server.push.recording import RecordingSender
from server.services.deliver import Post
from server.services.tick import note_tick
from tests.support import cast
from tests.support.api import School
from tests.support.reminding import Bell

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@dataclass
class Elapsed:
    """Seconds that passed, whatever the clock says."""

    seconds: float = 0

    def __call__(self) -> float:
        return self.seconds


def test_every_job_once_makes_reminders_and_sends_them(school: School) -> None:
    bell = Bell(school)
    school.tablet(school.cast.ruiz)  # who is signed in nowhere is reminded nowhere (P3)
    bell.subscribe(school.cast.ruiz)
    bell.email(school.cast.okafor)
    jobs = clockwork.jobs_of(bell.post)
    school.clock.set(cast.local(cast.TUESDAY, 8, 25))
    done = clockwork.run_once(school.engine, school.clock, jobs)
    assert [job.name for job in jobs] == list(done)
    assert (done["remind"], done["deliver"], done["mail"]) == (2, 1, 1)
    again = clockwork.run_once(school.engine, school.clock, jobs)
    assert (again["remind"], again["deliver"], again["mail"]) == (0, 0, 0)


def test_pushes_go_within_seconds_and_reminders_are_looked_for_every_ten() -> None:
    every = {job.name: job.every for job in clockwork.jobs_of(Post(RecordingSender(), ""))}
    assert every["remind"] <= timedelta(seconds=10)
    assert every["deliver"] <= timedelta(seconds=2)


def test_D17_rolls_lock_within_a_minute_of_their_time() -> None:
    every = {job.name: job.every for job in clockwork.jobs_of(Post(RecordingSender(), ""))}
    assert every["lock_rolls"] <= timedelta(minutes=1)


def test_whoever_watches_reads_when_reminders_were_last_looked_after(school: School) -> None:
    def told() -> str:
        ready = school.app.test_client().get("/ready")
        assert ready.status_code == 200  # rolls are taken all the same
        (check,) = [one for one in ready.get_json()["checks"] if one["name"] == "jobs"]
        detail: str = check["detail"]
        return detail

    assert told() == "Nobody is reminded yet: start `rollbook jobs`."
    note_tick(school.engine, "remind", school.clock.now())
    assert told() == "tick"
    school.clock.forward(seconds=91)
    assert told() == "Nobody has been reminded for 2 min. Does `rollbook jobs` run?"
    note_tick(school.engine, "remind", school.clock.now())
    assert told() == "tick"
    office = school.tablet(school.cast.lind)
    assert office.get("reach")["ticked_at"] == office.get("reminder-policy")["ticked_at"]


def test_a_tick_is_not_written_every_other_second(sqlite_school: School) -> None:
    school = sqlite_school
    office = school.tablet(school.cast.lind)
    note_tick(school.engine, "remind", school.clock.now())
    first = office.get("reach")["ticked_at"]
    note_tick(school.engine, "remind", school.clock.forward(seconds=10))
    assert office.get("reach")["ticked_at"] == first
    note_tick(school.engine, "remind", school.clock.forward(seconds=20))
    assert office.get("reach")["ticked_at"] != first
    school.clock.set(school.clock.now() - HOUR)
    note_tick(school.engine, "remind", school.clock.now())
    assert office.get("reach")["ticked_at"] == "2026-10-06T14:03:30.000Z"


def test_a_clock_that_somebody_sets_is_noticed_and_one_that_runs_is_not() -> None:
    clock, elapsed = cast.SetClock(), Elapsed()
    steady = Steady(clock, elapsed)
    for seconds in (5, 7, 60):
        clock.forward(seconds=seconds)
        elapsed.seconds += seconds
        assert steady.look() is None
    clock.forward(hours=-1, seconds=5)
    elapsed.seconds += 5
    assert steady.look() == -HOUR
    assert steady.look() is None
    clock.forward(hours=1, seconds=2)
    elapsed.seconds += 2
    assert steady.look() == HOUR


@pytest.mark.parametrize(
    ("moved", "wait"),
    [(HOUR, HOLD), (-HOUR, timedelta(0)), (90 * SECOND, timedelta(0)), (121 * SECOND, HOLD)],
)
def test_R5_4_far_ahead_reminders_wait(moved: timedelta, wait: timedelta) -> None:
    assert put_off(moved) == wait


@dataclass
class Scheduler:
    """When each job runs next."""

    next: dict[str, datetime] = field(default_factory=dict)

    def modify_job(self, job_id: str, **changes: Any) -> None:
        self.next[job_id] = changes["next_run_time"]


def test_R5_4_a_clock_that_goes_ahead_and_back_has_reminded_nobody(school: School) -> None:
    """At 8:05 somebody sets the clock to 10:05, and back a minute later: nobody was called late."""
    bell, scheduler = Bell(school), Scheduler()
    for person in (school.cast.ruiz, school.cast.brandt):
        school.tablet(person)
        bell.subscribe(person)
    jobs = clockwork.jobs_of(bell.post)

    def run(moved: timedelta) -> None:
        clockwork.after_the_clock_moved(scheduler, school.clock, jobs, moved)  # type: ignore[arg-type]
        for job in jobs:
            if scheduler.next[job.name] <= school.clock.now():
                job.run(school.engine, school.clock.now())

    school.clock.forward(hours=2)
    run(2 * HOUR)
    assert scheduler.next["remind"] == school.clock.now() + HOLD
    assert bell.sender.sent == []
    school.clock.forward(hours=-2, minutes=1)
    run(-2 * HOUR)
    assert scheduler.next["remind"] == school.clock.now()
    bell.until(8, 15)
    assert bell.told(school.cast.ruiz) == [
        "8:10 push Period 1 roll is due at 8:15",
        "8:15 push Period 1 roll was due at 8:15",
    ]
    assert bell.told(school.cast.brandt) == []


def test_two_clockworks_at_once_say_each_thing_once(school: School) -> None:
    """Two threads with clockworks of their own; only PostgreSQL lets both write at once (K5)."""
    bells = [Bell(school), Bell(school)]
    people = [one for one in school.cast.people if one.school_id == school.cast.birch]
    for person in people:
        bells[0].subscribe(person)
    for minute in (10, 15, 25, 30, 45):
        school.clock.set(cast.local(cast.TUESDAY, 8, minute))
        both = threading.Barrier(2)

        def run(bell: Bell, both: threading.Barrier = both) -> None:
            both.wait()
            bell.tick()

        threads = [threading.Thread(target=run, args=(bell,)) for bell in bells]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        bells[0].tick()  # what one left to the other while it had it in hand
    said = sorted(one.line() for bell in bells for one in bell.said)
    assert said == sorted(
        [
            *2 * ["8:10 push Period 1 roll is due at 8:15"],
            *2 * ["8:15 push Period 1 roll was due at 8:15"],
            *2 * ["8:25 push Period 1 roll was due at 8:15"],
            "8:30 push 1 roll not taken, period 1",
            "8:45 push 1 roll not taken, period 1",
        ]
    )
    assert {state for _, state in bells[0].reminders(school_id=school.cast.birch)} == {"sent"}
