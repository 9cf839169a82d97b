"""What holds of every day, and the conflicts of the worked examples (T2–T6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from sync.codes import Authorised
from sync.day import Day, Outcome, fold_day, stretches
from sync.fold import fold
from sync.intervals import Interval, length, meets, minus
from sync.model import Flag, Kind, Observation, Op, Presence, Rank, RollState
from sync.period import PeriodMark, Taken, is_enrolled_at
from tests.sync.ops import ANA, LIND, RUIZ, uid
from tests.sync.packs import CALIFORNIA
from tests.sync.testcal import BIRCH, code, day, local, periods

calm = settings(deadline=None)
ON = day("2025-10-06")
MIDNIGHT = local(ON, "00:00")
EVERY = frozenset(Authorised)

codes = st.sampled_from([None, None, *CALIFORNIA.codes])
times = st.none() | st.integers(480, 1000).map(lambda minute: MIDNIGHT + timedelta(minutes=minute))
slots = st.tuples(st.integers(480, 900), st.integers(1, 90))


@st.composite
def period_marks(draw: st.DrawFn) -> PeriodMark:
    starts, lasts = draw(slots)
    return PeriodMark(
        period=str(draw(st.integers(1, 9))),
        starts_at=MIDNIGHT + timedelta(minutes=starts),
        ends_at=MIDNIGHT + timedelta(minutes=starts + lasts),
        state=draw(st.sampled_from([Taken.TAKEN] * 5 + list(Taken))),
        presence=draw(st.none() | st.sampled_from(Presence)),
        arrived_at=draw(times),
        left_at=draw(times),
        code=draw(codes),
        excused=draw(st.sampled_from([None, None, True, False])),
        contested=draw(st.booleans()),
    )


any_day = st.lists(period_marks(), max_size=5)


def overlap(marks: list[PeriodMark]) -> bool:
    spans = [Interval(one.starts_at, one.ends_at) for one in marks]
    return any(meets(span, spans[:place]) for place, span in enumerate(spans))


@calm
@given(any_day, st.randoms(use_true_random=False))
def test_T2_the_order_of_the_marks_changes_nothing(marks: list[PeriodMark], random: object) -> None:
    turned = marks[::-1]
    # Marks that begin together and are named alike have no order of their own.
    if len({(one.starts_at, one.period) for one in marks}) == len(marks):
        assert fold_day(ON, turned) == fold_day(ON, marks)


@calm
@given(any_day)
def test_T2_who_was_seen_anywhere_attended(marks: list[PeriodMark]) -> None:
    folded = fold_day(ON, marks)
    seen = [
        one
        for one in marks
        if one.state is Taken.TAKEN
        and one.presence in {Presence.PRESENT, Presence.LATE, Presence.LEFT_EARLY}
    ]
    if seen:
        assert folded.attended is True
    assert (folded.outcome is Outcome.FULL_DAY) == (folded.attended is False)
    assert (folded.excuse is None) == (folded.attended is not False)


@calm
@given(any_day)
def test_T3_taking_a_roll_away_invents_nothing(marks: list[PeriodMark]) -> None:
    whole = fold_day(ON, marks)
    for gone in marks:
        rest = [replace(one, state=Taken.NOT_TAKEN) if one is gone else one for one in marks]
        folded = fold_day(ON, rest)
        if not overlap(marks):
            assert folded.missed_min <= whole.missed_min
        if gone.state is not Taken.TAKEN or gone.presence is None:
            assert folded.attended == whole.attended
        if whole.attended is False:
            assert folded.attended in {False, None}


@calm
@given(any_day)
def test_T3_a_roll_that_nobody_took_is_as_good_as_none(marks: list[PeriodMark]) -> None:
    known = [one for one in marks if one.state is Taken.TAKEN and one.presence is not None]
    whole, told = fold_day(ON, marks), fold_day(ON, known)
    if whole.outcome not in {Outcome.UNDETERMINED, Outcome.NOT_EXPECTED}:
        facts = ("outcome", "attended", "excuse", "special", "missed_min", "taken_min")
        assert [getattr(whole, one) for one in facts] == [getattr(told, one) for one in facts]
        assert sum(stretches(whole, EVERY)) <= sum(stretches(told, EVERY))


@calm
@given(any_day)
def test_T4_minutes_never_exceed_the_bells(marks: list[PeriodMark]) -> None:
    folded = fold_day(ON, marks)
    assert 0 <= folded.missed_min <= folded.taken_min
    assert max(stretches(folded, EVERY), default=0) <= folded.missed_min
    for earlier, later in zip(folded.missed, folded.missed[1:], strict=False):
        assert earlier.to_at <= later.from_at


@calm
@given(any_day)
def test_T5_fewer_kinds_make_no_longer_stretches(marks: list[PeriodMark]) -> None:
    folded = fold_day(ON, marks)
    unexcused = stretches(folded, {Authorised.NO})
    waiting = stretches(folded, {Authorised.NO, Authorised.PENDING})
    assert max(unexcused, default=0) <= max(waiting, default=0)


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(
    lambda two: Interval(*(MIDNIGHT + timedelta(minutes=one) for one in sorted(two)))
)


@given(spans, st.lists(spans, max_size=5))
def test_T4_what_is_left_of_a_stretch_is_what_no_part_covers(
    whole: Interval, parts: list[Interval]
) -> None:
    left = minus(whole, parts)
    every = [MIDNIGHT + timedelta(minutes=one) for one in range(31)]
    for at in every:
        inside = whole.from_at <= at < whole.to_at
        covered = any(part.from_at <= at < part.to_at for part in parts)
        assert any(one.from_at <= at < one.to_at for one in left) == (inside and not covered)
    assert not any(meets(one, parts) for one in left)
    assert length([whole, *parts]) == length([*parts, *left])


def test_T6_S39_the_first_roll_expected_of_a_student_who_came_at_10_55_is_period_4() -> None:
    on, spell = day("2025-09-18"), [(local(day("2025-09-18"), "10:55"), None)]
    starts = [local(on, times.split("-")[0]) for times in BIRCH]
    assert [is_enrolled_at(at, spell) for at in starts] == [False] * 3 + [True] * 3
    states = [Taken.TAKEN if is_enrolled_at(at, spell) else Taken.NOT_ENROLLED for at in starts]
    marks = periods(on, None, None, None, *[Presence.ABSENT] * 3)
    folded = fold_day(on, [replace(m, state=s) for m, s in zip(marks, states, strict=True)])
    assert (folded.outcome, folded.taken_min, folded.missing) == (Outcome.FULL_DAY, 168, ())


def test_T6_who_leaves_is_expected_until_just_before() -> None:
    at = local(ON, "11:51")
    assert not is_enrolled_at(at, [(None, at)])
    assert is_enrolled_at(at, [(None, at + timedelta(seconds=1))])
    assert is_enrolled_at(at, [(at, None)])
    assert is_enrolled_at(at, [(None, at - timedelta(days=30)), (at - timedelta(days=1), None)])
    assert not is_enrolled_at(at, [])


def said(number: int, kind: Kind, at: str, line: Observation) -> Op:
    author, rank = (RUIZ, Rank.TEACHER) if kind is Kind.SUBMIT else (LIND, Rank.OFFICE)
    return Op(uid(0xE, number), kind, author, rank, uid(0xD, 1), local(ON, at), (line,))


def test_T2_1_S37_a_phoned_in_illness_of_a_student_who_was_seen_is_no_absence() -> None:
    phoned = said(1, Kind.RULE, "08:20", Observation(ANA, reason="A-1", excused=True))
    taken = said(2, Kind.SUBMIT, "08:35", Observation(ANA, Presence.PRESENT))
    for ops in ([phoned, taken], [taken, phoned]):
        (mark,) = fold(ops, [ANA]).marks
        assert (mark.presence, mark.reason) == (Presence.PRESENT, "A-1")
        assert Flag.DORMANT_REASON in mark.flags, "the office is asked"
        assert mark.reason is not None
        folded = fold_day(ON, periods(ON, mark.presence, code=code(mark.reason, ON), excused=True))
        assert (folded.outcome, folded.attended) == (Outcome.PRESENT, True)


def test_T3_S32_students_of_a_roll_never_taken_are_neither_absent_nor_present() -> None:
    roll = fold([], [ANA])
    assert (roll.state, roll.marks, roll.unmarked) == (RollState.NOT_TAKEN, (), (ANA,))
    others = periods(ON, *[Presence.PRESENT] * 6)
    without: Day = fold_day(
        ON,
        [
            replace(one, state=Taken.NOT_TAKEN, presence=None) if one.period == "2" else one
            for one in others
        ],
    )
    assert (without.outcome, without.missing, without.missed) == (Outcome.PRESENT, ("2",), ())
    alone = fold_day(ON, [replace(others[1], state=Taken.NOT_TAKEN, presence=None)])
    assert (alone.outcome, alone.attended) == (Outcome.UNDETERMINED, None)
    assert date(2025, 10, 6) == alone.on
