"""A push on its last step: from the push service into the browser's own worker, by the debugger."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from server.columns import spell
from tests.browser.tablet import Tablet
from tests.support.cast import ZONE, Class, Person


class PushService:
    """Hands messages to the worker of a tablet, whether or not its app is open."""

    def __init__(self, tablet: Tablet) -> None:
        """Take a started tablet whose worker is installed; asks leave for notifications."""
        self.tablet = tablet
        tablet.context.grant_permissions(["notifications"], origin=tablet.url)
        self._session = tablet.context.new_cdp_session(tablet.page)
        known: list[dict[str, Any]] = []
        self._session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: known.extend(told["registrations"]),
        )
        self._session.send("ServiceWorker.enable")
        while not known:
            # Events come in while something else is waited for.
            tablet.page.wait_for_timeout(20)
        self.registration = known[-1]["registrationId"]

    def deliver(self, message: dict[str, Any] | str) -> None:
        """Hand over one message, decrypted as the browser would."""
        told = message if isinstance(message, str) else json.dumps(message)
        self._session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.tablet.url, "registrationId": self.registration, "data": told},
        )

    def stop_the_worker(self) -> None:
        """As the browser does after some seconds without work."""
        self._session.send("ServiceWorker.stopAllWorkers")

    def close_the_app(self) -> None:
        """Nothing of Rollbook is open any more, and its worker sleeps."""
        self.tablet.page.goto("about:blank")
        self.stop_the_worker()


def clock_time(at: datetime) -> str:
    """As the school's clock shows it."""
    local = at.astimezone(ZONE)
    return f"{local.hour % 12 or 12}:{local.minute:02d}"


def mark_of(person: Person) -> str:
    """What stands for a person in a tag."""
    return hashlib.sha256(str(person.staff_id).encode()).hexdigest()[:6]


def reminder(
    tablet: Tablet, person: Person, made_at: datetime, *rolls: tuple[Class, datetime]
) -> dict[str, Any]:
    """What the school sends to somebody about classes and when their rolls are due."""
    named = [
        {
            "roll_id": str(one.roll()),
            "period": one.period,
            "period_name": f"Period {one.period}",
            "due_at": spell(due_at),
            "due": clock_time(due_at),
        }
        for one, due_at in rolls
    ]
    where = f"#/roll/{rolls[0][0].roll()}" if len(rolls) == 1 else "#/today"
    return {
        "web_push": 8030,
        "mutable": True,
        "notification": {
            "title": "A roll is due, as the school has it",
            "body": "Its own words, for who knows no better.",
            "lang": "en",
            "dir": "ltr",
            "tag": f"rolls-{mark_of(person)}",
            "navigate": f"{tablet.url}/{where}",
            "silent": False,
        },
        "rollbook": {
            "v": 1,
            "kind": "reminder",
            "message_id": "0193a4c2-0000-7000-8000-000000000001",
            "made_at": spell(made_at),
            "rolls": named,
        },
    }


def due(minutes: float, start: datetime) -> datetime:
    """So many minutes after the bell."""
    return start + timedelta(minutes=minutes)
