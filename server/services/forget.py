"""Forgets sign-ins that are over and failures that no longer count. The record is never touched."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Engine, delete

from server.db import writing
from server.models import SigninFailure, SigninSession
from server.services.unsubscribe import end_of_passes, end_of_signed_out

# An expired session is kept a while, so that its device hears "sign in again" and not "who?".
KEEP_SESSIONS = timedelta(days=30)
KEEP_FAILURES = timedelta(days=1)


def forget_sign_ins(engine: Engine, now: datetime) -> int:
    """Removes what is stale by now, and what was pushed to; answers how many rows."""
    with writing(engine) as connection:
        sessions = connection.execute(
            delete(SigninSession).where(SigninSession.expires_at < now - KEEP_SESSIONS)
        )
        failures = connection.execute(
            delete(SigninFailure).where(SigninFailure.last_at < now - KEEP_FAILURES)
        )
        over = end_of_passes(connection, now) + end_of_signed_out(connection, now)
        return int(sessions.rowcount) + int(failures.rowcount) + over
