"""Certifies a roll, locks it, opens it again: an entry of the log each, by who is asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from schemas.words import Role
from server.access import Viewer, access_roll
from server.db import Turn, school_turn
from server.problems import Problem
from server.services.enter_act import Deed, enter_acts
from server.services.facts import load_prior
from server.services.horizon import load_rosters
from server.services.known import Roll, open_roll
from server.services.list_held import find_roll
from server.services.poke import poke
from server.services.receive import receive
from server.services.render import to_json
from server.services.rolls import render_rolls
from sync.certify import Act, Asked, Verdict, judge
from sync.model import Rank, RollState
from sync.sentence import say

WORDS = {
    Verdict.NOT_YOURS: say(
        "A teacher of the class on that date or an administrator may certify its"
        " roll; to lock or reopen it takes an administrator."
    ),
    Verdict.NOT_TAKEN: say("Nobody has taken this roll yet: there is nothing to certify."),
    Verdict.LOCKED: say("The roll is locked. An administrator can reopen it."),
    Verdict.NO_REASON: say("Say why the roll is opened again."),
}


def certify(
    engine: Engine, viewer: Viewer, roll_id: UUID, body: Mapping[str, Any], now: datetime
) -> bytes:
    """Do one act to a roll; the roll as it stands then, as JSON.

    What stands already is not done twice. Raises Problem `not_found`, `changed_meanwhile`,
    `not_possible`.
    """
    with school_turn(engine, viewer.school_id) as turn:
        access_roll(turn.connection, viewer, roll_id)
        roll = _open(turn, viewer, roll_id)
        asked = _asked(roll, viewer, body)
        verdict = judge(asked, RollState(roll.state), roll.revision)
        if verdict is Verdict.CHANGED:
            raise Problem("changed_meanwhile", more={"revision": roll.revision})
        if verdict in WORDS:
            raise Problem("not_possible", WORDS[verdict])
        if verdict is Verdict.DONE:
            _enter(turn, viewer, roll, asked, receive(turn, now))
        told = _told(turn, roll_id)
    poke(viewer.school_id)
    return to_json(told)


def _open(turn: Turn, viewer: Viewer, roll_id: UUID) -> Roll:
    row, roster = find_roll(turn.connection, turn.school_id, roll_id)
    assert row is not None, "a roll that may be seen is there"
    assert roster is not None, "a roll has a section"
    prior = load_prior(turn.connection, turn.school_id, [roll_id])[roll_id]
    return open_roll(turn.connection, turn.school_id, row, roster, prior, zone=viewer.zone)


def _asked(roll: Roll, viewer: Viewer, body: Mapping[str, Any]) -> Asked:
    """The act, with who asks for it. The holder of a day pass is nobody here."""
    rank = roll.roster.rank(viewer.staff_id, roll.meeting.on)
    return Asked(
        act=Act(body["how"]),
        rank=Rank.DAYPASS if viewer.pass_id is not None else rank,
        administrator=viewer.role is Role.ADMINISTRATOR,
        revision=body["revision"],
        why=body.get("why"),
    )


def _enter(turn: Turn, viewer: Viewer, roll: Roll, asked: Asked, now: datetime) -> None:
    deed = Deed(
        act=asked.act,
        revision=asked.revision,
        by=viewer.staff_id,
        rank=asked.rank,
        device_id=viewer.device_id,
        why=asked.why,
    )
    enter_acts(turn, [(roll, deed)], now)


def _told(turn: Turn, roll_id: UUID) -> dict[str, Any]:
    row, _ = find_roll(turn.connection, turn.school_id, roll_id)
    assert row is not None, "the roll was just written"
    rosters = load_rosters(turn.connection, turn.school_id, [row])
    return render_rolls(turn.connection, turn.school_id, [row], rosters)[0]
