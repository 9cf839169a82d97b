"""A browser's side of push for tests: subscriptions with keys of their own.

browser = PushBrowser()
answer = subscribe(tablet, browser)       # on tests.support.api's tablets
browser.open(body)                        # what the page would read
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from werkzeug.test import TestResponse

from tests.support.api import Tablet

Tree = dict[str, Any]


def spell(raw: bytes) -> str:
    """Bytes as the wire has them."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class PushBrowser:
    """One browser's push subscription: it alone can read what is sent to it."""

    endpoint: str = "https://fcm.googleapis.com/fcm/send/ab:cd"
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False
    )
    auth: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)

    @property
    def p256dh(self) -> bytes:
        """Its public key."""
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def open(self, body: bytes) -> bytes:
        """Decrypt a message (RFC 8291)."""
        plain: bytes = http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth)
        return plain

    def said(self, key_id: str) -> Tree:
        """What its page sends to the school."""
        return {
            "endpoint": self.endpoint,
            "p256dh": spell(self.p256dh),
            "auth": spell(self.auth),
            "key_id": key_id,
        }


def offer(tablet: Tablet, browser: PushBrowser, **more: Any) -> TestResponse:
    """Subscribe as the page does: ask for the key, then send it with the subscription."""
    key_id = tablet.get("push")["key_id"]
    return tablet.post("push", browser.said(key_id) | more)


def subscribe(tablet: Tablet, browser: PushBrowser | None = None, **more: Any) -> Tree:
    """Subscribe; what the school says then."""
    answer = offer(tablet, browser or PushBrowser(), **more)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    told: Tree = answer.get_json()
    return told
