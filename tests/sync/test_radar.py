"""Contradictions: found with their evidence, and not where there are none (X1–X7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.finding import At, DeskTime, Do, Finding, FindingKind, Notice, SeenMark
from sync.intervals import Interval, meets
from sync.model import Presence
from sync.radar import contradictions
from tests.sync.ops import ANA, STUDENTS, uid
from tests.sync.testcal import BIRCH, day, local

calm = settings(deadline=None)
ON = day("2025-10-06")
P, L, E, A, X = (
    Presence.PRESENT,
    Presence.LATE,
    Presence.LEFT_EARLY,
    Presence.ABSENT,
    Presence.ELSEWHERE,
)
BELLS = [tuple(local(ON, at) for at in bell.split("-")) for bell in BIRCH]
NIGHT = local(ON, "20:00")


def mark(number: int, presence: Presence, student: UUID = ANA, **facts: Any) -> SeenMark:
    """A mark in a period of Birch High, taken five minutes after the bell, each in a room and by a
    teacher of its own."""
    starts_at, ends_at = BELLS[number - 1]
    usual: dict[str, Any] = {
        "roll_id": uid(0xA, number),
        "section_id": uid(0xB, number),
        "staff_id": uid(0xC, number),
        "room": str(number),
        "period": str(number),
        "taken_at": starts_at + timedelta(minutes=5),
    }
    return SeenMark(
        student_id=student, starts_at=starts_at, ends_at=ends_at, presence=presence, **usual | facts
    )


def marks(*presences: Presence | None, student: UUID = ANA) -> list[SeenMark]:
    """A day of marks; None is a roll that nobody took, which is not there."""
    return [
        mark(number, one, student)
        for number, one in enumerate(presences, start=1)
        if one is not None
    ]


def desk(what: At, at: str, until: str | None = None, place: str = "window") -> DeskTime:
    return DeskTime(ANA, what, local(ON, at), None if until is None else local(ON, until), place)


def found(*told: SeenMark, **facts: Any) -> list[Finding]:
    return list(contradictions(ON, told, **facts))


def kinds(*told: SeenMark, **facts: Any) -> list[FindingKind]:
    return [one.kind for one in found(*told, **facts)]


# --- X1: two rooms

OTHER = {"roll_id": uid(0xA, 9), "section_id": uid(0xB, 9), "staff_id": uid(0xC, 9), "room": "9"}


def test_X1_present_in_two_rooms_in_one_period() -> None:
    (one,) = found(mark(2, P), mark(2, P, **OTHER))
    assert (one.kind, one.students, one.periods) == (FindingKind.TWO_ROOMS, (ANA,), ("2",))
    assert {step.roll_id for step in one.steps} == {uid(0xA, 2), uid(0xA, 9)}
    assert {step.do for step in one.steps} == {Do.ASK_TEACHER}
    assert [(fact.period, fact.presence) for fact in one.evidence] == [("2", P), ("2", P)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"presence": P}, {"presence": A}),
        ({"presence": P}, {"presence": X}),
        ({"presence": P}, {"presence": P, "contested": True}),
        ({"presence": P}, {"presence": P, "pull_out": True}),
        ({"presence": P}, {"presence": P, "room": "2"}),
        ({"presence": P}, {"presence": P, "staff_id": uid(0xC, 2)}),
        ({"presence": E, "left_at": BELLS[1][0] + timedelta(minutes=9)},
         {"presence": L, "arrived_at": BELLS[1][0] + timedelta(minutes=9)}),
        ({"presence": P}, {"presence": L, "arrived_at": BELLS[1][0] + timedelta(minutes=20)}),
        ({"presence": P}, {"presence": L, "taken_at": BELLS[1][0] + timedelta(minutes=20)}),
    ],
    ids=["absent there", "known elsewhere", "in dispute", "a pull-out", "one room", "one teacher",
         "left and came", "changed rooms", "late, seen later"],
)  # fmt: skip
def test_X1_who_was_in_one_place_after_the_other_is_in_no_two_rooms(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    def built(facts: dict[str, Any], usual: dict[str, Any]) -> SeenMark:
        told = {**usual, **facts}
        return mark(2, told.pop("presence"), **told)

    assert kinds(built(first, {}), built(second, OTHER)) == []


@pytest.mark.parametrize(
    ("presence", "facts"),
    [
        (L, {"arrived_at": BELLS[1][0] + timedelta(minutes=3)}),
        (L, {"taken_at": BELLS[1][0] + timedelta(minutes=4)}),
        (E, {"left_at": BELLS[1][0] + timedelta(minutes=30)}),
        (P, {"taken_at": BELLS[1][0] - timedelta(minutes=3)}),
        (P, {"taken_at": BELLS[1][1] + timedelta(hours=3)}),
    ],
)
def test_X1_seen_at_one_instant_by_both(presence: Presence, facts: dict[str, Any]) -> None:
    assert kinds(mark(2, P), mark(2, presence, **OTHER, **facts)) == [FindingKind.TWO_ROOMS]


def test_X1_meetings_that_overlap_are_no_contradiction_by_themselves() -> None:
    lab = replace(mark(2, P, **OTHER), starts_at=BELLS[1][0] + timedelta(minutes=30))
    lab = replace(lab, taken_at=lab.starts_at + timedelta(minutes=5))
    assert kinds(mark(2, P), lab) == []
    assert kinds(mark(2, P, taken_at=lab.taken_at), lab) == [FindingKind.TWO_ROOMS]


# --- X2: absent between two sightings


def test_X2_present_in_1_and_3_and_absent_in_2() -> None:
    (one,) = found(*marks(P, A, P))
    assert (one.kind, one.periods, one.students) == (FindingKind.BETWEEN, ("2",), (ANA,))
    assert [fact.presence for fact in one.evidence] == [P, A, P]
    assert [(step.do, step.roll_id) for step in one.steps] == [(Do.ASK_TEACHER, uid(0xA, 2))]


@pytest.mark.parametrize(
    ("presences", "periods"),
    [
        ((P, A, A, P), [("2", "3")]),
        ((P, A, P, A, P), [("2",), ("4",)]),
        ((L, A, L), [("2",)]),
        ((P, A, None, P), [("2",)]),
        ((None, P, A, P), [("3",)]),
        ((P, A, E), [("2",)]),
    ],
)
def test_X2_a_run_is_one_finding(
    presences: tuple[Presence | None, ...], periods: list[Any]
) -> None:
    assert [one.periods for one in found(*marks(*presences))] == periods


@pytest.mark.parametrize(
    "presences",
    [
        (A, A, P, P),
        (P, P, A, A),
        (P, None, P),
        (None, A, P),
        (P, A, None),
        (P, X, P),
        (X, A, P),
        (P, A, X, P),
        (E, A, P),
        (A, A, A),
        (L, P, P),
    ],
    ids=["came late", "went home", "not taken", "not taken before", "not taken after", "elsewhere",
         "trip before", "trip after", "left with leave", "absent", "late"],
)  # fmt: skip
def test_X2_what_is_no_contradiction_is_not_found(presences: tuple[Presence | None, ...]) -> None:
    assert kinds(*marks(*presences)) == []


def test_X2_what_the_office_knows_or_people_dispute_is_not_asked_again() -> None:
    first, second, third = marks(P, A, P)
    assert kinds(first, replace(second, known=True), third) == []
    assert kinds(first, replace(second, contested=True), third) == []
    assert kinds(replace(first, contested=True), second, third) == []
    assert kinds(first, second, replace(third, contested=True)) == []


def test_X2_a_sign_out_explains_it() -> None:
    out, back = desk(At.LEFT, "09:28"), desk(At.ARRIVED, "10:40")
    assert kinds(*marks(P, A, P), desk=[out, back]) == []
    assert kinds(*marks(P, A, P), desk=[out]) == [], "nobody wrote down the return"
    assert kinds(*marks(P, A, P, A, P), desk=[out, back]) == [FindingKind.BETWEEN]
    assert kinds(*marks(P, A, P), desk=[desk(At.ARRIVED, "08:20")]) == [FindingKind.BETWEEN]


def test_X2_seen_in_another_room_at_that_time_explains_it() -> None:
    assert kinds(*marks(P, A, P), mark(2, P, **OTHER)) == []
    assert kinds(*marks(P, A, P), mark(2, X, **OTHER)) == []


# --- X3: at the window


def test_X3_absent_all_day_but_at_the_window_at_10_05() -> None:
    (one,) = found(*marks(A, A, A, A, A, A), desk=[desk(At.ARRIVED, "10:05")])
    assert (one.kind, one.periods) == (FindingKind.AT_THE_WINDOW, ("2", "3", "4", "5", "6"))
    assert (one.evidence[0].what, one.evidence[0].place) == (At.ARRIVED, "window")
    late, *others = one.steps
    assert (late.do, late.roll_id, late.at) == (Do.RULE_LATE, uid(0xA, 2), local(ON, "10:05"))
    assert {step.do for step in others} == {Do.ASK_TEACHER}, "these rolls were taken after it"


@pytest.mark.parametrize(
    "lines",
    [
        [desk(At.ARRIVED, "15:30")],
        [desk(At.ARRIVED, "09:10"), desk(At.LEFT, "09:15")],
        [desk(At.LEFT, "09:10")],
        [desk(At.ARRIVED, "09:27"), desk(At.LEFT, "09:31")],
        [],
    ],
    ids=["after school", "handed something in", "only left", "between the bells", "not there"],
)
def test_X3_who_was_not_there_while_rooms_looked_is_not_found(lines: list[DeskTime]) -> None:
    assert kinds(*marks(A, A, A, A, A, A), desk=lines) == []


def test_X3_a_late_arrival_who_was_seen_is_none() -> None:
    lines = [desk(At.ARRIVED, "10:05")]
    assert kinds(*marks(A, L, P, P, P, P), desk=lines) == []
    assert kinds(*marks(A, P, P, P, P, P), desk=lines) == []
    assert kinds(mark(1, X), *marks(None, A, A), desk=lines) == [], "known elsewhere"
    assert kinds(mark(1, A, contested=True), *marks(None, A, A), desk=lines) == []


def test_X3_an_excused_absence_does_not_hide_that_the_student_came() -> None:
    ill = [replace(one, known=True) for one in marks(A, A, A)]
    assert kinds(*ill, desk=[desk(At.ARRIVED, "10:55")]) == [FindingKind.AT_THE_WINDOW]


# --- X4: with the nurse


def test_X4_absent_in_class_and_on_the_nurses_sheet() -> None:
    nurse = desk(At.VISIT, "09:35", "10:20", place="nurse")
    (one,) = found(*marks(P, A, P), desk=[nurse])
    assert (one.kind, one.periods) == (FindingKind.VISITING, ("2",))
    assert [(step.do, step.place) for step in one.steps] == [(Do.RULE_ELSEWHERE, "nurse")]
    assert kinds(*marks(P, P, P), desk=[nurse]) == []
    assert kinds(*marks(P, X, P), desk=[nurse]) == []
    assert kinds(*marks(A, A, A), desk=[nurse]) == [FindingKind.AT_THE_WINDOW]


# --- X5: gone


def test_X5_seen_this_morning_and_now_in_no_room() -> None:
    now = local(ON, "11:00")
    (one,) = found(*marks(P, P, A), now=now)
    assert (one.kind, one.periods, one.urgent) == (FindingKind.VANISHED, ("3",), True)
    assert one.steps[0].do is Do.LOOK_FOR_STUDENT
    assert kinds(*marks(P, P, A), desk=[desk(At.LEFT, "10:30")], now=now) == []
    assert kinds(mark(1, P), mark(2, E), mark(3, A), now=now) == []
    assert kinds(*marks(A, A, A), now=now) == [], "has not come at all"
    assert kinds(*marks(P, P, A), now=NIGHT) == kinds(*marks(P, P, A)) == []


def test_X5_it_stays_one_finding_through_the_day_and_stands_first() -> None:
    now = local(ON, "11:00")
    rest = [mark(1, P, STUDENTS[1]), mark(2, P, STUDENTS[1]), mark(2, P, STUDENTS[1], **OTHER)]
    told = found(*rest, *marks(P, P, A), now=now)
    assert [one.urgent for one in told] == [True, False]
    later = found(*marks(P, P, A, A), now=now)
    assert told[0].key == later[0].key != told[1].key


# --- X6: told ahead


def test_X6_S37_phoned_in_and_seen_after_all() -> None:
    (one,) = found(*marks(P, P), notices=[Notice(ANA)])
    assert (one.kind, one.periods) == (FindingKind.SEEN_AFTER_ALL, ("1", "2"))
    assert [step.do for step in one.steps] == [Do.END_NOTICE, Do.PROVE_MARK_WRONG]
    assert kinds(*marks(A, A), notices=[Notice(ANA)]) == []
    assert kinds(mark(1, P, contested=True), notices=[Notice(ANA)]) == []


def test_X6_a_notice_for_the_afternoon_says_nothing_of_the_morning() -> None:
    told = [Notice(ANA, "5"), Notice(ANA, "6")]
    assert kinds(*marks(P, P, P, P, A, A), notices=told) == []
    (one,) = found(*marks(P, P, P, P, P, A), notices=told)
    assert one.periods == ("5",)


# --- X7: a class


def class_of(number: int, *presences: Presence) -> list[SeenMark]:
    students = [uid(0x5, place) for place in range(number)]
    return [one for student in students for one in marks(*presences, student=student)]


def test_X7_a_whole_class_is_one_question_about_its_roll() -> None:
    (one,) = found(*class_of(30, P, A, P))
    assert (one.kind, len(one.students), one.periods) == (FindingKind.BETWEEN, 30, ("2",))
    assert [(step.do, step.roll_id) for step in one.steps] == [(Do.ASK_TEACHER, uid(0xA, 2))]
    rest = class_of(40, P, P, P)[75:]
    assert len(found(*class_of(4, P, A, P), *rest)) == 4, "four of nineteen are four students"


def test_X7_two_sections_taught_together_in_two_rooms_are_one_question() -> None:
    both = [
        one
        for place in range(12)
        for one in (mark(2, P, uid(0x5, place)), mark(2, P, uid(0x5, place), **OTHER))
    ]
    (one,) = found(*both)
    assert (one.kind, len(one.students)) == (FindingKind.TWO_ROOMS, 12)
    assert one.steps[0].do is Do.CHECK_ROSTER


# --- what holds of all

presences = st.sampled_from([P, P, P, L, E, A, A, X, None])
minute = st.integers(480, 940).map(lambda one: local(ON, "00:00") + timedelta(minutes=one))


@st.composite
def student_days(draw: st.DrawFn) -> list[SeenMark]:
    told = marks(*draw(st.lists(presences, max_size=6)))
    if draw(st.booleans()) and told:
        told.append(replace(draw(st.sampled_from(told)), **OTHER))
    return [
        replace(
            one,
            contested=draw(st.sampled_from([False] * 4 + [True])),
            known=draw(st.sampled_from([False] * 4 + [True])),
            arrived_at=draw(st.none() | minute) if one.presence is L else None,
            left_at=draw(st.none() | minute) if one.presence is E else None,
        )
        for one in told
    ]


desk_lines = st.lists(
    st.builds(DeskTime, st.just(ANA), st.sampled_from(At), minute, st.none() | minute), max_size=3
)
nows = st.none() | minute


@calm
@given(student_days(), desk_lines, nows, st.randoms(use_true_random=False))
def test_X1_to_X6_the_order_in_which_facts_come_changes_nothing(
    told: list[SeenMark], lines: list[DeskTime], now: datetime | None, random: Any
) -> None:
    once = contradictions(ON, told, lines, (), now)
    turned, mixed = told + told[:1], lines[::-1]
    random.shuffle(turned)
    assert contradictions(ON, turned, mixed, (), now) == once
    assert len({one.key for one in once}) == len(once)


@calm
@given(student_days(), desk_lines, nows)
def test_X1_to_X6_evidence_is_of_the_facts_and_no_dispute_is_in_it(
    told: list[SeenMark], lines: list[DeskTime], now: datetime | None
) -> None:
    facts = {(one.roll_id, one.presence, one.taken_at) for one in told if not one.contested}
    desks = {(one.at, one.what) for one in lines}
    for finding in contradictions(ON, told, lines, (), now):
        assert finding.evidence
        assert finding.steps
        for one in finding.evidence:
            of_roll = (one.roll_id, one.presence, one.at) in facts
            assert of_roll or (one.roll_id is None and (one.at, one.what) in desks)


@calm
@given(student_days(), desk_lines)
def test_X2_X3_a_roll_less_is_no_finding_more(told: list[SeenMark], lines: list[DeskTime]) -> None:
    """What is not there says nothing. (Without what explains an absence it is not explained.)"""
    if any(one.roll_id == OTHER["roll_id"] for one in told):
        return
    sighted = [one for one in told if one.sighted]
    for gone in told:
        rest = [one for one in told if one is not gone]
        explains = gone.presence in {E, X} or gone.contested or gone.known
        if not explains and (len(sighted) > 1 or gone not in sighted):
            assert len(contradictions(ON, rest, lines)) <= len(contradictions(ON, told, lines))


@calm
@given(st.lists(st.sampled_from([P, L, E, X]), max_size=6), desk_lines, nows)
def test_X2_X3_X4_X5_who_was_seen_in_every_room_is_in_no_finding(
    presences: list[Presence], lines: list[DeskTime], now: datetime | None
) -> None:
    assert contradictions(ON, marks(*presences), lines, (), now) == ()


# --- a truthful school has no contradictions


@st.composite
def truthful_days(draw: st.DrawFn) -> tuple[list[SeenMark], list[DeskTime]]:
    """One student's true day: there from some time to some time, perhaps at the nurse's for a
    while with the office's ruling; every teacher and desk writes what is so."""
    begins = draw(minute)
    ends = draw(minute.filter(lambda one: one > begins)) if draw(st.booleans()) else NIGHT
    there = Interval(begins, ends)
    told = [one for number in range(1, 7) if (one := _true_mark(draw, number, there))]
    lines = [DeskTime(ANA, At.ARRIVED, begins)] if begins > BELLS[0][0] else []
    return told, [*lines, *([DeskTime(ANA, At.LEFT, ends)] if ends < NIGHT else [])]


