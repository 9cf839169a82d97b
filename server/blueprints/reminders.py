"""How the school reminds, and who can be reached."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from server import current
from server.doors import Call, operation
from server.services.list_reach import list_reach
from server.services.reminder_policy import change_reminder_policy, show_reminder_policy

reminders = Blueprint("reminders", __name__)


@operation(reminders, "reminder_policy")
def show(call: Call) -> dict[str, Any]:
    """How the school reminds."""
    return show_reminder_policy(current.engine(), call.viewer, mails=_mails())


@operation(reminders, "change_reminder_policy")
def change(call: Call) -> dict[str, Any]:
    """Remind otherwise from now on."""
    engine = current.engine()
    return change_reminder_policy(engine, call.viewer, call.body, call.now, mails=_mails())


@operation(reminders, "reach")
def reach(call: Call) -> dict[str, Any]:
    """Who can be reminded."""
    return list_reach(current.engine(), call.viewer, call.now, mails=_mails())


def _mails() -> bool:
    return current.settings().mails
