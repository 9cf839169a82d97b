"""Which deadlines hold for a meeting (D13): the narrowest, the newest, never before its time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.model import Policy
from sync.policy import Rule, rule_for
from tests.sync.ops import uid

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)


def rule(name: str, n: int, grades: str = "*", period: str = "*", from_on: date = SEPTEMBER,
         until_on: date | None = None, minute: int = 0) -> Rule:  # fmt: skip
    set_at = LONG_AGO.replace(minute=minute)
    policy = Policy(due_after_min=len(name))
    return Rule(uid(0xD, n), from_on, policy, set_at, grades, period, until_on)


ALL = rule("all", 1)
PERIOD = rule("period", 2, period="1")
UPPER = rule("upper", 3, "6,7,8")
SIX = rule("six", 4, "6")
SIX_FIRST = rule("six first", 5, "6", "1")
EVERY = [ALL, PERIOD, UPPER, SIX, SIX_FIRST]


@pytest.mark.parametrize(
    ("grades", "period", "holds"),
    [
        ({"6"}, "1", SIX_FIRST),
        ({"6"}, "2", SIX),
        ({"7"}, "1", UPPER),
        ({"7", "8"}, "2", UPPER),
        ({"6", "9"}, "2", SIX),
        ({"5"}, "1", PERIOD),
        ({"5"}, "2", ALL),
        (set(), "1", PERIOD),
    ],
)
def test_D13_the_closest_band_counts_then_what_names_the_period(
    grades: set[str], period: str, holds: Rule
) -> None:
    for rules in (EVERY, EVERY[::-1]):
        assert rule_for(rules, OCTOBER, frozenset(grades), period) is holds


def test_D13_of_equally_narrow_ones_the_newest_date_counts_then_what_was_set_last() -> None:
    later, again = rule("later", 6, from_on=OCTOBER), rule("again", 7, from_on=OCTOBER, minute=5)
    rules = [ALL, later, again]
    for order in permutations(rules):
        held = [rule_for(order, on, frozenset(), "1") for on in (SEPTEMBER, OCTOBER, NOVEMBER)]
        assert held == [ALL, again, again]
    assert rule_for([again, SIX], NOVEMBER, frozenset({"6"}), "1") is SIX


def test_D13_nothing_holds_before_its_first_date_or_from_its_end_on() -> None:
    ended = rule("ended", 8, from_on=OCTOBER, until_on=NOVEMBER)
    held = [
        rule_for([ended], on, frozenset(), "1")
        for on in (date(2026, 9, 30), OCTOBER, date(2026, 10, 31), NOVEMBER)
    ]
    assert held == [None, ended, ended, None]
    never = rule("never", 9, from_on=OCTOBER, until_on=OCTOBER)
    assert rule_for([never], OCTOBER, frozenset(), "1") is None


GRADES = st.sampled_from(["*", "6", "6,7", "7,8", "6,7,8", "9"])


@given(
    st.lists(
        st.builds(
            Rule,
            rule_id=st.uuids(),
            from_on=st.sampled_from([SEPTEMBER, OCTOBER, NOVEMBER]),
            policy=st.just(Policy()),
            set_at=st.sampled_from([LONG_AGO, LONG_AGO.replace(minute=1)]),
            grades=GRADES,
            period=st.sampled_from(["*", "1", "2"]),
            until_on=st.sampled_from([None, OCTOBER, NOVEMBER]),
        ),
        unique_by=lambda one: one.rule_id,
        max_size=8,
    ),
    st.sets(st.sampled_from(["6", "7", "8", "9"])),
)
def test_D13_exactly_one_holds_whatever_the_order(rules: list[Rule], grades: set[str]) -> None:
    found = [rule_for(order, OCTOBER, frozenset(grades), "1") for order in (rules, rules[::-1])]
    assert found[0] is found[1]
    assert found[0] is None or found[0].holds(OCTOBER)
