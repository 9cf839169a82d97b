"""The fleet of a simulation: who has which tablet, and what they tap."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from server.columns import spell
from server.db import writing
from server.models import CaptureGrant, Device, SigninSession, table_of
from tests.fleet.ledger import Ledger
from tests.fleet.tablet import Store, Tablet
from tests.fleet.wire import Tree
from tests.support.cast import (
    LONG_AGO,
    NEXT_SUMMER,
    TUESDAY,
    WEDNESDAY,
    Cast,
    Class,
    Person,
    gather,
    named,
)

# Tablet, person, and whether it only pushes.
TABLETS = {
    "ruiz": ("ruiz", False),
    "ruiz-2": ("ruiz", False),
    "okafor": ("okafor", False),
    "sato": ("sato", False),
    "brandt": ("brandt", True),
    "lind": ("lind", False),
    "stranger": ("stranger", False),
}
SEEN = ("present", "late", "left_early", "absent")


def furnish(engine: Engine) -> None:
    """Sign every tablet in: a session and leave to record each, the same in every run."""
    cast = gather()
    people = {person.username: person for person in cast.people}
    with writing(engine) as connection:
        for name, (username, _) in TABLETS.items():
            person, device_id = people[username], named("device", f"fleet/{name}")
            connection.execute(table_of(SigninSession).insert(), _session(name, person, device_id))
            connection.execute(table_of(CaptureGrant).insert(), _grant(name, person, device_id))
            connection.execute(table_of(Device).insert(), _device(name, person, device_id))


def _session(name: str, person: Person, device_id: UUID) -> dict[str, Any]:
    return {
        "token_hash": hashlib.sha256(cookie(name).encode()).digest(),
        "account_id": named("account", person.username),
        "school_id": person.school_id,
        "staff_id": person.staff_id,
        "device_id": device_id,
        "created_at": LONG_AGO,
        "last_seen_at": NEXT_SUMMER,  # so that the only commits are the record's
        "expires_at": NEXT_SUMMER,
    }


def _grant(name: str, person: Person, device_id: UUID) -> dict[str, Any]:
    return {
        "school_id": person.school_id,
        "grant_id": named("grant", f"fleet/{name}"),
        "staff_id": person.staff_id,
        "device_id": device_id,
        "created_at": LONG_AGO,
        "until_at": NEXT_SUMMER,
    }


def _device(name: str, person: Person, device_id: UUID) -> dict[str, Any]:
    return {
        "school_id": person.school_id,
        "device_id": device_id,
        "label": f"Tablet of {name}",
        "first_seen_at": LONG_AGO,
        "last_seen_at": NEXT_SUMMER,
        "token_hash": hashlib.sha256(device_token(name).encode()).digest(),
    }


def device_token(name: str) -> str:
    """The device's own token."""
    return f"device-of-{name}"


def cookie(name: str) -> str:
    """A tablet's session token."""
    return f"token-of-{name}"


def hand_out(cast: Cast, truth: Any, rng: Random) -> tuple[Ledger, list[Tablet]]:
    """Every tablet with an empty store, and the ledger that hears them."""
    people = {person.username: person for person in cast.people}
    birch = frozenset(str(one.section_id) for one in (cast.eight_a, cast.eight_b))
    ledger = Ledger(
        people={name: username for name, (username, _) in TABLETS.items()},
        may_see={
            name: birch
            if username == "lind"
            else frozenset({str(taught(cast, username).section_id)})
            for name, (username, _) in TABLETS.items()
        },
        only_on={"sato": WEDNESDAY.isoformat()},
    )
    tablets = []
    for name, (username, only_pushes) in TABLETS.items():
        device_id, grant = named("device", f"fleet/{name}"), named("grant", f"fleet/{name}")
        school_id = str(people[username].school_id)
        store = Store(str(device_id), school_id, cookie(name), str(grant))
        store.device_token = device_token(name)
        tablet = Tablet(name, store, truth, ledger, Random(rng.random()))
        tablet.only_pushes = only_pushes
        tablets.append(tablet)
    return ledger, tablets


def taught(cast: Cast, username: str) -> Class:
    """What a person takes the roll of."""
    return {"brandt": cast.eight_b, "stranger": cast.alder_8a}.get(username, cast.eight_a)


def day_of(username: str, rng: Random) -> date:
    """Which day's roll a person takes: mostly today's, Wednesday's."""
    return WEDNESDAY if username == "sato" or rng.random() < 0.8 else TUESDAY


def tap(tablet: Tablet, username: str, cast: Cast, rng: Random) -> Tree:
    """Somebody takes a roll, corrects it, or (in the office) rules on a student."""
    one, on = taught(cast, username), day_of(username, rng)
    roll_id = str(one.roll(on))
    if username == "lind" and rng.random() < 0.8:
        return tablet.make(roll_id, [_ruling(tablet, roll_id, one, rng)], kind="rule")
    few = rng.random() < 0.3
    students = rng.sample(one.students, 3) if few else one.students[:10]
    sees = rng.random() < 0.6
    marks = [_mark(tablet, roll_id, student, rng, sees=sees) for student in students]
    return tablet.make(roll_id, marks, roster_rev=1)


def _mark(tablet: Tablet, roll_id: str, student: UUID, rng: Random, *, sees: bool) -> Tree:
    presence = rng.choice(SEEN) if rng.random() < 0.35 else "present"
    mark: Tree = {"student_id": str(student), "presence": presence}
    if presence == "late" and rng.random() < 0.5:
        mark["arrived_at"] = _moment(tablet)
    parents = tablet.parents(roll_id, str(student)) if sees else []
    return mark | ({"parents": parents} if parents else {})


def _ruling(tablet: Tablet, roll_id: str, one: Class, rng: Random) -> Tree:
    student = str(rng.choice(one.students[:10]))
    mark: Tree = {"student_id": student, "reason": rng.choice(["illness", "bus"])}
    if rng.random() < 0.7:
        mark["presence"] = rng.choice([*SEEN, "elsewhere", None])
    parents = tablet.parents(roll_id, student) if rng.random() < 0.6 else []
    return mark | ({"parents": parents} if parents else {})


def _moment(tablet: Tablet) -> str:
    now: datetime = tablet.truth.now()
    return spell((now - timedelta(minutes=3)).replace(microsecond=0))
