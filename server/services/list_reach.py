"""Who works at a school, by which way each is reached, and when each was last reminded."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, exists, func, or_, select

from schemas.words import Role, Way
from server.access import Viewer
from server.db import reading
from server.models import DayPass, Reminder, Staff, table_of
from server.services.facts import IDS, SCHOOL, rows_of
from server.services.reach import reach_of
from server.services.tick import ticked_at

_staff, _pass, _reminder = table_of(Staff).c, table_of(DayPass).c, table_of(Reminder).c
WORST_FIRST = (Way.NONE, Way.APP, Way.MAIL, Way.PUSH)
HERE = (
    select(_staff.staff_id, _staff.display_name, _staff.role, _staff.room, _staff.extension)
    .where(
        _staff.school_id == SCHOOL,
        _staff.active,
        or_(
            _staff.role != Role.SUBSTITUTE,
            exists().where(
                _pass.school_id == _staff.school_id,
                _pass.staff_id == _staff.staff_id,
                _pass.revoked_at.is_(None),
                _pass.until_at > bindparam("now"),
            ),
        ),
    )
    .order_by(_staff.family_name, _staff.given_name, _staff.staff_id)
)
LAST = (
    select(_reminder.staff_id, func.max(_reminder.ended_at).label("at"))
    .where(_reminder.school_id == SCHOOL, _reminder.staff_id.in_(IDS), _reminder.state == "sent")
    .group_by(_reminder.staff_id)
)


def list_reach(engine: Engine, viewer: Viewer, now: datetime, *, mails: bool) -> dict[str, Any]:
    """Everybody who works at the school now, whoever cannot be reached first."""
    with reading(engine) as connection:
        people = connection.execute(HERE, {"school_id": viewer.school_id, "now": now}).all()
        ids = [row.staff_id for row in people]
        reach = reach_of(connection, viewer.school_id, ids, now, mails=mails)
        last = {row.staff_id: row.at for row in rows_of(connection, LAST, viewer.school_id, ids)}
        told = [
            {
                "staff_id": row.staff_id,
                "name": row.display_name,
                "role": row.role,
                "room": row.room,
                "extension": row.extension,
                "reach": reach[row.staff_id].way,
                "reach_why": reach[row.staff_id].why,
                "reminded_at": last.get(row.staff_id),
            }
            for row in people
        ]
        told.sort(key=lambda one: WORST_FIRST.index(one["reach"]))
        return {"people": told, "mails": mails, "ticked_at": ticked_at(connection)}
