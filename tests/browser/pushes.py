"""A push on its last step: from the push service into the browser's own worker, by the debugger."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from server.push.message import Push, ToldRoll, spell_push, topic_of
from sync.remind_words import Words, clock_time
from tests.browser.tablet import Tablet
from tests.support.cast import ZONE, Class, Person


class PushGate:
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

    def deliver(self, message: str) -> None:
        """Hand over one message, decrypted as the browser would."""
        self._session.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": self.tablet.url, "registrationId": self.registration, "data": message},
        )

    def stop_the_worker(self) -> None:
        """As the browser does after some seconds without work."""
        self._session.send("ServiceWorker.stopAllWorkers")

    def close_the_app(self) -> None:
        """Nothing of Rollbook is open any more, and its worker sleeps."""
        self.tablet.page.goto("about:blank")
        self.stop_the_worker()


def reminder(
    tablet: Tablet, person: Person, made_at: datetime, *rolls: tuple[Class, datetime]
) -> str:
    """What the school sends to somebody about classes and when their rolls are due; in words that
    it never uses, so that those of the tablet are told apart from them."""
    where = f"#/roll/{rolls[0][0].roll()}" if len(rolls) == 1 else "#/today"
    push = Push(
        kind="reminder",
        message_id=UUID(int=1),
        topic=topic_of("reminder", person.staff_id),
        words=Words("A roll is due, as the school has it", "Its own words."),
        navigate=f"{tablet.url}/{where}",
        made_at=made_at,
        rolls=[_told(one, due_at) for one, due_at in rolls],
    )
    return spell_push(push).decode()


def _told(one: Class, due_at: datetime) -> ToldRoll:
    due = clock_time(due_at, ZONE)
    return ToldRoll(one.roll(), one.period, f"Period {one.period}", due_at, due)
