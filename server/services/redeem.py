"""Begins on a device with the code of a day pass: one device at a time, as long as the pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import IntegrityError

from schemas.words import Role
from server.db import Turn, reading, school_turn, writing
from server.models import DayPass, Staff, table_of
from server.problems import Problem, busy
from server.services import sign_in_limit
from server.services.acts import Act, note_act
from server.services.begin import (
    Browser,
    Person,
    Session,
    begin_session,
    remember_device,
)
from server.services.codes import hash_code
from server.services.grant import Holder, renew_grant
from server.services.receive import receive
from server.services.revoke import Leave, end_leave
from server.services.sign_in import find_place

_pass, _staff = table_of(DayPass).c, table_of(Staff).c


def redeem_pass(engine: Engine, code: str, browser: Browser, now: datetime) -> Session:
    """Begin a session that lasts as long as the pass.

    Raises Problem: wrong_code, pass_ended, pass_in_use, device_revoked, slow_down.
    """
    key = sign_in_limit.code_key(browser.address)
    with reading(engine) as connection:
        wait = sign_in_limit.must_wait(connection, [key], now)
        school_id = None if wait else _school_of(connection, code)
    if wait:
        raise Problem("slow_down", retry_after=wait)
    try:
        if school_id is not None:
            with school_turn(engine, school_id) as turn:
                return _enter(turn, code, browser, now)
    except IntegrityError as race:  # the same device began twice at once
        raise busy() from race
    with writing(engine) as connection:
        sign_in_limit.note_failure(connection, [key], now)
    raise Problem("wrong_code")


def _school_of(connection: Connection, code: str) -> UUID | None:
    return connection.execute(
        select(_pass.school_id)
        .join(
            table_of(Staff),
            (_staff.school_id == _pass.school_id) & (_staff.staff_id == _pass.staff_id),
        )
        .where(_pass.code_hash == hash_code(code), _staff.active)
    ).scalar()


def _enter(turn: Turn, code: str, browser: Browser, now: datetime) -> Session:
    """Everything that is written when the code was right, or nothing."""
    connection, school_id = turn.connection, turn.school_id
    row = connection.execute(
        select(table_of(DayPass)).where(
            _pass.school_id == school_id, _pass.code_hash == hash_code(code)
        )
    ).first()
    if row is None:  # it was given a new code in this instant
        raise Problem("wrong_code")
    _check(row, browser, now)
    place, account = find_place(connection, school_id, row.staff_id)
    device_token = remember_device(connection, school_id, browser, now)
    _bind(turn, row, browser, now)
    holder = Holder(school_id, row.staff_id, browser.device_id, row.pass_id)
    grant = renew_grant(connection, holder, now, row.until_at)
    person = Person(account.account_id, school_id, row.staff_id, row.until_at, row.pass_id)
    token = begin_session(connection, person, browser, now)
    place = replace(place, role=Role.SUBSTITUTE)
    return Session(token, device_token, row.until_at, account.username, place, [place], grant)


def _check(row: Any, browser: Browser, now: datetime) -> None:
    if row.revoked_at is not None or row.until_at <= now:
        raise Problem("pass_ended")
    if row.redeemed_at is not None and row.redeemed_on != browser.device_id:
        raise Problem("pass_in_use")


def _bind(turn: Turn, row: Any, browser: Browser, now: datetime) -> None:
    """The pass is this device's from now on; with a new code it leaves the one that had it."""
    if row.redeemed_at is not None:
        return
    if row.redeemed_on not in {None, browser.device_id}:
        end_leave(turn.connection, Leave(turn.school_id, pass_id=row.pass_id), receive(turn, now))
    turn.connection.execute(
        update(DayPass)
        .where(_pass.school_id == turn.school_id, _pass.pass_id == row.pass_id)
        .values(redeemed_at=now, redeemed_on=browser.device_id)
    )
    act = Act("pass_redeemed", row.staff_id, row.pass_id, {"device_id": browser.device_id})
    note_act(turn.connection, turn.school_id, act, now)
