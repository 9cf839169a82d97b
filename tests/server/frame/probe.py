"""How to ask each operation something sensible, for the tests generated from the inventory."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from schemas.api import OPERATIONS
from schemas.operation import Operation
from tests.server.frame.conftest import OURS, Browser
from tests.support import cast
from tests.support.guests import GUEST, SPARE

NOWHERE = UUID("00000000-0000-4000-8000-000000000000")
OP_ID = UUID("0193a4c2-0000-7000-8000-000000000001")
# The generator of P-256.
POINT = "BGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
CHANGING = [op for op in OPERATIONS.values() if op.csrf]
# These begin or end the session of the browser that does them.
SESSIONS = {"sign_in", "sign_out", "redeem_pass"}
READING = [op for op in OPERATIONS.values() if not op.csrf]


def path_of(operation: Operation, everyone: cast.Cast) -> str:
    """Its path at Birch, about the roll of 8A on Tuesday."""
    parts = {
        "school_id": everyone.birch,
        "op_id": OP_ID,
        "roll_id": everyone.eight_a.roll(),
        "pass_id": SPARE.pass_id,
        "device_id": SPARE.device_id,
        "staff_id": SPARE.staff_id,
        "student_id": everyone.eight_a.students[0],
        "name": "manifest.webmanifest",
    }
    path = operation.path.format(**parts)
    if operation.name == "changes":
        path += f"?since=e{str(everyone.birch)[:8]}.0"
    if operation.name == "edfi_events":
        path += "?edfi_school_id=1964733"
    return path


def body_of(operation: Operation, everyone: cast.Cast) -> dict[str, Any]:
    """A body that it takes."""
    ruiz = everyone.ruiz
    op = {
        "id": str(OP_ID),
        "v": 1,
        "kind": "submit",
        "roll_id": str(everyone.eight_a.roll()),
        "grant": str(ruiz.grant_id),
        "taken_at": "2026-10-06T15:03:00.000Z",
        "marks": [
            {"student_id": str(one), "presence": "present"} for one in everyone.eight_a.students
        ],
    }
    bodies: dict[str, dict[str, Any]] = {
        "sign_in": {
            "username": ruiz.username,
            "password": ruiz.password,
            "device_id": str(ruiz.device_id),
        },
        "sign_out": {},
        "redeem_pass": {"code": GUEST.code, "device_id": str(GUEST.device_id)},
        "change_password": {  # refused only after everything else was checked
            "old": ruiz.password,
            "new": ruiz.password,
            "device_id": str(ruiz.device_id),
        },
        "issue_pass": {
            "on": "2026-10-06",
            "roll_ids": [str(everyone.eight_b.roll())],
            "given_name": "Wanda",
            "family_name": "Quist",
        },
        "renew_code": {},
        "revoke_pass": {},
        "revoke_device": {"why": "It lay in the bus."},
        "allow_device": {"why": "It was found."},
        "revoke_person": {"why": "She has left."},
        "resolve_held": {"how": "set_aside", "why": "It was a test."},
        "certify_roll": {"how": "certify", "revision": 999},
        "sign_week": {"week_on": "2026-09-28", "digest": "0" * 64},
        "close_span": {"span": "day", "act": "close", "first_on": "2026-10-06"},
        "accept_next_day": {"why": "The network was down."},
        "change_reminder_policy": {
            "seen": None,
            "steps": [{"after_min": 0, "to": "teachers"}],
            "quiet_from_time": None,
            "quiet_to_time": None,
            "office_staff": [],
            "administrators": [],
            "digest_time": None,
        },
        "subscribe_push": {  # refused only after everything else was checked: no key is known by it
            "endpoint": "https://fcm.googleapis.com/fcm/send/abc",
            "p256dh": POINT,
            "auth": "AAAAAAAAAAAAAAAAAAAAAA",
            "key_id": str(NOWHERE),
        },
        "end_push": {},
        "test_push": {},
        "change_timetable": {
            "revision": 0,
            "preview": True,
            "changes": [
                {
                    "type": "exemption",
                    "on": "2026-10-06",
                    "section_id": None,
                    "period": "3",
                    "why": "Assembly",
                }
            ],
        },
        "import_files": {
            "preview": True,
            "files": [{"name": "calendar.csv", "text": "date,kind\n2026-10-07,closed\n"}],
        },
        "push_ops": {
            "protocol": 1,
            "app": "2026.10.1",
            "device_id": str(ruiz.device_id),
            "epoch": None,
            "client_time": "2026-10-06T15:03:00.000Z",
            "ops": [op],
        },
        "note_visit": {
            "visit_id": str(OP_ID),
            "student_id": str(everyone.eight_a.students[0]),
            "what": "arrived",
        },
        "withdraw_visit": {  # refused only after everything else was checked: there is no such line
            "withdrawal_id": str(OP_ID),
            "visit_id": str(NOWHERE),
        },
        "note_notice": {
            "notice_id": str(OP_ID),
            "student_id": str(everyone.eight_a.students[0]),
            "from_on": "2026-10-07",
            "to_on": "2026-10-07",
            "told_by": "Her mother",
            "told_how": "phone",
        },
        "end_notice": {  # refused only after everything else was checked
            "line_id": str(OP_ID),
            "notice_id": str(NOWHERE),
            "to_on": None,
        },
        "rule": {
            "ruling_id": str(OP_ID),
            "preview": True,
            "rulings": [
                {
                    "roll_id": str(everyone.eight_a.roll()),
                    "student_id": str(everyone.eight_a.students[0]),
                    "seen": [],
                    "presence": "absent",
                    "why": "Seen by the office.",
                }
            ],
        },
        "say_of_finding": {  # refused only after everything else was checked
            "line_id": str(OP_ID),
            "on": "2026-10-06",
            "key": "two_rooms|nobody",
            "state": "looked_at",
        },
        "quick_rolls_shown": {"line_id": str(OP_ID), "key": "too_quick|nobody"},
        "preview_clearing": {  # refused only after everything else was checked: nothing waits
            "student_id": str(everyone.eight_a.students[0]),
            "on": "2026-10-06",
            "code": "ABSENT",
        },
        "clear": {
            "clearing_id": str(OP_ID),
            "student_id": str(everyone.eight_a.students[0]),
            "on": "2026-10-06",
            "code": "ABSENT",
            "seen": "nothing",
        },
        "clear_many": {
            "preview": True,
            "code": "ABSENT",
            "absences": [
                {
                    "clearing_id": str(OP_ID),
                    "student_id": str(everyone.eight_a.students[0]),
                    "on": "2026-10-06",
                }
            ],
        },
        "undo_many": {"undone": [{"undo_id": str(OP_ID), "clearing_id": str(NOWHERE)}]},
        "undo_clearing": {"undo_id": str(OP_ID), "clearing_id": str(NOWHERE)},
        "explain_roll": {"why": "Nobody was there to take it."},
        "time_enrollment": {
            "student_id": str(everyone.eight_a.students[0]),
            "on": "2026-10-06",
            "what": "came",
            "at": "2026-10-06T17:55:00.000Z",
        },
        "note_calls": {"roll_ids": [str(everyone.eight_b.roll())]},
        "tablet_words": {
            "words": [
                {
                    "roll_id": str(everyone.eight_a.roll()),
                    "grant": str(ruiz.grant_id),
                    "state": "open",
                }
            ]
        },
        "hand_over": {
            "rollbook_export": 1,
            "device_id": str(ruiz.device_id),
            "exported_at": "2026-10-06T15:03:00.000Z",
            "ops": [op],
        },
    }
    return bodies[operation.name]


def ask(browser: Browser, operation: Operation, everyone: cast.Cast) -> TestResponse:
    """Do it as our own page would."""
    path = path_of(operation, everyone)
    if operation.csrf:
        return browser.client.post(path, json=body_of(operation, everyone), headers=OURS)
    return browser.get(path)
