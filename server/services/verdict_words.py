"""Says why a code may not be set, and how often it may be: the sentences of `sync.excuse`.

One place for them. Each sentence is for whoever wanted to set it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sync.codes import Cap, Per, Role
from sync.excuse import Verdict, Why
from sync.phrases import any_of, date_of
from sync.sentence import Sentence, labelled, say, say_count

Facts = Mapping[str, Any]
WHO = {
    Role.OFFICE: say("the office"),
    Role.NURSE: say("the nurse"),
    Role.COUNSELOR: say("a counselor"),
    Role.ADMINISTRATOR: say("an administrator"),
    Role.DISTRICT: say("the district"),
    Role.TEACHER: say("a teacher"),
    Role.SUBSTITUTE: say("a substitute"),
}
MARKS = {
    "present": say("of a mark¦present"),
    "late": say("of a mark¦late"),
    "left_early": say("of a mark¦left early"),
    "absent": say("of a mark¦absent"),
    "elsewhere": say("of a mark¦elsewhere"),
}
OVER = {
    Per.INCIDENT: say("an incident"),
    Per.MONTH: say("a school month"),
    Per.SEMESTER: say("a semester"),
    Per.YEAR: say("a school year"),
}


def sentence(verdict: Verdict) -> str:
    """Why a code may not be set; nothing where it may."""
    return "" if verdict.why is None else SENTENCES[verdict.why](verdict.facts)


def cap_sentence(cap: Cap) -> str:
    """How often a code may be set."""
    facts = {"days": _days(cap.days), "time": OVER[cap.per]}
    if cap.discretion:
        return say("At most {days} {time}; an administrator may go beyond it.", **facts)
    return say("At most {days} {time}.", **facts)


def _unknown(facts: Facts) -> str:
    return say("There is no code {code}.", code=facts["code"])


def _not_in_force(facts: Facts) -> str:
    return say("{code} is not in force on {on}.", code=facts["code"], on=date_of(facts["on"]))


def _not_yours(facts: Facts) -> str:
    who = [WHO.get(Role(one), str(one)) for one in facts["who"]]
    if not who:
        return say("{code} is given by the rules, never chosen.", code=facts["code"])
    return say("{code} is set by {who}.", code=facts["code"], who=any_of(who))


def _not_for_this_mark(facts: Facts) -> str:
    return say(
        "{code} explains {marks}. This mark is {mark}.",
        code=facts["code"],
        marks=any_of(MARKS[str(one)] for one in facts["marks"]),
        mark=MARKS[str(facts["presence"])],
    )


def _not_ahead(facts: Facts) -> str:
    return say("{code} cannot be known before somebody has looked.", code=facts["code"])


def _too_short(facts: Facts) -> str:
    told = {"code": facts["code"], "least": facts["least"]}
    if facts["minutes"] is None:
        return say(
            "{code} is for {least} minutes or more; how many were missed is not known.", **told
        )
    return say(
        "{code} is for {least} minutes or more; {minutes} were missed.",
        **told,
        minutes=facts["minutes"],
    )


def _grade_unknown(facts: Facts) -> str:
    return say(
        "{code} is for {least} to {most}, and the student’s grade is not known.", **_grades(facts)
    )


def _wrong_grade(facts: Facts) -> str:
    return say(
        "{code} is for {least} to {most}; the student is in {grade}.",
        **_grades(facts),
        grade=_grade(facts["grade"]),
    )


def _needs_note(facts: Facts) -> str:
    return _asking(say("{code} asks for a note.", code=facts["code"]), facts)


def _needs_evidence(facts: Facts) -> str:
    return _asking(say("{code} asks for proof.", code=facts["code"]), facts)


def _needs_notice(facts: Facts) -> str:
    return say(
        "{code} needs that the school was told before {on}. Say on which date.",
        code=facts["code"],
        on=date_of(facts["on"]),
    )


def _needs_incident(facts: Facts) -> str:
    return say(
        "{code} is counted by incident. Name which one this day belongs to.", code=facts["code"]
    )


def _time_unknown(facts: Facts) -> str:
    return say(
        "{code} is counted over {time}, and which one is not known here.",
        code=facts["code"],
        time=OVER[facts["per"]],
    )


def _cap_reached(facts: Facts) -> str:
    told = say_count(
        facts["used"],
        "{code} may be set for {days} {time}, and {used} is used.",
        "{code} may be set for {days} {time}, and {used} are used.",
        code=facts["code"],
        days=_days(facts["days"]),
        time=OVER[facts["per"]],
        used=_days(facts["used"]),
    )
    if not facts["discretion"]:
        return told
    return say("{used} An administrator may go beyond it with a reason.", used=told)


SENTENCES: dict[Why, Callable[[Facts], str]] = {
    Why.UNKNOWN_CODE: _unknown,
    Why.NOT_IN_FORCE: _not_in_force,
    Why.NOT_YOURS: _not_yours,
    Why.NOT_FOR_THIS_MARK: _not_for_this_mark,
    Why.NOT_AHEAD: _not_ahead,
    Why.TOO_SHORT: _too_short,
    Why.GRADE_UNKNOWN: _grade_unknown,
    Why.WRONG_GRADE: _wrong_grade,
    Why.NEEDS_NOTE: _needs_note,
    Why.NEEDS_EVIDENCE: _needs_evidence,
    Why.NEEDS_NOTICE: _needs_notice,
    Why.NEEDS_INCIDENT: _needs_incident,
    Why.TIME_UNKNOWN: _time_unknown,
    Why.CAP_REACHED: _cap_reached,
}


def _days(count: int) -> Sentence:
    return say_count(count, "{count} day", "{count} days")


def _grade(number: int) -> Sentence:
    return say("kindergarten") if number == 0 else say("grade {grade}", grade=number)


def _grades(facts: Facts) -> dict[str, Any]:
    return {
        "code": facts["code"],
        "least": _grade(facts["least"]),
        "most": _grade(facts["most"]),
    }


def _asking(told: Sentence, facts: Facts) -> Sentence:
    """What is asked for in the school's own words, where it has any."""
    if not facts["asks"]:
        return told
    return say("{told} {asks}.", told=told, asks=labelled(facts["asks"]))
