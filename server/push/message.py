"""What a push says: one Declarative Web Push (JSON) for every browser.

It is shown on lock screens: the words name periods, times and counts (R9), the rest are ids.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from server.columns import spell
from server.language import told
from sync.remind_words import Words
from sync.sentence import ENGLISH, Language

DECLARATIVE: Final = 8030
MOST_ROLLS: Final = 12
"""So many rolls are told one by one; a push has room for 3,993 bytes."""


@dataclass(frozen=True, slots=True)
class ToldRoll:
    """A missing roll as the tablet's worker hears of it; `due` is its time as people read it."""

    roll_id: UUID
    period: str
    period_name: str
    due_at: datetime
    due: str

    def told(self) -> dict[str, str]:
        """As the wire has it."""
        return {
            "roll_id": str(self.roll_id),
            "period": self.period,
            "period_name": self.period_name,
            "due_at": spell(self.due_at),
            "due": self.due,
        }


@dataclass(frozen=True, slots=True)
class Push:
    """One push to one person: `kind` is reminder, office or test, `navigate` the page that a tap
    opens, `topic` what it takes the place of, waiting or shown; in the `language` of that browser's
    person."""

    kind: str
    message_id: UUID
    topic: str
    words: Words
    navigate: str
    made_at: datetime
    rolls: Sequence[ToldRoll] = ()
    language: Language = ENGLISH


def spell_push(push: Push) -> bytes:
    """The push as the browser gets it."""
    about = {
        "v": 1,
        "kind": push.kind,
        "message_id": str(push.message_id),
        "made_at": spell(push.made_at),
        "rolls": [roll.told() for roll in push.rolls[:MOST_ROLLS]],
    }
    content: dict[str, Any] = {
        "web_push": DECLARATIVE,
        "mutable": True,
        "notification": {
            "title": told(push.words.title, push.language),
            "body": told(push.words.body, push.language),
            "lang": push.language.tag,
            "dir": "ltr",
            "tag": push.topic,
            "navigate": push.navigate,
            "silent": False,
            # Where a browser shows the message itself, its worker is given the notification alone.
            "data": {"rollbook": about},
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def topic_of(kind: str, staff_id: UUID) -> str:
    """What a newer push to the same person replaces: `rolls-1f3a9c`, `office-…`, `test-…`."""
    name = "rolls" if kind == "reminder" else kind
    return f"{name}-{sha256(staff_id.bytes).hexdigest()[:6]}"