def _true_mark(draw: st.DrawFn, number: int, there: Interval) -> SeenMark | None:
    """What a teacher who looks once, and amends for who comes and goes, ends up with."""
    starts_at, ends_at = BELLS[number - 1]
    taken_at = starts_at + timedelta(minutes=draw(st.integers(0, 14)))
    if draw(st.integers(0, 9)) == 0:
        return None
    if not meets(Interval(starts_at, ends_at), [there]):
        return mark(number, A, taken_at=taken_at)
    if there.from_at > starts_at:
        return mark(number, L, taken_at=taken_at, arrived_at=there.from_at)
    if there.to_at < ends_at:
        return mark(number, E, taken_at=taken_at, left_at=there.to_at)
    return mark(number, P, taken_at=taken_at)


@calm
@given(truthful_days(), nows)
def test_X1_to_X5_in_a_truthful_school_there_are_none(
    told: tuple[list[SeenMark], list[DeskTime]], now: datetime | None
) -> None:
    seen, lines = told
    assert contradictions(ON, seen, lines, (), now) == ()


def of_kind(findings: Iterable[Finding], kind: FindingKind) -> list[Finding]:
    return [one for one in findings if one.kind is kind]


@calm
@given(truthful_days(), st.integers(2, 5))
def test_X2_one_false_absence_in_a_truthful_day_is_found(
    told: tuple[list[SeenMark], list[DeskTime]], number: int
) -> None:
    seen, lines = told
    around = {one.period: one for one in seen}
    before, wrong, after = (around.get(str(number + step)) for step in (-1, 0, 1))
    if not (before and wrong and after):
        return
    whole = {one.presence for one in (before, wrong, after)} == {P}
    if whole:
        turned = [replace(one, presence=A) if one is wrong else one for one in seen]
        (finding,) = contradictions(ON, turned, lines)
        assert (finding.kind, finding.periods) == (FindingKind.BETWEEN, (str(number),))
