"""The timetable's files at the desk: for one school, shown before they are brought in."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine

from server.access import Viewer
from server.db import school_turn, writing
from server.roster.findings import Findings, Refused
from server.roster.outcome import Ending, Outcome
from server.roster.source import of_texts
from server.roster.timetable import FILES
from server.services.acts import Act, note_act
from server.services.effects import effects_of
from server.services.follow_notices import follow_notices
from server.services.import_roster import NothingWritten
from server.services.import_schedule import Import, ScheduleOptions
from server.services.poke import poke
from server.services.rehear import hear_again
from server.services.show_timetable import REVISION

IMPORTED = "timetable_files"
FOUND = ("severity", "file", "line", "column", "found", "problem", "cure")


def import_files(
    engine: Engine, viewer: Viewer, body: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """Bring files in, all or nothing, or say what they would change. They can name no other school.

    Bad lines are no Problem: they are told beside what is right.
    """
    outcome, told = Outcome(Ending.REFUSED, Findings()), dict[str, Any]()
    with contextlib.suppress(NothingWritten), _at(engine, viewer, body) as connection:
        _run(connection, viewer, body, now, outcome, told)
    if outcome.ending is Ending.IMPORTED:
        hear_again(engine, viewer.school_id, now=now)
        follow_notices(engine, viewer.school_id, now)
        poke(viewer.school_id)
    return _answer(outcome, told)


@contextlib.contextmanager
def _at(engine: Engine, viewer: Viewer, body: Mapping[str, Any]) -> Iterator[Connection]:
    """A preview takes no lock, so that rolls come in meanwhile."""
    if body["preview"]:
        with writing(engine) as connection:
            yield connection
    else:
        with school_turn(engine, viewer.school_id) as turn:
            yield turn.connection


def _run(
    connection: Connection,
    viewer: Viewer,
    body: Mapping[str, Any],
    now: datetime,
    outcome: Outcome,
    told: dict[str, Any],
) -> None:
    options = ScheduleOptions(
        dry_run=body["preview"], skip_bad_rows=body["skip_bad_rows"], dates=body["dates"]
    )
    sent = [(file["name"], file["text"]) for file in body["files"]]
    before = _revision(connection, viewer)
    try:
        source = of_texts(sent, FILES, outcome.findings)
        work = Import(connection, source, now, options, _quiet, outcome, viewer.school_id)
        try:
            work.run()
            _note(connection, viewer, outcome, now)
        finally:
            now_at = before if options.dry_run else _revision(connection, viewer)
            told |= _effect(work, now_at, preview=options.dry_run)
    except Refused as refused:
        outcome.findings.add(refused.finding)
        raise NothingWritten from refused


def _quiet(*_: object) -> None:
    """Nobody watches how far it is."""


def _note(connection: Connection, viewer: Viewer, outcome: Outcome, now: datetime) -> None:
    facts = {"changes": [asdict(change) for change in outcome.changes], "rolls": outcome.rolls}
    note_act(connection, viewer.school_id, Act(IMPORTED, viewer.staff_id, None, facts), now)


def _revision(connection: Connection, viewer: Viewer) -> int:
    revision: int = connection.execute(REVISION, {"school_id": viewer.school_id}).scalar_one()
    return revision


def _effect(work: Import, revision: int, *, preview: bool) -> dict[str, Any]:
    """What becomes of rolls, where anything changes."""
    if work.outcome.ending not in {Ending.PLANNED, Ending.IMPORTED}:
        return {}
    effect = effects_of(work.laid_out)
    return {"effect": {"revision": revision, "preview": preview, "undo": [], **effect}}


def _answer(outcome: Outcome, told: Mapping[str, Any]) -> dict[str, Any]:
    findings = outcome.findings
    return {
        "ending": outcome.ending.value,
        "errors": findings.errors,
        "warnings": findings.warnings,
        "findings": [{name: getattr(one, name) for name in FOUND} for one in findings.in_order()],
        "changes": [
            {"kind": one.kind, "new": one.new, "changed": one.changed, "withdrawn": one.withdrawn}
            for one in outcome.changes
        ],
        "effect": None,
        **told,
    }
