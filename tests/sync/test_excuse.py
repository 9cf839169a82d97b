"""Caps, and who is told why (K7, K8)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.codes import Cap, Code, Per, Role
from sync.disclose import NOTHING, may_read, shown, tells_family
from sync.excuse import Asked, Use, Why, judge, judge_all
from sync.model import Presence
from sync.school_year import SchoolYear, weekdays_but
from tests.sync.packs import CALIFORNIA, ENGLAND, PLAIN, code_of, pack_of, reason

calm = settings(deadline=None)
FIRST, LAST = date(2025, 8, 14), date(2026, 6, 9)
YEAR = SchoolYear(
    weekdays_but(FIRST, LAST, ()), ((FIRST, date(2025, 12, 19)), (date(2026, 1, 12), LAST))
)
OFFICE_ROLES = {Role.OFFICE, Role.NURSE, Role.ADMINISTRATOR}


def asked(day: int, code: str = "X", incident: str | None = "one") -> Asked:
    on = FIRST + timedelta(days=day)
    return Asked(code=code, on=on, presence=Presence.ABSENT, role=Role.OFFICE, incident=incident)


caps = st.builds(Cap, days=st.integers(1, 4), per=st.sampled_from(Per), discretion=st.booleans())
days = st.lists(st.integers(0, 40), max_size=12)


@calm
@given(caps, days, st.lists(st.integers(0, 40), max_size=4, unique=True))
def test_K7_2_however_days_are_asked_no_more_stand_than_the_cap_allows(
    cap: Cap, wanted: list[int], standing: list[int]
) -> None:
    pack = pack_of(reason("X", caps=(cap,)))
    uses = [Use("X", FIRST + timedelta(days=day), "one") for day in standing]
    verdicts = judge_all(pack, [asked(day) for day in wanted], uses, YEAR)
    granted = {
        FIRST + timedelta(days=day) for day, one in zip(wanted, verdicts, strict=True) if one.may
    }
    all_days = {use.on for use in uses} | granted
    for start in YEAR.days:
        inside = {one for one in all_days if _same_time(cap, one, start)}
        new = inside & granted - {use.on for use in uses}
        assert not new or len(inside) <= cap.days


def _same_time(cap: Cap, on: date, other: date) -> bool:
    if cap.per is Per.MONTH:
        return YEAR.month_of(on) == YEAR.month_of(other)
    if cap.per is Per.SEMESTER:
        return YEAR.semester_of(on) == YEAR.semester_of(other)
    return True


@calm
@given(caps, days, st.randoms(use_true_random=False))
def test_K7_2_the_order_of_asking_changes_nothing(
    cap: Cap, wanted: list[int], random: object
) -> None:
    pack, asking = pack_of(reason("X", caps=(cap,))), [asked(day) for day in dict.fromkeys(wanted)]
    turned = sorted(asking, key=lambda one: one.on, reverse=True)
    answers = dict(zip([one.on for one in asking], judge_all(pack, asking, (), YEAR), strict=True))
    again = dict(zip([one.on for one in turned], judge_all(pack, turned, (), YEAR), strict=True))
    assert answers == again


def test_K7_2_a_refused_day_counts_for_none() -> None:
    pack = pack_of(reason("X", caps=(Cap(1, Per.MONTH),)))
    first, second, third = judge_all(pack, [asked(0), asked(1), asked(25)], (), YEAR)
    assert (first.may, second.why, third.may) == (True, Why.CAP_REACHED, True)


def test_K7_a_day_with_the_code_in_six_periods_is_one_day() -> None:
    pack = pack_of(reason("X", caps=(Cap(2, Per.YEAR),)))
    uses = [Use("X", FIRST)] * 6
    assert judge(pack, asked(1), uses, YEAR).may


def test_K7_without_a_known_span_nothing_is_granted() -> None:
    pack = pack_of(reason("X", caps=(Cap(2, Per.YEAR),)))
    assert judge(pack, asked(1), (), SchoolYear(())).why is Why.TIME_UNKNOWN


def test_K7_1_S17_the_answer_names_the_cap_that_was_set_aside() -> None:
    cap = code_of(CALIFORNIA, "A-5").caps[0]
    on = date(2025, 10, 13)
    uses = [Use("A-5", date(2025, 10, day), "sibling") for day in range(6, 11)]
    ask = Asked(
        code="A-5", on=on, presence=Presence.ABSENT, role=Role.ADMINISTRATOR, incident="sibling"
    )
    refused = judge(CALIFORNIA, ask, uses, YEAR)
    assert refused.facts == {
        "code": "A-5",
        "days": 5,
        "per": "incident",
        "used": 5,
        "discretion": True,
    }
    granted = judge(CALIFORNIA, _with_words(ask), uses, YEAR)
    assert (granted.may, granted.beyond) == (True, cap)


def _with_words(ask: Asked) -> Asked:
    return Asked(
        code=ask.code,
        on=ask.on,
        presence=ask.presence,
        role=ask.role,
        incident=ask.incident,
        discretion="The funeral was abroad",
    )


def test_K8_S19_a_confidential_reason_is_read_by_the_authorised_office_alone() -> None:
    secret = code_of(CALIFORNIA, "CM")
    assert {role for role in Role if may_read(secret, role)} == OFFICE_ROLES
    guardian = shown(secret, Role.GUARDIAN)
    assert (guardian.excused, guardian.code, guardian.label) == (True, None, None)
    assert shown(secret, Role.AUDITOR) == shown(secret, Role.COUNSELOR) == guardian


def test_K8_S19_a_hidden_reason_looks_like_any_other_excused_absence() -> None:
    for pack in (CALIFORNIA, PLAIN):
        secret = code_of(pack, "CM")
        hidden = [
            one
            for one in pack.codes
            if not one.parent_visible and one.authorised is secret.authorised
        ]
        assert {shown(one, Role.GUARDIAN) for one in hidden} == {shown(secret, Role.GUARDIAN)}
    assert len([one for one in CALIFORNIA.codes if not one.parent_visible]) > 2


def test_K8_1_S19_no_message_is_sent_for_it() -> None:
    secret = code_of(CALIFORNIA, "CM")
    assert not tells_family(secret)
    assert not tells_family(secret, excused=False)
    assert tells_family(None)
    assert tells_family(code_of(CALIFORNIA, "A-0"))
    assert tells_family(code_of(CALIFORNIA, "A-3"))
    assert not tells_family(code_of(CALIFORNIA, "A-1"))
    assert tells_family(code_of(CALIFORNIA, "A-1"), excused=False)
    assert not tells_family(None, excused=True)


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SUBSTITUTE])
def test_K8_a_classroom_learns_only_that_the_office_knows(role: Role) -> None:
    told = {shown(one, role) for pack in (CALIFORNIA, ENGLAND, PLAIN) for one in pack.codes}
    assert len(told) == 1
    (only,) = told
    assert (only.known, only.excused, only.code, only.label) == (True, None, None, None)
    assert shown(None, role) == NOTHING


@pytest.mark.parametrize("code", CALIFORNIA.codes, ids=lambda one: one.code)
def test_K8_what_a_family_may_read_it_reads_and_the_judgement_always(code: Code) -> None:
    guardian = shown(code, Role.GUARDIAN)
    assert (guardian.code == code.code) == (code.parent_visible and not code.confidential)
    assert guardian.excused == shown(code, Role.ADMINISTRATOR).excused
    assert shown(code, Role.GUARDIAN, excused=False).excused is False
