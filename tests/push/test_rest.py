"""When a push service is left alone, and when it is tried again."""

from __future__ import annotations

from server.push.rest import BREAK_S, LONGEST_BREAK_S, Rest


def _failing(times: int) -> Rest:
    rest = Rest()
    for _ in range(times):
        rest.went(100, well=False)
    return rest


def test_P9_two_failures_in_a_row_are_none() -> None:
    assert _failing(2).left(100) == 0


def test_P9_after_three_it_is_left_alone_for_half_a_minute() -> None:
    rest = _failing(3)
    assert [rest.left(at) for at in (100, 110, 129)] == [30, 20, 1]


def test_P9_those_that_were_under_way_make_the_break_no_longer() -> None:
    rest = _failing(3)
    for _ in range(20):
        rest.went(105, well=False)
    assert rest.left(110) == 20


def test_P9_then_one_tries_and_the_others_wait_for_it() -> None:
    rest = _failing(3)
    assert [rest.left(130) for _ in range(3)] == [0, BREAK_S, BREAK_S]
    rest.went(131, well=True)
    assert [rest.left(131) for _ in range(3)] == [0, 0, 0]


def test_P9_a_try_that_fails_doubles_the_break_up_to_five_minutes() -> None:
    rest, at, breaks = _failing(3), 130.0, []
    for _ in range(6):
        assert rest.left(at) == 0
        rest.went(at, well=False)
        breaks.append(rest.left(at))
        at += breaks[-1]
    assert breaks == [60, 120, 240, LONGEST_BREAK_S, LONGEST_BREAK_S, LONGEST_BREAK_S]


def test_P9_what_the_service_asks_for_counts_where_it_is_longer() -> None:
    rest = _failing(2)
    rest.went(100, well=False, wait=600)
    assert rest.left(100) == 600


def test_P9_one_that_goes_well_in_between_begins_the_count_anew() -> None:
    rest = _failing(2)
    rest.went(100, well=True)
    rest.went(100, well=False)
    assert rest.left(100) == 0
