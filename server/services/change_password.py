"""Changes somebody's own password; whoever else is signed in with the old one is no longer."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine, select, update

from server import passwords
from server.access import Viewer
from server.db import reading, writing
from server.models import Account, SigninSession
from server.problems import Problem, busy
from server.services import sign_in_limit
from server.services.acts import Act, note_act
from server.services.begin import Browser
from server.services.unsubscribe import end_of_account
from sync.sentence import say

_account = Account.__table__.c
_session = SigninSession.__table__.c


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed, and where."""

    old: str = field(repr=False)
    new: str = field(repr=False)
    browser: Browser


def change_password(engine: Engine, viewer: Viewer, change: Change, now: datetime) -> None:
    """Set the new password; the person's other sessions end, grants and queues stay.

    Raises Problem: wrong_password, slow_down, invalid.
    """
    _check_new(viewer, change)
    try:
        with passwords.one_at_a_time():
            hashed = _prove(engine, viewer, change, now)
    except passwords.Crowded as crowded:
        raise busy() from crowded
    old, new = hashed
    with writing(engine) as connection:
        changed = connection.execute(
            update(Account)
            .where(_account.account_id == viewer.account_id, _account.password_hash == old)
            .values(password_hash=new)
        )
        if not changed.rowcount:  # it was changed or withdrawn meanwhile
            raise Problem("wrong_password")
        sign_in_limit.note_success(connection, _keys(viewer, change))
        connection.execute(
            update(SigninSession)
            .where(
                _session.account_id == viewer.account_id,
                _session.token_hash != viewer.token_hash,
                _session.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
        end_of_account(connection, viewer.account_id, now)
        act = Act("password_changed", viewer.staff_id, viewer.staff_id)
        note_act(connection, viewer.school_id, act, now)


def _check_new(viewer: Viewer, change: Change) -> None:
    if change.new == change.old or viewer.username in change.new.casefold():
        said = say("Choose one that is not your old one and does not contain your user name.")
        raise Problem("invalid", errors={"new": [said]})


def _prove(engine: Engine, viewer: Viewer, change: Change, now: datetime) -> tuple[str | None, str]:
    """The old hash, if the old password is right, and the new one. Counts a failure."""
    keys = _keys(viewer, change)
    with reading(engine) as connection:
        wait = sign_in_limit.must_wait(connection, keys, now)
        stored = connection.execute(
            select(_account.password_hash).where(_account.account_id == viewer.account_id)
        ).scalar()
    if wait:
        raise Problem("slow_down", retry_after=wait)
    if not passwords.matches(stored, change.old):
        with writing(engine) as connection:
            sign_in_limit.note_failure(connection, keys, now)
        raise Problem("wrong_password")
    return stored, passwords.hash_password(change.new)


def _keys(viewer: Viewer, change: Change) -> list[sign_in_limit.Key]:
    """Guesses count as at a sign-in on the session's own device, whatever the body says."""
    return sign_in_limit.keys_of(viewer.username, change.browser.address, viewer.device_id)
