"""The cookies: one a person on a device, one for whoever signed in last, one for the device.

`__Host-` binds them to this host and to https; plain http is for loopback.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from server.settings import Settings

TOKEN_BYTES = 32
# Names the grant of the person for whom a request speaks, where several are signed in.
GRANT_HEADER = "Rollbook-Grant"


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request says about who sends it: a session's token, and its device's."""

    session: str | None = field(repr=False)
    device: str | None = field(repr=False)


def present(cookies: Mapping[str, str], grant: str | None, settings: Settings) -> Presented:
    """What a request's cookies say; with a grant named, its person's session alone counts."""
    device = cookies.get(device_cookie(settings)) or None
    if grant is None:
        return Presented(cookies.get(cookie_name(settings)) or None, device)
    grant_id = _id(grant)
    token = None if grant_id is None else cookies.get(person_cookie(settings, grant_id))
    return Presented(token or None, device)


def cookie_name(settings: Settings) -> str:
    """The cookie of who signed in last."""
    return "__Host-rollbook" if settings.is_https else "rollbook"


def person_cookie(settings: Settings, grant_id: UUID) -> str:
    """The cookie of one of the people who are signed in on a device."""
    return f"{cookie_name(settings)}-{grant_id.hex}"


def device_cookie(settings: Settings) -> str:
    """The device's own cookie: with it, it delivers whoever is signed in."""
    return f"{cookie_name(settings)}-device"


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """What is stored of a token: who reads the database cannot use it."""
    return hashlib.sha256(token.encode()).digest()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
