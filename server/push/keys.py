"""Who signs pushes: a key pair, and the tokens it makes for push services (VAPID, RFC 8292)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from threading import Lock
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

# Push services take tokens of at most a day; theirs is the clock that counts.
LASTS = timedelta(hours=12)
RENEWED = timedelta(hours=1)


@dataclass(frozen=True)
class SigningKey:
    """A key pair of P-256 as it is kept: the point in 65 bytes, the number in 32."""

    key_id: UUID
    public: bytes
    private: bytes = field(repr=False)

    @cached_property
    def signer(self) -> Any:
        """What py_vapid signs with."""
        number = int.from_bytes(self.private, "big")
        key = ec.derive_private_key(number, ec.SECP256R1())
        # Its own idea of a contact refuses addresses with a path; the settings know better.
        return Vapid02(private_key=key, conf={"no-strict": True})


class Tokens:
    """The `Authorization` headers of one sender: signed once for each push service and key, and
    kept until an hour before they end."""

    def __init__(self, contact: str) -> None:
        """Take whom a push service's operator may write to: a mailto: or https: address."""
        self._contact = contact
        self._kept: dict[tuple[str, UUID], tuple[datetime, str]] = {}
        self._lock = Lock()

    def header(self, origin: str, key: SigningKey, now: datetime) -> str:
        """The header for one push service. A clock that was set back gets a new one too."""
        with self._lock:
            ends_at, header = self._kept.get((origin, key.key_id), (now, ""))
            if not RENEWED < ends_at - now <= LASTS:
                ends_at, header = now + LASTS, self._sign(origin, key, now + LASTS)
                self._kept[origin, key.key_id] = ends_at, header
        return header

    def _sign(self, origin: str, key: SigningKey, ends_at: datetime) -> str:
        claims = {"aud": origin, "exp": int(ends_at.timestamp()), "sub": self._contact}
        signed: str = key.signer.sign(claims)["Authorization"]
        return signed
