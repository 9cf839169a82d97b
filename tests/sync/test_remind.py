"""Which reminders are due, to whom, and until when they help (rules R)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from sync.remind import (
    DEFAULT_STEPS,
    Due,
    Ladder,
    Quiet,
    Skipped,
    Step,
    To,
    Why,
    by_mail,
    due_steps,
    first_at,
    helps_until,
    next_at,
    not_after,
    people_of,
)
from tests.sync.ops import uid

ZONE = ZoneInfo("America/Los_Angeles")
LADDER = Ladder(ZONE)
RUIZ, OKAFOR, SATO, GUEST = (uid(0xA, n) for n in range(4))
EARLY, AT, AGAIN, OFFICE, ADMINISTRATOR = DEFAULT_STEPS


def at(clock: str, on: date = date(2026, 10, 6)) -> datetime:
    """A time of day in Los Angeles as an instant."""
    return datetime.combine(on, time.fromisoformat(clock), ZONE).astimezone(UTC)


DUE, CLOSES = at("09:13"), at("17:00")


def due(now: str, *done: Step, ladder: Ladder = LADDER) -> Due:
    return due_steps(ladder, DUE, CLOSES, frozenset(one.name for one in done), at(now))


def test_R1_1_teachers_of_record_and_co_teachers_are_all_reminded() -> None:
    assert people_of((), (RUIZ, OKAFOR, RUIZ), frozenset()).staff == (RUIZ, OKAFOR)


def test_R1_2_who_stands_in_takes_the_teachers_place() -> None:
    assert people_of((SATO, GUEST), (RUIZ, OKAFOR), frozenset()).staff == (SATO, GUEST)


def test_R1_3_who_is_away_is_not_reminded() -> None:
    assert people_of((), (RUIZ, OKAFOR), frozenset({RUIZ})).staff == (OKAFOR,)
    assert people_of((SATO,), (RUIZ, OKAFOR), frozenset({SATO, RUIZ})).staff == (OKAFOR,)


def test_R1_4_where_nobody_is_left_there_is_a_reason() -> None:
    assert people_of((SATO,), (RUIZ,), frozenset({RUIZ, SATO})).why is Why.ALL_AWAY
    assert people_of((), (), frozenset()).why is Why.NOBODY_ASSIGNED
    assert people_of((), (RUIZ,), frozenset()).why is None


def test_R2_1_the_steps_fall_due_one_by_one() -> None:
    assert first_at(LADDER, DUE) == at("09:08")
    assert due("09:07") == Due(next_at=at("09:08"))
    assert due("09:08") == Due((EARLY,), (), at("09:13"))
    assert due("09:13", EARLY) == Due((AT,), (), at("09:23"))
    assert due("09:23", EARLY, AT) == Due((AGAIN,), (), at("09:28"))
    assert due("09:28", EARLY, AT, AGAIN) == Due((OFFICE,), (), at("09:43"))
    assert due("09:43", EARLY, AT, AGAIN, OFFICE) == Due((ADMINISTRATOR,))
    assert due("10:00", *DEFAULT_STEPS) == Due()


def test_R2_1_a_school_without_steps_reminds_of_nothing() -> None:
    silent = Ladder(ZONE, ())
    assert first_at(silent, DUE) is None
    assert due("12:00", ladder=silent) == Due()


def test_R2_1_a_step_has_a_name_by_which_it_is_kept() -> None:
    assert [one.name for one in DEFAULT_STEPS] == [
        "teachers-5",
        "teachers+0",
        "teachers+10",
        "office+15",
        "administrators+30",
    ]


def test_R2_4_a_new_ladder_begins_with_what_lies_ahead() -> None:
    assert next_at(LADDER, DUE, at("08:00")) == at("09:08")
    assert next_at(LADDER, DUE, at("09:13")) == at("09:23")
    assert next_at(LADDER, DUE, at("09:43")) is None


def test_R3_1_a_step_helps_until_the_next_to_the_same_people() -> None:
    until = [helps_until(LADDER, step, DUE, CLOSES) for step in DEFAULT_STEPS]
    assert until == [at("09:13"), at("09:23"), CLOSES, CLOSES, CLOSES]


def test_R3_2_an_hour_without_anybody_looking_is_caught_up_with_the_latest_step_to_each() -> None:
    missed = due("10:15")
    assert missed.send == (AGAIN, OFFICE, ADMINISTRATOR)
    assert missed.pointless == (Skipped(EARLY, Why.LATER_STEP), Skipped(AT, Why.LATER_STEP))
    assert missed.next_at is None


def test_R3_2_after_the_roll_has_closed_nothing_helps() -> None:
    missed = due("17:00")
    assert missed.send == ()
    assert {one.why for one in missed.pointless} == {Why.CLOSED}
    assert [one.step for one in missed.pointless] == list(DEFAULT_STEPS)


def test_R3_2_at_any_instant_each_group_hears_one_thing_at_most() -> None:
    for minute in range(-20, 500):
        found = due_steps(LADDER, DUE, CLOSES, frozenset(), DUE + timedelta(minutes=minute))
        groups = [step.to for step in found.send]
        assert len(groups) == len(set(groups))
        assert len(found.send) + len(found.pointless) <= len(DEFAULT_STEPS)


def test_R3_3_a_message_is_worth_an_hour_at_most() -> None:
    assert not_after(at("09:13"), at("09:08")) == at("09:13")
    assert not_after(CLOSES, at("09:23")) == at("10:23")


EVENING = Quiet(time(20), time(7))


@pytest.mark.parametrize(
    ("due_clock", "closes", "now", "sent"),
    [
        # Before school: held back until seven, and by then only what still helps.
        ("06:45", "17:00", "06:45", ()),
        ("06:45", "17:00", "07:00", (AGAIN, OFFICE)),
        # An evening class: what falls due before eight is sent, what comes after helps nobody.
        ("19:50", "21:30", "19:50", (AT,)),
        ("19:50", "21:30", "20:05", ()),
    ],
)
def test_R4_1_quiet_hours_hold_back_and_drop(
    due_clock: str, closes: str, now: str, sent: tuple[Step, ...]
) -> None:
    quiet = Ladder(ZONE, quiet=EVENING)
    assert due_steps(quiet, at(due_clock), at(closes), frozenset(), at(now)).send == sent


def test_R4_1_what_quiet_hours_cost_is_told_as_that() -> None:
    quiet = Ladder(ZONE, quiet=EVENING)
    morning = at("07:00", date(2026, 10, 7))
    missed = due_steps(quiet, at("20:15"), at("21:30"), frozenset(), morning)
    assert missed.send == ()
    assert {one.why for one in missed.pointless} == {Why.QUIET}


def test_R4_1_quiet_hours_end_by_the_local_clock_also_when_the_clocks_change() -> None:
    night = date(2026, 11, 1)  # the clocks go back at two
    quiet = Ladder(ZONE, (Step(0, To.OFFICE),), EVENING)
    found = due_steps(
        quiet,
        at("21:00", date(2026, 10, 31)),
        at("23:00", night),
        frozenset(),
        at("21:05", date(2026, 10, 31)),
    )
    assert found.next_at == datetime(2026, 11, 1, 15, tzinfo=UTC)


def test_R4_2_nothing_is_sent_in_quiet_hours_though_it_fell_due_before() -> None:
    noon = Ladder(ZONE, quiet=Quiet(time(12), time(13)))
    held = due_steps(noon, at("11:40"), CLOSES, frozenset(), at("12:10"))
    assert held.send == ()
    assert held.next_at == at("13:00")
    assert due_steps(noon, at("11:40"), CLOSES, frozenset(), at("13:00")).send == (
        AGAIN,
        OFFICE,
        ADMINISTRATOR,
    )


def test_R4_2_a_roll_that_closes_in_quiet_hours_has_nothing_left_to_say() -> None:
    noon = Ladder(ZONE, quiet=Quiet(time(12), time(13)))
    over = due_steps(noon, at("11:50"), at("12:40"), frozenset(), at("12:10"))
    assert over.send == ()
    assert over.pointless == (Skipped(EARLY, Why.LATER_STEP), Skipped(AT, Why.QUIET))
    done = frozenset(one.step.name for one in over.pointless)
    afterwards = due_steps(noon, at("11:50"), at("12:40"), done, at("13:00"))
    assert afterwards.send == ()
    assert {one.why for one in afterwards.pointless} == {Why.QUIET}
    assert afterwards.next_at is None


def test_a_mail_is_for_what_is_ten_minutes_late() -> None:
    assert [by_mail([step]) for step in DEFAULT_STEPS] == [False, False, True, True, True]


def test_R2_1_looking_at_every_next_at_sends_every_step_once() -> None:
    done: list[Step] = []
    now = first_at(LADDER, DUE)
    looks = []
    while now is not None:
        looks.append(now)
        found = due_steps(LADDER, DUE, CLOSES, frozenset(one.name for one in done), now)
        done += found.send
        now = found.next_at
    assert done == list(DEFAULT_STEPS)
    assert all(earlier < later for earlier, later in pairwise(looks))
