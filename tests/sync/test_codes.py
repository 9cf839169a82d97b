"""What a code means, and when (K1, K4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.codes import (
    Authorised,
    Cap,
    Code,
    Grades,
    Per,
    Role,
    Where,
    grade_number,
    in_force,
    meaning,
)
from sync.model import Presence
from sync.pack import Plain, adopt, after_register, choices, plain_mark
from tests.sync.packs import CALIFORNIA, ENGLAND, PLAIN, code_of, pack_of, reason

LAST_OF_2023, FIRST_OF_2024 = date(2023, 12, 31), date(2024, 1, 1)


def days_of(code: Code | None) -> int:
    assert code is not None
    return code.caps[0].days


def test_K1_a_funeral_in_2023_keeps_the_three_days_that_it_had() -> None:
    assert days_of(CALIFORNIA.meaning("A-5", LAST_OF_2023)) == 3
    assert days_of(CALIFORNIA.meaning("A-5", FIRST_OF_2024)) == 5


def test_K1_a_code_that_is_not_in_force_means_nothing() -> None:
    assert CALIFORNIA.meaning("A-6P", date(2022, 12, 31)) is None
    assert CALIFORNIA.meaning("A-6P", date(2023, 1, 1)) is not None
    assert CALIFORNIA.meaning("unheard of", FIRST_OF_2024) is None


def test_K1_an_old_mark_keeps_the_meaning_it_had_when_the_school_changes_its_mind() -> None:
    stricter = replace(
        code_of(CALIFORNIA, "A-1"), caps=(Cap(7, Per.YEAR),), valid_from=date(2026, 1, 12)
    )
    school = adopt(CALIFORNIA, [stricter])
    assert days_of(school.meaning("A-1", date(2026, 1, 11))) == 10
    assert days_of(school.meaning("A-1", date(2026, 1, 12))) == 7


def test_K1_1_a_schools_own_meaning_ends_and_the_packs_counts_again() -> None:
    pilot = replace(
        code_of(CALIFORNIA, "A-1"),
        caps=(Cap(3, Per.YEAR),),
        valid_from=date(2025, 9, 1),
        valid_to=date(2025, 9, 30),
    )
    school = adopt(CALIFORNIA, [pilot])
    dates = (date(2025, 8, 31), date(2025, 9, 1), date(2025, 9, 30), date(2025, 10, 1))
    assert [days_of(school.meaning("A-1", on)) for on in dates] == [10, 3, 3, 10]


def test_K1_1_a_law_that_changes_later_counts_over_what_a_school_had_before() -> None:
    law = (
        reason("X", caps=(Cap(5, Per.YEAR),), valid_to=date(2026, 6, 30)),
        reason("X", caps=(Cap(9, Per.YEAR),), valid_from=date(2026, 7, 1)),
    )
    own = reason("X", caps=(Cap(2, Per.YEAR),), valid_from=date(2025, 9, 1))
    school = adopt(pack_of(*law), [own])
    assert days_of(school.meaning("X", date(2026, 6, 30))) == 2
    assert days_of(school.meaning("X", date(2026, 7, 1))) == 9


def test_K1_1_of_two_that_began_on_one_day_the_schools_own_counts() -> None:
    law = reason("X", caps=(Cap(5, Per.YEAR),), valid_from=date(2026, 7, 1))
    own = replace(law, caps=(Cap(2, Per.YEAR),))
    assert days_of(adopt(pack_of(law), [own]).meaning("X", date(2026, 7, 1))) == 2


spans = st.tuples(st.none() | st.integers(0, 20), st.none() | st.integers(0, 20))


@given(st.lists(spans, max_size=5), st.integers(0, 20))
def test_K1_1_a_meaning_holds_on_its_date_and_none_that_holds_began_later(
    dates: list[tuple[int | None, int | None]], day: int
) -> None:
    first = date(2026, 1, 1)
    on = first + timedelta(days=day)
    listed = [
        reason(
            "X",
            valid_from=None if begin is None else first + timedelta(days=begin),
            valid_to=None if end is None else first + timedelta(days=end),
        )
        for begin, end in dates
    ]
    found, holding = meaning(listed, "X", on), [one for one in listed if one.holds(on)]
    assert (found is None) == (holding == [])
    if found is not None:
        assert found.holds(on)
        assert all((one.valid_from or first) <= (found.valid_from or first) for one in holding)
        assert in_force(listed, on) == (found,)


def test_K4_a_mark_without_a_reason_counts_as_its_plain_code() -> None:
    for pack in (CALIFORNIA, ENGLAND, PLAIN):
        for presence in Presence:
            code = pack.plain_code(plain_mark(presence), FIRST_OF_2024)
            assert code is not None
            assert presence in code.marks
    absent = CALIFORNIA.plain_code(Plain.ABSENT, FIRST_OF_2024)
    assert absent is not None
    assert (absent.code, absent.authorised, absent.counts_ada) == ("A-0", Authorised.PENDING, False)


OPENED = datetime(2025, 9, 8, 7, 50, tzinfo=UTC)  # 8:50 in London


def register(closes: int, arrives: int) -> str:
    """The code of an arrival, minutes after the register opened."""
    closed_at, arrived_at = OPENED + timedelta(minutes=closes), OPENED + timedelta(minutes=arrives)
    rules = ENGLAND.rules()
    closed = after_register(OPENED, closed_at, arrived_at, rules.register_open_most_min)
    code = ENGLAND.plain_code(plain_mark(Presence.LATE, closed=closed), OPENED.date())
    assert code is not None
    return code.code


def test_K4_1_X07_arriving_at_9_10_is_L_and_at_9_25_is_U() -> None:
    assert register(closes=30, arrives=20) == "L"
    assert register(closes=30, arrives=35) == "U"
    early, late = code_of(ENGLAND, "L"), code_of(ENGLAND, "U")
    assert (early.counts_ada, early.authorised) == (True, None)
    assert (late.counts_ada, late.authorised) == (False, Authorised.NO)


@pytest.mark.parametrize(
    ("closes", "arrives", "code"),
    [(30, 29, "L"), (30, 30, "U"), (15, 14, "L"), (15, 15, "U"), (90, 29, "L"), (90, 30, "U")],
)
def test_K4_1_a_register_is_open_for_30_minutes_at_most(
    closes: int, arrives: int, code: str
) -> None:
    assert register(closes, arrives) == code


def test_K4_1_the_afternoon_is_a_register_of_its_own() -> None:
    marks = [plain_mark(Presence.PRESENT), plain_mark(Presence.PRESENT, afternoon=True)]
    codes = [ENGLAND.plain_code(one, FIRST_OF_2024) for one in marks]
    assert [one.code for one in codes if one is not None] == ["/", "\\"]


def test_K5_each_role_chooses_from_what_is_its_own_to_set() -> None:
    on = date(2025, 10, 6)
    offered = {role: {one.code for one in choices(CALIFORNIA, on, role)} for role in Role}
    assert offered[Role.TEACHER] == offered[Role.GUARDIAN] == offered[Role.AUDITOR] == set()
    assert offered[Role.NURSE] == {"A-1", "A-1V", "A-Q", "A-2", "CM", "OF"}
    assert offered[Role.ADMINISTRATOR] - offered[Role.OFFICE] == {"A-9"}
    assert "A-0" not in offered[Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("told", "number"),
    [("9", 9), ("09", 9), (" 12 ", 12), ("Grade 6", 6), ("KG", 0), ("k", 0), ("TK", 0), ("PK", -1)],
)
def test_K5_a_grade_is_a_number(told: str, number: int) -> None:
    assert grade_number(told) == number


@pytest.mark.parametrize("told", [None, "", "UG", "9-12", "²", "other"])
def test_K5_what_is_no_grade_is_none(told: str | None) -> None:
    assert grade_number(told) is None


def test_K2_1_every_code_of_englands_list_is_there_once() -> None:
    listed = "/ \\ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z #"
    assert sorted(one.code for one in ENGLAND.codes) == sorted(listed.split())
    assert {one.code for one in ENGLAND.codes if one.needs_note} == {"B", "K", "Y7"}
    unauthorised = {one.code for one in ENGLAND.codes if one.authorised is Authorised.NO}
    assert unauthorised == {"G", "O", "U"}
    out = {one.code for one in ENGLAND.codes if one.where is Where.NOT_EXPECTED}
    assert out == {"D", "X", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#"}


def test_K2_1_californias_caps_are_the_laws() -> None:
    caps = {one.code: one.caps for one in in_force(CALIFORNIA.codes, date(2025, 10, 6)) if one.caps}
    assert {code: (cap[0].days, cap[0].per) for code, cap in caps.items()} == {
        "A-1": (10, Per.YEAR),
        "A-5": (5, Per.INCIDENT),
        "A-5V": (3, Per.INCIDENT),
        "A-6R": (1, Per.SEMESTER),
        "A-6P": (1, Per.YEAR),
        "A-6W": (5, Per.YEAR),
        "A-6G": (4, Per.MONTH),
    }
    assert not caps["A-1"][0].statutory, "7, 10 or 14 days are local practice"
    assert code_of(CALIFORNIA, "A-6P").grades == Grades(6, 12)
    assert all(one.citation for one in CALIFORNIA.codes if one.where is Where.ABSENT)
