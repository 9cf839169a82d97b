"""The packs that travel with Rollbook, and a small one made for a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from server.packs import load_pack
from sync.codes import Authorised, Code, Role, Where
from sync.model import Presence
from sync.pack import Pack, Plain

CALIFORNIA, ENGLAND, PLAIN = (load_pack(name) for name in ("california_lausd", "england", "plain"))
OFFICE = frozenset({Role.OFFICE, Role.ADMINISTRATOR})


def reason(code: str, **facts: Any) -> Code:
    """An excused absence that the office sets, in English alone."""
    usual: dict[str, Any] = {
        "label": {"en": code.lower()},
        "where": Where.ABSENT,
        "marks": frozenset({Presence.ABSENT, Presence.LATE, Presence.LEFT_EARLY}),
        "authorised": Authorised.YES,
        "counts_ada": False,
        "counts_chronic": True,
        "who_may_set": OFFICE,
        "prefillable": True,
    }
    return Code(code=code, **usual | facts)


def pack_of(*codes: Code) -> Pack:
    """A pack with plain marks and these codes."""
    here = reason(
        "HERE",
        where=Where.IN_CLASS,
        marks=frozenset(Presence) - {Presence.ABSENT},
        authorised=None,
        counts_ada=True,
        counts_chronic=False,
    )
    away = reason("AWAY", authorised=Authorised.PENDING)
    plain = {Plain(one.value): "HERE" for one in Presence if one is not Presence.ABSENT}
    return Pack(
        name="test",
        version="1",
        jurisdiction="*",
        label={"en": "Test"},
        languages=("en",),
        codes=(here, away, *codes),
        plain={**plain, Plain.ABSENT: "AWAY"},
    )


def code_of(pack: Pack, code: str, on: date = date(2025, 10, 6)) -> Code:
    """A code as it is on a date; the test is wrong where there is none."""
    found = pack.meaning(code, on)
    assert found is not None, code
    return found


def changed(pack: Pack, code: str, **facts: Any) -> Pack:
    """The pack with every span of one code changed."""
    codes = (replace(one, **facts) if one.code == code else one for one in pack.codes)
    return replace(pack, codes=tuple(codes))
