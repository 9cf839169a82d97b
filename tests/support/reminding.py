"""A school whose clock is run: what is due is made into reminders, and they are sent and kept.

bell = Bell(school)                  # both recorded: what was pushed, what was mailed
bell.subscribe(cast.ruiz)
bell.until(8, 30)                    # every fifth minute, as the jobs would
bell.told(cast.ruiz)                 # ["8:10 push Period 1 roll is due at 8:15 | Not started …"]
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select, update

from schemas.words import Way
from server.db import reading, writing
from server.jobs import sweep
from server.mail.letter import Letter
from server.mail.recording import RecordingMailer
from server.models import Message, PushSubscription, Reminder, RollRow, Staff, table_of
from server.push.parcel import Delivery, End, Parcel
from server.push.recording import RecordingSender
from server.services.deliver import Post, deliver
from server.services.ladder import load_reminding
from sync.remind import first_at
from tests.support import cast
from tests.support.api import School, Tree

FIVE = timedelta(minutes=5)
PUBLIC_URL = "https://rolls.birch.example"
ROLL, REMINDER, MESSAGE = table_of(RollRow), table_of(Reminder), table_of(Message)
SUBSCRIPTION, STAFF = table_of(PushSubscription), table_of(Staff)


@dataclass(frozen=True)
class Said:
    """One thing that left the school: when, to whom, by which way, in which words."""

    at: datetime
    staff_id: UUID
    way: str
    title: str
    body: str
    payload: Tree = field(default_factory=dict)

    @property
    def rolls(self) -> list[Tree]:
        """The rolls that a push names for the tablet; none in a mail."""
        named: list[Tree] = []
        if self.payload:
            named = self.payload["notification"]["data"]["rollbook"]["rolls"]
        return named

    def line(self, zone: ZoneInfo = cast.ZONE) -> str:
        """As a story tells it."""
        return f"{self.at.astimezone(zone):%-H:%M} {self.way} {self.title}"


@dataclass
class Bell:
    """The jobs of a school, by hand, with everything recorded that they send."""

    school: School
    mails: bool = True
    answer: Callable[[Parcel], Delivery] = lambda parcel: Delivery(parcel, End.SENT, 201)
    said: list[Said] = field(default_factory=list)
    planned: bool = True

    def __post_init__(self) -> None:
        self.sender = RecordingSender(self._push)
        self.mailer = RecordingMailer()
        self.post = Post(self.sender, PUBLIC_URL, self.mailer if self.mails else None)
        if self.planned:
            self.plan()

    def plan(self) -> None:
        """Give every roll that lies ahead its first look, as laying out does."""
        with writing(self.school.engine) as connection:
            for school_id in (self.school.cast.birch, self.school.cast.alder):
                ladder = load_reminding(connection, school_id).ladder
                ahead = select(ROLL.c.roll_id, ROLL.c.due_at).where(
                    ROLL.c.school_id == school_id, ROLL.c.closes_at > self.school.clock.now()
                )
                for row in connection.execute(ahead).all():
                    first = first_at(ladder, row.due_at)
                    here = (ROLL.c.school_id == school_id) & (ROLL.c.roll_id == row.roll_id)
                    connection.execute(update(ROLL).where(here).values(remind_at=first))

    def subscribe(self, person: Any, **more: Any) -> UUID:
        """A tablet of this person is set to remind."""
        row = {
            "school_id": person.school_id,
            "subscription_id": uuid4(),
            "staff_id": person.staff_id,
            "device_id": person.device_id,
            "endpoint": f"https://push.example/{uuid4()}",
            "p256dh": b"4" * 65,
            "auth": b"a" * 16,
            "key_id": uuid4(),
            "created_at": cast.LONG_AGO,
            **more,
        }
        with writing(self.school.engine) as connection:
            connection.execute(SUBSCRIPTION.insert(), row)
        subscription_id: UUID = row["subscription_id"]
        return subscription_id

    def email(self, person: Any, address: str | None = None) -> None:
        """This person has a mailbox."""
        address = address or f"{person.username}@birch.example"
        self.school.change(STAFF, {"email": address}, staff_id=person.staff_id)

    def sweep(self) -> int:
        """Make reminders of what is due."""
        return sweep.remind(self.school.engine, self.school.clock.now(), mails=self.mails)

    def send(self) -> None:
        """Send what waits, by every way."""
        now = self.school.clock.now()
        for way in (Way.PUSH, Way.MAIL):
            before = len(self.mailer.sent)
            while deliver(self.school.engine, self.post, now, way):
                pass
            self.said += [self._letter(one, now) for one in self.mailer.sent[before:]]

    def tick(self) -> None:
        """Both."""
        self.sweep()
        self.send()

    def until(self, hour: int, minute: int = 0, on: date = cast.TUESDAY) -> None:
        """Let the clock run, and the jobs with it, at every fifth minute."""
        end = cast.local(on, hour, minute)
        while (now := self.school.clock.now()) < end:
            self.school.clock.set(min(end, now + FIVE - (now - cast.LONG_AGO) % FIVE))
            self.tick()

    def told(self, person: Any) -> list[str]:
        """What reached a person, a line each."""
        return [one.line() for one in self.said if one.staff_id == person.staff_id]

    def reminders(self, person: Any | None = None, **where: Any) -> list[tuple[str, str]]:
        """Step and state of what is kept about a person, in the order in which it was made."""
        if person is not None:
            where["staff_id"] = person.staff_id
        rows = self.school.rows(REMINDER, **where)
        rows.sort(key=lambda row: (row.made_at, row.step))
        return [(row.step, row.state) for row in rows]

    def _push(self, parcel: Parcel) -> Delivery:
        delivery = self.answer(parcel)
        if delivery.end is End.SENT:
            payload = json.loads(parcel.body)
            shown = payload["notification"]
            now = self.school.clock.now()
            owner = self._owner(parcel.endpoint)
            self.said.append(Said(now, owner, "push", shown["title"], shown["body"], payload))
        return delivery

    def _owner(self, endpoint: str) -> UUID:
        (row,) = self.school.rows(SUBSCRIPTION, endpoint=endpoint)
        owner: UUID = row.staff_id
        return owner

    def _letter(self, letter: Letter, now: datetime) -> Said:
        with reading(self.school.engine) as connection:
            owner = connection.execute(
                select(STAFF.c.staff_id).where(STAFF.c.email == letter.to)
            ).scalar_one()
        return Said(now, owner, "mail", letter.subject, letter.text)
