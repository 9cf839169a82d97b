"""The feed: what changed in a school since a cursor, in the order it happened, in one snapshot.

A page never splits the changes that share a seq, and never skips one: the seq is given under the
school's lock, so whatever a later commit adds lies behind every cursor that was handed out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BindParameter, Connection, Engine, Row, Select, bindparam, select

from schemas.words import SessionWord
from server.access import Viewer
from server.columns import spell
from server.db import NoSuchSchool, asking, reading
from server.models import OpEntry, Resolution, School, SchoolSync, SlipKey, table_of
from server.problems import Problem
from server.services import poke, render
from server.services.aside import VERSION
from server.services.facts import IDS, SCHOOL
from server.services.held import RESOLVED, WAITING, items
from server.services.horizon import View, load_rosters, load_view
from server.services.render import to_json
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, render_rolls, rolls, sections
from server.services.rosters import padded

PAGE = 200
COME_BACK_S = 3.0
SINCE: BindParameter[Any] = bindparam("since")
LIMIT: BindParameter[Any] = bindparam("most")

_op, _end = table_of(OpEntry).c, table_of(Resolution).c
_sync, _school = table_of(SchoolSync).c, table_of(School).c
_slip = table_of(SlipKey).c
SIGNS = (
    select(_slip.key_id)
    .where(_slip.school_id == SCHOOL, _slip.retired_at.is_(None))
    .order_by(_slip.created_at.desc(), _slip.key_id)
    .limit(1)
    .scalar_subquery()
)
STAND = (
    select(
        _sync.epoch, _sync.seq, _sync.safe_before, _school.calendar_seq, SIGNS.label("slip_key_id")
    )
    .join_from(table_of(SchoolSync), table_of(School), _school.school_id == _sync.school_id)
    .where(_sync.school_id == SCHOOL)
)
SEQ = select(_sync.epoch, _sync.seq).where(_sync.school_id == SCHOOL)
ROLLS = rolls().where(
    ROLL_COLUMNS.seq > SINCE,
    ROLL_COLUMNS.school_date >= bindparam("from_on"),
    ROLL_COLUMNS.school_date <= bindparam("to_on"),
)
SECTIONS = sections().where(SECTION_COLUMNS.seq > SINCE)
HELD = WAITING.where(_op.seq > SINCE)
ENDED = RESOLVED.where(_end.seq > SINCE)


class Reads:
    """The statements that read changes: a first stretch of them, and all that share one seq."""

    def __init__(self, **of_kind: Select[Any]) -> None:
        """Take a query a kind; each selects its table's seq."""
        self.first = [
            (kind, query.order_by(query.selected_columns.seq).limit(LIMIT))
            for kind, query in of_kind.items()
        ]
        self.at = [
            (kind, query.where(query.selected_columns.seq == bindparam("at")))
            for kind, query in of_kind.items()
        ]


WIDE = Reads(roll=ROLLS, section=SECTIONS, held=HELD, ended=ENDED)
NARROW = Reads(
    roll=ROLLS.where(ROLL_COLUMNS.section_id.in_(IDS)),
    section=SECTIONS.where(SECTION_COLUMNS.section_id.in_(IDS)),
    held=HELD.where(_op.author == bindparam("staff_id")),
    ended=ENDED.where(_op.author == bindparam("staff_id")),
)


@dataclass(frozen=True, slots=True)
class Change:
    """One row that changed."""

    seq: int
    kind: str
    row: Any


@dataclass(frozen=True, slots=True)
class Page:
    """A stretch of the school's history: all that changed up to `upto`, whole."""

    changes: Sequence[Change]
    upto: int
    more: bool


def pull(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime, polls: int
) -> bytes:
    """A page of the feed as JSON; waits for news when asked to and when fewer than `polls` wait.

    Raises Problem `epoch_changed` for a cursor of another history than this one.
    """
    epoch, since = read_cursor(query["since"])
    most, wait_s = query.get("limit") or PAGE, query.get("wait") or 0
    aside = query.get("aside") if viewer.is_wide else None
    until, backoff_s = time.monotonic() + wait_s, 0.0
    with poke.place(polls if wait_s else 0) as may_wait:
        while True:
            counted = poke.count(viewer.school_id)
            answer = _look(engine, viewer, (epoch, since), most, now)
            answer["aside"] = _aside(engine, viewer.school_id, aside)
            left = until - time.monotonic()
            if answer["changes"] or answer["aside"] != aside or left <= 0:
                break
            if not may_wait:
                backoff_s = COME_BACK_S
                break
            since = answer["seq"]
            _wait_for_news(engine, viewer.school_id, (since, aside), counted, until)
    del answer["seq"]
    return to_json({**answer, "backoff_s": backoff_s})


def read_cursor(cursor: str) -> tuple[str, int]:
    """A cursor's epoch and seq."""
    epoch, _, seq = cursor.rpartition(".")
    return epoch, int(seq)


def _wait_for_news(
    engine: Engine, school_id: UUID, known: tuple[int, int | None], counted: int, until: float
) -> None:
    """Return when the school's seq or what stands beside the board is not what is known, or at the
    end of the wait."""
    since, aside = known
    while (left := until - time.monotonic()) > 0:
        poke.wait(school_id, counted, min(left, poke.LOOK_EVERY_S))
        counted = poke.count(school_id)
        with reading(engine) as connection:
            row = connection.execute(SEQ, {"school_id": school_id}).one()
        if row.seq != since or _aside(engine, school_id, aside) != aside:
            return


