"""Reminders and the ways to people."""

from __future__ import annotations

from typing import Final

from schemas import reminders, subscriptions
from schemas.operation import ADMINISTRATOR, OFFICE, SCHOOL, STAFF, Operation

REMINDERS: Final = (
    Operation(
        "reminder_policy",
        "GET",
        f"{SCHOOL}/reminder-policy",
        "How the school reminds of missing rolls",
        OFFICE,
        relation="own school",
        returns=reminders.ReminderPolicy,
    ),
    Operation(
        "change_reminder_policy",
        "POST",
        f"{SCHOOL}/reminder-policy",
        "Change how the school reminds, from now on",
        ADMINISTRATOR,
        relation="own school",
        takes=reminders.NewReminderPolicy,
        returns=reminders.ReminderPolicy,
        problems=("changed_meanwhile",),
    ),
    Operation(
        "reach",
        "GET",
        f"{SCHOOL}/reach",
        "Who can be reminded and by which way, and why not",
        OFFICE,
        relation="own school",
        returns=reminders.Reach,
    ),
    Operation(
        "push_state",
        "GET",
        f"{SCHOOL}/push",
        "Whether this person is reminded on this device, and the key to subscribe with",
        STAFF,
        relation="one's own, on the device that asks",
        returns=subscriptions.PushState,
    ),
    Operation(
        "subscribe_push",
        "POST",
        f"{SCHOOL}/push",
        "Be reminded on this device; sending the same again changes nothing",
        STAFF,
        relation="one's own, on the device that asks",
        takes=subscriptions.Subscribe,
        returns=subscriptions.PushState,
    ),
    Operation(
        "end_push",
        "POST",
        f"{SCHOOL}/push/end",
        "Be reminded on this device no more",
        STAFF,
        relation="one's own, on the device that asks",
        returns=subscriptions.PushState,
    ),
    Operation(
        "test_push",
        "POST",
        f"{SCHOOL}/push/test",
        "Send a test to this device now, and say what became of it",
        STAFF,
        relation="one's own, on the device that asks",
        returns=subscriptions.PushTest,
        problems=("slow_down",),
    ),
)
