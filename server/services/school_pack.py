"""A school's rule pack: one that travels with Rollbook, with what the school added to it."""

from __future__ import annotations

import json
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, select

from schemas.pack import CodeOf
from server.models import OwnCode, School, table_of
from server.packs import load_pack
from server.services.facts import SCHOOL
from sync.codes import Code
from sync.pack import Pack, Rules, adopt

_own, _school = table_of(OwnCode).c, table_of(School).c
CHOSEN = select(_school.rule_pack, _school.rule_profile).where(_school.school_id == SCHOOL)
OWN = select(_own.spec).where(_own.school_id == SCHOOL).order_by(_own.code, _own.valid_from)


def pack_of(connection: Connection, school_id: UUID) -> Pack:
    """The codes and numbers that count at a school, its own among them."""
    named, _ = _chosen(connection, school_id)
    specs = connection.execute(OWN, {"school_id": school_id}).scalars()
    return adopt(load_pack(named), map(read_code, specs))


def rules_of(connection: Connection, school_id: UUID) -> Rules:
    """The numbers that count at a school, by the reading that it chose."""
    named, profile = _chosen(connection, school_id)
    return load_pack(named).rules(profile)


@lru_cache(maxsize=1024)
def read_code(spec: str) -> Code:
    """A code as it was kept."""
    read: Code = CodeOf().load(json.loads(spec))
    return read


def _chosen(connection: Connection, school_id: UUID) -> tuple[str, str | None]:
    row = connection.execute(CHOSEN, {"school_id": school_id}).one()
    return row.rule_pack, row.rule_profile
