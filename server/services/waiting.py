"""Why an op is held and what became of it, in a clerk's words and in its author's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from server.services.reply import detail_of
from sync.phrases import weekday_of
from sync.resolve import Obstacle
from sync.sentence import say

CLERK = {
    "unknown_roll": say(
        "{who} is not assigned to {section} then. Take it over if {who} took the roll,"
        " or put the assignment right: then it is judged again by itself."
    ),
    "no_such_roll": say(
        "The school has no such roll. If its meeting is missing from the schedule, add"
        " it: then this is judged again by itself."
    ),
    "not_enrolled": say(
        "{students} not enrolled in {section} on {day}. If the roster is wrong, put it"
        " right: then this is judged again by itself."
    ),
    "no_school": say(
        "There is no school on {day}. If the roll was taken all the same, take it over; if"
        " the calendar is wrong, put it right: then this is judged again by itself."
    ),
    "roll_void": say("{section} does not meet then. If it met all the same, take the roll over."),
    "certified": say("It came after the roll was certified. Take over what should be corrected."),
    "locked": say("It came after the roll was locked. An administrator can reopen the roll."),
    "not_open": say("It came before its day, {day}: nobody can have seen that class yet."),
    "grant_unknown": say(
        "The school does not know the sign-in this was taken with. When {who} signs in"
        " on that tablet again, this is judged again by itself."
    ),
    "grant_revoked": say(
        "It was taken after the tablet's or the person's leave to record was withdrawn."
    ),
    "grant_expired": say("It was taken after the leave to record had ended."),
    "unsupported_kind": say("A newer app sent it. A newer server will judge it by itself."),
    "server_error": say("The server stumbled over it. Each new version judges it again by itself."),
    "handed_over": say("It came in a file and cannot be read as a roll."),
}
ENDED = {
    "accepted": say("It was judged again and is on the record now."),
    "taken_over": say("The office has taken it over into the roll."),
    "set_aside": say("The office has looked at it and set it aside. It is not on the roll."),
}
WHY_NOT = {
    Obstacle.RESOLVED: say("Somebody has decided about it already."),
    Obstacle.UNREADABLE: say(
        "This server cannot read it yet. It is judged again when a newer one can."
    ),
    Obstacle.NO_ROLL: say(
        "The school knows no roll that it could be taken over into. Add the meeting"
        " to the schedule, or set it aside."
    ),
    Obstacle.LOCKED: say("The roll is locked. An administrator can reopen it."),
    Obstacle.NOT_YET: say("Its day has not come. Nobody can have seen that class yet."),
    Obstacle.NOBODY_ENROLLED: say(
        "It says nothing of students who are enrolled in this class on that"
        " date. Put the roster right, or set it aside."
    ),
}


def to_the_office(reason: str, facts: Mapping[str, Any]) -> str:
    """Why it waits and what would help; `facts` are the item's own."""
    word = reason
    if reason == "unknown_roll" and facts["section_title"] is None:
        word = "no_such_roll"
    author, students = facts["author"], facts["students"]
    return CLERK.get(word, say("It waits for a person.")).format(
        who=author["name"] if author else say("the author"),
        section=facts["section_title"] or say("that class"),
        day=spell_day(facts["on"]),
        students=say("{names} is", names=students) if students else say("These students are"),
    )


def to_the_author(reason: str, kept: str) -> str:
    """As the tablet was told when it sent it; `kept` is what the words name."""
    return detail_of(reason, kept)


def ended(how: str, why: str | None = None) -> str:
    """What became of it, with the reason that somebody gave where it may be told."""
    if why and how != "accepted":
        return say("{end} {why}", end=ENDED[how], why=why)
    return ENDED[how]


def spell_day(on: date | None) -> str:
    """A date in words."""
    return say("that date") if on is None else weekday_of(on)
