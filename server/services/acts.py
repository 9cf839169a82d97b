"""Writes down what somebody did that is no entry of a roll: passes, revocations, passwords."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert

from server.models import DeskAct

PERSON_REVOKED, DEVICE_REVOKED = "person_revoked", "device_revoked"
CALLED, CALL_UNDONE = "called", "call_undone"
DEVICE_ALLOWED = "device_allowed"
ENROLLMENT_TIMED = "enrollment_timed"
EXPLAINED, EXPLANATION_UNDONE = "roll_explained", "roll_explanation_undone"


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, by whom (nobody: at the server's own console), and to what."""

    kind: str
    by: UUID | None
    subject: UUID | None
    facts: Mapping[str, Any] = field(default_factory=dict)


def note_act(connection: Connection, school_id: UUID, act: Act, now: datetime) -> None:
    """Add an act to the school's list; it is never changed."""
    connection.execute(
        insert(DeskAct).values(
            school_id=school_id,
            act_id=uuid4(),
            at=now,
            by=act.by,
            kind=act.kind,
            subject=act.subject,
            facts=json.dumps(act.facts, default=str, sort_keys=True),
        )
    )
