"""Changes a school's rule pack: which one it uses, and what it adds to it from a date on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, insert, select, update

from schemas.pack import CodeOf, read_codes
from server.db import reading, writing
from server.models import MarkException, OwnCode, School, table_of
from server.packs import UnusablePack, load_pack
from server.services.acts import Act, note_act
from server.services.horizon import today_at
from server.services.school_pack import pack_of
from sync.codes import Code
from sync.pack import Pack, adopt
from sync.pack_faults import own_faults

_mark, _own, _school = table_of(MarkException).c, table_of(OwnCode).c, table_of(School).c
PACK_CHOSEN, CODES_ADDED = "rule_pack_chosen", "codes_added"


class NotSound(Exception):
    """A pack or codes that cannot be used here; carries the sentences."""


def choose_pack(
    engine: Engine, school_id: UUID, name: str, profile: str | None, now: datetime
) -> Pack:
    """Use another pack from now on. Raises NotSound where marks would lose what they mean (K1)."""
    with writing(engine) as connection:
        pack = _shipped(name)
        if profile is not None and profile not in pack.profiles:
            known = ", ".join(pack.profiles)
            raise NotSound(f"{name} has no reading {profile} of its numbers; there are {known}.")
        lost = sorted(set(_would_be_lost(connection, school_id, pack)))
        if lost:
            listed = ", ".join(lost)
            raise NotSound(f"Marks of this school carry {listed}, which {name} does not know.")
        chosen = {"rule_pack": name, "rule_profile": profile}
        connection.execute(
            update(table_of(School)).where(_school.school_id == school_id).values(**chosen)
        )
        note_act(connection, school_id, Act(PACK_CHOSEN, None, None, chosen), now)
    return pack


def add_codes(engine: Engine, school_id: UUID, tree: Any, now: datetime) -> Sequence[Code]:
    """Add codes, or new meanings of codes, to the school's pack. Raises NotSound (K2, K3)."""
    with writing(engine) as connection:
        wanted, unreadable = read_codes(tree)
        if unreadable:
            raise NotSound(*(one.sentence for one in unreadable))
        today = today_at(_zone(connection, school_id), now)
        pack = pack_of(connection, school_id)
        wrong = [one.sentence for one in own_faults(pack, wanted, today)]
        wrong += _said_before(pack, wanted)
        if wrong:
            raise NotSound(*wrong)
        rows = [_row(school_id, code, now) for code in wanted]
        connection.execute(insert(table_of(OwnCode)), rows)
        facts = {"codes": [code.code for code in wanted]}
        note_act(connection, school_id, Act(CODES_ADDED, None, None, facts), now)
    return wanted


def show_pack(engine: Engine, school_id: UUID) -> Pack:
    """The pack that a school uses."""
    with reading(engine) as connection:
        return pack_of(connection, school_id)


def _shipped(name: str) -> Pack:
    try:
        return load_pack(name)
    except UnusablePack as no:
        raise NotSound(str(no)) from no


def _would_be_lost(connection: Connection, school_id: UUID, pack: Pack) -> Iterator[str]:
    """The codes of marks that would mean nothing on their dates."""
    own = pack_of(connection, school_id).own
    becomes = adopt(pack, own)
    used = select(_mark.reason, _mark.school_date).distinct()
    for row in connection.execute(used.where(_mark.school_id == school_id, _mark.reason != "")):
        if becomes.meaning(row.reason, row.school_date) is None:
            yield row.reason


def _said_before(pack: Pack, wanted: Sequence[Code]) -> Iterator[str]:
    begun = {(one.code, one.valid_from) for one in pack.own}
    for code in wanted:
        if (code.code, code.valid_from) in begun:
            yield f"{code.code} has a meaning of this school's own from {code.valid_from} already."


def _row(school_id: UUID, code: Code, now: datetime) -> dict[str, Any]:
    return {
        "school_id": school_id,
        "code": code.code,
        "valid_from": code.valid_from,
        "spec": json.dumps(CodeOf().dump(code), sort_keys=True),
        "set_by": None,
        "set_at": now,
    }


def _zone(connection: Connection, school_id: UUID) -> str:
    zone: str = connection.execute(
        select(_school.zone).where(_school.school_id == school_id)
    ).scalar_one()
    return zone
