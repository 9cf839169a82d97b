"""Which marks now read otherwise than an op said, who stands behind them and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from schemas.words import Why
from server.services.facts import Person, load_people
from server.services.known import Roll
from sync.model import Kind, Mark, Op, Presence
from sync.model import Roll as FoldedRoll


def changed_marks(
    connection: Connection, op: Op, folded: FoldedRoll, roll: Roll, author: Person
) -> list[dict[str, Any]]:
    """The marks whose presence is not the one that the op stated; asks for names only then."""
    stated = {one.student_id: one.presence for one in op.observations if one.presence}
    if len(roll.ops) == 1 and Presence.ELSEWHERE not in stated.values():
        return []
    changed = [
        mark
        for mark in folded.marks
        if mark.student_id in stated and stated[mark.student_id] is not mark.presence
    ]
    if not changed:
        return []
    authors = roll.authors
    behind = {authors[mark.stands_by] for mark in changed if mark.stands_by}
    people = load_people(connection, roll.school_id, behind) | {author.staff_id: author}
    return [
        {
            "student_id": str(mark.student_id),
            "sent": stated[mark.student_id],
            "now": mark.presence,
            "by": _by(mark, authors, people),
            "why": why_changed(mark, op, authors, stated[mark.student_id]),
            "flags": sorted(mark.flags),
        }
        for mark in changed
    ]


def _by(
    mark: Mark, authors: Mapping[UUID, UUID], people: Mapping[UUID, Person]
) -> dict[str, Any] | None:
    person = people.get(authors[mark.stands_by]) if mark.stands_by else None
    return None if person is None else person.by()


def why_changed(mark: Mark, op: Op, authors: Mapping[UUID, UUID], stated: Presence) -> Why:
    """The rule that chose; where the op was simply followed by another, who wrote that one."""
    if stated is Presence.ELSEWHERE and op.kind is Kind.SUBMIT:
        return Why.OFFICE_ONLY
    if mark.why is not None:
        return Why(mark.why)
    if mark.ruled is not None or op.kind is Kind.RULE:
        return Why.OFFICE_STANDS
    same = mark.stands_by is not None and authors[mark.stands_by] == op.author
    return Why.OWN_LATER if same else Why.OTHER_TEACHER_STANDS
