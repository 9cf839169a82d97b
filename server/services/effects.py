"""What laying out did to rolls, in lines for people: which moved, which expect none, which stay."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from schemas.timetable_changes import MOST_LINES
from server.services.lay_out import Changed, LaidOut
from server.services.roll_rows import Told, told_of
from sync.deadline import late_at
from sync.model import Meeting

MOVING = (
    "period_name", "starts_at", "ends_at", "opens_at", "due_at", "late_at", "check_at",
    "closes_at", "locks_at",
)  # fmt: skip
Line = dict[str, Any]
EFFECT = ("period_name", "due_at", "void_reason", "void_note")


def effects_of(done: LaidOut) -> dict[str, Any]:
    """The lines by what they say, a line a date and period, and how many rolls in all."""
    stay = [one for one in done.moved if one.before.expected and one.after.expected]
    lists = {
        "moves": _grouped(filter(_what, stay), _move),
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
    return [one for one in changes if one.before.expected != to and one.after.expected == to]


def _differs(one: Changed) -> bool:
    return bool(_what(one)) or one.before.expected != one.after.expected


def _what(one: Changed) -> tuple[str, ...]:
    """The times that move."""
    return _moving(one.before, one.after)


@lru_cache(maxsize=1024)
def _moving(before: Told, after: Told) -> tuple[str, ...]:
    """Hundreds of rolls of a period move alike."""
    was, becomes = _times(before), _times(after)
    return tuple(name for name in MOVING if was[name] != becomes[name])


def _times(told: Told) -> dict[str, Any]:
    return {**told._asdict(), "late_at": late_at(told.due_at, told.grace_min)}


def _move(one: Changed) -> Line:
    before, after = one.before, one.after
    return {
        "on": one.row.school_date,
        "period": one.row.period,
        "period_name": after.period_name,
        "due_before": before.due_at,
        "due_after": after.due_at,
        "late_before": late_at(before.due_at, before.grace_min),
        "late_after": late_at(after.due_at, after.grace_min),
        "locks_before": before.locks_at,
        "locks_after": after.locks_at,
        "what": _what(one),
    }


def _after(one: Changed) -> Line:
    return {"on": one.row.school_date, "period": one.row.period, **_told(one.after)}


def _before(one: Changed) -> Line:
    return {"on": one.row.school_date, "period": one.row.period, **_told(one.before)}


def _added(one: Meeting) -> Line:
    return {"on": one.on, "period": one.period, **_told(told_of(one))}


def _told(told: Told) -> Line:
    return {name: getattr(told, name) for name in EFFECT}


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
