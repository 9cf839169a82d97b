"""Rolls as they were known at a past instant: what had been heard by then, folded anew (W4).

What is not kept with its time is shown as it is today: names, the calendar, bells and notices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from server.access import Viewer
from server.record import nums_of_op
from server.services.facts import STUDENTS_BY_NUM, rows_of
from server.services.heard import Heard, heard_at, load_when_heard
from server.services.horizon import load_rosters
from server.services.known import ACTS
from server.services.refold import Known, act_of, meeting_of, read_back, refold
from server.services.roster_versions import find_versions, read_versions
from server.services.rosters import Roster


@dataclass(frozen=True, slots=True)
class Past:
    """Rolls and rosters as they were known; what they are rendered from.

    `roster_as_of`: since when the newest of these rosters is known, None where one is today's.
    """

    rows: list[Any]
    rosters: Mapping[UUID, Roster]
    roster_as_of: datetime | None
    heard: Heard | None


def read_past(
    connection: Connection, viewer: Viewer, rows: Sequence[Any], as_of: datetime | None
) -> Past:
    """Rolls as they were known at an instant, or as they are where none is named."""
    if as_of is None:
        return Past(list(rows), load_rosters(connection, viewer.school_id, rows), None, None)
    return load_past(connection, viewer.school_id, viewer.zone, rows, as_of)


def load_past(
    connection: Connection, school_id: UUID, zone: str, rows: Sequence[Any], as_of: datetime
) -> Past:
    """Some rolls as they were known at an instant; `rows` are as they are today, and still so where
    nothing has been heard since."""
    every = load_when_heard(connection, school_id, [row.roll_id for row in rows if row.revision])
    heard = {
        roll_id: [one for one in entries if heard_at(one) <= as_of]
        for roll_id, entries in every.items()
    }
    today = load_rosters(connection, school_id, rows)
    rosters, roster_as_of = _rosters(connection, school_id, rows, today, as_of)
    changed = [row for row in rows if heard.get(row.roll_id) != every.get(row.roll_id)]
    strangers = _strangers(connection, school_id, changed, today, heard)
    then = {
        row.roll_id: _row(row, zone, heard[row.roll_id], _known(today[row.section_id], strangers))
        for row in changed
    }
    past = [then.get(row.roll_id, row) for row in rows]
    return Past(past, rosters, roster_as_of, heard)


def _rosters(
    connection: Connection,
    school_id: UUID,
    rows: Iterable[Any],
    today: Mapping[UUID, Roster],
    as_of: datetime,
) -> tuple[dict[UUID, Roster], datetime | None]:
    """The rosters of then, today's where no older one is kept; and since when they are known."""
    revs = {row.section_id: row.roster_rev for row in rows}
    versions = find_versions(connection, school_id, revs, as_of)
    other = [one for one in versions.values() if one.roster_rev != revs[one.section_id]]
    rosters = dict(today) | read_versions(connection, school_id, other)
    known = revs.keys() <= versions.keys()
    since = max((one.at for one in versions.values()), default=None) if known else None
    return rosters, since


def _strangers(
    connection: Connection,
    school_id: UUID,
    rows: Iterable[Any],
    today: Mapping[UUID, Roster],
    heard: Heard,
) -> dict[int, UUID]:
    """The students whom entries name though they are on their sections' rosters no more."""
    missing: set[int] = set()
    for row in rows:
        for entry in heard.get(row.roll_id, ()):
            missing.update(set(nums_of_op(entry.payload)) - today[row.section_id].text_of.keys())
    found = rows_of(connection, STUDENTS_BY_NUM, school_id, sorted(missing))
    return {row.num: row.student_id for row in found}


def _known(roster: Roster, strangers: Mapping[int, UUID]) -> Known:
    if not strangers:
        return Known(roster.id_of, roster.num_of, roster.text_of, roster.num_by_int)
    text_of = {num: str(one) for num, one in strangers.items()}
    return Known(
        {**roster.id_of, **{str(one): one for one in strangers.values()}},
        {**roster.num_of, **{text: num for num, text in text_of.items()}},
        {**text_of, **roster.text_of},
        {**roster.num_by_int, **{one.int: num for num, one in strangers.items()}},
    )


def _row(row: Any, zone: str, entries: Sequence[Any], known: Known) -> Any:
    """A roll's row as it was; its place in the feed stays today's."""
    ops = [read_back(one, known) for one in entries if one.kind not in ACTS]
    acts = [act_of(one) for one in entries if one.kind in ACTS]
    then = refold(ops, meeting_of(row, zone), known.num_by_int, acts).row
    return SimpleNamespace(**{**row._asdict(), **then, "seq": row.seq})
