"""Hears what a tablet has open and what is saved there and waits, for the board.

It is never the record: no lock of the school is taken, no place in its history, nothing is pushed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update

from server.access import Courier, Viewer
from server.db import writing
from server.models import CaptureGrant, Device, RollRow, Section, TabletWord, table_of
from server.problems import Problem
from server.services.aside import note_aside
from server.services.facts import IDS, SCHOOL, load_passes, rows_of
from server.services.poke import poke
from server.services.rosters import rosters_of
from sync.tablet import Heard, Said, TabletState, shown, spoken_at

KEPT = timedelta(days=14)

_word, _roll, _grant = table_of(TabletWord).c, table_of(RollRow).c, table_of(CaptureGrant).c
_device, _section = table_of(Device).c, table_of(Section).c
GRANTS = select(
    _grant.grant_id, _grant.staff_id, _grant.until_at, _grant.revoked_at, _grant.pass_id
).where(
    _grant.school_id == SCHOOL,
    _grant.device_id == bindparam("device_id"),
    _grant.grant_id.in_(IDS),
)
MISSING = (
    select(_roll.roll_id, _roll.section_id, _roll.school_date, _section.roster_rev)
    .join_from(
        table_of(RollRow),
        table_of(Section),
        (_section.school_id == _roll.school_id) & (_section.section_id == _roll.section_id),
    )
    .where(_roll.school_id == SCHOOL, _roll.roll_id.in_(IDS), _roll.received_at.is_(None))
)
OF_DEVICE = select(_word.roll_id, _word.staff_id, _word.state, _word.taken_at).where(
    _word.school_id == SCHOOL, _word.device_id == bindparam("device_id")
)


def hear_words(
    engine: Engine, who: Viewer | Courier, words: Sequence[Mapping[str, Any]], now: datetime
) -> list[UUID]:
    """Take in all that a tablet has to tell; the rolls whose words are shown now.

    What names no roll that the person may take, or one that the school has, is passed over (B2).
    Raises Problem `device_revoked`.
    """
    said = [
        Said(one["roll_id"], one["grant"], TabletState(one["state"]), one.get("taken_at"))
        for one in words
    ]
    with writing(engine) as connection:
        _lock(connection, who)
        told = _theirs(connection, who, said, now)
        changed = _keep(connection, who, told)
        if changed:
            note_aside(connection, who.school_id)
    if changed:
        poke(who.school_id)
    return sorted(told)


def _lock(connection: Connection, who: Viewer | Courier) -> None:
    """One telling of a tablet at a time; what was withdrawn tells nothing."""
    row = connection.execute(
        select(_device.revoked_at)
        .where(_device.school_id == who.school_id, _device.device_id == who.device_id)
        .with_for_update()
    ).first()
    if row is None or row.revoked_at is not None:
        raise Problem("device_revoked")


def _theirs(
    connection: Connection, who: Viewer | Courier, said: Sequence[Said], now: datetime
) -> dict[UUID, dict[str, Any]]:
    """The words that count, as rows by roll: whose leave stands, and who may take that roll."""
    grants = _grants(connection, who, said)
    rolls = {
        row.roll_id: row
        for row in rows_of(connection, MISSING, who.school_id, [one.roll_id for one in said])
    }
    may = _Leave(connection, who.school_id, grants, rolls)
    heard: dict[UUID, list[tuple[Heard, UUID]]] = {}
    for one in said:
        at = spoken_at(one, now)
        if may.speak(one, at):
            saved = at if one.state is TabletState.WAITING else None
            word = Heard(one.roll_id, one.state, now, saved)
            heard.setdefault(one.roll_id, []).append((word, grants[one.grant_id].staff_id))
    return {roll_id: _row(who, words) for roll_id, words in heard.items()}


def _row(who: Viewer | Courier, words: Sequence[tuple[Heard, UUID]]) -> dict[str, Any]:
    (best,) = shown(word for word, _ in words).values()
    return {
        "school_id": who.school_id,
        "device_id": who.device_id,
        "roll_id": best.roll_id,
        "staff_id": next(staff_id for word, staff_id in words if word is best),
        "state": best.state.value,
        "at": best.at,
        "taken_at": best.taken_at,
    }


def _grants(connection: Connection, who: Viewer | Courier, said: Iterable[Said]) -> dict[UUID, Any]:
    named = sorted({one.grant_id for one in said})
    if not named:
        return {}
    asked = {"school_id": who.school_id, "device_id": who.device_id, "ids": named}
    return {row.grant_id: row for row in connection.execute(GRANTS, asked)}


class _Leave:
    """Whose leave stands for which roll: the section's teachers on its date, or a pass's rolls."""

    def __init__(
        self,
        connection: Connection,
        school_id: UUID,
        grants: Mapping[UUID, Any],
        rolls: Mapping[UUID, Any],
    ) -> None:
        """Read the rosters and passes that it takes."""
        self.grants, self.rolls = grants, rolls
        revs = {row.section_id: row.roster_rev for row in rolls.values()}
        self.rosters = rosters_of(connection).load(connection, school_id, revs) if revs else {}
        self.passes = load_passes(connection, school_id, grants.values())

    def speak(self, said: Said, at: datetime) -> bool:
        """Whether a word counts (B2); its leave has to stand at `at`."""
        grant, roll = self.grants.get(said.grant_id), self.rolls.get(said.roll_id)
        if grant is None or roll is None or at >= grant.until_at:
            return False
        if grant.revoked_at is not None and at >= grant.revoked_at:
            return False
        if grant.pass_id is not None:
            return said.roll_id in self.passes[grant.pass_id]
        roster = self.rosters[roll.section_id]
        return roster.rank(grant.staff_id, roll.school_date) is not None


def _keep(
    connection: Connection, who: Viewer | Courier, told: Mapping[UUID, dict[str, Any]]
) -> bool:
    """Bring a tablet's rows to what it tells now; whether the board looks different for it."""
    asked = {"school_id": who.school_id, "device_id": who.device_id}
    kept = {row.roll_id: row for row in connection.execute(OF_DEVICE, asked)}
    here = (_word.school_id == who.school_id) & (_word.device_id == who.device_id)
    over = kept.keys() - told.keys()
    if over:
        connection.execute(delete(TabletWord).where(here, _word.roll_id.in_(over)))
    for roll_id in told.keys() & kept.keys():
        fresh = {name: told[roll_id][name] for name in ("staff_id", "state", "at", "taken_at")}
        connection.execute(update(TabletWord).where(here, _word.roll_id == roll_id).values(fresh))
    new = [told[roll_id] for roll_id in sorted(told.keys() - kept.keys())]
    if new:
        connection.execute(insert(TabletWord), new)
    return bool(over or new) or any(
        (told[one]["state"], told[one]["taken_at"]) != (kept[one].state, kept[one].taken_at)
        for one in told
    )


def forget_words(engine: Engine, now: datetime) -> int:
    """Forget what tablets said long ago; answers how many words went."""
    with writing(engine) as connection:
        gone = connection.execute(delete(TabletWord).where(_word.at < now - KEPT))
    return gone.rowcount
