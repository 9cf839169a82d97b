"""What a staged roster would change in a school, and changing it: whole tables at a time."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Exists,
    Select,
    Table,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    union,
    update,
)

from server.models import Base
from server.roster.load import analyze
from server.roster.records import Mode
from server.roster.stage import Staged
from server.roster.tables import (
    ENROLLMENT,
    GONE,
    KINDS,
    OWN,
    SCHOOLS,
    SECTION,
    SECTION_TERMS,
    SPARED,
    STAFF,
    STUDENT,
    TEACHING,
    TERM,
    TOUCHED,
    Kind,
)

NEW, CHANGED, WITHDRAWN = "new", "changed", "withdrawn"
T = Base.metadata.tables


def find_changes(connection: Connection, staged: Staged) -> None:
    """Fills each kind's table of differences."""
    _begin_today(connection, ENROLLMENT)
    _begin_today(connection, TEACHING)
    for kind in KINDS:
        _find_new(connection, kind)
        _find_changed(connection, kind)
        if kind is not TERM:
            _find_withdrawn(connection, kind, staged.modes[kind.file])
    analyze(connection, [kind.diff for kind in KINDS])
    for kind, owner in (
        (ENROLLMENT, STUDENT),
        (ENROLLMENT, SECTION),
        (TEACHING, STAFF),
        (TEACHING, SECTION),
    ):
        _find_bereft(connection, kind, owner)
    _find_touched(connection)
    analyze(connection, [*(kind.diff for kind in KINDS), TOUCHED])


def _begin_today(connection: Connection, kind: Kind) -> None:
    """Who comes without a date into a section that is there already comes today: on the rolls of
    the days before nobody has missed them."""
    stage, section = kind.stage, SECTION.target
    there = exists().where(
        section.c.school_id == stage.c.school_id, section.c.section_id == stage.c.section_id
    )
    known = exists().where(kind.same(kind.target, stage))
    today = select(SCHOOLS.c.today).where(SCHOOLS.c.school_id == stage.c.school_id)
    connection.execute(
        update(stage)
        .where(stage.c.begin_on.is_(None), there, not_(known))
        .values(begin_on=today.scalar_subquery())
    )


def _find_new(connection: Connection, kind: Kind) -> None:
    joined = kind.stage.outerjoin(kind.target, kind.same(kind.stage, kind.target))
    found = (
        select(*(kind.stage.c[key] for key in kind.keys), literal(NEW))
        .select_from(joined)
        .where(kind.target.c.school_id.is_(None))
    )
    _note(connection, kind, found)


def _find_changed(connection: Connection, kind: Kind) -> None:
    joined = kind.stage.join(kind.target, kind.same(kind.stage, kind.target))
    found = (
        select(*(kind.stage.c[key] for key in kind.keys), literal(CHANGED))
        .select_from(joined)
        .where(kind.differs())
    )
    _note(connection, kind, found)


def _find_withdrawn(connection: Connection, kind: Kind, mode: Mode) -> None:
    """Bulk: what the file no longer holds, in the schools of which it holds anything. Delta: what
    the file says is to be deleted. What was left out for a fault is not withdrawn."""
    target = kind.target
    joined = target.join(SCHOOLS, SCHOOLS.c.school_id == target.c.school_id)
    asked = select(*(target.c[key] for key in kind.keys), literal(WITHDRAWN)).where(
        kind.lives(SCHOOLS.c.today), not_(target.c.sourced_id.startswith(OWN))
    )
    if mode is Mode.BULK:
        joined = joined.outerjoin(kind.stage, kind.same(kind.stage, target))
        spared = select(SPARED.c.sourced_id).where(SPARED.c.file == kind.file)
        asked = asked.where(
            kind.stage.c.school_id.is_(None),
            target.c.school_id.in_(_named_in(kind.file)),
            target.c.sourced_id.not_in(spared),
        )
    elif mode is Mode.DELTA:
        named = select(GONE.c.sourced_id).where(GONE.c.file == kind.file)
        asked = asked.where(target.c.sourced_id.in_(named))
    else:
        return
    _note(connection, kind, asked.select_from(joined))


