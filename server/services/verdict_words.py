"""Says why a code may not be set, and how often it may be: the sentences of `sync.excuse`.

One place, so that a language is added here alone. Each sentence is for whoever wanted to set it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sync.codes import Cap, Per, Role
from sync.excuse import Verdict, Why

LANGUAGE = "en"
Facts = Mapping[str, Any]
WHO = {
    Role.OFFICE: "the office",
    Role.NURSE: "the nurse",
    Role.COUNSELOR: "a counselor",
    Role.ADMINISTRATOR: "an administrator",
    Role.DISTRICT: "the district",
    Role.TEACHER: "a teacher",
    Role.SUBSTITUTE: "a substitute",
}
MARKS = {
    "present": "present",
    "late": "late",
    "left_early": "left early",
    "absent": "absent",
    "elsewhere": "elsewhere",
}
OVER = {
    Per.INCIDENT: "an incident",
    Per.MONTH: "a school month",
    Per.SEMESTER: "a semester",
    Per.YEAR: "a school year",
}


def sentence(verdict: Verdict) -> str:
    """Why a code may not be set; nothing where it may."""
    return "" if verdict.why is None else SENTENCES[verdict.why](verdict.facts)


def cap_sentence(cap: Cap) -> str:
    """How often a code may be set."""
    said = f"At most {_days(cap.days)} {OVER[cap.per]}"
    return f"{said}; an administrator may go beyond it." if cap.discretion else f"{said}."


def _unknown(facts: Facts) -> str:
    return f"There is no code {facts['code']}."


def _not_in_force(facts: Facts) -> str:
    return f"{facts['code']} is not in force on {_date(facts['on'])}."


def _not_yours(facts: Facts) -> str:
    who = [WHO.get(Role(one), str(one)) for one in facts["who"]]
    if not who:
        return f"{facts['code']} is given by the rules, never chosen."
    return f"{facts['code']} is set by {_either(who)}."


def _not_for_this_mark(facts: Facts) -> str:
    marks = _either(MARKS[str(one)] for one in facts["marks"])
    return f"{facts['code']} explains {marks}. This mark is {MARKS[str(facts['presence'])]}."


def _not_ahead(facts: Facts) -> str:
    return f"{facts['code']} cannot be known before somebody has looked."


def _too_short(facts: Facts) -> str:
    missed, code = facts["minutes"], facts["code"]
    said = "how many were missed is not known" if missed is None else f"{missed} were missed"
    return f"{code} is for {facts['least']} minutes or more; {said}."


def _grade_unknown(facts: Facts) -> str:
    return f"{_for_grades(facts)}, and the student’s grade is not known."


def _wrong_grade(facts: Facts) -> str:
    return f"{_for_grades(facts)}; the student is in {_grade(facts['grade'])}."


def _needs_note(facts: Facts) -> str:
    return f"{facts['code']} asks for a note. {_asked(facts)}".strip()


def _needs_evidence(facts: Facts) -> str:
    return f"{facts['code']} asks for proof. {_asked(facts)}".strip()


def _needs_notice(facts: Facts) -> str:
    code, on = facts["code"], _date(facts["on"])
    return f"{code} needs that the school was told before {on}. Say on which date."


def _needs_incident(facts: Facts) -> str:
    return f"{facts['code']} is counted by incident. Name which one this day belongs to."


def _time_unknown(facts: Facts) -> str:
    return f"{facts['code']} is counted over {OVER[facts['per']]}, and which one is not known here."


def _cap_reached(facts: Facts) -> str:
    said = f"{facts['code']} may be set for {_days(facts['days'])} {OVER[facts['per']]}"
    used = f"{said}, and {_days(facts['used'])} {'is' if facts['used'] == 1 else 'are'} used."
    beyond = " An administrator may go beyond it with a reason." if facts["discretion"] else ""
    return f"{used}{beyond}"


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


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _date(on: date) -> str:
    return f"{on:%B} {on.day}, {on.year}"


def _grade(number: int) -> str:
    return "kindergarten" if number == 0 else f"grade {number}"


def _for_grades(facts: Facts) -> str:
    return f"{facts['code']} is for {_grade(facts['least'])} to {_grade(facts['most'])}"


def _asked(facts: Facts) -> str:
    words = facts["asks"].get(LANGUAGE, "")
    return f"{words}." if words else ""


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
