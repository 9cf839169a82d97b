"""Withdraws the leave of a tablet or of a person: sessions die, grants end at that instant.

What was captured before counts, however late and by whomever it arrives; the tablet still delivers.
The instant lies behind everything that the school had received, so that no op which was accepted
already turns out to have been taken too late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select, update

from schemas.subscriptions import SubscriptionEnd
from server.db import school_turn
from server.models import (
    Account,
    CaptureGrant,
    DayPass,
    Device,
    PushSubscription,
    SigninSession,
    Staff,
    table_of,
)
from server.passwords import WITHDRAWN
from server.problems import Problem
from server.services.acts import DEVICE_ALLOWED, DEVICE_REVOKED, PERSON_REVOKED, Act, note_act
from server.services.receive import receive
from server.services.unsubscribe import end_subscriptions

_grant, _session = table_of(CaptureGrant).c, table_of(SigninSession).c
_device, _staff, _account = table_of(Device).c, table_of(Staff).c, table_of(Account).c
_pass, _subscription = table_of(DayPass).c, table_of(PushSubscription).c


WHY = {
    "pass_id": SubscriptionEnd.PASS_ENDED,
    "device_id": SubscriptionEnd.DEVICE_REVOKED,
    "staff_id": SubscriptionEnd.PERSON_REVOKED,
}


@dataclass(frozen=True, slots=True)
class Leave:
    """Whose leave ends: a device's, a person's, or the one that a pass gave."""

    school_id: UUID
    device_id: UUID | None = None
    staff_id: UUID | None = None
    pass_id: UUID | None = None

    def of(self, columns: Any) -> list[Any]:
        """The condition on a table of grants or sessions."""
        return [*self.named(columns), columns.revoked_at.is_(None)]

    def named(self, columns: Any) -> list[Any]:
        """The condition on any table of what people do on devices."""
        named = {name: value for name in WHY if (value := getattr(self, name)) is not None}
        assert named, "somebody's leave ends, never everybody's"
        return [
            columns.school_id == self.school_id,
            *(columns[name] == value for name, value in named.items()),
        ]

    @property
    def why(self) -> SubscriptionEnd:
        """Why pushes end with it."""
        return next(why for name, why in WHY.items() if getattr(self, name) is not None)


@dataclass(frozen=True, slots=True)
class By:
    """Who withdraws it, nobody at the server's own console, and why."""

    staff_id: UUID | None
    why: str


def end_leave(connection: Connection, leave: Leave, at: datetime) -> None:
    """End the sessions and grants that run, and what is pushed."""
    for model, columns in ((SigninSession, _session), (CaptureGrant, _grant)):
        connection.execute(update(model).where(*leave.of(columns)).values(revoked_at=at))
    end_subscriptions(connection, leave.why, at, *leave.named(_subscription))


def revoke_device(engine: Engine, school_id: UUID, device_id: UUID, by: By, now: datetime) -> None:
    """Withdraw a tablet's leave, once. Raises Problem `not_found`."""
    with school_turn(engine, school_id) as turn:
        here = (_device.school_id == school_id) & (_device.device_id == device_id)
        row = turn.connection.execute(
            select(_device.revoked_at).where(here).with_for_update()
        ).first()
        if row is None:
            raise Problem("not_found")
        if row.revoked_at is not None:
            return
        at = receive(turn, now)
        turn.connection.execute(update(Device).where(here).values(revoked_at=at))
        end_leave(turn.connection, Leave(school_id, device_id=device_id), at)
        act = Act(DEVICE_REVOKED, by.staff_id, device_id, {"why": by.why})
        note_act(turn.connection, school_id, act, at)


def allow_device(engine: Engine, school_id: UUID, device_id: UUID, by: By, now: datetime) -> bool:
    """Take a tablet back: whoever signs in on it anew has leave again. What was taken in between
    stays held. Answers whether it had been revoked; raises Problem `not_found`."""
    with school_turn(engine, school_id) as turn:
        here = (_device.school_id == school_id) & (_device.device_id == device_id)
        row = turn.connection.execute(select(_device.revoked_at).where(here)).first()
        if row is None:
            raise Problem("not_found")
        if row.revoked_at is None:
            return False
        turn.connection.execute(update(Device).where(here).values(revoked_at=None))
        act = Act(DEVICE_ALLOWED, by.staff_id, device_id, {"why": by.why})
        note_act(turn.connection, school_id, act, now)
        return True


def revoke_person(
    engine: Engine, school_id: UUID, staff_id: UUID, by: By, now: datetime
) -> datetime:
    """Withdraw a person's leave at a school, passes and password with it: who is given a new
    password signs in again. Answers since when; raises Problem `not_found`."""
    with school_turn(engine, school_id) as turn:
        connection = turn.connection
        row = connection.execute(
            select(_staff.account_id).where(
                _staff.school_id == school_id, _staff.staff_id == staff_id
            )
        ).first()
        if row is None:
            raise Problem("not_found")
        connection.execute(
            update(Account)
            .where(_account.account_id == row.account_id)
            .values(password_hash=WITHDRAWN)
        )
        at = receive(turn, now)
        end_leave(connection, Leave(school_id, staff_id=staff_id), at)
        connection.execute(
            update(DayPass)
            .where(
                _pass.school_id == school_id,
                _pass.staff_id == staff_id,
                _pass.revoked_at.is_(None),
                _pass.until_at > at,
            )
            .values(revoked_at=at, revoked_by=by.staff_id)
        )
        act = Act(PERSON_REVOKED, by.staff_id, staff_id, {"why": by.why})
        note_act(connection, school_id, act, at)
        return at