def _named_in(file: str) -> CompoundSelect[UUID]:
    """The schools of which a file holds anything."""
    return union(*(select(kind.stage.c.school_id) for kind in KINDS if kind.file == file))


def _find_bereft(connection: Connection, kind: Kind, owner: Kind) -> None:
    """Enrollments and assignments end with the student, the member of staff or the section."""
    target = kind.target
    joined = (
        target.join(SCHOOLS, SCHOOLS.c.school_id == target.c.school_id)
        .join(owner.diff, and_(*(owner.diff.c[key] == target.c[key] for key in owner.keys)))
        .outerjoin(kind.diff, kind.same(kind.diff, target))
    )
    found = (
        select(*(target.c[key] for key in kind.keys), literal(WITHDRAWN))
        .select_from(joined)
        .where(
            owner.diff.c.what == WITHDRAWN,
            kind.diff.c.school_id.is_(None),
            kind.lives(SCHOOLS.c.today),
            not_(exists().where(kind.same(kind.stage, target))),
        )
    )
    _note(connection, kind, found)


def _note(connection: Connection, kind: Kind, found: Select[tuple[object, ...]]) -> None:
    connection.execute(insert(kind.diff).from_select([*kind.keys, "what"], found))


def _find_touched(connection: Connection) -> None:
    """Sections whose roster, teachers or title read differently afterwards."""
    parts = [select(SECTION.diff.c.school_id, SECTION.diff.c.section_id)]
    for kind, owner in ((ENROLLMENT, STUDENT), (TEACHING, STAFF)):
        parts.extend(
            select(table.c.school_id, table.c.section_id).join(
                kind.diff, kind.same(kind.diff, table)
            )
            for table in (kind.stage, kind.target)
        )
        target = kind.target
        parts.append(
            select(target.c.school_id, target.c.section_id)
            .join(owner.diff, and_(*(owner.diff.c[key] == target.c[key] for key in owner.keys)))
            .where(owner.diff.c.what == CHANGED)
        )
    every = union(*parts).subquery()
    place = func.row_number().over(partition_by=every.c.school_id, order_by=every.c.section_id)
    connection.execute(
        insert(TOUCHED).from_select(
            ["school_id", "section_id", "place"],
            select(every.c.school_id, every.c.section_id, place),
        )
    )


def apply_changes(connection: Connection) -> None:
    """Writes what was found; the schools' locks are held."""
    for kind in KINDS:
        _insert_new(connection, kind)
        _update_changed(connection, kind)
        _withdraw(connection, kind)
        if kind is SECTION:
            _apply_section_terms(connection)
    _link_accounts(connection)
    _number_sections(connection)


def _insert_new(connection: Connection, kind: Kind) -> None:
    columns = [*kind.keys, *kind.facts]
    values = [kind.stage.c[column] for column in columns]
    joined = kind.stage.join(kind.diff, kind.same(kind.stage, kind.diff))
    asked = select(*values)
    if kind is STUDENT:
        student = STUDENT.target
        last = (
            select(student.c.school_id, func.max(student.c.num).label("num"))
            .group_by(student.c.school_id)
            .subquery()
        )
        joined = joined.outerjoin(last, last.c.school_id == kind.stage.c.school_id)
        order = [kind.stage.c[name] for name in ("family_name", "given_name", "sourced_id")]
        place = func.row_number().over(partition_by=kind.stage.c.school_id, order_by=order)
        columns.append("num")
        asked = asked.add_columns(func.coalesce(last.c.num, 0) + place)
    if kind is SECTION:
        columns += ["roster_rev", "seq"]
        asked = asked.add_columns(literal(0), literal(0))
    chosen = asked.select_from(joined).where(kind.diff.c.what == NEW)
    connection.execute(insert(kind.target).from_select(columns, chosen))


