"""The decision tables as Python's values. A file's `names` stand for ids wherever they occur."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from sync.model import Kind, Mark, Observation, Op, Presence, Rank, Roll

HERE = Path(__file__).parent
NOBODY = UUID(int=0)


def cases(file: str) -> list[dict[str, Any]]:
    table = json.loads((HERE / file).read_text())
    return [named(case, table.get("names", {})) for case in table["cases"]]


def named(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [named(one, names) for one in value]
    if isinstance(value, dict):
        return {
            key: one if key == "id" and "rules" in value else named(one, names)
            for key, one in value.items()
        }
    return value


def title(case: dict[str, Any]) -> str:
    return f"{' '.join(case['rules'])} {case['id']}"


def instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def observation(line: dict[str, Any], kind: Kind) -> Observation:
    presence = line.get("presence")
    return Observation(
        student_id=UUID(line["student_id"]),
        presence=None if presence is None else Presence(presence),
        rules_presence=kind is Kind.RULE and "presence" in line,
        arrived_at=instant(line.get("arrived_at")),
        left_at=instant(line.get("left_at")),
        note=line.get("note"),
        reason=line.get("reason"),
        excused=line.get("excused"),
        evidence=line.get("evidence"),
        parents=frozenset(UUID(one) for one in line.get("parents", ())),
    )


def op(entry: dict[str, Any]) -> Op:
    kind = Kind(entry["kind"])
    return Op(
        op_id=UUID(entry["id"]),
        kind=kind,
        author=UUID(entry["author"]),
        rank=Rank(entry["rank"]),
        device_id=uuid5(NOBODY, entry["id"]),
        taken_at=at(entry["taken_at"]),
        observations=tuple(observation(line, kind) for line in entry["marks"]),
    )


def wire(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return str(value) if isinstance(value, UUID | str) else value


def mark_json(mark: Mark) -> dict[str, Any]:
    """A mark without what is empty."""
    plain = {field: wire(value) for field, value in mark._asdict().items()}
    plain["heads"] = [str(one) for one in mark.heads]
    plain["flags"] = sorted(map(str, mark.flags))
    plain["notes"] = [{"op_id": str(note.op_id), "text": note.text} for note in mark.notes]
    return {field: value for field, value in plain.items() if value is not None and value != []}


def roll_json(roll: Roll) -> dict[str, Any]:
    return {
        "state": str(roll.state),
        "first_op": None if roll.first_op is None else str(roll.first_op),
        "marks": [mark_json(mark) for mark in roll.marks],
        "unmarked": [str(student) for student in roll.unmarked],
        "not_enrolled": [mark_json(mark) for mark in roll.not_enrolled],
    }
