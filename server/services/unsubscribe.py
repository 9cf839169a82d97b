"""What ends a push subscription (P3): a hand, a sign-out, leave withdrawn, a pass that is over.

A row stays and says why; whoever subscribes anew gets another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, or_, select, update

from schemas.subscriptions import SubscriptionEnd
from server.access import Viewer
from server.db import writing
from server.models import PushSubscription, SigninSession, Staff, table_of

_row, _session = table_of(PushSubscription).c, table_of(SigninSession).c
_staff = table_of(Staff).c


def lives(now: datetime) -> ColumnElement[bool]:
    """The condition on a subscription that it may be sent to."""
    return _row.ended_at.is_(None) & or_(_row.until_at.is_(None), _row.until_at > now)


def here(viewer: Viewer) -> list[ColumnElement[bool]]:
    """The condition on a subscription that it is this person's on this device."""
    return [
        _row.school_id == viewer.school_id,
        _row.staff_id == viewer.staff_id,
        _row.device_id == viewer.device_id,
    ]


def end_here(engine: Engine, viewer: Viewer, now: datetime) -> None:
    """This person is not reminded on this device any more."""
    with writing(engine) as connection:
        end_subscriptions(connection, SubscriptionEnd.BY_HAND, now, *here(viewer))


def end_subscriptions(
    connection: Connection, why: SubscriptionEnd, at: datetime, *where: ColumnElement[bool]
) -> int:
    """End those that live; answers how many did."""
    return connection.execute(
        update(PushSubscription)
        .where(*where, _row.ended_at.is_(None))
        .values(ended_at=at, ended_why=why)
    ).rowcount


def end_of_person_on_device(
    connection: Connection, school_id: UUID, staff_id: UUID, device_id: UUID, now: datetime
) -> None:
    """Somebody signed out on a device."""
    end_subscriptions(
        connection,
        SubscriptionEnd.SIGNED_OUT,
        now,
        _row.school_id == school_id,
        _row.staff_id == staff_id,
        _row.device_id == device_id,
    )


def end_of_account(connection: Connection, account_id: UUID, now: datetime) -> None:
    """The sessions of an account ended: on devices where it has none left it is not reminded."""
    person = (
        select(_staff.staff_id)
        .where(
            _staff.school_id == _row.school_id,
            _staff.staff_id == _row.staff_id,
            _staff.account_id == account_id,
        )
        .exists()
    )
    end_of_signed_out(connection, now, person)


def end_of_signed_out(connection: Connection, now: datetime, *where: ColumnElement[bool]) -> int:
    """End the subscriptions of people who have no session on their device any more."""
    session = (
        select(_session.token_hash)
        .where(
            _session.school_id == _row.school_id,
            _session.staff_id == _row.staff_id,
            _session.device_id == _row.device_id,
            _session.revoked_at.is_(None),
        )
        .exists()
    )
    return end_subscriptions(connection, SubscriptionEnd.SIGNED_OUT, now, ~session, *where)


def end_of_passes(connection: Connection, now: datetime) -> int:
    """Write down the end of those that came with a pass which is over."""
    return connection.execute(
        update(PushSubscription)
        .where(_row.ended_at.is_(None), _row.until_at <= now)
        .values(ended_at=_row.until_at, ended_why=SubscriptionEnd.PASS_ENDED)
    ).rowcount


def end_these(
    connection: Connection, rows: Sequence[Any], why: SubscriptionEnd, at: datetime
) -> None:
    """End some that were found."""
    for row in rows:
        mine = (_row.school_id == row.school_id) & (_row.subscription_id == row.subscription_id)
        end_subscriptions(connection, why, at, mine)