def _update_changed(connection: Connection, kind: Kind) -> None:
    connection.execute(
        update(kind.target)
        .where(
            kind.same(kind.target, kind.stage),
            kind.same(kind.stage, kind.diff),
            kind.diff.c.what == CHANGED,
        )
        .values({fact: kind.stands(fact) for fact in kind.facts})
    )


def _withdraw(connection: Connection, kind: Kind) -> None:
    """Ends what was withdrawn with today as its last day; nothing is deleted, so the rolls of the
    days before keep everybody who was there. What had not begun is switched off."""
    target, today = kind.target, SCHOOLS.c.today
    chosen = update(target).where(
        kind.same(target, kind.diff),
        SCHOOLS.c.school_id == target.c.school_id,
        kind.diff.c.what == WITHDRAWN,
    )
    if not kind.ends:
        connection.execute(chosen.values(active=False))
        return
    begun = or_(target.c.begin_on.is_(None), target.c.begin_on <= today)
    ended = {"end_on": today, "active": case((begun, True), else_=False)}
    connection.execute(
        chosen.values(ended | {fact: None for fact in kind.facts if fact == "end_at"})
    )


def _apply_section_terms(connection: Connection) -> None:
    target, stage = T["section_term"], SECTION_TERMS
    keys = ("school_id", "section_id", "term_id")
    same = and_(*(target.c[key] == stage.c[key] for key in keys))
    connection.execute(delete(target).where(_was_staged(target), not_(exists().where(same))))
    missing = (
        select(*(stage.c[key] for key in keys))
        .select_from(stage.outerjoin(target, same))
        .where(target.c.school_id.is_(None))
    )
    connection.execute(insert(target).from_select(keys, missing))


def _was_staged(target: Table) -> Exists:
    stage = SECTION.stage
    return exists().where(
        stage.c.school_id == target.c.school_id, stage.c.section_id == target.c.section_id
    )


def _link_accounts(connection: Connection) -> None:
    """Staff who are new at a school keep the sign-in that they have at another. A username that
    came to somebody else does not bring the old sign-in with it."""
    staff, account, other = STAFF.target, T["account"], STAFF.target.alias()
    anothers = exists().where(
        other.c.account_id == account.c.account_id, other.c.sourced_id != staff.c.sourced_id
    )
    connection.execute(
        update(staff)
        .where(
            STAFF.same(staff, STAFF.diff),
            STAFF.diff.c.what == NEW,
            staff.c.account_id.is_(None),
            account.c.username == func.lower(staff.c.username),
            not_(anothers),
        )
        .values(account_id=account.c.account_id)
    )


def _number_sections(connection: Connection) -> None:
    """Gives each touched section its place in its school's history, and its roster a new number."""
    section, clock = SECTION.target, T["school_sync"]
    connection.execute(
        update(section)
        .where(
            section.c.school_id == TOUCHED.c.school_id,
            section.c.section_id == TOUCHED.c.section_id,
            clock.c.school_id == section.c.school_id,
        )
        .values(seq=clock.c.seq + TOUCHED.c.place, roster_rev=section.c.roster_rev + 1)
    )
    _number_rolls(connection)
    given = (
        select(TOUCHED.c.school_id, func.count().label("places"))
        .group_by(TOUCHED.c.school_id)
        .subquery()
    )
    connection.execute(
        update(clock)
        .where(clock.c.school_id == given.c.school_id)
        .values(seq=clock.c.seq + given.c.places)
    )


def _number_rolls(connection: Connection) -> None:
    """A roll shows who is enrolled, so a touched section's rolls are told anew with it (W1)."""
    roll, section = T["roll"], SECTION.target
    connection.execute(
        update(roll)
        .where(
            roll.c.school_id == TOUCHED.c.school_id,
            roll.c.section_id == TOUCHED.c.section_id,
            section.c.school_id == roll.c.school_id,
            section.c.section_id == roll.c.section_id,
        )
        .values(seq=section.c.seq)
    )
