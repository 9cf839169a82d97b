"""What a school adds to its rule pack: a code's meaning from a date on, in its own words."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.types import Base, Ref, SchoolKey, Text, When


class OwnCode(Base):
    """One meaning of one code at one school, append-only: what was stays what it was (K3).

    `spec` is the code as the file of a pack has it, in JSON (docs/rule-packs.md).
    """

    __tablename__ = "own_code"
    school_id: Mapped[SchoolKey]
    code: Mapped[Text] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    spec: Mapped[Text]
    set_by: Mapped[Ref | None]
    set_at: Mapped[When]
    __table_args__ = (ForeignKeyConstraint(["school_id"], ["school.school_id"]),)
