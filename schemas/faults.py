"""Says in plain words what is wrong with an op: which field, and what belongs there.

The reader's own words hold patterns and quote what was sent; those are for nobody's screen.
"""

from __future__ import annotations

import re

from schemas.words import How
from sync.model import Kind, Presence

PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`\Z")
MISSING = re.compile(r"\AObject missing required field `(?P<field>\w+)`")
LAST = re.compile(r"(?P<field>\w+)[\[\].0-9]*\Z")
MARK = re.compile(r"\A\.marks\[(?P<place>\d+)\]")

AN_ID = "an id of 36 characters, such as 0193a4c2-0000-7000-8000-000000000000"
A_MOMENT = "a date and time with its zone, such as 2026-11-23T16:41:07.213Z"
A_NUMBER = "a whole number in its usual range"
YES_OR_NO = "true or false"
NAME = "plain text of at most 100 characters"
LONG, SHORT = "plain text of at most 500 characters", "plain text of at most 64 characters"
EXPECTED = {
    "id": AN_ID,
    "v": "the number 1",
    "kind": f"one of {', '.join(Kind)}",
    "roll_id": AN_ID,
    "grant": AN_ID,
    "student_id": AN_ID,
    "parents": f"a list of at most 50, each {AN_ID}",
    "taken_at": A_MOMENT,
    "arrived_at": A_MOMENT,
    "left_at": A_MOMENT,
    "server_seen_at": A_MOMENT,
    "presence": f"one of {', '.join(Presence)}",
    "note": LONG,
    "note_sealed": "a note as the tablet sealed it",
    "why": LONG,
    "reason": SHORT,
    "evidence": SHORT,
    "incident": SHORT,
    "noticed_on": "a date such as 2026-11-23",
    "excused": YES_OR_NO,
    "suspect": YES_OR_NO,
    "roster_rev": A_NUMBER,
    "offset_ms": A_NUMBER,
    "uncertainty_ms": A_NUMBER,
    "asleep_ms": A_NUMBER,
    "took_ms": A_NUMBER,
    "how": f"one of {', '.join(How)}",
    "op_id": AN_ID,
    "taken_by": NAME,
    "stated_at": A_MOMENT,
    "source": "where the op comes from",
    "clock": "what is known of the device's clock",
    "marks": "a list of at most 100 lines, each about one student",
}
NOT_AN_OP = "It is not an entry of Rollbook's."
NOT_JSON = "It is cut short, or holds something that is not text."


def plainly(fault: str) -> str:
    """A reader's fault as a sentence."""
    place = PLACE.search(fault)
    path = place["path"] if place else ""
    missing = MISSING.match(fault)
    if missing:
        field, is_wrong = missing["field"], "is missing"
    else:
        last = LAST.search(path)
        field, is_wrong = last["field"] if last else "", "cannot be read"
    if field not in EXPECTED:
        return NOT_AN_OP
    mark = MARK.match(path)
    of_mark = f" of line {int(mark['place']) + 1}" if mark and field != "marks" else ""
    return f"{field}{of_mark} {is_wrong}; it has to be {EXPECTED[field]}."
