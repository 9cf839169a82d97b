"""A mark, and what becomes of it, in the words of the desk. One place for its sentences."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from server.services.grid_rolls import Reader
from sync.model import Mark, Presence
from sync.ruling import Against
from sync.sentence import labelled, say

PRESENCE = {
    None: say("of a mark¦not marked"),
    Presence.PRESENT: say("of a mark¦present"),
    Presence.LATE: say("of a mark¦late"),
    Presence.LEFT_EARLY: say("of a mark¦left early"),
    Presence.ABSENT: say("of a mark¦absent"),
    Presence.ELSEWHERE: say("of a mark¦elsewhere"),
}
AGAINST = {
    Against.NOTHING_SAID: say("Nothing is said of this mark."),
    Against.NEEDS_WHY: say("Say why the mark changes: the reason is kept with it."),
}
NOT_TAKEN_IN = {
    "locked": say("The roll is locked. An administrator can reopen it."),
    "not_open": say("Its day has not come: nobody can have seen that class yet."),
    "no_school": say("There is no school then."),
    "roll_void": say("No roll is expected of this meeting."),
    "unknown_roll": say("The school knows no such roll."),
    "not_enrolled": say("The student is not on this roll."),
}
NOT_THEN = say("It was not made when this was sent first.")
NOT_IN_IT = say("That ruling says nothing of this student.")
TAKEN_BACK = "Taken back"
NOT_SAVED = say("It could not be taken in. Nothing was changed.")


def clock(at: datetime, zone: str) -> str:
    """A time of day as the desk says it: 8:31."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.hour % 12 or 12}:{local:%M}"


def seen_words(
    presence: Presence | None,
    arrived_at: datetime | None,
    left_at: datetime | None,
    row: Any,
    zone: str,
) -> str:
    """A presence with its time: late, 12 min."""
    if presence is Presence.LATE and arrived_at is not None:
        minutes = max(0, round((arrived_at - row.starts_at).total_seconds() / 60))
        return say("of a mark¦late, {minutes} min", minutes=minutes)
    if presence is Presence.LEFT_EARLY and left_at is not None:
        return say("of a mark¦left early at {time}", time=clock(left_at, zone))
    return PRESENCE[presence]


def reason_words(reason: str, excused: bool | None, row: Any, reader: Reader) -> str:
    """A reason, as far as whoever reads may know it."""
    told = reader.told(reason, excused, row.school_date)
    if "reason" not in told:
        return say("the office knows")
    code = reader.pack.meaning(reason, row.school_date)
    if code is None:
        return reason
    return say("{label} ({code})", label=labelled(code.label), code=reason)


def mark_words(mark: Mark | None, row: Any, zone: str, reader: Reader) -> str:
    """What stands of a student: absent, Illness (A-1)."""
    if mark is None:
        return PRESENCE[None]
    said = seen_words(mark.presence, mark.arrived_at, mark.left_at, row, zone)
    if not mark.reason:
        return said
    reason = reason_words(mark.reason, mark.excused, row, reader)
    return say("{mark}, {reason}", mark=said, reason=reason)


def becomes(before: str, after: str) -> str:
    """What changes."""
    if before == after:
        return say("{After} stays.", after=after)
    return say("{Before} becomes {after}.", before=before, after=after)
