"""Leaves out what the holder of a day pass need not know: notes, reasons, other students' names.

She takes rolls of classes that she meets for an hour. Who is absent and was seen is her business,
why is not, nor what others wrote about a student.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

UNTOLD_OF_MARK = ("notes",)
UNTOLD_OF_VOICE = ("why", "source")
UNTOLD_OF_ENTRY = ("note", "reason", "excused", "evidence", "why")
# They say that there is a reason.
UNTOLD_FLAGS = frozenset({"dormant_reason", "reasons_differ"})


def sift_roll(roll: dict[str, Any]) -> dict[str, Any]:
    """A roll as the wire has it, without notes and reasons."""
    return roll | {"marks": [_sift_mark(mark) for mark in roll["marks"]]}


def _sift_mark(mark: dict[str, Any]) -> dict[str, Any]:
    told = {name: fact for name, fact in mark.items() if name not in UNTOLD_OF_MARK}
    flags = [flag for flag in told.pop("flags", ()) if flag not in UNTOLD_FLAGS]
    if flags:
        told["flags"] = flags
    if "voices" in told:
        told["voices"] = [
            {name: fact for name, fact in voice.items() if name not in UNTOLD_OF_VOICE}
            for voice in told["voices"]
        ]
    return told


def sift_held(item: dict[str, Any]) -> dict[str, Any]:
    """A held item that is hers, without a name: it may be about anybody."""
    return item | {"students": ""}


def sift_history(
    told: dict[str, Any], enrolled: Collection[UUID], staff_id: UUID
) -> dict[str, Any]:
    """A roll's history: what is on the record and what she sent herself, of who is enrolled."""
    names = {str(student_id) for student_id in enrolled}
    return told | {
        "roll": sift_roll(told["roll"]),
        "students": [one for one in told["students"] if str(one["student_id"]) in names],
        "entries": [
            _sift_entry(entry, names)
            for entry in told["entries"]
            if entry["outcome"] == "accepted" or _is_by(entry, staff_id)
        ],
    }


def _is_by(entry: dict[str, Any], staff_id: UUID) -> bool:
    return entry["author"] is not None and entry["author"]["staff_id"] == staff_id


def _sift_entry(entry: dict[str, Any], names: Collection[str]) -> dict[str, Any]:
    marks = [
        {name: fact for name, fact in mark.items() if name not in UNTOLD_OF_ENTRY}
        for mark in entry["marks"]
        if mark["student_id"] in names
    ]
    sifted = entry | {"marks": marks, "source": None}
    if sifted.get("resolution"):
        sifted["resolution"] = sifted["resolution"] | {"why": None}
    return sifted
