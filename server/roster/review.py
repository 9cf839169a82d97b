"""Looks at a plan before it is carried out: counts, examples, mass withdrawals, double rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, exists, func, or_, select

from server.models import Base
from server.roster.diff import CHANGED, NEW, WITHDRAWN
from server.roster.outcome import Change, Example, Hold
from server.roster.records import Mode
from server.roster.sheet import Sheet
from server.roster.stage import Staged
from server.roster.tables import (
    ENROLLMENT,
    KINDS,
    SCHOOLS,
    SECTION,
    STAFF,
    STUDENT,
    Kind,
)

EXAMPLES_OF_EACH = 20
HOLD_ABOVE = 20
HOLD_SHARE = 0.10
T = Base.metadata.tables


def changes_of(connection: Connection) -> list[Change]:
    """What differs, by school and kind."""
    asked = select(SCHOOLS.c.school_id, SCHOOLS.c.name)
    names = {row.school_id: row.name for row in connection.execute(asked)}
    found: list[Change] = []
    for kind in KINDS:
        diff = kind.diff.c
        counted = select(diff.school_id, diff.what, func.count())
        counts: dict[Any, dict[str, int]] = {}
        for school_id, what, count in connection.execute(
            counted.group_by(diff.school_id, diff.what)
        ):
            counts.setdefault(school_id, {})[what] = count
        found += [Change(names[key], kind.name, **of) for key, of in counts.items()]
    return sorted(found, key=lambda change: change.school)


def examples_of(connection: Connection) -> Iterator[Example]:
    """Some of what differs, by name."""
    for kind in (SECTION, STAFF, STUDENT):
        for what in (NEW, CHANGED, WITHDRAWN):
            table = kind.target if what == WITHDRAWN else kind.stage
            asked = (
                select(table)
                .join(kind.diff, kind.same(kind.diff, table))
                .where(kind.diff.c.what == what)
                .order_by(table.c.sourced_id)
                .limit(EXAMPLES_OF_EACH)
            )
            for row in connection.execute(asked).mappings():
                name = row.get("title") or f"{row.get('given_name')} {row.get('family_name')}"
                yield Example(kind.name, what, row["sourced_id"], name)


def holds_in(connection: Connection, staged: Staged) -> list[Hold]:
    """Schools in which a bulk roster withdraws more than a tenth, and more than a few."""
    holds: list[Hold] = []
    for kind in (STUDENT, ENROLLMENT):
        if staged.modes[kind.file] is not Mode.BULK:
            continue
        leaving = dict(tuple(row) for row in connection.execute(_leaving(kind)))
        standing = dict(tuple(row) for row in connection.execute(_standing(kind)))
        holds += [
            Hold(name, kind.name, count, standing[name])
            for name, count in leaving.items()
            if count > HOLD_ABOVE and count > HOLD_SHARE * standing[name]
        ]
    return holds


def _leaving(kind: Kind) -> Any:
    """How many go, by school; for enrollments those that a running term still counts on."""
    target = kind.target
    joined = target.join(SCHOOLS, SCHOOLS.c.school_id == target.c.school_id).join(
        kind.diff, and_(kind.same(kind.diff, target), kind.diff.c.what == WITHDRAWN)
    )
    return _counted(kind, joined)


def _standing(kind: Kind) -> Any:
    target = kind.target
    return _counted(kind, target.join(SCHOOLS, SCHOOLS.c.school_id == target.c.school_id))


def _counted(kind: Kind, joined: Any) -> Any:
    asked = select(SCHOOLS.c.name, func.count()).select_from(joined)
    asked = asked.where(kind.lives(SCHOOLS.c.today)).group_by(SCHOOLS.c.name)
    if kind is not ENROLLMENT:
        return asked
    of, term, target = T["section_term"], T["term"], kind.target
    named = exists().where(
        of.c.school_id == target.c.school_id, of.c.section_id == target.c.section_id
    )
    running = (
        exists()
        .where(
            of.c.school_id == target.c.school_id,
            of.c.section_id == target.c.section_id,
            term.c.school_id == of.c.school_id,
            term.c.term_id == of.c.term_id,
            term.c.ends_on >= SCHOOLS.c.today,
        )
        .correlate(target, SCHOOLS)
    )
    return asked.where(or_(~named, running))


def drop_double_enrollments(connection: Connection, sheet: Sheet) -> None:
    """Takes one of two enrollments that put a student into a section at the same time."""
    stage = ENROLLMENT.stage.c
    pair = (stage.school_id, stage.section_id, stage.student_id)
    double = select(*pair).group_by(*pair).having(func.count() > 1).subquery()
    asked = (
        select(*pair, stage.sourced_id, stage.begin_on, stage.end_on, stage.line)
        .join(double, and_(*(double.c[column.name] == column for column in pair)))
        .order_by(*pair, stage.begin_on.is_not(None), stage.begin_on, stage.sourced_id)
    )
    before: tuple[Any, date] | None = None
    for row in connection.execute(asked).all():
        key, ends = tuple(row[:3]), row.end_on or date.max
        if before and before[0] == key and (row.begin_on or date.min) <= before[1]:
            sheet.note("twice_enrolled", row.line, "userSourcedId", row.sourced_id)
            connection.execute(ENROLLMENT.stage.delete().where(stage.line == row.line))
        else:
            before = (key, ends)
