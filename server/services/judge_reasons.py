"""Whether reasons may be given to students on some days, by the school's rule pack (K5–K7): one
judgement for the grid, the window, what families tell ahead, and clearing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from server.models import MarkException, table_of
from server.record import unpack_op
from server.services.facts import IDS, SCHOOL, load_prior
from server.services.school_years import year_of
from sync.codes import Per
from sync.excuse import Asked, Use, Verdict, judge_all
from sync.model import Kind
from sync.pack import Pack
from sync.school_year import SchoolYear

_mark = table_of(MarkException).c
USES = select(_mark.num, _mark.roll_id, _mark.school_date, _mark.reason).where(
    _mark.school_id == SCHOOL,
    _mark.num.in_(IDS),
    _mark.reason.in_(bindparam("codes", expanding=True)),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A reason that somebody wants to give a student, by her number. `roll_id` is of the mark whose
    reason it takes the place of; None where it is about a day."""

    num: int
    asked: Asked
    roll_id: UUID | None = None


def judge_reasons(
    connection: Connection, school_id: UUID, pack: Pack, wanted: Sequence[Wanted]
) -> list[Verdict]:
    """A verdict each, in the order of asking: a student's days of one year are judged together,
    each that is accepted counts for the next (K7.4)."""
    uses = _uses(connection, school_id, pack, wanted)
    dates = sorted({one.asked.on for one in wanted})
    years = {on: year_of(connection, school_id, on) for on in dates}
    groups: dict[tuple[int, SchoolYear], list[int]] = defaultdict(list)
    for place, one in enumerate(wanted):
        groups[one.num, years[one.asked.on]].append(place)
    verdicts: dict[int, Verdict] = {}
    for (num, year), places in groups.items():
        own = [wanted[place].asked for place in places]
        judged = judge_all(pack, own, uses.get(num, ()), year)
        verdicts |= dict(zip(places, judged, strict=True))
    return [verdicts[place] for place in range(len(wanted))]


def _uses(
    connection: Connection, school_id: UUID, pack: Pack, wanted: Iterable[Wanted]
) -> dict[int, list[Use]]:
    """The days on which the students' other marks carry the codes that are asked for and capped."""
    capped = [(one, per) for one in wanted if (per := _pers(pack, one.asked))]
    if not capped:
        return {}
    by_incident = {one.asked.code for one, per in capped if Per.INCIDENT in per}
    anew = {(one.num, one.roll_id) for one in wanted}
    asked = {
        "school_id": school_id,
        "ids": sorted({one.num for one, _ in capped}),
        "codes": sorted({one.asked.code for one, _ in capped}),
    }
    rows = [row for row in connection.execute(USES, asked) if (row.num, row.roll_id) not in anew]
    counted = [row for row in rows if row.reason in by_incident]
    incidents = _incidents_of(connection, school_id, counted)
    found: dict[int, list[Use]] = defaultdict(list)
    for row in rows:
        incident = incidents.get((row.num, row.roll_id))
        found[row.num].append(Use(row.reason, row.school_date, incident))
    return found


def _pers(pack: Pack, asked: Asked) -> frozenset[Per]:
    """In what the days of a code are counted; nothing where they are not."""
    code = pack.meaning(asked.code, asked.on)
    return frozenset(cap.per for cap in code.caps) if code else frozenset()


def _incidents_of(
    connection: Connection, school_id: UUID, rows: Sequence[Any]
) -> dict[tuple[int, UUID], str]:
    """Which incident each of some marks belongs to, by the ruling that gave its reason."""
    prior = load_prior(connection, school_id, sorted({row.roll_id for row in rows}))
    found: dict[tuple[int, UUID], str] = {}
    for row in rows:
        for entry in prior[row.roll_id]:
            if entry.kind == Kind.RULE:
                mark = _line(entry, row.num)
                if mark.get("reason") == row.reason and "incident" in mark:
                    found[row.num, row.roll_id] = mark["incident"]
    return found


def _line(entry: Any, num: int) -> dict[str, Any]:
    """What an entry says of one student."""
    marks = unpack_op(entry.payload, Numbers())["marks"]
    return next((mark for mark in marks if mark["student_id"] == str(num)), {})


class Numbers(dict[int, str]):
    """Students by their own numbers, where no id is needed."""

    def __missing__(self, num: int) -> str:
        """The number as text."""
        return str(num)
