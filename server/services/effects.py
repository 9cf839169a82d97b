"""What laying out did to rolls, in lines for people: which moved, which expect none, which stay."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

from schemas.timetable import MOST_LINES
from server.services.lay_out import Changed, LaidOut, facts_of
from sync.deadline import late_at

MOVING = (
    "period_name", "starts_at", "ends_at", "opens_at", "due_at", "late_at", "check_at",
    "closes_at", "locks_at",
)  # fmt: skip
Line = dict[str, Any]


def effects_of(done: LaidOut) -> dict[str, Any]:
    """The lines by what they say, a line a date and period, and how many rolls in all."""
    moved = [one for one in done.moved if one.row.expected and one.facts["expected"]]
    lists = {
        "moves": _grouped(filter(_moves, moved), _move),
        "voided": _grouped(_turned(done.moved, to=False), _after),
        "expected_again": _grouped(_turned(done.moved, to=True), _after),
        "added": _grouped((one for one in done.added if one.expected), _added),
        "kept_taken": _grouped(filter(_differs, done.kept), _before),
    }
    return {
        **{name: lines[:MOST_LINES] for name, lines in lists.items()},
        "cut": any(len(lines) > MOST_LINES for lines in lists.values()),
        "totals": _totals(lists),
    }


def _turned(changes: Iterable[Changed], *, to: bool) -> list[Changed]:
    """The rolls that are expected now and were not, or the other way round."""
    return [one for one in changes if one.row.expected != to and one.facts["expected"] == to]


def _moves(one: Changed) -> bool:
    return bool(_what(one))


def _differs(one: Changed) -> bool:
    return _moves(one) or one.row.expected != one.facts["expected"]


def _what(one: Changed) -> list[str]:
    before, after = _times(one.row._mapping), _times(one.facts)  # noqa: SLF001 SQLAlchemy's public name
    return [name for name in MOVING if before[name] != after[name]]


def _times(facts: Mapping[str, Any]) -> dict[str, Any]:
    late = late_at(facts["due_at"], facts["grace_min"])
    return {name: late if name == "late_at" else facts[name] for name in MOVING}


def _move(one: Changed) -> Line:
    before, after = _times(one.row._mapping), _times(one.facts)  # noqa: SLF001 as above
    return {
        "on": one.row.school_date,
        "period": one.row.period,
        "period_name": after["period_name"],
        "due_before": before["due_at"],
        "due_after": after["due_at"],
        "late_before": before["late_at"],
        "late_after": after["late_at"],
        "locks_before": before["locks_at"],
        "locks_after": after["locks_at"],
        "what": tuple(_what(one)),
    }


def _after(one: Changed) -> Line:
    return {"on": one.row.school_date, "period": one.row.period, **_told(one.facts)}


def _before(one: Changed) -> Line:
    facts = one.row._mapping  # noqa: SLF001 as above
    return {"on": one.row.school_date, "period": one.row.period, **_told(facts)}


def _added(one: Any) -> Line:
    return {"on": one.on, "period": one.period, **_told(facts_of(one))}


def _told(facts: Mapping[str, Any]) -> Line:
    return {name: facts[name] for name in ("period_name", "due_at", "void_reason", "void_note")}


def _grouped(changes: Iterable[Any], spell: Callable[[Any], Line]) -> list[Line]:
    """Equal lines are one, with how many rolls it speaks of; in the order of the bells."""
    counts: dict[Hashable, int] = {}
    lines: dict[Hashable, Line] = {}
    for one in changes:
        line = spell(one)
        key = tuple(line.values())
        lines.setdefault(key, line)
        counts[key] = counts.get(key, 0) + 1
    told = [{**line, "rolls": counts[key]} for key, line in lines.items()]
    return sorted(told, key=_place)


def _place(line: Line) -> tuple[Any, ...]:
    return line["on"], line.get("due_at") or line["due_after"], line["period"]


def _totals(lists: Mapping[str, Sequence[Line]]) -> dict[str, Any]:
    dates = sorted({line["on"] for lines in lists.values() for line in lines})
    names = {"moves": "moved"}
    return {
        **{
            names.get(name, name): sum(line["rolls"] for line in lines)
            for name, lines in lists.items()
        },
        "dates": len(dates),
        "first_on": dates[0] if dates else None,
        "last_on": dates[-1] if dates else None,
    }
