"""What the office and the district change of a school's people, as rows (real imports are in
test_roster_feed.py, the real operations in tests/server)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, update

from server.db import school_turn, writing
from server.models import CaptureGrant, Enrollment, RollRow, Section, SigninSession, table_of
from tests.support.cast import Class

ROLLS, SECTIONS = table_of(RollRow), table_of(Section)
ENROLLMENTS, GRANTS = table_of(Enrollment), table_of(CaptureGrant)
SESSIONS = table_of(SigninSession)


def set_last_day(engine: Engine, one: Class, student: UUID, last_day: date | None) -> None:
    """The enrollment, the section's place in the history, and its rolls' with it."""
    with school_turn(engine, one.school_id) as turn:
        connection, seq = turn.connection, turn.next_seq()
        enrolled = (ENROLLMENTS.c.student_id == student, ENROLLMENTS.c.section_id == one.section_id)
        connection.execute(update(ENROLLMENTS).where(*enrolled).values(end_on=last_day))
        section = (SECTIONS.c.section_id == one.section_id, SECTIONS.c.school_id == one.school_id)
        later = {"seq": seq, "roster_rev": SECTIONS.c.roster_rev + 1}
        connection.execute(update(SECTIONS).where(*section).values(later))
        of_section = ROLLS.c.section_id == one.section_id
        connection.execute(update(ROLLS).where(of_section).values(seq=seq))


def end_session(engine: Engine, token: str, now: datetime) -> None:
    """Somebody signs out elsewhere, or the session has lasted its time."""
    hashed = hashlib.sha256(token.encode()).digest()
    with writing(engine) as connection:
        connection.execute(
            update(SESSIONS).where(SESSIONS.c.token_hash == hashed).values(revoked_at=now)
        )


def revoke(engine: Engine, grant_ids: Iterable[UUID], now: datetime) -> None:
    """The leave to record ends now."""
    running = (GRANTS.c.grant_id.in_(list(grant_ids)), GRANTS.c.revoked_at.is_(None))
    with writing(engine) as connection:
        connection.execute(update(GRANTS).where(*running).values(revoked_at=now))
