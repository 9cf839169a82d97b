"""The reasons that may be given at a school on a date, and what each asks for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from server.access import Viewer
from server.db import reading
from server.services.horizon import today_at
from server.services.school_pack import pack_of
from server.services.verdict_words import cap_sentence
from sync.codes import Code, Per, Role, in_force


def list_codes(
    engine: Engine, viewer: Viewer, query: Mapping[str, Any], now: datetime
) -> dict[str, Any]:
    """What there is to choose from, as it is meant on the date."""
    on = query.get("on") or today_at(viewer.zone, now)
    with reading(engine) as connection:
        pack = pack_of(connection, viewer.school_id)
    role = Role(viewer.role.value)
    return {
        "school_id": viewer.school_id,
        "pack": pack.name,
        "version": pack.version,
        "label": pack.label,
        "languages": pack.languages,
        "on": on,
        "codes": [
            _choosable(code, role, own=code in pack.own) for code in in_force(pack.all_codes(), on)
        ],
    }


def _choosable(code: Code, role: Role, *, own: bool) -> dict[str, Any]:
    names = (
        "code", "label", "where", "marks", "special", "authorised", "needs_note",
        "needs_notice", "evidence", "asks", "caps", "grades", "least_min", "prefillable",
        "confidential", "citation", "valid_from", "valid_to",
    )  # fmt: skip
    return {name: getattr(code, name) for name in names} | {
        "who_may_set": sorted(code.who_may_set),
        "yours": role in code.who_may_set,
        "own": own,
        "needs_incident": any(cap.per is Per.INCIDENT for cap in code.caps),
        "cap_words": [cap_sentence(cap) for cap in code.caps],
    }
