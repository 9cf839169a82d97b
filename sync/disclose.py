"""Who is told why a student was away, and whether a family hears of it by itself (K8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.codes import Authorised, Code, Role

CLASSROOM = frozenset({Role.TEACHER, Role.SUBSTITUTE})


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody sees of a reason: the code and its label, or only whether it is excused, or
    only that the office knows (`known`)."""

    known: bool
    excused: bool | None = None
    code: str | None = None
    label: Mapping[str, str] | None = None


NOTHING = Shown(known=False)


def shown(code: Code | None, viewer: Role, excused: bool | None = None) -> Shown:
    """What a viewer is told of a mark's reason (K8.1–K8.3).

    `excused` is the office's own judgement where it said one. What is hidden looks to a family like
    any other excused absence, and to a classroom like any other that the office knows of.
    """
    if code is None:
        return NOTHING
    if viewer in CLASSROOM:
        return Shown(known=True)
    judged = excused if excused is not None else _is_excused(code)
    if may_read(code, viewer):
        return Shown(True, judged, code.code, code.label)
    return Shown(True, judged)


def may_read(code: Code, viewer: Role) -> bool:
    """Whether a viewer is told the reason itself."""
    if viewer in CLASSROOM:
        return False
    if code.confidential:
        return viewer in code.seen_by
    return code.parent_visible or viewer is not Role.GUARDIAN


def tells_family(code: Code | None, excused: bool | None = None) -> bool:
    """Whether an absence with this reason may cause a message (K8.4): never a confidential one, nor
    one that is excused already."""
    if code is None:
        return excused is not True
    return not code.confidential and not (_is_excused(code) if excused is None else excused)


def _is_excused(code: Code) -> bool | None:
    told = {Authorised.YES: True, Authorised.NO: False}
    return None if code.authorised is None else told.get(code.authorised)
