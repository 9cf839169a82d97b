"""What the office does about held ops and rolls, for stories: a few verbs over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from server.services.check import check
from tests.support.api import School, Tablet, Tree, uuid7


def waiting(desk: Tablet) -> list[Tree]:
    """The office's list."""
    held: list[Tree] = desk.get("held")["held"]
    return held


def decide(desk: Tablet, which: str, how: str, why: str = "As we saw it.", **more: Any) -> Tree:
    """Resolve a held op; what the office hears."""
    answer = ask(desk, which, how, why, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told


def ask(
    desk: Tablet, which: str, how: str, why: str = "As we saw it.", **more: Any
) -> TestResponse:
    """The same, whatever the answer is."""
    if how == "take_over":
        more.setdefault("op_id", str(uuid7(desk.school.clock.now())))
    return desk.post(f"held/{which}/resolution", {"how": how, "why": why, **more})


def act(tablet: Tablet, roll_id: UUID, how: str, revision: int, **more: str) -> TestResponse:
    """Certify, lock or reopen a roll."""
    body = {"how": how, "revision": revision, **more}
    return tablet.post(f"rolls/{roll_id}/certification", body)


def done(tablet: Tablet, roll_id: UUID, how: str, revision: int, **more: str) -> Tree:
    """The same where it is done; the roll."""
    answer = act(tablet, roll_id, how, revision, **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    roll: Tree = answer.get_json()
    return roll


def differences(school: School) -> list[str]:
    """What `rollbook check` finds."""
    return [one.what for checked in check(school.engine) for one in checked.differences]
