"""The capture grant: this person on this device may record for the school until then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from server.models import CaptureGrant

LASTS = timedelta(days=90)

_row = CaptureGrant.__table__.c


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to record."""

    grant_id: UUID
    staff_id: UUID
    device_id: UUID
    until_at: datetime


def find_grant(
    connection: Connection, school_id: UUID, staff_id: UUID, device_id: UUID, now: datetime
) -> Grant | None:
    """The leave that this person has on this device at present, the longest."""
    row = connection.execute(
        select(_row.grant_id, _row.staff_id, _row.device_id, _row.until_at)
        .where(
            _row.school_id == school_id,
            _row.staff_id == staff_id,
            _row.device_id == device_id,
            _row.revoked_at.is_(None),
            _row.until_at > now,
        )
        .order_by(_row.until_at.desc())
        .limit(1)
    ).first()
    return None if row is None else Grant(*row)


def renew_grant(
    connection: Connection, school_id: UUID, staff_id: UUID, device_id: UUID, now: datetime
) -> Grant:
    """Give leave for the full time from now on; one that still runs is prolonged."""
    until = now + LASTS
    running = find_grant(connection, school_id, staff_id, device_id, now)
    if running is None:
        grant = Grant(uuid4(), staff_id, device_id, until)
        connection.execute(
            insert(CaptureGrant).values(
                school_id=school_id,
                grant_id=grant.grant_id,
                staff_id=staff_id,
                device_id=device_id,
                created_at=now,
                until_at=until,
            )
        )
        return grant
    until = max(until, running.until_at)
    connection.execute(
        update(CaptureGrant)
        .where(_row.school_id == school_id, _row.grant_id == running.grant_id)
        .values(until_at=until)
    )
    return Grant(running.grant_id, staff_id, device_id, until)
