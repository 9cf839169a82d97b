"""Rows of our files about what is expected when: deadlines, exemptions, leaves."""

from __future__ import annotations

from typing import Any

from server.roster.cells import needed_date, number_in, span_in, time_in
from server.roster.directory import SchoolNames
from server.roster.sheet import Line
from server.roster.values import Dates, grades
from sync.band import EVERYBODY
from sync.identity import imported
from sync.model import Policy
from sync.policy import EVERY_PERIOD

Row = dict[str, Any]
A_DAY_MIN, A_YEAR = 24 * 60, 400


def deadline(line: Line, school: SchoolNames, dates: Dates) -> Row:
    """Deadlines from a date on. The id names all of it: other minutes are another rule."""
    from_on = needed_date(line, "from", dates)
    if not school.in_term(from_on):
        line.note("outside_terms", "from")
    usual = Policy()
    row: Row = {
        "grades": _band(line, school),
        "period": _period(line, school) or EVERY_PERIOD,
        "from_on": from_on,
        "open_before_min": number_in(line, "open_before", usual.open_before_min, A_DAY_MIN),
        "due_after_min": number_in(line, "due_after", usual.due_after_min, A_DAY_MIN),
        "check_after_min": number_in(line, "check_after", usual.check_after_min, A_DAY_MIN),
        "grace_min": number_in(line, "grace", usual.grace_min, A_DAY_MIN),
        "close_time": time_in(line, "close") if line["close"] else f"{usual.close_time:%H:%M}",
        "lock_after_days": number_in(line, "lock_after", 0, A_YEAR) if line["lock_after"] else None,
    }
    if row["check_after_min"] < row["due_after_min"]:
        raise line.lost("check_early", "check_after")
    named = "/".join(str(value) for value in (school.school_id, *row.values()))
    return {"policy_id": imported("deadline", named), **row, "until_on": None}


def exemption(line: Line, school: SchoolNames, dates: Dates) -> Row:
    """Meetings of a date that expect no roll."""
    on = needed_date(line, "date", dates)
    line.need("why")
    section_id = school.sections.find(line, "section", school.name) if line["section"] else None
    period = _period(line, school)
    if section_id is None and period is None:
        raise line.lost("exempts_all", "section")
    if not school.in_term(on):
        line.note("outside_terms", "date")
    key = f"{school.school_id}/{on}/{section_id or ''}/{period or ''}"
    return {
        "exemption_id": imported("exemption", key),
        "school_date": on,
        "section_id": section_id,
        "period": period,
        "why": line["why"],
        "ended_at": None,
    }


def leave(line: Line, school: SchoolNames, dates: Dates) -> Row:
    """Somebody is away; a blank end is one day."""
    staff_id = school.staff.find(line, "staff", school.name)
    from_on = needed_date(line, "from", dates)
    to_on = span_in(line, "from", "to", dates)[1] or from_on
    key = f"{school.school_id}/{staff_id}/{from_on}/{to_on}"
    return {
        "leave_id": imported("leave", key),
        "staff_id": staff_id,
        "from_on": from_on,
        "to_on": to_on,
        "ended_at": None,
    }


def _band(line: Line, school: SchoolNames) -> str:
    band = grades("" if line["grades"] == EVERYBODY else line["grades"])
    unknown = set() if band == EVERYBODY else set(band.split(",")) - school.grades
    if unknown:
        line.note("no_grade", "grades", grade=min(unknown))
    return band


def _period(line: Line, school: SchoolNames) -> str | None:
    period = line["period"] if line["period"] != EVERY_PERIOD else ""
    if period and not school.has_period(period):
        line.note("no_bell", "period")
    return period or None
