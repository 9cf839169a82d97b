"""All that a device needs to work for days: the sections a person teaches, and their rolls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam

from server.access import Viewer
from server.columns import spell
from server.db import reading
from server.problems import Problem
from server.services import render
from server.services.facts import IDS
from server.services.grant import find_grant, holder_of
from server.services.held import own_items
from server.services.horizon import View, load_rosters, load_view
from server.services.pull import scope_of, stand_of
from server.services.render import to_json
from server.services.rolls import ROLL_COLUMNS, SECTION_COLUMNS, render_rolls, rolls, sections
from server.services.rosters import padded
from server.services.seal import sealing_of
from server.services.slip_keys import signer_of, slip_keys_of

ROLLS = (
    rolls()
    .where(
        ROLL_COLUMNS.section_id.in_(IDS),
        ROLL_COLUMNS.school_date >= bindparam("from_on"),
        ROLL_COLUMNS.school_date <= bindparam("to_on"),
    )
    .order_by(ROLL_COLUMNS.starts_at, ROLL_COLUMNS.roll_id)
)
SECTIONS = sections().where(SECTION_COLUMNS.section_id.in_(IDS)).order_by(SECTION_COLUMNS.title)


def bootstrap(engine: Engine, viewer: Viewer, now: datetime) -> bytes:
    """The bootstrap as JSON. Raises Problem `sign_in` when the device has no leave to record."""
    signer_of(engine, viewer.school_id, now)  # a school that came without a key has one now
    with reading(engine) as connection:
        stand = stand_of(connection, viewer.school_id)
        view = load_view(connection, viewer, now)
        grant = find_grant(connection, holder_of(viewer), now)
        if grant is None:
            raise Problem("sign_in")
        told = _head(viewer, view, stand, now) | _body(connection, viewer, view)
        told["slip_keys"] = slip_keys_of(connection, viewer, now)
        told["held"] = own_items(connection, viewer.school_id, viewer.staff_id, now)
    told["sealing"] = sealing_of(engine, viewer.school_id, now)
    told["grant"] = {
        "grant_id": grant.grant_id,
        "staff_id": grant.staff_id,
        "device_id": grant.device_id,
        "until_at": spell(grant.until_at),
    }
    return to_json(told)


def _head(viewer: Viewer, view: View, stand: Row[Any], now: datetime) -> dict[str, Any]:
    return {
        "protocol": 1,
        "epoch": stand.epoch,
        "server_time": spell(now),
        "cursor": f"{stand.epoch}.{stand.seq}",
        "scope": scope_of(view, stand),
        "safe_before": stand.safe_before and spell(stand.safe_before),
        "horizon": {"from": view.horizon.from_on, "to": view.horizon.to_on},
        "school": {
            "school_id": viewer.school_id,
            "name": viewer.school_name,
            "zone": viewer.zone,
        },
        "me": {
            "staff_id": viewer.staff_id,
            "name": viewer.name,
            "role": viewer.role,
            "username": viewer.username,
        },
        "calendar": render.calendar(stand.calendar_seq, view.horizon.days),
    }


def _body(connection: Connection, viewer: Viewer, view: View) -> dict[str, Any]:
    if not view.sections:
        return {"sections": [], "rolls": []}
    asked = {
        "school_id": viewer.school_id,
        "ids": padded(sorted(view.sections)),
        "from_on": view.horizon.from_on,
        "to_on": view.horizon.to_on,
    }
    mine = connection.execute(SECTIONS, asked).all()
    rosters = load_rosters(connection, viewer.school_id, mine)
    meetings = [row for row in connection.execute(ROLLS, asked) if view.takes(row, rosters)]
    return {
        "sections": [render.section(row, view.roster(rosters[row.section_id])) for row in mine],
        "rolls": [
            view.sift_roll(one)
            for one in render_rolls(connection, viewer.school_id, meetings, rosters)
        ],
    }