def _aside(engine: Engine, school_id: UUID, known: int | None) -> int | None:
    """How often something changed beside the board; asked only for an open one."""
    if known is None:
        return None
    with asking(engine) as connection:
        return connection.execute(VERSION, {"school_id": school_id}).scalar() or 0


def _look(
    engine: Engine, viewer: Viewer, cursor: tuple[str, int], most: int, now: datetime
) -> dict[str, Any]:
    epoch, since = cursor
    with reading(engine) as connection:
        stand = stand_of(connection, viewer.school_id)
        if epoch != stand.epoch or since > stand.seq:
            raise Problem("epoch_changed", more={"epoch": stand.epoch})
        view = load_view(connection, viewer, now)
        page = _page(connection, viewer.school_id, view, stand, (since, most))
        changes = _render(connection, viewer, view, page)
    return {
        "protocol": 1,
        "epoch": epoch,
        "server_time": spell(now),
        "cursor": f"{epoch}.{page.upto}",
        "scope": scope_of(view, stand),
        "session": SessionWord.OK,
        "more": page.more,
        "safe_before": stand.safe_before and spell(stand.safe_before),
        "changes": changes,
        "seq": page.upto,
    }


def scope_of(view: View, stand: Row[Any]) -> str:
    """What a device keeps its copy under: what its person sees, and the key of the desk's slips.
    With another one it starts anew."""
    return f"{view.scope}.{str(stand.slip_key_id)[-8:]}"


def stand_of(connection: Connection, school_id: UUID) -> Row[Any]:
    """Where the school's history stands in this snapshot. Raises NoSuchSchool."""
    row: Any = connection.execute(STAND, {"school_id": school_id}).first()
    if row is None:
        raise NoSuchSchool(str(school_id))
    return cast("Row[Any]", row)


def _page(
    connection: Connection, school_id: UUID, view: View, stand: Row[Any], span: tuple[int, int]
) -> Page:
    since, most = span
    if since == stand.seq:
        return Page((), since, more=False)
    asked = _asked(school_id, view, since) | {"most": most + 1}
    reads = WIDE if view.wide else NARROW
    found, known_to = [], stand.seq
    for kind, query in reads.first:
        rows = connection.execute(query, asked).all()
        found += [Change(row.seq, kind, row) for row in rows]
        if len(rows) > most:
            known_to = min(known_to, rows[-1].seq - 1)
    if since < stand.calendar_seq:
        found.append(Change(stand.calendar_seq, "calendar", None))
    page = cut(found, known_to, most, stand.seq)
    if page is not None:
        return page
    at = min(change.seq for change in found)
    whole = [
        Change(row.seq, kind, row)
        for kind, query in reads.at
        for row in connection.execute(query, {**asked, "at": at})
    ]
    whole += [change for change in found if change.kind == "calendar" and change.seq == at]
    return Page(whole, at, more=at < stand.seq)


def cut(found: Iterable[Change], known_to: int, most: int, end: int) -> Page | None:
    """The first page of what was found; all of it up to `known_to` is known.

    Changes that share a seq stay together. None when not even the first seq is known whole.
    """
    known = sorted((one for one in found if one.seq <= known_to), key=lambda one: one.seq)
    page: list[Change] = []
    for _, group in groupby(known, key=lambda one: one.seq):
        together = list(group)
        if page and len(page) + len(together) > most:
            return Page(page, page[-1].seq, more=True)
        page += together
    if known_to < end:
        return Page(page, known_to, more=True) if page else None
    return Page(page, end, more=False)


def _asked(school_id: UUID, view: View, since: int) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "school_id": school_id,
        "since": since,
        "from_on": view.horizon.from_on,
        "to_on": view.horizon.to_on,
    }
    if not view.wide:
        asked["staff_id"] = view.staff_id
        asked["ids"] = padded(sorted(view.sections)) if view.sections else []
    return asked


def _render(connection: Connection, viewer: Viewer, view: View, page: Page) -> list[dict[str, Any]]:
    told: dict[int, list[dict[str, Any]]] = {}
    by_kind = {
        kind: [change.row for change in page.changes if change.kind == kind]
        for kind in ("roll", "section", "held", "ended", "calendar")
    }
    rosters = load_rosters(connection, viewer.school_id, [*by_kind["roll"], *by_kind["section"]])
    seen = [row for row in by_kind["roll"] if view.shows(row, rosters)]
    for one in render_rolls(connection, viewer.school_id, seen, rosters):
        told.setdefault(one["seq"], []).append(view.sift_roll(one))
    for row in by_kind["section"]:
        section = render.section(row, view.roster(rosters[row.section_id]))
        told.setdefault(row.seq, []).append(section)
    held = [row for row in (*by_kind["held"], *by_kind["ended"]) if view.shows_held(row)]
    for one in items(connection, viewer.school_id, held, wide=view.wide):
        told.setdefault(one["seq"], []).append(view.sift_held(one))
    for change in page.changes:
        if change.kind == "calendar":
            told.setdefault(change.seq, []).append(render.calendar(change.seq, view.horizon.days))
    return [one for seq in sorted(told) for one in told[seq]]
