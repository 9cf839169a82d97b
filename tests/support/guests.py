"""Guests: who comes on a day pass, beside the cast.

**Quist** (`GUEST`) has a pass for 8A on Tuesday, not yet redeemed; `SPARE` is somebody with a pass
and a tablet for tests that take them away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, insert

from server import models
from server.db import writing
from server.services.codes import hash_code
from tests.support import cast


@dataclass(frozen=True)
class Guest:
    """A person with a pass for 8A on Tuesday."""

    name: str
    code: str
    pass_id: UUID
    device_id: UUID
    staff_id: UUID
    account_id: UUID


def _guest(name: str, code: str) -> Guest:
    ids = (cast.named(kind, name) for kind in ("pass", "device", "staff", "account"))
    return Guest(name, code, *ids)


GUEST = _guest("quist", "7QX4M-2ZK9P")
SPARE = _guest("spare", "3BD5F-7HJ8N")
UNTIL = cast.local(cast.TUESDAY, 9, 5)


def settle(engine: Engine, *, on: date = cast.TUESDAY, until_at: datetime = UNTIL) -> None:
    """Write the guests beside a cast that is there."""
    everyone = cast.gather()
    school_id = everyone.birch
    with writing(engine) as connection:
        for guest in (GUEST, SPARE):
            connection.execute(
                insert(models.Account).values(
                    account_id=guest.account_id, username=guest.name, created_at=cast.LONG_AGO
                )
            )
            connection.execute(
                insert(models.Staff).values(
                    school_id=school_id,
                    staff_id=guest.staff_id,
                    sourced_id=guest.name,
                    given_name="W.",
                    family_name=guest.name.title(),
                    display_name=f"W. {guest.name.title()}",
                    username=guest.name,
                    role="substitute",
                    account_id=guest.account_id,
                )
            )
            connection.execute(
                insert(models.DayPass).values(
                    school_id=school_id,
                    pass_id=guest.pass_id,
                    staff_id=guest.staff_id,
                    on=on,
                    code_hash=hash_code(guest.code),
                    until_at=until_at,
                    issued_by=everyone.lind.staff_id,
                    issued_at=cast.LONG_AGO,
                )
            )
            connection.execute(
                insert(models.PassMeeting).values(
                    school_id=school_id, pass_id=guest.pass_id, roll_id=everyone.eight_a.roll(on)
                )
            )
        connection.execute(
            insert(models.Device).values(
                school_id=school_id,
                device_id=SPARE.device_id,
                label="Tablet 9",
                first_seen_at=cast.LONG_AGO,
                last_seen_at=cast.LONG_AGO,
            )
        )
