"""Who is reached by push at a school, for the operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import Engine, select

from server.db import reading
from server.models import Device, PushSubscription, Staff, table_of
from server.services.unsubscribe import lives

_row, _staff, _device = (table_of(one).c for one in (PushSubscription, Staff, Device))


@dataclass(frozen=True, slots=True)
class Reached:
    """One subscription that lives. `service` is its push service's host: the rest is a secret."""

    name: str
    label: str | None
    device_id: UUID
    service: str
    created_at: datetime
    last_ok_at: datetime | None
    failures: int


def list_subscriptions(engine: Engine, school_id: UUID, now: datetime) -> Sequence[Reached]:
    """Those that live, by name."""
    query = (
        select(
            _staff.display_name,
            _device.label,
            _row.device_id,
            _row.endpoint,
            _row.created_at,
            _row.last_ok_at,
            _row.failures,
        )
        .join_from(
            table_of(PushSubscription),
            table_of(Staff),
            (_staff.school_id == _row.school_id) & (_staff.staff_id == _row.staff_id),
        )
        .join(
            table_of(Device),
            (_device.school_id == _row.school_id) & (_device.device_id == _row.device_id),
            isouter=True,
        )
        .where(_row.school_id == school_id, lives(now))
        .order_by(_staff.display_name, _row.created_at)
    )
    with reading(engine) as connection:
        return [_told(row) for row in connection.execute(query)]


def _told(row: Any) -> Reached:
    name, label, device_id, endpoint, *rest = row
    return Reached(name, label, device_id, urlsplit(endpoint).hostname or "", *rest)
