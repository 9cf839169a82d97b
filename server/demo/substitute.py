"""A teacher of the demo went home: the office gives Sato a day pass, and Sato takes one roll."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from schemas.fast import read_op
from schemas.words import Role
from server.access import Viewer
from server.db import reading
from server.demo.history import DemoPlace, Tablet, read_meetings, tablet_id, wire
from server.demo.memory import stand_in
from server.models import RollRow, Section, Staff
from server.services.begin import Browser
from server.services.facts import Person
from server.services.hearing import Sender
from server.services.passes import Wanted, issue_pass
from server.services.redeem import redeem_pass
from server.services.submit import submit

SUBSTITUTE = "sato"
SPARE = Browser(tablet_id("spare"), "Spare tablet 3", "127.0.0.1")


def send_substitute(
    engine: Engine, place: DemoPlace, on: date, sections: Sequence[str], now: datetime
) -> None:
    """A pass for what is left of the day in these sections, begun on a tablet of the cart; the
    roll of the meeting that runs is taken with it."""
    with reading(engine) as connection:
        listed = _rest_of_day(connection, place.school_id, on, sections, now)
        meetings = read_meetings(connection, place.school_id, (on, on), now)
        sato = connection.execute(
            select(Staff.staff_id).where(
                Staff.school_id == place.school_id, Staff.username == SUBSTITUTE
            )
        ).scalar_one()
    office = _office(place, now)
    if not listed or office is None:
        return
    issued = issue_pass(engine, office, Wanted(on, listed, sato, None, None), now)
    grant = redeem_pass(engine, issued.code, SPARE, now).grant
    tablet = Tablet(SPARE.device_id, grant.grant_id, Person(sato, "", Role.SUBSTITUTE))
    for meeting in [one for one in meetings if one.roll_id in listed][:1]:
        op = read_op(wire(stand_in(meeting, sato, now), tablet))
        submit(engine, Sender(place.school_id, place.zone, SPARE.device_id, None), [op], now)


def _rest_of_day(
    connection: Connection, school_id: UUID, on: date, sections: Sequence[str], now: datetime
) -> list[UUID]:
    """The rolls of these sections whose meetings have not ended."""
    rolls = (
        select(RollRow.roll_id)
        .join(
            Section,
            (Section.school_id == RollRow.school_id) & (Section.section_id == RollRow.section_id),
        )
        .where(
            RollRow.school_id == school_id,
            RollRow.on == on,
            RollRow.expected,
            RollRow.ends_at > now,
            Section.sourced_id.in_(sections),
        )
        .order_by(RollRow.starts_at)
    )
    return list(connection.execute(rolls).scalars())


def _office(place: DemoPlace, now: datetime) -> Viewer | None:
    """Whoever sits at the office desk, as one who asks; no session is needed for it."""
    tablet = next((one for one in place.tablets.values() if one.person.role == Role.OFFICE), None)
    if tablet is None:
        return None
    return Viewer(
        account_id=tablet.person.staff_id,
        school_id=place.school_id,
        staff_id=tablet.person.staff_id,
        device_id=tablet.device_id,
        role=Role.OFFICE,
        epoch="",
        expires_at=now,
        device_revoked=False,
        token_hash=b"",
        name=tablet.person.name,
        username="",
        school_name="",
        zone=place.zone,
    )
