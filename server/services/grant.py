"""The capture grant: this person on this device may record for the school until then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select, update

from server.access import Viewer
from server.models import CaptureGrant

LASTS = timedelta(days=90)

_row = CaptureGrant.__table__.c


@dataclass(frozen=True, slots=True)
class Holder:
    """A person on a device at a school, by a day pass if by one."""

    school_id: UUID
    staff_id: UUID
    device_id: UUID
    pass_id: UUID | None = None


def holder_of(viewer: Viewer) -> Holder:
    """Whose leave counts for who asks."""
    return Holder(viewer.school_id, viewer.staff_id, viewer.device_id, viewer.pass_id)


@dataclass(frozen=True, slots=True)
class Grant:
    """Leave to record."""

    grant_id: UUID
    staff_id: UUID
    device_id: UUID
    until_at: datetime


def find_grant(connection: Connection, holder: Holder, now: datetime) -> Grant | None:
    """The leave that this person has on this device at present, the longest."""
    row = connection.execute(
        select(_row.grant_id, _row.staff_id, _row.device_id, _row.until_at)
        .where(
            _row.school_id == holder.school_id,
            _row.staff_id == holder.staff_id,
            _row.device_id == holder.device_id,
            _row.pass_id.is_(None) if holder.pass_id is None else _row.pass_id == holder.pass_id,
            _row.revoked_at.is_(None),
            _row.until_at > now,
        )
        .order_by(_row.until_at.desc(), _row.grant_id)
        .limit(1)
    ).first()
    return None if row is None else Grant(*row)


def renew_grant(
    connection: Connection, holder: Holder, now: datetime, until_at: datetime | None = None
) -> Grant:
    """Give leave for the full time from now on, or until an instant; one that still runs is
    prolonged."""
    until = until_at or now + LASTS
    running = find_grant(connection, holder, now)
    if running is None:
        return _give(connection, holder, uuid4(), (now, until))
    until = max(until, running.until_at)
    connection.execute(
        update(CaptureGrant)
        .where(_row.school_id == holder.school_id, _row.grant_id == running.grant_id)
        .values(until_at=until)
    )
    return Grant(running.grant_id, holder.staff_id, holder.device_id, until)


def recover_grants(
    connection: Connection, holder: Holder, grants: Sequence[UUID], now: datetime
) -> list[UUID]:
    """Register leaves that a device holds and a restored school has forgotten; answers all of them
    that were recovered, now or before.

    Only those that no school knows: nobody becomes the author of what somebody else took.
    """
    if not grants:
        return []
    known = connection.execute(
        select(_row.grant_id, _row.school_id, _row.recovered_at).where(_row.grant_id.in_(grants))
    ).all()
    lost = sorted(set(grants) - {row.grant_id for row in known})
    for grant_id in lost:
        _give(connection, holder, grant_id, (now, now + LASTS), recovered_at=now)
    before = (row for row in known if row.recovered_at and row.school_id == holder.school_id)
    return [*lost, *(row.grant_id for row in before)]


def _give(
    connection: Connection,
    holder: Holder,
    grant_id: UUID,
    lasts: tuple[datetime, datetime],
    recovered_at: datetime | None = None,
) -> Grant:
    connection.execute(
        insert(CaptureGrant).values(
            school_id=holder.school_id,
            grant_id=grant_id,
            staff_id=holder.staff_id,
            device_id=holder.device_id,
            pass_id=holder.pass_id,
            created_at=lasts[0],
            until_at=lasts[1],
            recovered_at=recovered_at,
        )
    )
    return Grant(grant_id, holder.staff_id, holder.device_id, lasts[1])
